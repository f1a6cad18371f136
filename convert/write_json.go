package convert

import (
	"bytes"
	"encoding/json"
	"io"
	"runtime"
)

// jsonBlock is how many values are encoded at a time by one processor.
const jsonBlock = 512

// inBlocks writes the pieces of a list in order. Blocks of them are made several at a time, never more than a few ahead
// of the writer: findings and ledger of a large estate are hundreds of megabytes and are not held as text.
func inBlocks(w io.Writer, n int, piece func(b *bytes.Buffer, i int) error) error {
	type made struct {
		text []byte
		err  error
	}
	queue := make(chan chan made, runtime.GOMAXPROCS(0))
	go func() {
		defer close(queue)
		for from := 0; from < n; from += jsonBlock {
			done := make(chan made, 1)
			queue <- done
			go func() {
				var b bytes.Buffer
				for i := from; i < min(from+jsonBlock, n); i++ {
					if err := piece(&b, i); err != nil {
						done <- made{err: err}
						return
					}
				}
				done <- made{text: b.Bytes()}
			}()
		}
	}()
	var err error
	for done := range queue { // to its end: the makers wait for somebody to take what they make
		m := <-done
		if err == nil {
			err = m.err
		}
		if err == nil {
			_, err = w.Write(m.text)
		}
	}
	return err
}

// jsonLines writes a list as JSON, one value a line.
func jsonLines[T any](w io.Writer, list []T) error {
	return inBlocks(w, len(list), func(b *bytes.Buffer, i int) error {
		enc := json.NewEncoder(b)
		enc.SetEscapeHTML(false)
		return enc.Encode(list[i])
	})
}

// write writes the manifest as json.MarshalIndent would make it, in blocks.
func (m *Manifest) write(w io.Writer) error {
	files, objects := m.Files, m.Objects
	head := *m
	head.Files, head.Objects = nil, nil
	b, err := json.MarshalIndent(head, "", "  ")
	if err != nil {
		return err
	}
	b, ok := bytes.CutSuffix(b, []byte("  \"files\": null,\n  \"objects\": null\n}"))
	if !ok {
		panic("the fields Files and Objects come last in a manifest") // a mistake of this package that its tests find
	}
	if _, err := w.Write(b); err != nil {
		return err
	}
	if err := jsonList(w, "files", files); err != nil {
		return err
	}
	if _, err := io.WriteString(w, ",\n"); err != nil {
		return err
	}
	if err := jsonList(w, "objects", objects); err != nil {
		return err
	}
	_, err = io.WriteString(w, "\n}\n")
	return err
}

// jsonList writes a field of the outermost object whose value is a list, indented.
func jsonList[T any](w io.Writer, name string, list []T) error {
	if len(list) == 0 {
		b, err := json.Marshal(list)
		if err == nil {
			_, err = io.WriteString(w, "  \""+name+"\": "+string(b))
		}
		return err
	}
	if _, err := io.WriteString(w, "  \""+name+"\": [\n"); err != nil {
		return err
	}
	err := inBlocks(w, len(list), func(b *bytes.Buffer, i int) error {
		v, err := json.MarshalIndent(list[i], "    ", "  ")
		if i > 0 {
			b.WriteString(",\n")
		}
		b.WriteString("    ")
		b.Write(v)
		return err
	})
	if err == nil {
		_, err = io.WriteString(w, "\n  ]")
	}
	return err
}
