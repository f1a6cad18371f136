package bundle

import (
	"archive/zip"
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"math"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"landfall/internal/model"
)

// Bundle is a bundle that was opened: its manifest is read and held against the files of the zip, its extracts are
// checked as they are read.
type Bundle struct {
	Manifest Manifest
	Name     string // of the file, for messages
	SHA256   string // of the manifest, which holds the sums of all else

	files map[string]*zip.File
	close func() error
}

const (
	maxManifest = 64 << 20
	maxFiles    = 4096
	// A text that shrinks more than maxRatio times once it is larger than ratioFrom is no dictionary but a trap: the text of
	// large estates shrinks 5 to 40 times.
	maxRatio  = 500
	ratioFrom = 256 << 20
)

// Open opens a bundle. Close it when done.
func Open(name string) (*Bundle, error) {
	f, err := os.Open(name)
	if err != nil {
		hint := "check the path"
		if errors.Is(err, os.ErrPermission) {
			hint = "make it readable: chmod u+r " + name
		}
		return nil, &model.Error{Code: CodeNotZip, Op: "open bundle", Err: err, Hint: hint}
	}
	st, err := f.Stat()
	if err == nil && st.IsDir() {
		err = errors.New("is a folder")
	}
	if err != nil {
		return nil, errors.Join(&model.Error{Code: CodeNotZip, Op: "open bundle", Pos: model.Pos{File: filepath.ToSlash(name)}, Err: err, Hint: "name the zip file"}, f.Close())
	}
	b, err := Read(filepath.ToSlash(name), f, st.Size())
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	b.close = f.Close
	return b, nil
}

// Read opens a bundle in r of the given size; name is for messages.
func Read(name string, r io.ReaderAt, size int64) (*Bundle, error) {
	z, err := zip.NewReader(r, size)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, fault(CodeNotZip, name, "it may have been cut off on its way: compare its size with the original's and copy it again", "not a bundle, or cut off: %w", err)
	}
	b := &Bundle{Name: name, files: map[string]*zip.File{}, close: func() error { return nil }}
	if len(z.File) > maxFiles {
		return nil, fault(CodeTooLarge, name, "this is no bundle", "%d files in the zip, more than %d", len(z.File), maxFiles)
	}
	for _, f := range z.File {
		if !safePath(f.Name) {
			return nil, fault(CodePath, name, "do not use it: no bundle of landfall holds such a name", "the file %q would lead out of the bundle", f.Name)
		}
		if b.files[f.Name] != nil {
			return nil, fault(CodeStranger, name, "make the bundle again", "%s stands twice in the zip", f.Name)
		}
		b.files[f.Name] = f
	}
	if err := b.readManifest(); err != nil {
		return nil, err
	}
	return b, b.match()
}

// Close gives the file back.
func (b *Bundle) Close() error { return b.close() }

func safePath(name string) bool {
	return name != "" && !path.IsAbs(name) && path.Clean(name) == name && !strings.HasPrefix(name, "..") && !strings.ContainsAny(name, "\\:\x00")
}

func (b *Bundle) readManifest() error {
	f := b.files[manifestFile]
	if f == nil {
		return fault(CodeManifest, b.Name, "name a file that landfall collect made", "no %s in it: not a bundle", manifestFile)
	}
	in, err := f.Open()
	if err != nil {
		return fault(CodeManifest, b.Name, "copy the bundle again", "%s: %w", manifestFile, err)
	}
	defer in.Close()
	text, err := io.ReadAll(io.LimitReader(in, maxManifest+1))
	switch {
	case err != nil:
		return fault(CodeNotZip, b.Name, "copy the bundle again", "%s: %w", manifestFile, err)
	case len(text) > maxManifest:
		return fault(CodeTooLarge, b.Name, "this is no bundle", "%s is larger than %d MiB", manifestFile, maxManifest>>20)
	}
	var head struct {
		Format  string `json:"format"`
		Version int    `json:"version"`
	}
	if err := json.Unmarshal(text, &head); err != nil {
		return fault(CodeManifest, b.Name, "make the bundle again", "%s: %w", manifestFile, err)
	}
	switch {
	case head.Format != formatName:
		return fault(CodeManifest, b.Name, "name a file that landfall collect made", "%s has the format %q, not %q", manifestFile, short(head.Format), formatName)
	case head.Version < 1 || head.Version > FormatVersion:
		return fault(CodeFormat, b.Name, "use the version of landfall that made it, or a later one", "version %d of the format; this program reads up to %d", head.Version, FormatVersion)
	}
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&b.Manifest); err != nil {
		return fault(CodeManifest, b.Name, "make the bundle again", "%s: %w", manifestFile, err)
	}
	sum := sha256.Sum256(text)
	b.SHA256 = hex.EncodeToString(sum[:])
	return nil
}

