package plan

import (
	"strings"

	"landfall/internal/postgres/lex"
)

// steps takes the statements of the conversion into the plan. Rows of scripts (Statement with an empty Phase) are not among them: rows
// come from the source.
func (b *builder) steps() {
	at := map[[2]string]int{}
	for i := range b.p.Tables {
		at[[2]string{b.p.Tables[i].Schema, b.p.Tables[i].Target}] = i
	}
	for _, s := range b.in.Statements {
		step := Step{No: len(b.p.Steps), Phase: s.Phase, Name: s.Name, SQL: s.SQL, Table: -1, Needs: s.Needs}
		if schema, table, ok := tableOf(s.SQL); ok {
			if i, ok := at[[2]string{schema, table}]; ok {
				step.Table = i
			}
		}
		b.p.Steps = append(b.p.Steps, step)
	}
}

// tableOf finds the table of CREATE TABLE, ALTER TABLE and CREATE INDEX ... ON.
func tableOf(sql string) (schema, table string, ok bool) {
	var t []lex.Token
	for _, x := range lex.Scan(sql) {
		if x.Kind != lex.Comment {
			t = append(t, x)
		}
	}
	is := func(i int, word string) bool { return i < len(t) && t[i].Is(sql, word) }
	at := -1
	switch {
	case (is(0, "create") || is(0, "alter")) && is(1, "table"):
		at = 2
	case is(0, "create") && is(1, "unlogged") && is(2, "table"):
		at = 3
	case is(0, "create") && (is(1, "index") || is(1, "unique") && is(2, "index")):
		for i := range t {
			if t[i].Is(sql, "on") {
				at = i + 1
				break
			}
		}
	}
	for at >= 0 && (is(at, "if") || is(at, "not") || is(at, "exists") || is(at, "only")) {
		at++
	}
	if at < 0 || at >= len(t) {
		return "", "", false
	}
	name := t[at].Name(sql)
	if at+2 < len(t) && t[at+1].Text(sql) == "." {
		return name, t[at+2].Name(sql), true
	}
	return "", name, name != "" && !strings.ContainsAny(name, "()")
}
