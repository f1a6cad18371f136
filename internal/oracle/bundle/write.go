package bundle

import (
	"archive/zip"
	"bytes"
	"crypto/md5" //nolint:gosec // a check sum that other tools can compute, beside SHA-256
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
)

// Content is a bundle to be written.
type Content struct {
	// Manifest without Extracts, which Write fills. Extracts of the registry that are neither in Tables nor in NotCollected
	// are entered there with ReasonNotRun.
	Manifest Manifest
	Tables   []*Table
	// Levels, Incomplete and Damaged go to the entries of the extracts of that name.
	Levels     map[string]string
	Incomplete map[string]string
	Damaged    map[string]int
}

const (
	manifestFile = "manifest.json"
	extractsDir  = "extracts/"
)

func extractFile(name string) string { return extractsDir + name + ".txt" }

// Write writes a bundle. Tables are sorted in place; the same content gives the same bytes.
func Write(w io.Writer, c *Content) error {
	z := zip.NewWriter(w)
	m := c.Manifest
	m.Format, m.Version = formatName, FormatVersion
	m.Extracts = nil
	tables := slices.Clone(c.Tables)
	slices.SortFunc(tables, func(a, b *Table) int { return strings.Compare(a.Extract.Name, b.Extract.Name) })
	for i, t := range tables {
		if i > 0 && tables[i-1].Extract == t.Extract {
			return fmt.Errorf("extract %s stands twice in a bundle", t.Extract.Name)
		}
		t.Sort()
		e, err := writeEntry(z, t)
		if err != nil {
			return err
		}
		e.Level, e.Incomplete, e.Damaged = c.Levels[e.Name], c.Incomplete[e.Name], c.Damaged[e.Name]
		m.Extracts = append(m.Extracts, e)
	}
	m.NotCollected = complete(&m)
	out, err := create(z, manifestFile)
	if err != nil {
		return err
	}
	text, err := m.text()
	if err != nil {
		return err
	}
	if _, err := out.Write(text); err != nil {
		return err
	}
	return z.Close()
}

func (m *Manifest) text() ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	err := enc.Encode(m)
	return b.Bytes(), err
}

// complete lists every extract of the registry that is not in the bundle, sorted by name.
func complete(m *Manifest) []NotCollected {
	var list []NotCollected
	for i := range registry {
		name := registry[i].Name
		if m.Entry(name) == nil {
			list = append(list, m.Why(name))
		}
	}
	slices.SortFunc(list, func(a, b NotCollected) int { return strings.Compare(a.Name, b.Name) })
	return list
}

// create starts a file of the zip that bears no time, so that bundles can be compared byte by byte.
func create(z *zip.Writer, name string) (io.Writer, error) {
	return z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate})
}

func writeEntry(z *zip.Writer, t *Table) (Entry, error) {
	e := Entry{Name: t.Extract.Name, File: extractFile(t.Extract.Name), Rows: int64(len(t.Rows)), Columns: t.Extract.ColumnNames()}
	for i, r := range t.Rows {
		if len(r) != len(e.Columns) {
			return e, fmt.Errorf("row %d of extract %s has %d fields, not %d", i+1, e.Name, len(r), len(e.Columns))
		}
	}
	out, err := create(z, e.File)
	if err != nil {
		return e, err
	}
	sums := newSums()
	if err := writeTable(io.MultiWriter(out, sums), t); err != nil {
		return e, err
	}
	e.Bytes, e.MD5, e.SHA256 = sums.n, sums.hexMD5(), sums.hexSHA256()
	return e, nil
}

// sums counts and sums what is written to it.
type sums struct {
	n        int64
	md5, sha interface {
		io.Writer
		Sum(b []byte) []byte
	}
}

func newSums() *sums { return &sums{md5: md5.New(), sha: sha256.New()} } //nolint:gosec // see the import

func (s *sums) Write(p []byte) (int, error) {
	s.n += int64(len(p))
	s.md5.Write(p)
	s.sha.Write(p)
	return len(p), nil
}

func (s *sums) hexMD5() string    { return hex.EncodeToString(s.md5.Sum(nil)) }
func (s *sums) hexSHA256() string { return hex.EncodeToString(s.sha.Sum(nil)) }
