package reports

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"landfall/assess"
	"landfall/internal/model"
)

// ReadJSON reads what WriteJSON wrote, of this version or an earlier one. name stands in errors.
func ReadJSON(in io.Reader, name string) (*assess.Result, error) {
	var r assess.Result
	fail := func(err error, hint string) (*assess.Result, error) {
		return nil, &model.Error{Code: "RP0010", Op: "read report", Pos: model.Pos{File: name}, Err: err, Hint: hint}
	}
	dec := json.NewDecoder(bufio.NewReaderSize(in, 1<<16))
	if err := dec.Decode(&r); err != nil {
		return fail(err, "landfall assess writes it anew")
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return fail(errors.New("there is something behind the report"), "landfall assess writes it anew")
	}
	switch {
	case r.FormatVersion == 0 || r.Tool.Name == "":
		return fail(errors.New("this is no report of landfall"), "name the report.json that landfall assess wrote")
	case r.FormatVersion > assess.FormatVersion:
		return fail(fmt.Errorf("format version %d; this program reads up to %d", r.FormatVersion, assess.FormatVersion), "use the landfall that wrote it, or a later one")
	}
	return &r, nil
}

// WriteTexts writes the sides as JSON lines, one object a line.
func WriteTexts(w io.Writer, sides []assess.Side) error {
	b := bufio.NewWriterSize(w, 1<<16)
	e := json.NewEncoder(b)
	e.SetEscapeHTML(false)
	for i := range sides {
		if err := e.Encode(&sides[i]); err != nil {
			return &model.Error{Code: "RP0011", Op: "write texts", Err: err}
		}
	}
	if err := b.Flush(); err != nil {
		return &model.Error{Code: "RP0012", Op: "write texts", Err: err}
	}
	return nil
}

// ReadTexts reads what WriteTexts wrote. name stands in errors.
func ReadTexts(in io.Reader, name string) ([]assess.Side, error) {
	var sides []assess.Side
	dec := json.NewDecoder(bufio.NewReaderSize(in, 1<<16))
	for {
		var s assess.Side
		err := dec.Decode(&s)
		if errors.Is(err, io.EOF) {
			return sides, nil
		}
		if err == nil && s.Object == "" {
			err = errors.New("a line names no object")
		}
		if err != nil {
			return nil, &model.Error{Code: "RP0013", Op: "read texts", Pos: model.Pos{File: name, Line: len(sides) + 1}, Err: err, Hint: "landfall assess --texts writes them anew"}
		}
		sides = append(sides, s)
	}
}
