package engine

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// ddlWriter writes definitions as DBMS_METADATA does: names quoted and with their schema, what was left to defaults spelled out.
type ddlWriter struct {
	s *Session
	t transform
}

// name is the name of an object with its schema.
func (d *ddlWriter) name(owner, name string) string {
	if !d.t.is("EMIT_SCHEMA") {
		return quotedName(name)
	}
	return quotedName(owner) + "." + quotedName(name)
}

// end is what stands behind a statement of SQL.
func (d *ddlWriter) end() string {
	if d.t.is("SQLTERMINATOR") {
		return ";\n"
	}
	return "\n"
}

// object writes the definition of any object but those that have a body of their own.
func (d *ddlWriter) object(o *object) (string, error) {
	switch {
	case codeKinds[o.kind] && o.kind != "LIBRARY":
		return d.unit(o), nil
	case o.kind == "MATERIALIZED VIEW":
		return d.mview(o), nil
	case o.table != nil:
		return d.table(o), nil
	case o.index != nil:
		return d.index(o), nil
	case o.view != nil:
		return d.view(o), nil
	case o.sequence != nil:
		q := o.sequence
		return "\n   CREATE SEQUENCE  " + d.name(o.owner, o.name) + "  " + sequenceText(q, q.last()) + d.globalWord() + d.end(), nil
	case o.synonym != nil:
		return d.synonym(o), nil
	case o.space == 'j':
		return d.procobj(o), nil
	}
	switch n := o.stmt.(type) {
	case *ast.CreateDBLink:
		return d.link(o, n), nil
	case *ast.CreateDirectory:
		return "\n   CREATE OR REPLACE DIRECTORY " + quotedName(o.name) + " AS " + literal(literalText(o.file, n.Path)) + d.end(), nil
	}
	return d.asWritten(o), nil
}

func literal(text string) string { return "'" + strings.ReplaceAll(text, "'", "''") + "'" }

// globalWord stands behind sequences from 18c on.
func (d *ddlWriter) globalWord() string {
	if d.s.db.release() < 1800 {
		return ""
	}
	return "  GLOBAL"
}

// sequenceText are the options of a sequence.
func sequenceText(q *sequence, start num) string {
	cache := "NOCACHE"
	if q.cache > 0 {
		cache = "CACHE " + itoa(q.cache)
	}
	return fmt.Sprintf("MINVALUE %s MAXVALUE %s INCREMENT BY %s START WITH %s %s %s  %s  NOKEEP  NOSCALE", q.min, q.max, q.step, start, cache, word(q.order, "ORDER", "NOORDER"), word(q.cycle, "CYCLE", "NOCYCLE"))
}

func (d *ddlWriter) synonym(o *object) string {
	target := quotedName(o.synonym.name)
	if o.synonym.owner != "" && o.synonym.link == "" {
		target = quotedName(o.synonym.owner) + "." + target
	}
	if o.synonym.link != "" {
		target += "@" + quotedName(o.synonym.link)
	}
	if o.owner == "PUBLIC" {
		return "\n  CREATE OR REPLACE EDITIONABLE PUBLIC SYNONYM " + quotedName(o.name) + " FOR " + target + d.end()
	}
	return "\n  CREATE OR REPLACE EDITIONABLE SYNONYM " + d.name(o.owner, o.name) + " FOR " + target + d.end()
}

// link leaves out the password, as Oracle does where it may not be seen.
func (d *ddlWriter) link(o *object, n *ast.CreateDBLink) string {
	text := "\n  CREATE " + word(o.owner == "PUBLIC", "PUBLIC ", "") + "DATABASE LINK " + quotedName(o.name)
	switch {
	case n.CurrentUser:
		text += "\n   CONNECT TO CURRENT_USER"
	case n.User != nil:
		text += "\n   CONNECT TO " + quotedName(o.file.Last(n.User)) + " IDENTIFIED BY VALUES ':1'"
	}
	if n.Using != nil {
		text += "\n   USING " + literal(literalText(o.file, n.Using))
	}
	return text + d.end()
}

