package gen

import (
	"slices"
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
	"landfall/internal/postgres/quote"
)

// fileServer is the foreign server of file_fdw that all external tables share.
const fileServer = "oracle_files"

// externalTable makes a foreign table of file_fdw of a table over delimited text. What differs shows when it is read: a
// row that does not fit is an error, where Oracle writes it to the bad file.
func (g *gen) externalTable(x *ast.CreateTable) {
	no := func(why string) { g.externalByHand(x, why) }
	e := x.External
	switch {
	case x.Query != nil && x.Partition == nil && e != nil:
		g.unloadedTable(x)
		return
	case e == nil || e.Access == nil && e.Driver == nil && len(e.Locations) == 0:
		no("where they lie is not said")
		return
	case e.Driver != nil && g.f.Last(e.Driver) != "ORACLE_LOADER":
		no("only " + g.f.Last(e.Driver) + " knows their form")
		return
	case x.Partition != nil, e.Access != nil && e.Access.Query != nil, len(e.Locations) == 0, len(x.Columns) == 0:
		no("its partitions, query or access parameters have no counterpart")
		return
	}
	f := loaderAccess("")
	if e.Access != nil {
		src := g.f.Source(e.Access)
		open := strings.IndexByte(src, '(')
		if open < 0 {
			no("the access parameters are not written out")
			return
		}
		f = loaderAccess(src[open+1 : strings.LastIndexByte(src, ')')])
	}
	if f.why == "" && len(f.fields) > 0 && !slices.EqualFunc(f.fields, x.Columns, func(s string, c *ast.ColumnDef) bool { return s == g.f.Last(c.Name) }) {
		f.why = "its fields are not the columns in their order"
	}
	if f.recnum != "" && (f.recnum != f.fields[0] || len(e.Locations) != 1 || f.program != "" || !strings.Contains(",;|\t:", f.separator)) {
		f.why = "the number of the record is not the first of its fields, or not that of a line of one file"
	}
	if f.why != "" {
		no(f.why)
		return
	}
	t := &tableParts{g: g, stmt: x, name: g.declaredName(x.Name), object: g.catalogObject(model.KindTable, x.Name)}
	for _, c := range x.Columns {
		switch typ := t.catalogColumn(c); {
		case typ == nil:
		case typ.Type.Name == "DATE" || strings.HasPrefix(typ.Type.Name, "TIMESTAMP"):
			if !slices.Contains(f.masked, g.f.Last(c.Name)) {
				no("the form of the date in " + g.source(c.Name) + " is a setting of the session that reads it")
				return
			}
		case typ.Type.Name == "RAW" || strings.HasSuffix(typ.Type.Name, "LOB") || typ.Type.User:
			no("values of " + g.source(c.Name) + " are no plain text")
			return
		}
	}
	list, ok := t.foreignColumns(f.enclosed)
	if !ok {
		return
	}
	g.need("file_fdw")
	g.externalFindings(x, f)
	g.foreignTable(x, list, g.fileOptions(x, f))
}

// externalByHand makes a foreign table of a table whose files only Oracle can read. It reads one file of CSV, which has to
// be written from the rows that Oracle sees: until it is there, reading the table is an error, not an empty result.
func (g *gen) externalByHand(x *ast.CreateTable, why string) {
	typed := len(x.Columns) > 0 && !slices.ContainsFunc(x.Columns, func(c *ast.ColumnDef) bool { return c.Type == nil })
	if !typed || x.Query != nil {
		g.refuse(x, "external-table", "the table reads files on the Oracle server, and %s: load them by COPY, or make a foreign table by hand", why)
		return
	}
	t := &tableParts{g: g, stmt: x, name: g.declaredName(x.Name), object: g.catalogObject(model.KindTable, x.Name)}
	list, ok := t.foreignColumns(true)
	if !ok {
		return
	}
	path := "/" + strings.ToLower(fileServer)
	if e := x.External; e != nil {
		switch {
		case e.Directory != nil:
			path = g.directoryPath(x, g.f.Last(e.Directory))
		case len(e.Locations) > 0 && e.Locations[0].Directory != nil:
			path = g.directoryPath(x, g.f.Last(e.Locations[0].Directory))
		}
	}
	path += "/" + g.e.names.fold(g.f.Last(x.Name)) + ".csv"
	g.need("file_fdw")
	g.reportAs(x, "external-table", model.High, model.Manual, "the table reads files on the Oracle server, and %s: the foreign table reads %s instead, which is to be written from the rows that Oracle sees, as CSV with a header and with dates as YYYY-MM-DD HH24:MI:SS; reading the table is an error until the file is there", why, path)
	g.foreignTable(x, list, "filename "+quote.Literal(path)+", format 'csv', header 'true'")
}

