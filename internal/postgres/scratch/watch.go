package scratch

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// watcher removes the server when this process dies without Stop, by whatever cause: a shell in a session of
// its own reads a pipe that only this process writes to. The system closes the pipe when the process is gone,
// the shell's read then ends without a line, and it kills the server and deletes its folder. Stop writes a line
// and the shell goes away. (PR_SET_PDEATHSIG was no choice: it follows the thread that forked, not the process.)
//
// Beside it the process holds a lock on a file in the folder. A later Start that can take that lock knows that
// nobody owns the folder any more, should the shell have been killed too.
type watcher struct {
	cmd  *exec.Cmd
	pipe *os.File
	lock *os.File
}

const watchScript = `
read line && exit 0
pid=$(head -n 1 "$1/data/postmaster.pid" 2>/dev/null)
[ -n "$pid" ] && kill -QUIT "$pid" 2>/dev/null
n=0
while [ -e "$1" ] && [ $n -lt 100 ]; do
  [ -n "$pid" ] && [ $n -eq 50 ] && kill -KILL "$pid" 2>/dev/null
  if [ -z "$pid" ] || [ ! -e "$1/data/postmaster.pid" ] || [ $n -gt 50 ]; then rm -rf "$1"; fi
  n=$((n+1)); sleep 0.1
done
`

func watchOver(dir string) (*watcher, error) {
	lock, err := os.OpenFile(filepath.Join(dir, "lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(lock.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		return nil, errors.Join(fmt.Errorf("lock %s: %w", lock.Name(), err), lock.Close())
	}
	r, w, err := os.Pipe()
	if err != nil {
		return nil, errors.Join(err, lock.Close())
	}
	defer r.Close()
	cmd := exec.Command("/bin/sh", "-c", watchScript, "landfall-pg-watch", dir)
	cmd.Dir = "/"
	cmd.Stdin = r
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	if err := cmd.Start(); err != nil {
		return nil, errors.Join(err, w.Close(), lock.Close())
	}
	return &watcher{cmd, w, lock}, nil
}

// dismiss ends the watch; the folder is gone already or somebody else's care.
func (w *watcher) dismiss() error {
	_, err := w.pipe.WriteString("done\n")
	err = errors.Join(err, w.pipe.Close(), w.lock.Close())
	if werr := w.cmd.Wait(); werr != nil {
		err = errors.Join(err, fmt.Errorf("watcher: %w", werr))
	}
	return err
}

// removeStale deletes what dead processes left under base. Folders whose lock is held, that are too young to
// have one, or that we may not touch are left alone.
func removeStale(base string) {
	dirs, _ := filepath.Glob(filepath.Join(base, dirPrefix+"*")) // the only error is a bad pattern
	for _, dir := range dirs {
		info, err := os.Lstat(dir)
		if err != nil || !info.IsDir() || time.Since(info.ModTime()) < 10*time.Second {
			continue
		}
		lock, err := os.OpenFile(filepath.Join(dir, "lock"), os.O_RDWR, 0)
		if errors.Is(err, os.ErrNotExist) {
			if time.Since(info.ModTime()) > time.Hour {
				_ = os.RemoveAll(dir) // the next Start tries again
			}
			continue
		}
		if err != nil {
			continue
		}
		if syscall.Flock(int(lock.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) == nil {
			killServer(dir)
			_ = removeAll(dir) // the next Start tries again
		}
		_ = lock.Close() // only read
	}
}

// killServer ends the postmaster of a folder, if one runs: the pid file may be old and its number somebody
// else's by now, so the process must have this folder in its command line.
func killServer(dir string) {
	b, err := os.ReadFile(filepath.Join(dir, "data", "postmaster.pid"))
	if err != nil {
		return
	}
	first, _, _ := strings.Cut(string(b), "\n")
	pid, err := strconv.Atoi(strings.TrimSpace(first))
	if err != nil || pid <= 1 || !runsIn(pid, dir) {
		return
	}
	_ = syscall.Kill(pid, syscall.SIGQUIT) // gone already is as good
	for range 100 {
		if !runsIn(pid, dir) {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	_ = syscall.Kill(pid, syscall.SIGKILL)
}

func runsIn(pid int, dir string) bool {
	line, err := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", pid))
	if err != nil {
		out, err := exec.Command("ps", "-o", "args=", "-p", strconv.Itoa(pid)).Output()
		if err != nil {
			return false
		}
		line = out
	}
	return strings.Contains(string(line), dir+"/data")
}