func (d *ddlWriter) view(o *object) string {
	v := o.view
	if v.ofType != "" || v.text == "" {
		return d.asWritten(o)
	}
	names := v.cols
	if v.broken == nil {
		if q, err := d.s.viewQuery(v, 1); err == nil {
			names = nil
			for _, c := range q.cols {
				names = append(names, c.name)
			}
		}
	}
	list := ""
	if len(names) > 0 {
		list = " (" + quotedList(names) + ")"
	}
	tail := ""
	switch {
	case v.readOnly:
		tail = " WITH READ ONLY"
	case v.check:
		tail = " WITH CHECK OPTION"
	}
	if tail != "" && v.checkName != "" {
		tail += " CONSTRAINT " + quotedName(v.checkName)
	}
	return "\n  CREATE OR REPLACE " + word(d.t.is("FORCE"), "FORCE ", "") + "EDITIONABLE VIEW " + d.name(o.owner, o.name) + list + " AS \n  " + v.text + tail + d.end()
}

func quotedList(names []string) string {
	quoted := make([]string, len(names))
	for i, n := range names {
		quoted[i] = quotedName(n)
	}
	return strings.Join(quoted, ", ")
}

func (d *ddlWriter) mview(o *object) string {
	n, ok := o.stmt.(*ast.CreateMView)
	if !ok {
		return d.asWritten(o)
	}
	var names []string
	for _, c := range o.table.visible() {
		names = append(names, c.name)
	}
	text := "\n  CREATE MATERIALIZED VIEW " + d.name(o.owner, o.name) + " (" + quotedList(names) + ")"
	if d.t.is("SEGMENT_ATTRIBUTES") && !n.Prebuilt {
		text += "\n  ORGANIZATION HEAP " + d.segment(o.table.space, true)
	}
	switch {
	case n.Prebuilt:
		text += "\n  ON PREBUILT TABLE"
	default:
		text += "\n  BUILD " + word(n.Build == token.DEFERRED, "DEFERRED", "IMMEDIATE")
	}
	switch r := n.Refresh; {
	case r == nil:
		text += "\n  REFRESH FORCE ON DEMAND"
	case r.Never:
		text += "\n  NEVER REFRESH"
	default:
		text += "\n  REFRESH " + word(r.Method == 0, "FORCE", r.Method.String()) + " ON " + word(r.On == 0, "DEMAND", r.On.String())
		if r.With == token.ROWID {
			text += " WITH ROWID"
		}
		if r.Start != nil {
			text += " START WITH " + o.file.Source(r.Start)
		}
		if r.Next != nil {
			text += " NEXT " + o.file.Source(r.Next)
		}
	}
	return text + "\n  " + word(n.Rewrite == token.ENABLE, "ENABLE", "DISABLE") + " QUERY REWRITE\n  AS " + o.text + d.end()
}

// unit writes stored code: its text, with the name in full. DBMS_METADATA ends it with a slash.
func (d *ddlWriter) unit(o *object) string {
	text := d.named(o)
	if o.trigger != nil {
		text += "\n" + word(d.t.is("SQLTERMINATOR"), "/\n", "") + "ALTER TRIGGER " + d.name(o.owner, o.name) + " " + word(o.trigger.enabled, "ENABLE", "DISABLE")
		return text + d.end()
	}
	return text + "\n" + word(d.t.is("SQLTERMINATOR"), "/\n", "")
}

// named is the source of a unit from CREATE OR REPLACE on, its name quoted and with the schema.
func (d *ddlWriter) named(o *object) string {
	source := o.sourceText()
	if o.file == nil || o.stmt == nil {
		return "\n  CREATE OR REPLACE EDITIONABLE " + source
	}
	full := d.name(o.owner, o.name)
	name := createdName(o.stmt)
	if name == nil {
		return "\n  CREATE OR REPLACE EDITIONABLE " + source
	}
	f := o.file
	first := f.Tokens[o.stmt.Range().Lo].Off
	begin, end := f.Tokens[name.Lo].Off-first, f.Tokens[name.Hi-1].End()-first
	tail := source[len(strings.TrimSuffix(source, ";")):]       // of a unit, none of a trigger that only calls
	head := o.text[len(o.text)-(len(source)-len(tail)) : begin] // from the kind to the name
	return "\n  CREATE OR REPLACE EDITIONABLE " + head + full + o.text[end:] + tail
}

