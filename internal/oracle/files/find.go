// Package files finds and reads the files that Oracle source code lies in.
//
// Input -> output: paths of files and folders in; a list of files in a fixed order and, for each, its text as
// UTF-8 out. What cannot be read becomes a Problem with a position and a hint, and the rest goes on. It does
// not parse, follow SQL*Plus includes or keep anything. Find and Read hold no state and may be called
// concurrently.
package files

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"syscall"

	"landfall/internal/model"
)

// Extensions are the endings, without the dot, that a folder walk takes for Oracle source. Oracle itself knows
// none of them: they are what SQL Developer, Toad, PL/SQL Developer, APEX and firms' own conventions write.
var Extensions = []string{
	"sql", "pls", "plb", "plsql", "ddl", "dml", "dcl",
	"pks", "pkb", "pck", "pkg", "pkh", "pkgs", "pkgb", "spc", "spec", "bdy", "body",
	"prc", "proc", "pro", "sp", "fnc", "fun", "func", "sf",
	"trg", "trig", "typ", "type", "tps", "tpb", "tys", "tyb",
	"tab", "tbl", "tables", "vw", "view", "mv", "mvw", "snp", "idx", "ind", "seq", "sqs", "syn", "con", "cns", "cst", "fk", "pk", "uk", "chk", "cmt",
	"grant", "grants", "grt", "job", "jobs", "lnk", "dblink", "ctx", "pol",
}

// Options say what a walk takes and how a file is read. The zero value is usable.
type Options struct {
	Ext     []string // further endings for folder walks, with or without the dot
	MaxFile int64    // bytes; 0 is DefaultMaxFile
	Charset string   // IANA or Oracle name; "" is to find out
	// RefuseDamage refuses a file that has bytes which cannot be decoded, instead of reading them as U+FFFD.
	RefuseDamage bool
	Hash         bool // compute Text.SHA256
}

// DefaultMaxFile bounds one file. Parsing takes up to twelve times the size of the text in memory, so this
// keeps one worker below 3 GiB; the largest real exports known to us are below 100 MB.
const DefaultMaxFile = 256 << 20

// MaxOffset is the largest file the tree can address: token offsets have 32 bits, see parser.MaxSource.
const MaxOffset = 1<<32 - 2

// File is one file to read.
type File struct {
	Path string // for the operating system
	Name string // for the user: as given, or folder as given plus the path inside it, with slashes
	Root string // the path argument it was found through
	Size int64
}

// Problem is something that kept a file or folder from being read.
type Problem struct {
	Pos  model.Pos
	Msg  string
	Hint string
	Err  error // underlying, may be nil

	Skipped bool // the file is one that the walk did not take for its ending; see skipped
}

func (p *Problem) Error() string { return p.Pos.String() + ": " + p.Msg }

func (p *Problem) Unwrap() error { return p.Err }

// Find lists the files of the given paths: a file whatever its ending, a folder's files by their endings, sorted
// by name within each folder, in the order of the arguments. A file reached twice is listed once. Endings that are not known and whose
// files hold Oracle source are problems.
func Find(ctx context.Context, paths []string, opt Options) ([]File, []*Problem) {
	w := &walker{ctx: ctx, ext: endings(opt.Ext), seen: map[string]bool{}}
	for _, p := range paths {
		w.root = p
		w.argument(p)
	}
	w.tellSkipped()
	return w.files, w.problems
}

func endings(more []string) map[string]bool {
	set := make(map[string]bool, len(Extensions)+len(more))
	for _, list := range [][]string{Extensions, more} {
		for _, e := range list {
			set[strings.ToLower(strings.TrimPrefix(strings.TrimSpace(e), "."))] = true
		}
	}
	delete(set, "")
	return set
}

type walker struct {
	ctx      context.Context //nolint:containedctx // lives for one call of Find
	ext      map[string]bool
	seen     map[string]bool // real paths of files listed and folders walked
	root     string
	files    []File
	problems []*Problem
	skipped  map[string]*skipped // by ending
}

func (w *walker) problem(name, msg, hint string, err error) {
	w.problems = append(w.problems, &Problem{Pos: model.Pos{File: filepath.ToSlash(name), Line: 1, Col: 1}, Msg: msg, Hint: hint, Err: err})
}

