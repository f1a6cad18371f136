package workload

import (
	"encoding/json"
	"fmt"
	"strings"
)

// record is one line of a JSON lines file. docs/workload.md has the fields.
type record struct {
	SQL        string       `json:"sql"`
	SQLText    string       `json:"sql_text"`
	SQLID      string       `json:"sql_id"`
	Schema     string       `json:"schema"`
	Module     string       `json:"module"`
	User       string       `json:"user"`
	Executions json.Number  `json:"executions"`
	Rows       json.Number  `json:"rows"`
	ElapsedMS  json.Number  `json:"elapsed_ms"`
	ElapsedUS  json.Number  `json:"elapsed_us"`
	EachMS     json.Number  `json:"each_ms"`
	Binds      []bindRecord `json:"binds"`
}

type bindRecord struct {
	Name   string            `json:"name"`
	Type   string            `json:"type"`
	Out    bool              `json:"out"`
	Value  json.RawMessage   `json:"value"`
	Values []json.RawMessage `json:"values"`
}

func readJSON(l *lines, sink Sink) error {
	for l.next() {
		if strings.TrimSpace(l.text) == "" {
			continue
		}
		bad := func(err error) {
			sink.Problem(Problem{Pos: l.pos(), Kind: Malformed, Reason: err.Error(), Head: head(l.text)})
		}
		if l.cut {
			sink.Problem(tooLong(l.pos(), l.text))
			continue
		}
		d := json.NewDecoder(strings.NewReader(l.text))
		d.DisallowUnknownFields()
		var r record
		if err := d.Decode(&r); err != nil {
			bad(fmt.Errorf("no JSON object of a statement: %w", err))
			continue
		}
		if d.More() {
			bad(fmt.Errorf("more than one JSON value on the line"))
			continue
		}
		s := Statement{Text: Terminated(r.SQL), Pos: l.pos(), Kind: KindJSON, Origin: "workload file"}
		if s.Text == "" {
			s.Text = Terminated(r.SQLText)
		}
		if s.Text == "" {
			bad(fmt.Errorf("no sql in the object"))
			continue
		}
		err := fill(&s, map[string]string{
			"sql_id": r.SQLID, "schema": r.Schema, "module": r.Module, "user": r.User, "executions": r.Executions.String(), "rows": r.Rows.String(),
			"elapsed_ms": r.ElapsedMS.String(), "elapsed_us": r.ElapsedUS.String(), "each_ms": r.EachMS.String(),
		})
		if err != nil {
			bad(err)
			continue
		}
		for _, b := range r.Binds {
			bind := Bind{Name: strings.ToUpper(strings.TrimPrefix(b.Name, ":")), Type: strings.ToUpper(b.Type), Out: b.Out}
			for _, v := range append([]json.RawMessage{b.Value}, b.Values...) {
				if len(v) > 0 {
					bind.Values = append(bind.Values, plainJSON(v))
				}
			}
			s.Binds = addBind(s.Binds, bind)
		}
		if err := sink.Statement(s); err != nil {
			return err
		}
	}
	return nil
}

// plainJSON is a value as people write it: texts without their quotes.
func plainJSON(v json.RawMessage) string {
	var s string
	if json.Unmarshal(v, &s) == nil && v[0] == '"' {
		return s
	}
	return string(v)
}