// createdName is where a statement names what it creates; nil for one that does so otherwise.
func createdName(s ast.Stmt) *ast.Name {
	switch n := s.(type) {
	case *ast.CreateRoutine:
		return n.Routine.Name
	case *ast.CreatePackage:
		return n.Name
	case *ast.CreatePackageBody:
		return n.Name
	case *ast.CreateType:
		return n.Name
	case *ast.CreateTypeBody:
		return n.Name
	case *ast.CreateTrigger:
		return n.Name
	case *ast.CreateTable:
		return n.Name
	case *ast.CreateView:
		return n.Name
	case *ast.CreateMView:
		return n.Name
	case *ast.CreateMViewLog:
		return n.Table
	case *ast.CreateIndex:
		return n.Name
	case *ast.CreateContext:
		return n.Name
	case *ast.CreateLibrary:
		return n.Name
	case *ast.AdminStmt:
		if len(n.Names) > 0 {
			return n.Names[0]
		}
	}
	return nil
}

// asWritten gives an object of which nothing but the text is known, its name quoted and with the schema.
func (d *ddlWriter) asWritten(o *object) string {
	if o.file == nil || o.stmt == nil {
		return "\n  " + strings.TrimRight(o.text, "; \n") + d.end()
	}
	full := d.name(o.owner, o.name)
	if _, ok := o.stmt.(*ast.CreateContext); ok { // of no schema
		full = quotedName(o.name)
	}
	text := o.file.Source(o.stmt)
	if name := createdName(o.stmt); name != nil {
		first := o.file.Tokens[o.stmt.Range().Lo].Off
		text = text[:o.file.Tokens[name.Lo].Off-first] + full + text[o.file.Tokens[name.Hi-1].End()-first:]
	}
	return "\n  " + text + d.end()
}

// procobj writes what a script made by a call of DBMS_SCHEDULER.
func (d *ddlWriter) procobj(o *object) string {
	j := o.facts.Job
	if j == nil {
		return "\n" + o.text + "\n"
	}
	null := func(s string) string {
		if s == "" {
			return "NULL"
		}
		return literal(s)
	}
	var b strings.Builder
	b.WriteString("\nBEGIN \n")
	quotedArg := literal(quotedName(o.owner) + "." + quotedName(o.name))
	switch o.kind {
	case "PROGRAM":
		fmt.Fprintf(&b, "dbms_scheduler.create_program(%s,%s,\n%s\n,0, FALSE,\n%s\n);\n", quotedArg, null(j.Type), null(j.Action), null(o.facts.Comment))
	case "SCHEDULE":
		fmt.Fprintf(&b, "dbms_scheduler.create_schedule(%s,NULL,\n%s\n,NULL,\n%s\n);\n", quotedArg, null(j.Repeat), null(o.facts.Comment))
	default:
		if j.Type == "DBMS_JOB" {
			return "\n" + o.text + "\n"
		}
		fmt.Fprintf(&b, "dbms_scheduler.create_job(%s,\n", quotedArg)
		if j.Program != "" {
			fmt.Fprintf(&b, "program_name=>%s,\n", literal(j.Program))
		} else {
			fmt.Fprintf(&b, "job_type=>%s, job_action=>\n%s\n, number_of_arguments=>0,\n", null(j.Type), null(j.Action))
		}
		if j.Schedule != "" {
			fmt.Fprintf(&b, "schedule_name=>%s,\n", literal(j.Schedule))
		} else {
			fmt.Fprintf(&b, "start_date=>NULL, repeat_interval=> \n%s\n, end_date=>NULL,\n", null(j.Repeat))
		}
		fmt.Fprintf(&b, "job_class=>'\"DEFAULT_JOB_CLASS\"', enabled=>FALSE, auto_drop=>TRUE,comments=>\n%s\n);\n", null(o.facts.Comment))
	}
	if o.kind != "SCHEDULE" {
		fmt.Fprintf(&b, "dbms_scheduler.enable(%s);\n", quotedArg)
	}
	b.WriteString("COMMIT; \nEND; \n")
	if d.t.is("SQLTERMINATOR") {
		b.WriteString("/\n")
	}
	return b.String()
}

