package workload

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/bundle"
)

// bundled reads the extracts of a collected bundle that hold SQL: the cursor cache, the workload repository, Statspack,
// audit trails and workload files. Texts stream; what is kept are figures and sampled binds by SQL id.
type bundled struct {
	ctx   context.Context //nolint:containedctx // lives for the reading of one bundle
	b     *bundle.Bundle
	sink  Sink
	err   error // of the sink or of ctx
	own   int   // statements of Oracle's own schemas
	found bool
}

// oracleSchemas are those of Oracle's own components, which send SQL that no application has (Database Security Guide,
// "Predefined Schema User Accounts").
var oracleSchemas = []string{
	"SYS", "SYSTEM", "DBSNMP", "SYSMAN", "OUTLN", "XDB", "MDSYS", "CTXSYS", "ORDSYS", "ORDDATA", "WMSYS", "LBACSYS", "DVSYS", "DVF", "GSMADMIN_INTERNAL", "APPQOSSYS", "AUDSYS", "OJVMSYS", "OLAPSYS", "EXFSYS",
	"DIP", "ORACLE_OCM", "SI_INFORMTN_SCHEMA", "ANONYMOUS", "XS$NULL", "REMOTE_SCHEDULER_AGENT", "DBSFWUSER", "GGSYS", "SYSBACKUP", "SYSRAC", "SYSKM", "SYSDG", "SYS$UMF", "PERFSTAT",
}

// maxBound is how many SQL ids keep their binds.
const maxBound = 200_000

func readBundle(ctx context.Context, path, name string, sink Sink) error {
	b, err := bundle.Open(path)
	if err != nil {
		p := Problem{Pos: model.Pos{File: name}, Kind: Unreadable, Reason: err.Error()}
		var m *model.Error
		if errors.As(err, &m) {
			p.Reason, p.Hint = m.Err.Error(), m.Hint
		}
		sink.Problem(p)
		return nil
	}
	defer b.Close()
	r := &bundled{ctx: ctx, b: b, sink: sink}
	r.cursorCache()
	r.figures("awr_sql", "awr_sqlstat", "awr_binds", KindAWR, "AWR", func(row bundle.Row) string { return row.Get("dbid") + "." + row.Get("sql_id") })
	r.figures("statspack_text", "statspack_sql", "", KindStatspack, "Statspack", func(row bundle.Row) string { return row.Get("old_hash_value") + "." + row.Get("sql_id") })
	r.audit("audit_unified", "dbusername", "client_program_name", "return_code", "sql_binds")
	r.audit("audit_standard", "username", "userhost", "returncode", "sql_bind")
	r.files()
	if r.err == nil && !r.found && r.own == 0 {
		sink.Problem(Problem{Pos: model.Pos{File: name}, Kind: Unreadable, Reason: "the bundle holds no SQL that programs sent", Hint: "collect with the extracts sql, awr_sql, statspack_sql or audit_unified"})
	}
	if r.own > 0 {
		sink.Problem(Problem{Pos: model.Pos{File: name, Line: 1, Col: 1}, Kind: Assumed, Reason: fmt.Sprintf("%d statements of Oracle's own schemas are left out", r.own)})
	}
	return r.err
}

// each reads an extract; what is wrong with it is a Problem.
func (r *bundled) each(name string, do func(row bundle.Row, pos model.Pos)) {
	if r.err != nil || !r.b.Has(name) {
		return
	}
	line := 1
	file := r.b.Name + "/extracts/" + name + ".txt"
	err := r.b.Each(name, func(row bundle.Row) error {
		line++
		if line%1024 == 0 && r.ctx.Err() != nil {
			r.err = r.ctx.Err()
		}
		if r.err == nil {
			do(row, model.Pos{File: file, Line: line, Col: 1})
		}
		return r.err
	})
	if err != nil && r.err == nil {
		r.sink.Problem(Problem{Pos: model.Pos{File: file, Line: line, Col: 1}, Kind: Unreadable, Reason: err.Error(), Hint: model.Hint(err)})
	}
}

func (r *bundled) give(s Statement, fields map[string]string) {
	s.Text = Terminated(s.Text)
	switch {
	case r.err != nil:
		return
	case s.Text == "":
		r.sink.Problem(Problem{Pos: s.Pos, Kind: Malformed, Reason: "a row without SQL"})
		return
	case len(s.Text) > MaxText:
		r.sink.Problem(tooLong(s.Pos, s.Text))
		return
	}
	if err := fill(&s, fields); err != nil {
		r.sink.Problem(Problem{Pos: s.Pos, Kind: Malformed, Reason: err.Error(), Head: head(s.Text)})
		return
	}
	if slices.Contains(oracleSchemas, s.Schema) {
		r.own++
		return
	}
	r.found = true
	r.err = r.sink.Statement(s)
}

