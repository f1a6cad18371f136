package scripts

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"landfall/internal/model"
	"landfall/internal/oracle/files"
	"landfall/internal/oracle/syntax/ast"
)

// Options say how scripts are read. The zero value is usable.
type Options struct {
	Ext           []string          // further file endings to take in folders
	Charset       string            // of all files, IANA or Oracle name; "" finds out
	RefuseDamage  bool              // refuse files with bytes that are not of their charset; false reads U+FFFD there and reports it
	DefaultSchema string            // current schema where no script says
	CCFlags       map[string]string // PLSQL_CCFLAGS
	Jobs          int               // files read at a time; 0 is one a processor
	MaxFile       int64             // bytes; 0 is files.DefaultMaxFile
	// KeepDropped keeps in the catalog what the run that creates it drops again in the end, as examples and tests do
	// that clean up behind themselves: the catalog of a conversion, whose subject is the code and not a database.
	KeepDropped bool
	// MaxTrees is of how many tokens of source, about, the trees stay in memory; 0 is all. Of the package bodies behind it only
	// declarations and headings do: Unit.Open reads the rest again. Forty bytes a token are saved.
	MaxTrees int64
	// Progress is told after each file; it may be called from several goroutines, one call at a time.
	Progress func(done, total int, file string)
}

// bigFile is the size from which files are read one at a time, so that memory peaks with the largest one.
const bigFile = 32 << 20

// Load reads a folder or a single file. It fails only when ctx ends: what cannot be read is a Problem.
func Load(ctx context.Context, dir string, opt Options) (*Estate, error) {
	l := &loader{opt: opt, root: dir, found: map[*Source]files.File{}, trees: trees{max: opt.MaxTrees}}
	fopt := files.Options{Ext: opt.Ext, MaxFile: opt.MaxFile, Charset: opt.Charset, RefuseDamage: opt.RefuseDamage, Hash: true}
	found, problems := files.Find(ctx, []string{dir}, fopt)
	l.fopt = fopt
	skipped := map[string]*files.Problem{}
	for _, p := range problems {
		if p.Skipped {
			skipped[l.relative(filepath.FromSlash(p.Pos.File))] = p
			continue
		}
		l.fileProblem(p)
	}
	if len(found) == 1 && found[0].Path == dir {
		l.root = filepath.Dir(dir)
	}
	for i := range found {
		found[i].Name = l.relative(found[i].Path)
	}
	sources := make([]*Source, len(found))
	if err := l.readAll(ctx, found, sources); err != nil {
		return nil, err
	}
	est := &Estate{Files: sources}
	est.Problems = append(est.Problems, l.problems...)
	l.sources = sources
	for i, s := range sources {
		l.found[s] = found[i]
	}
	build(est, opt, l)
	for _, f := range est.Files { // scripts call what has the ending
		delete(skipped, f.Name)
	}
	before := len(l.problems)
	for _, name := range slices.Sorted(maps.Keys(skipped)) {
		l.fileProblem(skipped[name])
	}
	est.Problems = append(est.Problems, l.problems[before:]...)
	return est, ctx.Err()
}

// FromFiles makes an estate of parsed files. Includes are looked for among their names.
func FromFiles(parsed []*ast.File, opt Options) *Estate {
	est := &Estate{}
	for _, f := range parsed {
		est.Files = append(est.Files, &Source{
			Name: f.Name, Bytes: int64(len(f.Src)), Charset: "UTF-8", Lines: countLines(f.Src), Parsed: f,
		})
	}
	build(est, opt, nil)
	return est
}

// Text is a script that comes from elsewhere than a file, such as a bundle.
type Text struct {
	Name    string // as Source.Name
	Src     []byte // UTF-8
	Bytes   int64  // of the file it once was; 0 is len(Src)
	SHA256  string
	Charset string // of the file it once was; "" is UTF-8
	Schema  string // current schema where the script says none; "" is that of the options
}

// FromTexts makes an estate of texts, as Load does of a folder; what Load would say of the files themselves (that they
// cannot be read, or in what character set they are) goes in as problems. It fails only when ctx ends.
func FromTexts(ctx context.Context, texts []Text, problems []Problem, opt Options) (*Estate, error) {
	est := &Estate{Files: make([]*Source, len(texts)), Problems: slices.Clone(problems)}
	kept := trees{max: opt.MaxTrees}
	say := progress{total: len(texts), tell: opt.Progress}
	each(ctx, len(texts), opt.Jobs, func(i int) {
		est.Files[i] = texts[i].source(opt, &kept)
		say.file(texts[i].Name)
	})
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	build(est, opt, nil)
	return est, ctx.Err()
}

func (t *Text) source(opt Options, kept *trees) *Source {
	s := &Source{Name: t.Name, Bytes: t.Bytes, SHA256: t.SHA256, Charset: t.Charset, Lines: countLines(t.Src), schema: t.Schema}
	if s.Bytes == 0 {
		s.Bytes = int64(len(t.Src))
	}
	if s.Charset == "" {
		s.Charset = "UTF-8"
	}
	s.Parsed = kept.parse(t.Name, t.Src, opt)
	if len(t.Src) > 0 && s.Parsed.Src == nil {
		s.Err = errors.New("text is too large")
	}
	return s
}