// unloadedTable makes an ordinary table of one that CREATE TABLE AS SELECT unloads into a file: what it holds are the rows
// of the query at that time, and nothing can change them.
func (g *gen) unloadedTable(x *ast.CreateTable) {
	for i := x.External.Lo; i < x.External.Hi; i++ {
		g.seen.add(i)
	}
	g.reportAs(x, "external-table", model.High, model.Review, "the rows of the query are kept in a table of the database: no file is written for others to read")
	plain := *x
	plain.External, plain.Organization = nil, 0
	g.createTable(&plain)
}

// foreignColumns are the columns of a foreign table; false after a refusal.
func (t *tableParts) foreignColumns(enclosed bool) ([]element, bool) {
	g := t.g
	var list []element
	for _, c := range t.stmt.Columns {
		if c.Default != nil || c.Generated != nil || c.Identity != nil {
			g.refuse(t.stmt, "external-table", "the table reads files on the Oracle server, and columns with values of their own have no counterpart: load them by COPY, or make a foreign table by hand")
			return nil, false
		}
		s := g.word(c.Name) + g.pad(c.Name, c.Type) + t.columnType(c)
		if enclosed {
			s += " OPTIONS (force_null 'true')"
		}
		for _, con := range c.Constraints {
			if con.Kind == token.NOT {
				s += " NOT NULL"
			} else {
				g.ignore(con, "constraint-rely", "%s: a promise to the optimizer", g.what(con))
			}
		}
		list = append(list, element{c, s})
	}
	return list, true
}

func (g *gen) foreignTable(x *ast.CreateTable, list []element, options string) {
	if e := x.External; e != nil {
		for i := e.Lo; i < e.Hi; i++ {
			g.seen.add(i)
		}
	}
	for _, c := range x.Constraints {
		g.ignore(c, "constraint-rely", "%s: a promise to the optimizer", g.what(c))
	}
	for _, p := range x.Props {
		g.storage(p)
	}
	sql := "CREATE FOREIGN TABLE " + g.declaredName(x.Name) + " (\n" + g.elements(list) + "\n)\nSERVER " + fileServer + " OPTIONS (" + options + ")"
	if g.refusal != nil {
		return
	}
	out := g.emitDDL(x, PhaseTable, sql)
	out.Name = g.e.names.fold(g.f.Last(x.Name))
	out.SQL = "CREATE SERVER IF NOT EXISTS " + fileServer + " FOREIGN DATA WRAPPER file_fdw;\n" + out.SQL
	for i := range out.Lines {
		out.Lines[i].Target++
	}
}

func (g *gen) externalFindings(x *ast.CreateTable, f *loaderFile) {
	g.reportAs(x, "external-table", model.High, model.Review, "a foreign table of file_fdw reads the file on the PostgreSQL server: a row that does not fit, or has too few or too many fields, is an error; there are no bad files and no reject limit")
	if f.trims != "" || f.enclosed {
		g.reportAs(x, "external-table", model.Medium, model.Review, "blanks around values are kept: file_fdw does not trim")
	}
}

