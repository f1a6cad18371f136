package workload

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"landfall/internal/model"
)

// File is one workload file.
type File struct {
	Path string // for the operating system
	Name string // for people: as it was named, or the folder and the path inside it, with slashes
	Kind Kind   // "" finds out
}

// Options say how workload files are read. The zero value is usable.
type Options struct {
	Charset string // IANA or Oracle name; "" takes UTF-8 and, where that does not fit, GB18030
}

// Kinds are the kinds that may be told in front of a path.
func Kinds() []Kind {
	return []Kind{KindTable, KindJSON, KindSQL, KindAudit, KindAWR, KindStatspack, KindTrace, KindBundle}
}

// endings are those of files that a folder is searched for. Reports and traces have many more names than these: files of
// others are taken when their first lines tell what they are.
var endings = map[string]Kind{".csv": KindTable, ".tsv": KindTable, ".jsonl": KindJSON, ".ndjson": KindJSON, ".sql": KindSQL, ".zip": KindBundle}

// Find lists the workload files of a path: the file itself, or those in a folder, by name; passed are the files of a folder
// that nothing tells to be one. spec may have a kind and a colon in front.
func Find(spec string) (list []File, passed []string, err error) {
	var kind Kind
	path := spec
	if k, rest, ok := strings.Cut(spec, ":"); ok && slices.Contains(Kinds(), Kind(k)) {
		kind, path = Kind(k), rest
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, nil, &model.Error{Code: "WL0001", Op: "read workload", Pos: model.Pos{File: path}, Err: cause(err), Hint: "a file or folder; a kind may stand in front: " + kindList()}
	}
	if !info.IsDir() {
		return []File{{Path: path, Name: filepath.ToSlash(path), Kind: kind}}, nil, nil
	}
	err = filepath.WalkDir(path, func(p string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && p != path && strings.HasPrefix(d.Name(), "."):
			return filepath.SkipDir
		case d.IsDir() || strings.HasPrefix(d.Name(), "."):
			return nil
		case !regular(p, d):
			passed = append(passed, filepath.ToSlash(p))
			return nil
		}
		f := File{Path: p, Name: filepath.ToSlash(p), Kind: kind}
		if kind == "" && endings[strings.ToLower(filepath.Ext(p))] == "" {
			k, err := detectFile(p)
			if err != nil {
				return err
			}
			if k == "" {
				passed = append(passed, filepath.ToSlash(p))
				return nil
			}
		}
		list = append(list, f)
		return nil
	})
	if err != nil {
		return nil, nil, &model.Error{Code: "WL0002", Op: "read workload", Pos: model.Pos{File: path}, Err: cause(err)}
	}
	if len(list) == 0 {
		return nil, nil, &model.Error{Code: "WL0003", Op: "read workload", Pos: model.Pos{File: path}, Err: errors.New("no workload files here"), Hint: "name the files with their kind: " + kindList()}
	}
	return list, passed, nil
}

// regular reports a file that can be read, itself or through a link.
func regular(path string, d fs.DirEntry) bool {
	if d.Type()&fs.ModeSymlink != 0 {
		st, err := os.Stat(path)
		return err == nil && st.Mode().IsRegular()
	}
	return d.Type().IsRegular()
}

func kindList() string {
	var names []string
	for _, k := range Kinds() {
		names = append(names, string(k))
	}
	return strings.Join(names, ", ")
}

func cause(err error) error {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return pe.Err
	}
	return err
}

func detectFile(path string) (Kind, error) {
	in, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer in.Close()
	start := make([]byte, sniffed)
	n, err := io.ReadFull(in, start)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return "", err
	}
	return Detect(path, start[:n]), nil
}

