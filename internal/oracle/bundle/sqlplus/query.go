package sqlplus

import (
	"fmt"
	"strings"

	"landfall/internal/oracle/bundle"
)

// Query is the statement of an extract as a live connection runs it: the same views, columns and conditions as in the
// scripts, without what they need to get a row through SQL*Plus. Numbers and times are text, as in a bundle; other columns are as they are, so
// that a LONG or CLOB may be among them.
type Query struct {
	Level   string // dba or all: the views it reads
	SQL     string
	Columns []int    // for each column of the result its column of the extract
	Views   []string // that it reads, in lower case
}

// Queries are those of an extract in one version, DBA views before ALL views; none when the version lacks the extract. Of the form
// FormDDL the statement lists the objects to define: owner, object_type, object_name, and a number.
func Queries(e *bundle.Extract, opt Options, version int) []Query {
	if opt.Days <= 0 {
		opt.Days = 30
	}
	if !collected(e) || version < e.Since || e.Until != 0 && version > e.Until {
		return nil
	}
	best := map[string]variant{}
	for _, v := range variants(e) {
		if v.from <= version {
			best[v.level] = v // the list is in order of versions
		}
	}
	var out []Query
	for _, level := range []string{"dba", "all"} {
		v, ok := best[level]
		if !ok {
			continue
		}
		q := Query{Level: level, Views: v.views()}
		if e.Form == bundle.FormDDL {
			q.SQL = v.ddlList(&opt) + "      ORDER BY 4"
		} else {
			q.SQL, q.Columns = v.plain(&opt)
		}
		out = append(out, q)
	}
	return out
}

// plain is the query with each column as text.
func (v variant) plain(opt *Options) (string, []int) {
	var (
		items []string
		at    []int
	)
	for i, c := range v.e.Columns {
		x := v.expr(c)
		switch c.Kind {
		case bundle.Number, bundle.Date:
			x = escaped(c.Kind, x)
		}
		items = append(items, fmt.Sprintf("%s AS c%d", x, i+1))
		at = append(at, i)
	}
	var b strings.Builder
	b.WriteString("SELECT " + strings.Join(items, ",\n  ") + "\nFROM " + v.source() + "\n" + v.where(opt, ""))
	if v.e.GroupBy != "" {
		b.WriteString("GROUP BY " + v.e.GroupBy + "\n")
	}
	return strings.TrimRight(b.String(), "\n"), at
}

// DDLKind is how DBMS_METADATA calls a kind of DBA_OBJECTS.
func DDLKind(objectType string) string {
	for _, t := range ddlTypes {
		if t[0] == objectType {
			return t[1]
		}
	}
	return objectType
}

// Transforms are the settings of DBMS_METADATA for all definitions of an extract: one block of calls.
const Transforms = "BEGIN\n" + transforms + "END;"
