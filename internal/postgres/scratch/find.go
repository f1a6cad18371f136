package scratch

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"regexp"
	"sort"
	"strconv"
)

// MinMajor is the oldest PostgreSQL that is used.
const MinMajor = 14

// Binaries is an installed PostgreSQL.
type Binaries struct {
	Dir   string
	Major int
}

func (b Binaries) initdb() string   { return filepath.Join(b.Dir, "initdb") }
func (b Binaries) postgres() string { return filepath.Join(b.Dir, "postgres") }

// ErrNotFound is in the chain of Find's error when no usable PostgreSQL is installed.
var ErrNotFound = errors.New("no PostgreSQL 14 or newer found")

// InstallHint says how to get one.
const InstallHint = "install it (Debian, Ubuntu: apt-get install postgresql), or set LANDFALL_PG_BIN to the folder that holds initdb and postgres"

// places are where packages put servers that are not on the PATH.
var places = []string{"/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql@*/bin"}

// Find looks for initdb and postgres: in dir alone if that is named, else beside the initdb on the PATH, else
// the newest of those that packages have installed.
func Find(ctx context.Context, dir string) (Binaries, error) {
	if dir != "" {
		b, err := inspect(ctx, dir)
		if err != nil {
			return b, fmt.Errorf("no usable PostgreSQL in %s: %w", dir, err)
		}
		return b, nil
	}
	var why error
	if path, err := exec.LookPath("initdb"); err == nil {
		if real, err := filepath.EvalSymlinks(path); err == nil {
			b, err := inspect(ctx, filepath.Dir(real))
			if err == nil {
				return b, nil
			}
			why = err
		}
	}
	var found []Binaries
	for _, pattern := range places {
		dirs, _ := filepath.Glob(pattern) // the only error is a bad pattern
		for _, d := range dirs {
			b, err := inspect(ctx, d)
			if err != nil {
				why = errors.Join(why, err)
				continue
			}
			found = append(found, b)
		}
	}
	if len(found) == 0 {
		return Binaries{}, errors.Join(ErrNotFound, why)
	}
	sort.SliceStable(found, func(i, j int) bool { return found[i].Major > found[j].Major })
	return found[0], nil
}

var versionText = regexp.MustCompile(`^(?:initdb|postgres) \(PostgreSQL\) (\d+)`)

// inspect runs both programs, because a file named initdb may be anything, and the two may differ.
func inspect(ctx context.Context, dir string) (Binaries, error) {
	b := Binaries{Dir: dir}
	for _, program := range []string{b.initdb(), b.postgres()} {
		out, err := exec.CommandContext(ctx, program, "--version").Output()
		if err != nil {
			return b, fmt.Errorf("%s --version: %w", program, err)
		}
		m := versionText.FindSubmatch(out)
		if m == nil {
			return b, fmt.Errorf("%s is not PostgreSQL's: it calls itself %.60q", program, out)
		}
		major, err := strconv.Atoi(string(m[1]))
		switch {
		case err != nil || major < MinMajor:
			return b, fmt.Errorf("%s is of version %s, older than %d", program, m[1], MinMajor)
		case b.Major != 0 && b.Major != major:
			return b, fmt.Errorf("initdb and postgres in %s are of versions %d and %d", dir, b.Major, major)
		}
		b.Major = major
	}
	return b, nil
}
