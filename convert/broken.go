package convert

import (
	"fmt"
	"slices"
	"strings"

	"landfall/convert/gen"
	"landfall/convert/rules"
	"landfall/internal/model"
	"landfall/internal/postgres/grammar"
	"landfall/internal/postgres/lex"
	"landfall/internal/postgres/prove"
	"landfall/internal/postgres/quote"
)

// What PostgreSQL's grammar cannot read at all is a mistake of the conversion, whatever the server would say of names and
// types. Where the grammar is asked anyway, such a statement is refused like one that has no faithful form: a routine
// becomes a stub, everything else a comment, and a finding says so. Without --prove nothing is asked: the grammar takes twice
// as long as the conversion, and seconds to start.

// refuseBroken refuses the statements of one output that do not parse, and has the rest judged again.
func (r *Result) refuseBroken(o *Output, j *judged, judge grammar.Checker) {
	if o.Refused || !slices.ContainsFunc(j.problems, func(p grammar.Problem) bool { return p.Syntax }) {
		return
	}
	rule := notConverted()
	heads := prove.Heads(o.SQL)
	sql := o.SQL
	list := lex.Statements(sql)
	for _, s := range slices.Backward(list) {
		last := s.Line + strings.Count(s.Text, "\n")
		k := slices.IndexFunc(j.problems, func(p grammar.Problem) bool { return p.Syntax && p.Line >= s.Line && p.Line <= last })
		if k < 0 {
			continue
		}
		p := j.problems[k]
		message := fmt.Sprintf("%sPostgreSQL cannot read what was made of it: %s", gen.InternalError, p.Message)
		pos := o.Pos
		if line := o.SourceLine(p.Line); line > 0 {
			pos = model.Pos{File: o.Pos.File, Line: line, Col: 1}
		}
		r.Findings = append(r.Findings, model.Finding{Code: rule.Code, Rule: rule.Name, Severity: model.High, Effort: model.Manual, Object: o.ID, Pos: pos, Message: message})
		text := "-- refused, " + rule.Code + ": " + oneLine(message) + "\n-- " + strings.ReplaceAll(s.Text, "\n", "\n-- ") + "\n"
		if stub, ok := stubOf(s.Text, rule.Code+": "+oneLine(message)); ok && len(judge.Check(stub)) == 0 {
			text += stub + ";"
		}
		end := s.Offset + len(s.Text)
		if end < len(sql) && sql[end] == ';' {
			end++
		}
		more := strings.Count(text, "\n") - strings.Count(sql[s.Offset:end], "\n")
		for i := range o.Lines {
			if o.Lines[i].Target > last {
				o.Lines[i].Target += more
			}
		}
		for i := range j.broken {
			j.broken[i].Line += more
		}
		p.Line++ // behind the line that tells of the refusal
		j.broken = append(j.broken, p)
		sql = sql[:s.Offset] + text + sql[end:]
		refuseMember(o, heads, s.Line, rule.Code)
	}
	slices.Reverse(j.broken)
	o.SQL, o.Refused = sql, true
	if !slices.Contains(o.Codes, rule.Code) {
		o.Codes = append(o.Codes, rule.Code)
		slices.Sort(o.Codes)
	}
	r.refuseObject(o, rule.Code)
	j.problems = judge.Check(ServerText(o))
	j.accepted = len(j.problems) == 0
}

// stubOf is a statement that makes a routine, with a body that raises a message; ok is false for other statements.
func stubOf(text, message string) (stub string, ok bool) {
	var words []string
	for _, t := range lex.Scan(text) {
		switch {
		case t.Kind == lex.Comment:
		case t.Kind == lex.Dollar:
			if len(words) < 3 || words[0] != "create" || !slices.Contains(words[1:], "function") && !slices.Contains(words[1:], "procedure") || !strings.Contains(strings.ToLower(text[:t.Lo]), "language plpgsql") {
				return "", false
			}
			body := "\nBEGIN\n    RAISE EXCEPTION USING ERRCODE = 'LFREF', MESSAGE = " + quote.Literal(message) + ";\nEND;\n"
			return text[:t.Lo] + "$lf_refused$" + body + "$lf_refused$" + text[t.Hi:], true
		case len(words) < 4:
			words = append(words, t.Name(text))
		}
	}
	return "", false
}

// refuseMember marks the routine that begins at a line of an output.
func refuseMember(o *Output, heads []prove.Head, line int, code string) {
	nth := map[string]int{}
	for _, h := range heads {
		nth[h.Name]++
		if line < h.Line || line > h.To {
			continue
		}
		seen := 0
		for i := range o.Members {
			if foldTarget(o.Members[i].Target) != h.Name {
				continue
			}
			if seen++; seen == nth[h.Name] {
				o.Members[i].Refused, o.Members[i].Code = true, code
				return
			}
		}
	}
}

// refuseObject enters a refusal in the ledger and at the object.
func (r *Result) refuseObject(o *Output, code string) {
	for i := range r.Ledger {
		l := &r.Ledger[i]
		if !l.Part && l.Object == o.ID && l.Pos == o.Pos && l.Class != gen.Refused {
			l.Class, l.Code = gen.Refused, code
		}
	}
	for i := range r.Objects {
		if b := &r.Objects[i]; b.ID == o.ID {
			b.Standing = b.Standing.Refuse()
			if !slices.Contains(b.Codes, code) {
				b.Codes = append(b.Codes, code)
				slices.Sort(b.Codes)
			}
		}
	}
}

func notConverted() *rules.Rule {
	list := rules.Table()
	return list[slices.IndexFunc(list, func(r *rules.Rule) bool { return r.Name == "not-converted" })]
}