// fileOptions are the options of the foreign table.
func (g *gen) fileOptions(x *ast.CreateTable, f *loaderFile) string {
	var paths []string
	for _, l := range x.External.Locations {
		dir := ""
		if l.Directory != nil {
			dir = g.f.Last(l.Directory)
		} else if x.External.Directory != nil {
			dir = g.f.Last(x.External.Directory)
		}
		name := ""
		if lit, ok := l.File.(*ast.Literal); ok {
			name, _ = g.stringValue(lit)
		}
		if name == "" {
			g.refuse(l, "external-table", "the name of the file is not known")
		}
		paths = append(paths, g.directoryPath(l, dir)+"/"+name)
	}
	var opts []string
	quoteEach := func(list []string) string {
		for i, p := range list {
			list[i] = "'" + strings.ReplaceAll(p, "'", `'\''`) + "'"
		}
		return strings.Join(list, " ")
	}
	add := func(key, value string) { opts = append(opts, key+" "+quote.Literal(value)) }
	header := false
	switch {
	case f.recnum != "":
		add("program", "LC_ALL=C awk '"+withNumber(f)+"' "+quoteEach(paths))
		g.reportAs(x, "external-table", model.Medium, model.Review, "awk numbers the lines for %s as the file is read; those that SKIP leaves out are counted", f.recnum)
	case f.program != "":
		dir := f.directory
		if dir == "" && x.External.Directory != nil {
			dir = g.f.Last(x.External.Directory)
		}
		run := quoteEach([]string{g.directoryPath(x, strings.ToUpper(dir)) + "/" + f.program})
		add("program", "for f in "+quoteEach(paths)+"; do "+run+` "$f"`+behindLines(f.skip)+"; done")
		g.reportAs(x, "external-table", model.High, model.Review, "the program %s runs on the PostgreSQL server, as its user", f.program)
	case len(paths) == 1 && f.skip <= 1:
		add("filename", paths[0])
		header = f.skip == 1
	case f.skip > 0:
		add("program", "tail -q -n +"+itoa(f.skip+1)+" "+quoteEach(paths))
	default:
		add("program", "cat "+quoteEach(paths))
	}
	add("format", "csv")
	add("delimiter", f.separator)
	if !f.enclosed { // quotes are characters like others
		opts = append(opts, `quote E'\x01'`, `escape E'\x01'`)
	}
	if header {
		add("header", "true")
	}
	if f.encoding != "" {
		add("encoding", f.encoding)
	}
	return strings.Join(opts, ", ")
}

// withNumber is the program of awk that puts its number in front of each line that is read.
func withNumber(f *loaderFile) string {
	when := ""
	if f.skip > 0 {
		when = "NR > " + itoa(f.skip) + " "
	}
	return when + `{print NR "` + strings.ReplaceAll(f.separator, "\t", `\t`) + `" $0}`
}

// behindLines leaves the first lines out.
func behindLines(skip int) string {
	if skip == 0 {
		return ""
	}
	return " | tail -n +" + itoa(skip+1)
}

// directoryPath is the path of a directory of the source; of one that it does not create the name stands for it.
func (g *gen) directoryPath(at ast.Node, name string) string {
	for _, u := range g.e.units {
		d, ok := u.Stmt.(*ast.CreateDirectory)
		if !ok || u.Source.Parsed.Last(d.Name) != name {
			continue
		}
		if lit, ok := d.Path.(*ast.Literal); ok {
			text := u.Source.Parsed.Source(lit)
			if len(text) > 2 && text[0] == '\'' {
				return strings.TrimSuffix(strings.ReplaceAll(text[1:len(text)-1], "''", "'"), "/")
			}
		}
	}
	g.reportAs(at, "external-table", model.High, model.Manual, "the path of the directory %s is not in the source: /%s stands for it", name, name)
	return "/" + name
}