// build does everything behind the reading of files.
func build(est *Estate, opt Options, more *loader) {
	slices.SortFunc(est.Files, func(a, b *Source) int { return cmp.Compare(a.Name, b.Name) })
	s := newSession(est, opt, more)
	s.runAll()
	slices.SortFunc(est.Files, func(a, b *Source) int { return cmp.Compare(a.Name, b.Name) })
	est.Units, est.MaxTrees = s.units(), opt.MaxTrees
	fold(est, opt)
	slices.SortStableFunc(est.Problems, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.Pos.File, b.Pos.File), cmp.Compare(a.Pos.Offset, b.Pos.Offset), cmp.Compare(a.Msg, b.Msg))
	})
	est.Problems = slices.CompactFunc(est.Problems, func(a, b Problem) bool { return a == b })
	type once struct{ file, msg string }
	told := map[once]bool{}
	est.Problems = slices.DeleteFunc(est.Problems, func(p Problem) bool {
		k := once{p.Pos.File, p.Msg}
		again := p.Kind == ProblemVariable && told[k]
		told[k] = true
		return again
	})
}

// loader reads files and knows where they lie.
type loader struct {
	opt      Options
	fopt     files.Options
	root     string
	problems []Problem
	sources  []*Source // that the walk has found, in its order
	byPath   map[string]*Source
	found    map[*Source]files.File
	trees    trees
}

func (l *loader) relative(path string) string {
	if rel, err := filepath.Rel(l.root, path); err == nil {
		return filepath.ToSlash(rel)
	}
	return filepath.ToSlash(path)
}

func (l *loader) fileProblem(p *files.Problem) {
	pos := p.Pos
	if filepath.FromSlash(pos.File) != l.root {
		pos.File = l.relative(filepath.FromSlash(pos.File))
	}
	l.problems = append(l.problems, Problem{Kind: ProblemFile, Pos: pos, Msg: p.Msg, Hint: p.Hint})
}

func (l *loader) know(f files.File, s *Source) {
	l.found[s] = f
	l.byPath[realPath(f.Path)] = s
}

// at is the source that lies at a real path. Where all of them lie is found out when a script names the first file: most never do.
func (l *loader) at(path string) *Source {
	if l.byPath == nil {
		l.byPath = make(map[string]*Source, len(l.found))
		for _, s := range l.sources {
			l.byPath[realPath(l.found[s].Path)] = s
		}
	}
	return l.byPath[path]
}

func realPath(path string) string {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
	}
	if abs, err := filepath.Abs(path); err == nil {
		path = abs
	}
	return path
}

func (l *loader) readAll(ctx context.Context, found []files.File, into []*Source) error {
	var big sync.Mutex
	problems := make([][]Problem, len(found))
	say := progress{total: len(found), tell: l.opt.Progress}
	each(ctx, len(found), l.opt.Jobs, func(i int) {
		if found[i].Size >= bigFile {
			big.Lock()
		}
		into[i], problems[i] = l.read(found[i])
		if found[i].Size >= bigFile {
			big.Unlock()
		}
		say.file(found[i].Name)
	})
	for _, p := range problems {
		l.problems = append(l.problems, p...)
	}
	return ctx.Err()
}

// read reads and parses one file.
func (l *loader) read(f files.File) (*Source, []Problem) {
	s := &Source{Name: f.Name, Bytes: f.Size}
	text, p := files.Read(f, l.fopt)
	if p != nil {
		s.Err = p
		return s, []Problem{{Kind: ProblemFile, Pos: p.Pos, Msg: p.Msg, Hint: p.Hint}}
	}
	s.Bytes, s.SHA256, s.Charset, s.Lines = text.Bytes, text.SHA256, text.Charset, countLines(text.Src)
	s.Parsed = l.trees.parse(f.Name, text.Src, l.opt)
	if len(text.Src) > 0 && s.Parsed.Src == nil {
		s.Err = errors.New("text is too large")
	}
	var problems []Problem
	if text.Guessed && text.Charset != "UTF-8" {
		problems = append(problems, Problem{
			Kind: ProblemCharset, Pos: model.Pos{File: f.Name, Line: 1, Col: 1}, Note: true,
			Msg: fmt.Sprintf("read as %s (%s: %s)", text.Charset, text.Sure, text.Why), Hint: "say --charset if that is wrong",
		})
	}
	if text.Damage != nil {
		p := text.Damage.Problem()
		problems = append(problems, Problem{Kind: ProblemCharset, Pos: p.Pos, Msg: p.Msg, Hint: p.Hint})
	}
	return s, problems
}

// include finds the file on disk that a script names and reads it where the walk did not: its ending is
// not a usual one, or it lies elsewhere.
func (l *loader) include(from, top *Source, name string) (*Source, bool, []Problem) {
	f, ok := l.found[from]
	if !ok {
		return nil, false, nil
	}
	var further []string
	if t, ok := l.found[top]; ok {
		further = append(further, filepath.Dir(t.Path))
	}
	path, state := files.Include(f, name, further...)
	if state != files.IncludeFound {
		return nil, false, nil
	}
	if s := l.at(realPath(path)); s != nil {
		return s, false, nil
	}
	inc := files.File{Path: path, Name: l.relative(path), Root: f.Root}
	s, problems := l.read(inc)
	l.know(inc, s)
	return s, true, problems
}

func countLines(src []byte) int {
	n := bytes.Count(src, []byte{'\n'})
	if n == 0 {
		n = bytes.Count(src, []byte{'\r'})
	}
	if len(src) > 0 && !strings.ContainsRune("\r\n", rune(src[len(src)-1])) {
		n++
	}
	return n
}
