package reports

import (
	"archive/zip"
	"bytes"
	"cmp"
	"errors"
	"io"
	"regexp"
	"slices"
)

// stableZip writes a workbook again with its parts in a fixed order and without times, so that equal contents are
// equal bytes. The library writes streamed sheets in map order. Compressed data is copied as it is.
func stableZip(w io.Writer, book []byte) error {
	in, err := zip.NewReader(bytes.NewReader(book), int64(len(book)))
	if err != nil {
		return err
	}
	const first = "[Content_Types].xml" // OPC part 2: readers that stream expect it early
	slices.SortFunc(in.File, func(a, b *zip.File) int {
		if (a.Name == first) != (b.Name == first) {
			if a.Name == first {
				return -1
			}
			return 1
		}
		return cmp.Compare(a.Name, b.Name)
	})
	out := zip.NewWriter(w)
	for _, f := range in.File {
		if f.Name == first {
			if err := sortedTypes(out, f); err != nil {
				return err
			}
			continue
		}
		raw, err := f.OpenRaw()
		if err != nil {
			return err
		}
		to, err := out.CreateRaw(&zip.FileHeader{
			Name: f.Name, Method: f.Method, CRC32: f.CRC32, CompressedSize64: f.CompressedSize64, UncompressedSize64: f.UncompressedSize64,
		})
		if err != nil {
			return err
		}
		if _, err := io.Copy(to, raw); err != nil {
			return err
		}
	}
	return out.Close()
}

var contentType = regexp.MustCompile(`<(?:Default|Override)\b[^>]*?(?:/>|></(?:Default|Override)>)`)

// sortedTypes writes the list of parts in alphabetical order; the library collects it from a map. The order
// means nothing to a reader.
func sortedTypes(out *zip.Writer, f *zip.File) error {
	from, err := f.Open()
	if err != nil {
		return err
	}
	text, err := io.ReadAll(from)
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
	to, err := out.CreateHeader(&zip.FileHeader{Name: f.Name, Method: zip.Deflate})
	if err != nil {
		return err
	}
	_, err = to.Write(text)
	return err
}