// match holds the manifest against the files of the zip and against the registry.
func (b *Bundle) match() error {
	named := map[string]bool{manifestFile: true}
	for i := range b.Manifest.Extracts {
		e := &b.Manifest.Extracts[i]
		known := Find(e.Name)
		switch {
		case known == nil:
			return fault(CodeExtract, b.Name, "a later landfall may know it; this one has no use for it and does not guess", "unknown extract %q", short(e.Name))
		case e.File != extractFile(e.Name):
			return fault(CodePath, b.Name, "make the bundle again", "extract %s lies in %q, not in %q", e.Name, short(e.File), extractFile(e.Name))
		case named[e.File]:
			return fault(CodeManifest, b.Name, "make the bundle again", "extract %s stands twice in the manifest", e.Name)
		case b.files[e.File] == nil:
			return fault(CodeMissing, b.Name, "copy the bundle again, or collect again", "extract %s is in the manifest, but its file %s is missing", e.Name, e.File)
		case e.Rows < 0 || e.Bytes < 0:
			return fault(CodeManifest, b.Name, "make the bundle again", "extract %s has %d rows and %d bytes", e.Name, e.Rows, e.Bytes)
		}
		for _, c := range e.Columns {
			if _, at := known.Column(c); at < 0 {
				return fault(CodeColumns, b.Name, "a later landfall may know it", "extract %s has a column %q, which is not known", e.Name, short(c))
			}
		}
		if f := b.files[e.File]; f.UncompressedSize64 > ratioFrom && f.UncompressedSize64/max(1, f.CompressedSize64) > maxRatio {
			return fault(CodeTooLarge, b.Name, "do not use it", "%s would grow from %d bytes to %d: no text shrinks like that", e.File, f.CompressedSize64, f.UncompressedSize64)
		}
		named[e.File] = true
	}
	for _, name := range sortedNames(b.files) {
		if !named[name] && !strings.HasSuffix(name, "/") {
			return fault(CodeStranger, b.Name, "take it out, or make the bundle again", "the file %s is in the zip, but not in its manifest", name)
		}
	}
	return nil
}

func sortedNames(m map[string]*zip.File) []string {
	names := make([]string, 0, len(m))
	for n := range m {
		names = append(names, n)
	}
	slices.Sort(names)
	return names
}

// Has reports whether an extract was collected.
func (b *Bundle) Has(name string) bool { return b.Manifest.Entry(name) != nil }

// Each calls f for every row of an extract, in order. Fields come in the order of the registry's columns, whatever the
// bundle's; those that an older bundle lacks are NULL. Row, values, number of rows and sums are checked; the error for an
// extract that was not collected has code CodeAbsent. An error of f is given back as it is.
func (b *Bundle) Each(name string, f func(Row) error) error {
	known := Find(name)
	if known == nil {
		return fault(CodeExtract, b.Name, "landfall bundle show lists them", "unknown extract %q", short(name))
	}
	e := b.Manifest.Entry(name)
	if e == nil {
		why := b.Manifest.Why(name)
		return fault(CodeAbsent, b.Name, "collect again with what it needs", "extract %s was not collected: %s", name, why.Reason)
	}
	z := b.files[e.File]
	in, err := z.Open()
	if err != nil {
		return fault(CodeNotZip, b.Name, "copy the bundle again", "%s: %w", e.File, err)
	}
	defer in.Close()
	r := tableReader{b: b, e: e, known: known, sums: newSums()}
	if e.Bytes == math.MaxInt64 {
		return fault(CodeManifest, b.Name, "make the bundle again", "extract %s has %d bytes", e.Name, e.Bytes)
	}
	r.in = bufio.NewReaderSize(io.TeeReader(io.LimitReader(in, e.Bytes+1), r.sums), 1<<16)
	return r.each(f)
}

