package workload

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"golang.org/x/text/encoding/htmlindex"

	"landfall/internal/model"
)

// Language is what a file of application source is written in.
type Language string

// Languages that are read.
const (
	XML        Language = "xml"
	Java       Language = "java"
	ProC       Language = "proc"
	Python     Language = "python"
	CSharp     Language = "csharp"
	PHP        Language = "php"
	Shell      Language = "shell"
	Properties Language = "properties"
)

var languages = map[string]Language{
	".xml": XML, ".java": Java, ".pc": ProC, ".ppc": ProC, ".pcc": ProC, ".pcpp": ProC, ".py": Python, ".cs": CSharp, ".php": PHP,
	".sh": Shell, ".ksh": Shell, ".bash": Shell, ".csh": Shell, ".properties": Properties,
}

// apart are folders of what is built or fetched, which is nobody's source.
var apart = map[string]bool{"node_modules": true, "__pycache__": true}

// AppFile is one file of application source.
type AppFile struct {
	Path     string // for the operating system
	Name     string // for people
	Relative string // to the folder that was named, with slashes
	Language Language
}

// Linked stands among the endings for links to folders and for what is no file.
const Linked = "\x00"

// maxSource bounds one file of application source.
const maxSource = 32 << 20

// FindApp lists the files of a folder whose language is read, by name. Files of others are counted by their endings.
func FindApp(ctx context.Context, root string) (files []AppFile, others map[string]int, err error) {
	info, err := os.Stat(root)
	if err != nil || !info.IsDir() {
		if err == nil {
			err = errors.New("is no folder")
		}
		return nil, nil, &model.Error{Code: "WL0004", Op: "read application source", Pos: model.Pos{File: root}, Err: cause(err)}
	}
	others = map[string]int{}
	err = filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case ctx.Err() != nil:
			return ctx.Err()
		case d.IsDir() && p != root && (strings.HasPrefix(d.Name(), ".") || apart[d.Name()]):
			return filepath.SkipDir
		case d.IsDir():
			return nil
		case !regular(p, d):
			others[Linked]++
			return nil
		}
		ext := strings.ToLower(filepath.Ext(p))
		lang := languages[ext]
		if lang == "" {
			others[ext]++
			return nil
		}
		rel, err := filepath.Rel(root, p)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		files = append(files, AppFile{Path: p, Name: path.Join(filepath.ToSlash(root), rel), Relative: rel, Language: lang})
		return nil
	})
	if err != nil {
		return nil, nil, &model.Error{Code: "WL0005", Op: "read application source", Pos: model.Pos{File: root}, Err: cause(err)}
	}
	return files, others, nil
}

// ReadApp reads and decodes a file. The problem says why there is none; the note what was assumed.
func ReadApp(f AppFile, charset string) (*Source, string, *Problem) {
	bad := func(reason, hint string) (*Source, string, *Problem) {
		return nil, "", &Problem{Pos: model.Pos{File: f.Name}, Kind: Unreadable, Reason: reason, Hint: hint}
	}
	raw, err := os.ReadFile(f.Path)
	switch {
	case err != nil:
		return bad(cause(err).Error(), "")
	case len(raw) > maxSource:
		return bad(fmt.Sprintf("the file is larger than %d MiB", maxSource>>20), "")
	}
	if charset == "" && f.Language == XML {
		charset = declared(raw)
	}
	r, found, err := decoder(bytes.NewReader(raw), raw, charset)
	if err != nil {
		return bad(err.Error(), "say --charset")
	}
	text, err := io.ReadAll(r)
	if err != nil {
		return bad(err.Error(), "say --charset")
	}
	if n := bytes.Count(text, replacement); n > 0 && !bytes.Contains(raw, replacement) {
		found.note = strings.TrimPrefix(found.note+"; ", "; ") + fmt.Sprintf("%d characters stand for nothing in this character set: say --charset", n)
	}
	s := NewSource(f.Name, text)
	switch {
	case bytes.Equal(raw, text):
	case found.name != "":
		s.Charset = found.name
	default:
		s.Charset = ""
	}
	return s, found.note, nil
}

// declared is the character set that an XML declaration names.
func declared(raw []byte) string {
	start := string(raw[:min(len(raw), 200)])
	if !strings.HasPrefix(start, "<?xml") {
		return ""
	}
	_, rest, ok := strings.Cut(start, "encoding=")
	if !ok || len(rest) < 2 {
		return ""
	}
	end := strings.IndexByte(rest[1:], rest[0])
	if end < 0 {
		return ""
	}
	name := rest[1 : 1+end]
	if _, err := htmlindex.Get(name); err != nil || strings.EqualFold(name, "utf-16") {
		return ""
	}
	return name
}

// Encode writes text in the character set of the file that it was read from; an error says that it cannot be.
func (s *Source) Encode(text string) ([]byte, error) {
	switch s.Charset {
	case "UTF-8":
		return []byte(text), nil
	case "":
		return nil, errors.New("files with byte order marks are not written to")
	}
	e, err := htmlindex.Get(s.Charset)
	if err != nil {
		return nil, err
	}
	return e.NewEncoder().Bytes([]byte(text))
}
