package reports

import (
	"bufio"
	"encoding/json"
	"io"

	"landfall/assess"
	"landfall/internal/model"
)

// WriteJSON writes the result in the form that schema.JSONSchema describes, indented, one line break at the end.
func WriteJSON(w io.Writer, r *assess.Result) error {
	b := bufio.NewWriterSize(w, 1<<16)
	e := json.NewEncoder(b)
	e.SetEscapeHTML(false) // SQL is full of < and &; the file is not put into a page
	e.SetIndent("", " ")
	if err := e.Encode(r); err != nil {
		return &model.Error{Code: "RP0001", Op: "write report.json", Err: err}
	}
	if err := b.Flush(); err != nil {
		return &model.Error{Code: "RP0002", Op: "write report.json", Err: err}
	}
	return nil
}