// comments are COMMENT statements of a table or view.
func (d *ddlWriter) comments(o *object) string {
	text := ""
	on := d.name(o.owner, o.name)
	put := func(what, comment string) {
		if comment != "" {
			text += "\n   COMMENT ON " + what + " IS " + literal(comment) + d.end()
		}
	}
	if o.table == nil {
		for _, col := range slices.Sorted(maps.Keys(o.comments)) {
			put(word(col == "", "TABLE "+on, "COLUMN "+on+"."+quotedName(col)), o.comments[col])
		}
		return text
	}
	for _, col := range o.table.cols {
		put("COLUMN "+on+"."+quotedName(col.name), col.comment)
	}
	put(word(o.table.mview, "MATERIALIZED VIEW ", "TABLE ")+on, o.table.comment)
	return text
}

func (d *ddlWriter) grantText(g objectGrant) string {
	on := d.name(g.object.owner, g.object.name)
	if g.object.space == 'd' {
		on = "DIRECTORY " + on
	}
	privilege := g.privilege
	if g.column != "" {
		privilege += " (" + quotedName(g.column) + ")"
	}
	return "\n  GRANT " + privilege + " ON " + on + " TO " + quotedName(g.grantee) + word(g.option, " WITH GRANT OPTION", "") + d.end()
}

func (d *ddlWriter) grantList(set map[string]bool, to string, roles bool) string {
	text := ""
	for _, p := range slices.Sorted(maps.Keys(set)) {
		text += "\n   GRANT " + word(roles, quotedName(p), p) + " TO " + quotedName(to) + word(set[p], " WITH ADMIN OPTION", "") + d.end()
	}
	return text
}

// accountDDL writes users, roles and tablespaces.
func (d *ddlWriter) accountDDL(kind, name string) (string, error) {
	db := d.s.db
	missing := missingObject(name, kind)
	if !d.s.hasRole("SELECT_CATALOG_ROLE") && !(kind == "USER" && name == d.s.user) {
		return "", missing
	}
	db.mu.RLock()
	defer db.mu.RUnlock()
	switch kind {
	case "USER":
		u := db.users[name]
		if u == nil || name == "PUBLIC" {
			return "", missing
		}
		text := "\n   CREATE USER " + quotedName(name) + " IDENTIFIED BY VALUES ':1'\n      DEFAULT TABLESPACE " + quotedName(word(u.space == "", "USERS", u.space)) + "\n      TEMPORARY TABLESPACE " + quotedName(word(u.temp == "", "TEMP", u.temp))
		if u.profile != "" {
			text += "\n      PROFILE " + quotedName(u.profile)
		}
		return text + word(u.locked, "\n      ACCOUNT LOCK", "") + d.end(), nil
	case "ROLE":
		if db.rights.roles[name] == nil {
			return "", missing
		}
		return "\n   CREATE ROLE " + quotedName(name) + d.end(), nil
	}
	sp := db.findSpace(name)
	if sp == nil {
		return "", missing
	}
	what := word(sp.contents == "PERMANENT", "", sp.contents+" ")
	return "\n  CREATE " + word(sp.big, "BIGFILE ", "") + what + "TABLESPACE " + quotedName(name) + " " + word(sp.contents == "TEMPORARY", "TEMPFILE", "DATAFILE") + "\n  SIZE 104857600\n  AUTOEXTEND ON NEXT 104857600 MAXSIZE 32767M" + d.end(), nil
}
