package scratch

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
)

// identity is who the server runs as: PostgreSQL refuses to run as root. nil is ourselves.
type identity struct{ uid, gid uint32 }

func runAs() (*identity, error) {
	if os.Geteuid() != 0 {
		return nil, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, err1 := strconv.ParseUint(u.Uid, 10, 32)
		gid, err2 := strconv.ParseUint(u.Gid, 10, 32)
		if err1 == nil && err2 == nil && uid != 0 {
			return &identity{uint32(uid), uint32(gid)}, nil
		}
	}
	return nil, errors.New("PostgreSQL does not run as root, and there is no user postgres or nobody to run it as")
}

// apply makes cmd run as the identity, in dir, in a session of its own, so that a ^C on the terminal reaches us
// and not the server.
func (w *identity) apply(cmd *exec.Cmd, dir string) {
	cmd.Dir = dir
	cmd.Env = []string{"PATH=/usr/local/bin:/usr/bin:/bin", "LC_ALL=C", "TZ=UTC", "HOME=" + dir}
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	if w != nil {
		cmd.SysProcAttr.Credential = &syscall.Credential{Uid: w.uid, Gid: w.gid}
	}
}

// maxSocketPath is sun_path of Linux without its zero byte (the BSDs have 103).
const maxSocketPath = 103

const dirPrefix = "landfall-pg-"

// tempBase is the first temp folder that the server's user can reach and whose socket path is short enough.
func tempBase(asked string, who *identity) (string, error) {
	candidates := []string{asked}
	if asked == "" {
		candidates = []string{os.TempDir(), "/tmp", "/var/tmp", "/dev/shm"}
	}
	var why error
	for _, dir := range candidates {
		abs, err := filepath.Abs(dir)
		if err == nil {
			abs, err = filepath.EvalSymlinks(abs)
		}
		if err == nil {
			err = reachable(abs, who)
		}
		if n := len(abs) + len("/"+dirPrefix+"0123456789/.s.PGSQL.5432"); err == nil && n > maxSocketPath {
			err = fmt.Errorf("%s is too long for a socket path", abs)
		}
		if err == nil {
			return abs, nil
		}
		why = errors.Join(why, err)
	}
	return "", fmt.Errorf("no temp folder for a scratch PostgreSQL: %w", why)
}

// reachable checks that the server's user may pass through every folder above.
func reachable(dir string, who *identity) error {
	for d := dir; ; d = filepath.Dir(d) {
		info, err := os.Stat(d)
		if err != nil {
			return err
		}
		if !info.IsDir() {
			return fmt.Errorf("%s is not a folder", d)
		}
		if who != nil && !who.mayPass(info) {
			return fmt.Errorf("user %d may not pass through %s", who.uid, d)
		}
		if d == filepath.Dir(d) {
			return nil
		}
	}
}

func (w *identity) mayPass(info os.FileInfo) bool {
	st, ok := info.Sys().(*syscall.Stat_t)
	switch {
	case ok && st.Uid == w.uid:
		return info.Mode()&0o100 != 0
	case ok && st.Gid == w.gid:
		return info.Mode()&0o010 != 0
	}
	return info.Mode()&0o001 != 0
}

func makeDir(base string, who *identity) (string, error) {
	dir, err := os.MkdirTemp(base, dirPrefix)
	if err != nil {
		return "", err
	}
	if who != nil {
		if err := os.Chown(dir, int(who.uid), int(who.gid)); err != nil {
			return "", errors.Join(err, os.RemoveAll(dir))
		}
	}
	return dir, nil
}