// Detect tells the kind of a file by its name and how it begins; "" when neither tells.
func Detect(name string, start []byte) Kind {
	text := string(start)
	for _, m := range []struct {
		mark string
		kind Kind
	}{
		{"PARSING IN CURSOR #", KindTrace},
		{"*** SESSION ID:", KindTrace},
		{"STATSPACK report for", KindStatspack},
		{"WORKLOAD REPOSITORY", KindAWR},
		{"<title>AWR Report", KindAWR},
	} {
		if strings.Contains(text, m.mark) {
			return m.kind
		}
	}
	return endings[strings.ToLower(filepath.Ext(name))]
}

// ReadFile reads one file. What is wrong with it are Problems; the error is that of ctx or of the sink.
func ReadFile(ctx context.Context, f File, opt Options, sink Sink) (Kind, error) {
	in, err := os.Open(f.Path)
	if err != nil {
		sink.Problem(Problem{Pos: model.Pos{File: f.Name}, Kind: Unreadable, Reason: cause(err).Error()})
		return f.Kind, nil
	}
	defer in.Close()
	if f.Kind == KindBundle || f.Kind == "" && strings.EqualFold(filepath.Ext(f.Path), ".zip") {
		return KindBundle, readBundle(ctx, f.Path, f.Name, sink)
	}
	return Read(ctx, f, in, opt, sink)
}

// Read is ReadFile for text that comes from elsewhere; f.Path is not used.
func Read(ctx context.Context, f File, in io.Reader, opt Options, sink Sink) (Kind, error) {
	r := bufio.NewReaderSize(in, sniffed)
	start, err := r.Peek(sniffed)
	if err != nil && !errors.Is(err, io.EOF) {
		sink.Problem(Problem{Pos: model.Pos{File: f.Name}, Kind: Unreadable, Reason: err.Error()})
		return f.Kind, nil
	}
	text, charset, err := decoder(r, start, opt.Charset)
	if err != nil {
		sink.Problem(Problem{Pos: model.Pos{File: f.Name}, Kind: Unreadable, Reason: err.Error()})
		return f.Kind, nil
	}
	if charset.note != "" {
		sink.Problem(Problem{Pos: model.Pos{File: f.Name, Line: 1, Col: 1}, Kind: Assumed, Reason: charset.note, Hint: "say --charset if that is wrong"})
	}
	if f.Kind == "" {
		if f.Kind = Detect(f.Name, start); f.Kind == "" {
			sink.Problem(Problem{Pos: model.Pos{File: f.Name}, Kind: Unreadable, Reason: "what this file is cannot be told from its name and first lines", Hint: "say it: KIND:PATH with " + kindList(), Head: head(string(start))})
			return "", nil
		}
	}
	lost := &lossy{r: text}
	l := newLines(ctx, f.Name, lost)
	switch f.Kind {
	case KindTable, KindAudit:
		f.Kind, err = readTable(l, f.Kind, sink)
	case KindJSON:
		err = readJSON(l, sink)
	case KindSQL:
		err = readSQL(l, sink)
	case KindAWR:
		if isHTML(start) {
			err = readAWRHTML(l, sink)
		} else {
			err = readReport(l, KindAWR, sink)
		}
	case KindStatspack:
		err = readReport(l, KindStatspack, sink)
	case KindTrace:
		err = readTrace(l, sink)
	default:
		sink.Problem(Problem{Pos: model.Pos{File: f.Name}, Kind: Unreadable, Reason: fmt.Sprintf("no reader for %q", f.Kind), Hint: "kinds are " + kindList()})
		return f.Kind, nil
	}
	if lost.lost > 0 {
		sink.Problem(Problem{Pos: model.Pos{File: f.Name, Line: 1, Col: 1}, Kind: Malformed, Reason: fmt.Sprintf("%d characters stand for nothing in %s and were read as U+FFFD", lost.lost, cmp.Or(charset.name, "UTF-8")), Hint: "name the character set: --charset"})
	}
	if err == nil {
		if broken := l.failure(); broken != nil {
			if ctx.Err() != nil {
				return f.Kind, ctx.Err()
			}
			sink.Problem(Problem{Pos: l.pos(), Kind: Unreadable, Reason: "reading stopped: " + broken.Error()})
		}
	}
	return f.Kind, err
}
