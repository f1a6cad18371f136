package reports

import (
	"archive/zip"
	"bytes"
	"cmp"
	"errors"
	"hash/crc32"
	"io"
	"io/fs"
	"regexp"
	"slices"

	"github.com/klauspost/compress/flate"
)

// contentTypes is the first part of a workbook (OPC part 2: readers that stream expect it early).
const contentTypes = "[Content_Types].xml"

// stableZip is the zip file of a workbook: its parts stand in a fixed order and without times, so that equal contents are equal
// bytes. The library writes streamed sheets in map order; each part is compressed as it comes and waits for Close.
type stableZip struct {
	out   io.Writer
	parts []*part
}

// part is one file of the workbook.
type part struct {
	name string
	data bytes.Buffer // compressed
	to   *flate.Writer
	sum  uint32
	size uint64
}

func newStableZip(w io.Writer) *stableZip { return &stableZip{out: w} }

// Create begins a part and ends the one before, as with zip.Writer.
func (z *stableZip) Create(name string) (io.Writer, error) {
	if err := z.end(); err != nil {
		return nil, err
	}
	p := &part{name: name}
	if err := p.begin(); err != nil {
		return nil, err
	}
	z.parts = append(z.parts, p)
	return p, nil
}

// AddFS is of the library's interface; nothing calls it.
func (z *stableZip) AddFS(fs.FS) error {
	return errors.New("a workbook takes no file systems")
}

// Close writes the file.
func (z *stableZip) Close() error {
	if err := z.end(); err != nil {
		return err
	}
	slices.SortFunc(z.parts, func(a, b *part) int {
		if (a.name == contentTypes) != (b.name == contentTypes) {
			if a.name == contentTypes {
				return -1
			}
			return 1
		}
		return cmp.Compare(a.name, b.name)
	})
	out := zip.NewWriter(z.out)
	for _, p := range z.parts {
		if p.name == contentTypes {
			if err := p.sortTypes(); err != nil {
				return err
			}
		}
		to, err := out.CreateRaw(&zip.FileHeader{Name: p.name, Method: zip.Deflate, CRC32: p.sum, CompressedSize64: uint64(p.data.Len()), UncompressedSize64: p.size})
		if err != nil {
			return err
		}
		if _, err := p.data.WriteTo(to); err != nil {
			return err
		}
	}
	return out.Close()
}

// end compresses what is left of the last part.
func (z *stableZip) end() error {
	if n := len(z.parts); n > 0 {
		return z.parts[n-1].end()
	}
	return nil
}

// begin makes a part an empty one that is written to.
func (p *part) begin() (err error) {
	p.data.Reset()
	p.sum, p.size = 0, 0
	p.to, err = flate.NewWriter(&p.data, flate.DefaultCompression)
	return err
}

func (p *part) end() error {
	if p.to == nil {
		return nil
	}
	err := p.to.Close()
	p.to = nil
	return err
}

func (p *part) Write(b []byte) (int, error) {
	if p.to == nil {
		return 0, errors.New("the part " + p.name + " has ended")
	}
	n, err := p.to.Write(b)
	p.sum = crc32.Update(p.sum, crc32.IEEETable, b[:n])
	p.size += uint64(n)
	return n, err
}

var contentType = regexp.MustCompile(`<(?:Default|Override)\b[^>]*?(?:/>|></(?:Default|Override)>)`)

// sortTypes puts the list of parts in alphabetical order; the library collects it from a map. The order means nothing to a
// reader.
func (p *part) sortTypes() error {
	text, err := io.ReadAll(flate.NewReader(&p.data))
	if err != nil {
		return err
	}
	entries := contentType.FindAll(text, -1)
	if len(entries) == 0 {
		return errors.New("workbook has no list of content types")
	}
	slices.SortFunc(entries, bytes.Compare)
	at := 0
	text = contentType.ReplaceAllFunc(text, func([]byte) []byte {
		at++
		return entries[at-1]
	})
	if err := p.begin(); err != nil {
		return err
	}
	if _, err := p.Write(text); err != nil {
		return err
	}
	return p.end()
}