func (w *walker) argument(p string) {
	info, err := os.Stat(p)
	if err != nil {
		w.statFailed(p, err)
		return
	}
	real, err := filepath.EvalSymlinks(p)
	if err == nil {
		real, err = filepath.Abs(real)
	}
	if err != nil {
		w.statFailed(p, err)
		return
	}
	switch {
	case info.IsDir():
		before := len(w.files) + len(w.problems)
		if w.seen[real] {
			return
		}
		w.folder(filepath.Clean(p), real, nil)
		if len(w.files)+len(w.problems) == before && w.ctx.Err() == nil {
			w.problem(p, "no Oracle source files in this folder", "files are taken by their endings (.sql .pks .pkb ...); add others with --ext, or name the files", nil)
		}
	case info.Mode().IsRegular():
		w.file(p, real, info.Size())
	default:
		w.problem(p, "is not a regular file", "copy its content to a file first", nil)
	}
}

func (w *walker) file(path, real string, size int64) {
	if w.seen[real] {
		return
	}
	w.seen[real] = true
	w.files = append(w.files, File{Path: path, Name: filepath.ToSlash(path), Root: w.root, Size: size})
}

// folder walks one folder; above holds the real paths of the folders it lies in, to tell a loop from a folder
// that is merely reached twice.
func (w *walker) folder(path, real string, above []string) {
	if w.ctx.Err() != nil {
		return
	}
	w.seen[real] = true
	entries, err := os.ReadDir(path)
	if err != nil {
		w.statFailed(path, err)
		return
	}
	sort.Slice(entries, func(i, j int) bool { return entries[i].Name() < entries[j].Name() })
	above = append(above, real)
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), ".") { // .git, .svn, editors' files
			continue
		}
		child, childReal := filepath.Join(path, e.Name()), filepath.Join(real, e.Name())
		info, err := e.Info()
		link := err == nil && info.Mode()&fs.ModeSymlink != 0
		if link {
			if info, err = os.Stat(child); err == nil {
				childReal, err = filepath.EvalSymlinks(child)
			}
			if err == nil {
				childReal, err = filepath.Abs(childReal)
			}
		}
		switch {
		case err != nil:
			if link || w.wanted(e.Name()) {
				w.statFailed(child, err)
			}
		case info.IsDir() && link && within(above, childReal):
			w.problem(child, "symbolic link loop: it points to "+filepath.ToSlash(childReal)+", which it lies in", "remove the link, or name the folders to read", nil)
		case info.IsDir():
			if !w.seen[childReal] {
				w.folder(child, childReal, above[:len(above):len(above)])
			}
		case info.Mode().IsRegular() && w.wanted(e.Name()):
			w.file(child, childReal, info.Size())
		case info.Mode().IsRegular():
			w.skip(child)
		case !info.Mode().IsRegular() && w.wanted(e.Name()): // a pipe, socket or device
			w.problem(child, "is not a regular file", "copy its content to a file first", nil)
		}
	}
}

func within(above []string, real string) bool {
	for _, a := range above {
		if a == real || strings.HasPrefix(a, real+string(filepath.Separator)) {
			return true
		}
	}
	return false
}

func (w *walker) wanted(name string) bool {
	return w.ext[strings.ToLower(strings.TrimPrefix(filepath.Ext(name), "."))]
}

func (w *walker) statFailed(path string, err error) {
	msg, hint, access := "cannot be opened: "+reason(err), "", "u+r"
	if info, lerr := os.Stat(path); lerr == nil && info.IsDir() {
		access = "u+rx"
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		msg, hint = "no such file or folder", "check the path; it is taken relative to the current folder"
		if info, lerr := os.Lstat(path); lerr == nil && info.Mode()&fs.ModeSymlink != 0 {
			msg, hint = "symbolic link that points nowhere", "remove the link or restore what it points to"
		}
	case errors.Is(err, fs.ErrPermission):
		msg, hint = "permission denied", fmt.Sprintf("make it readable: chmod %s %s", access, filepath.ToSlash(path))
	case errors.Is(err, syscall.ELOOP):
		msg, hint = "symbolic link loop", "remove the link"
	}
	w.problem(path, msg, hint, err)
}

// reason is the last part of an error, without the operation and path that the caller says anyway.
func reason(err error) string {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return pe.Err.Error()
	}
	return err.Error()
}
