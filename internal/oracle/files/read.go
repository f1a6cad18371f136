package files

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"

	"landfall/internal/model"
)

// Text is a file's content, decoded.
type Text struct {
	Src     []byte // UTF-8, without a byte order mark
	Bytes   int64  // size on disk
	Charset string // what it was decoded from
	Guessed bool   // the charset was found out, not told and not marked in the file
	Sure    Sureness
	Why     string  // the rule that chose Charset
	Damage  *Damage // bytes that could not be decoded, nil without
	SHA256  string  // of the bytes on disk, in hexadecimal; only when Options.Hash is set
}

// Read loads and decodes one file.
func Read(f File, opt Options) (*Text, *Problem) {
	limit := opt.MaxFile
	if limit <= 0 {
		limit = DefaultMaxFile
	}
	limit = min(limit, MaxOffset)
	if f.Size > limit {
		return nil, tooLarge(f, f.Size, limit)
	}
	raw, err := load(f, limit)
	switch {
	case errors.Is(err, fs.ErrPermission):
		return nil, f.problem("permission denied", "make it readable: chmod u+r "+f.Name, err)
	case errors.Is(err, fs.ErrNotExist):
		return nil, f.problem("no such file", "", err)
	case err != nil:
		return nil, f.problem("cannot be read: "+reason(err), "", err)
	case int64(len(raw)) > limit: // grew since Find looked
		return nil, tooLarge(f, int64(len(raw)), limit)
	}
	d, p := decode(f.Name, raw, opt.Charset)
	if p != nil {
		return nil, p
	}
	if d.damage != nil && opt.RefuseDamage {
		p = d.damage.Problem()
		p.Msg = strings.TrimSuffix(p.Msg, "; read as U+FFFD")
		return nil, p
	}
	text := &Text{
		Src: d.src, Bytes: int64(len(raw)), Charset: d.from, Sure: d.sure, Why: d.why, Damage: d.damage,
		Guessed: d.sure != Certain,
	}
	if opt.Hash {
		text.SHA256 = fmt.Sprintf("%x", sha256.Sum256(raw))
	}
	return text, nil
}

func load(f File, limit int64) ([]byte, error) {
	in, err := os.Open(f.Path)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	b := make([]byte, 0, f.Size+1) // and no more: sources stay in memory; one byte tells that a file has grown
	for {
		n, err := in.Read(b[len(b):min(cap(b), int(limit)+1)])
		b = b[:len(b)+n]
		switch {
		case errors.Is(err, io.EOF) || int64(len(b)) > limit:
			return b, nil
		case err != nil:
			return b, err
		case len(b) == cap(b):
			b = slices.Grow(b, bytes.MinRead)
		}
	}
}

func (f File) problem(msg, hint string, err error) *Problem {
	return &Problem{Pos: model.Pos{File: f.Name, Line: 1, Col: 1}, Msg: msg, Hint: hint, Err: err}
}

func tooLarge(f File, size, limit int64) *Problem {
	hint := fmt.Sprintf("allow it with --max-file %dM (parsing takes up to 12 times the size in memory), or split the file", size>>20+1)
	if size > MaxOffset {
		hint = "split the file: 4 GiB is the most that one file may have"
	}
	return f.problem(fmt.Sprintf("file has %s, more than the limit of %s", Size(size), Size(limit)), hint, nil)
}

// Size says a number of bytes for people.
func Size(n int64) string {
	switch {
	case n >= 1<<30:
		return fmt.Sprintf("%.1f GiB", float64(n)/(1<<30))
	case n >= 1<<20:
		return fmt.Sprintf("%.1f MiB", float64(n)/(1<<20))
	case n >= 1<<10:
		return fmt.Sprintf("%.1f KiB", float64(n)/(1<<10))
	}
	return fmt.Sprintf("%d bytes", n)
}