// binds are the sampled values of an extract, by SQL id. Two samples of one place are two values.
func (r *bundled) binds(name string, key func(bundle.Row) string) map[string][]Bind {
	all := map[string][]Bind{}
	r.each(name, func(row bundle.Row, _ model.Pos) {
		k := key(row)
		if _, ok := all[k]; !ok && len(all) >= maxBound {
			return
		}
		b := Bind{Name: strings.ToUpper(strings.TrimPrefix(row.Get("name"), ":")), Type: row.Get("datatype_string")}
		if b.Name == "" {
			b.Name = row.Get("position")
		}
		if row.Get("was_captured") != "NO" {
			b.Values = []string{row.Get("value_string")}
		}
		list := addBind(all[k], b)
		for i := range list {
			list[i].Values = list[i].Values[:min(len(list[i].Values), maxValues)]
		}
		all[k] = list
	})
	return all
}

func (r *bundled) cursorCache() {
	bySQLID := func(row bundle.Row) string { return row.Get("sql_id") }
	binds := r.binds("sql_binds", bySQLID)
	r.each("sql", func(row bundle.Row, pos model.Pos) {
		s := Statement{Text: row.Get("sql_text"), Pos: pos, Kind: KindBundle, Origin: "V$SQL", Binds: binds[row.Get("sql_id")]}
		if id := row.Get("program_id"); id != "" && id != "0" {
			s.Origin = "V$SQL, inside PL/SQL"
		}
		r.give(s, map[string]string{
			"sql_id": row.Get("sql_id"), "schema": row.Get("parsing_schema_name"), "module": row.Get("module"), "executions": row.Get("executions"), "rows": row.Get("rows_processed"), "elapsed_us": row.Get("elapsed_time"),
		})
	})
}

// figures joins the figures of a repository to its texts.
func (r *bundled) figures(texts, stats, bound string, kind Kind, origin string, key func(bundle.Row) string) {
	known := map[string][]map[string]string{}
	r.each(stats, func(row bundle.Row, _ model.Pos) {
		f := map[string]string{"module": row.Get("module"), "executions": row.Get("executions"), "rows": row.Get("rows_processed"), "elapsed_us": row.Get("elapsed_time"), "sql_id": row.Get("sql_id")}
		if kind == KindAWR {
			f["schema"] = row.Get("parsing_schema_name")
		}
		known[key(row)] = append(known[key(row)], f)
	})
	binds := map[string][]Bind{}
	if bound != "" {
		binds = r.binds(bound, func(row bundle.Row) string { return row.Get("dbid") + "." + row.Get("sql_id") })
	}
	r.each(texts, func(row bundle.Row, pos model.Pos) {
		list := known[key(row)]
		delete(known, key(row))
		if list == nil {
			list = []map[string]string{{"sql_id": row.Get("sql_id")}}
		}
		for _, f := range list {
			r.give(Statement{Text: row.Get("sql_text"), Pos: pos, Kind: kind, Origin: origin, Binds: binds[key(row)]}, f)
		}
	})
	if len(known) > 0 && r.err == nil {
		r.sink.Problem(Problem{Pos: model.Pos{File: r.b.Name + "/extracts/" + stats + ".txt"}, Kind: Malformed, Reason: fmt.Sprintf("%d statements have figures and no text", len(known))})
	}
}

func (r *bundled) audit(name, user, program, code, bound string) {
	empty, failed := 0, 0
	r.each(name, func(row bundle.Row, pos model.Pos) {
		text := strings.Trim(row.Get("sql_text"), "\x00 \t\r\n")
		switch {
		case text == "":
			empty++
			return
		case row.Get(code) != "" && row.Get(code) != "0":
			failed++
			return
		}
		r.give(Statement{Text: text, Pos: pos, Kind: KindAudit, Origin: "audit trail", Executions: 1}, map[string]string{"user": row.Get(user), "module": row.Get(program), "audit_binds": row.Get(bound)})
	})
	if empty+failed > 0 && r.err == nil {
		r.sink.Problem(Problem{Pos: model.Pos{File: r.b.Name + "/extracts/" + name + ".txt", Line: 1, Col: 1}, Kind: Assumed, Reason: fmt.Sprintf("%d rows have no text, %d are of statements that Oracle refused; they do not count", empty, failed)})
	}
}

// files are the statements of workload files that a bundle of scripts carries.
func (r *bundled) files() {
	r.each("workload", func(row bundle.Row, pos model.Pos) {
		r.give(Statement{Text: row.Get("sql_text"), Pos: pos, Kind: KindSQL, Origin: "workload file " + row.Get("file")}, map[string]string{
			"sql_id": row.Get("id"), "module": row.Get("module"), "executions": row.Get("executions"), "elapsed_ms": row.Get("elapsed_ms"), "binds": row.Get("binds"),
		})
	})
}
