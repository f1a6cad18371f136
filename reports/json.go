package reports

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"

	"landfall/assess"
	"landfall/internal/model"
)

// WriteJSON writes the result in the form that schema.JSONSchema describes, indented, one line break at the end. Findings,
// which outnumber everything else, are streamed: an encoder holds all that it writes in memory.
func WriteJSON(w io.Writer, r *assess.Result) error {
	b := bufio.NewWriterSize(w, 1<<16)
	if err := writeJSON(b, r); err != nil {
		return &model.Error{Code: "RP0001", Op: "write report.json", Err: err}
	}
	if err := b.Flush(); err != nil {
		return &model.Error{Code: "RP0002", Op: "write report.json", Err: err}
	}
	return nil
}

func writeJSON(b *bufio.Writer, r *assess.Result) error {
	rest := *r
	rest.Findings = []model.Finding{}
	frame, err := indented(rest, "")
	if err != nil {
		return err
	}
	// The only member of that name at this depth; texts hold no line breaks.
	before, after, ok := bytes.Cut(frame, []byte("\n \"findings\": ["))
	if !ok {
		return errors.New("the result has no findings member")
	}
	b.Write(before)
	b.WriteString("\n \"findings\": [")
	for i := range r.Findings {
		if i > 0 {
			b.WriteByte(',')
		}
		f, err := indented(&r.Findings[i], "  ")
		if err != nil {
			return err
		}
		b.WriteString("\n  ")
		if _, err := b.Write(bytes.TrimSuffix(f, []byte("\n"))); err != nil {
			return err
		}
	}
	if len(r.Findings) > 0 {
		b.WriteString("\n ")
	}
	_, err = b.Write(after)
	return err
}

// indented is the JSON of a value whose first line stands at prefix, with a line break at its end.
func indented(v any, prefix string) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false) // SQL is full of < and &; the file is not put into a page
	e.SetIndent(prefix, " ")
	err := e.Encode(v)
	return b.Bytes(), err
}