// Table reads a whole extract into memory.
func (b *Bundle) Table(name string) (*Table, error) {
	t := NewTable(name)
	err := b.Each(name, func(r Row) error {
		t.Rows = append(t.Rows, r.fields)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return t, nil
}

// Verify reads everything and gives every fault, not only the first.
func (b *Bundle) Verify() []error {
	var faults []error
	for i := range b.Manifest.Extracts {
		if err := b.Each(b.Manifest.Extracts[i].Name, func(Row) error { return nil }); err != nil {
			faults = append(faults, err)
		}
	}
	return faults
}

// Sound holds one extract against the sums and the number of rows of the manifest. A reader that needs only some extracts
// would not see that others are damaged. What stands in the rows is checked where they are read. Several may run at once.
func (b *Bundle) Sound(e *Entry) error {
	r := tableReader{b: b, e: e, sums: newSums()}
	in, err := b.files[e.File].Open()
	if err != nil {
		return fault(CodeNotZip, b.Name, "copy the bundle again", "%s: %w", e.File, err)
	}
	defer in.Close()
	var lines lineCounter
	if _, err := io.Copy(io.MultiWriter(r.sums, &lines), io.LimitReader(in, min(e.Bytes, math.MaxInt64-1)+1)); err != nil {
		return r.broken(err)
	}
	return r.end(int64(lines)-1, lines == 0)
}

// lineCounter counts the lines that are written to it.
type lineCounter int64

func (c *lineCounter) Write(p []byte) (int, error) {
	*c += lineCounter(bytes.Count(p, []byte{'\n'}))
	return len(p), nil
}

type tableReader struct {
	b     *Bundle
	e     *Entry
	known *Extract
	in    *bufio.Reader
	sums  *sums
	line  int
	from  []int // for each column of the registry its place in the file, -1 for none
}

func (r *tableReader) where() string { return r.b.Name + "/" + r.e.File }

func (r *tableReader) each(f func(Row) error) error {
	var (
		buf  []byte
		rows int64
	)
	head := true
	for {
		text, err := readLine(r.in, buf)
		if errors.Is(err, io.EOF) {
			break
		}
		r.line++
		if err != nil {
			return r.broken(err)
		}
		buf = text
		if head {
			if err := r.head(string(text)); err != nil {
				return err
			}
			head = false
			continue
		}
		row, err := r.row(string(text))
		if err != nil {
			return err
		}
		rows++
		if err := f(Row{r.known, row}); err != nil {
			return err
		}
	}
	return r.end(rows, head)
}

// broken tells a file that ends too early from one that cannot be decompressed and one that is too long.
func (r *tableReader) broken(err error) error {
	if r.sums.n > r.e.Bytes {
		return r.tooLarge()
	}
	if errors.Is(err, zip.ErrChecksum) || errors.Is(err, io.ErrUnexpectedEOF) || strings.Contains(err.Error(), "flate") {
		return faultAt(CodeNotZip, r.where(), r.line, "copy the bundle again", "the zip is damaged: %w", err)
	}
	return faultAt(CodeText, r.where(), r.line, "copy the bundle again", "%w", err)
}

func (r *tableReader) tooLarge() error {
	return fault(CodeTooLarge, r.where(), "do not use it", "has more than the %d bytes that the manifest says", r.e.Bytes)
}

func (r *tableReader) head(text string) error {
	names := strings.Split(text, "\t")
	if !slices.Equal(names, r.e.Columns) {
		return faultAt(CodeColumns, r.where(), 1, "make the bundle again", "the columns are not those of the manifest: %s", short(text))
	}
	for _, c := range r.known.Columns {
		r.from = append(r.from, slices.Index(names, c.Name))
	}
	return nil
}

func (r *tableReader) row(text string) ([]string, error) {
	fields := strings.Split(text, "\t")
	if len(fields) != len(r.e.Columns) {
		return nil, faultAt(CodeColumns, r.where(), r.line, "make the bundle again", "%d fields, not %d", len(fields), len(r.e.Columns))
	}
	row := make([]string, len(r.from))
	for i, at := range r.from {
		if at < 0 {
			continue
		}
		v, err := unescape(fields[at])
		if err != nil {
			return nil, faultAt(CodeText, r.where(), r.line, "make the bundle again", "column %s: %w", r.known.Columns[i].Name, err)
		}
		if err := CheckField(r.known.Columns[i], v); err != nil {
			return nil, faultAt(CodeValue, r.where(), r.line, "make the bundle again", "%w", err)
		}
		row[i] = v
	}
	return row, nil
}

func (r *tableReader) end(rows int64, head bool) error {
	switch {
	case r.sums.n > r.e.Bytes:
		return r.tooLarge()
	case head:
		return fault(CodeColumns, r.where(), "make the bundle again", "is empty: not even its columns are named")
	case rows != r.e.Rows:
		return fault(CodeRows, r.where(), "copy the bundle again, or collect again", "has %d rows, the manifest says %d", rows, r.e.Rows)
	case r.sums.hexSHA256() != r.e.SHA256:
		return fault(CodeSum, r.where(), "it was changed or damaged after it was made: copy the bundle again", "SHA-256 is %s, the manifest says %s", r.sums.hexSHA256(), short(r.e.SHA256))
	case r.sums.hexMD5() != r.e.MD5:
		return fault(CodeSum, r.where(), "it was changed or damaged after it was made: copy the bundle again", "MD5 is %s, the manifest says %s", r.sums.hexMD5(), short(r.e.MD5))
	}
	return nil
}
