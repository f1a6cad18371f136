package engine

import (
	"fmt"
	"strings"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
	"landfall/internal/orasim/ora"
)

func missingObject(name, kind string) error {
	return &ora.Error{Code: 31603, Text: fmt.Sprintf("object %q of type %s not found", name, kind)}
}

// segment are the attributes of a segment.
func (d *ddlWriter) segment(space *tablespace, isTable bool) string {
	if !d.t.is("SEGMENT_ATTRIBUTES") {
		return ""
	}
	text := "PCTFREE 10 INITRANS 2 MAXTRANS 255 "
	if isTable {
		text = "PCTFREE 10 PCTUSED 40 INITRANS 1 MAXTRANS 255 \n NOCOMPRESS LOGGING"
	}
	if d.t.is("STORAGE") {
		text += "\n  STORAGE(INITIAL 65536 NEXT 1048576 MINEXTENTS 1 MAXEXTENTS 2147483645\n  PCTINCREASE 0 FREELISTS 1 FREELIST GROUPS 1\n  BUFFER_POOL DEFAULT FLASH_CACHE DEFAULT CELL_FLASH_CACHE DEFAULT)"
	}
	return text + d.tablespace(space)
}

func (d *ddlWriter) tablespace(space *tablespace) string {
	if space == nil || !d.t.is("TABLESPACE") || !d.t.is("SEGMENT_ATTRIBUTES") {
		return ""
	}
	return "\n  TABLESPACE " + quotedName(space.name) + " "
}

// ddlType is a data type as DDL writes it.
func (d *ddlWriter) ddlType(owner string, t typ) string {
	name, length, prec, scale := t.dictType(d.s.db.set.Widest)
	switch t.kind {
	case kVarchar, kChar:
		switch {
		case t.national:
			return fmt.Sprintf("%s(%d)", name, t.size)
		case t.charSem:
			return fmt.Sprintf("%s(%d CHAR)", name, t.size)
		}
		return fmt.Sprintf("%s(%d%s)", name, t.size, word(d.t.is("SIZE_BYTE_KEYWORD"), " BYTE", ""))
	case kNumber:
		switch {
		case t.float:
			return fmt.Sprintf("FLOAT(%d)", t.prec)
		case prec == nil && scale == nil:
			return "NUMBER"
		case prec == nil:
			return fmt.Sprintf("NUMBER(*,%v)", scale)
		}
		return fmt.Sprintf("NUMBER(%v,%v)", prec, scale)
	case kRowID:
		return word(name == "UROWID", fmt.Sprintf("UROWID(%d)", length), name)
	case kRaw:
		return fmt.Sprintf("RAW(%d)", length)
	case kTimestamp, kZoned, kLocal, kMonths, kSpan:
		return strings.ReplaceAll(name, "(", " (")
	case kXML:
		return `"SYS"."XMLTYPE"`
	case kOther:
		if name == "BFILE" || t.schema == "" && strings.HasPrefix(name, "UROWID") {
			return name
		}
		schema := t.schema
		if schema == "" {
			schema = owner
		}
		return word(t.ref, "REF ", "") + quotedName(schema) + "." + quotedName(name)
	}
	return name
}

// column is a column of CREATE TABLE with what stands behind it.
func (d *ddlWriter) column(t *table, col *column) string {
	text := quotedName(col.name) + " " + d.ddlType(t.owner, col.typ)
	if col.hidden {
		text += " INVISIBLE"
	}
	if col.encrypted {
		text += " ENCRYPT USING 'AES192' 'SHA-1'"
	}
	switch {
	case col.identity != nil:
		text += " GENERATED " + word(col.always, "ALWAYS", "BY DEFAULT"+word(col.onNull, " ON NULL", "")) + " AS IDENTITY " + sequenceText(col.identity, col.identity.last()) + " "
	case col.isVirtual:
		text += " GENERATED ALWAYS AS (" + col.defText + ") VIRTUAL "
	case col.defText != "":
		text += " DEFAULT " + word(col.onNull, "ON NULL ", "") + col.defText
	}
	if col.nnName != "" && d.t.is("CONSTRAINTS") {
		text += " " + word(col.nnGen, "", "CONSTRAINT "+quotedName(col.nnName)+" ") + "NOT NULL " + word(col.notNull, "ENABLE", "DISABLE")
	}
	return text
}

// constraintText is a constraint of a table as DDL writes it.
type constraintText struct {
	name    string
	foreign bool
	text    string
}

// tableConstraints are those of a table but NOT NULL.
func (d *ddlWriter) tableConstraints(t *table) []constraintText {
	var list []constraintText
	state := func(disabled, novalidate, deferrable, deferred, rely bool) string {
		text := ""
		if deferrable {
			text += " DEFERRABLE" + word(deferred, " INITIALLY DEFERRED", "")
		}
		return text + word(rely, " RELY", "") + word(disabled, " DISABLE", " ENABLE"+word(novalidate, " NOVALIDATE", ""))
	}
	name := func(name string, generated bool) string {
		return word(generated, "", "CONSTRAINT "+quotedName(name)+" ")
	}
	cols := func(at []int) string {
		names := make([]string, len(at))
		for i, c := range at {
			names[i] = t.cols[c].name
		}
		return quotedList(names)
	}
	for _, k := range t.checks {
		list = append(list, constraintText{k.name, false, name(k.name, k.generated) + "CHECK (" + k.text + ")" + state(k.disabled, k.novalidate, k.deferrable, k.deferred, k.rely)})
	}
	for _, k := range t.keys {
		if !k.constraint {
			continue
		}
		text := name(k.name, k.generated) + word(k.primary, "PRIMARY KEY", "UNIQUE") + " (" + cols(k.cols) + ")"
		if k.deferrable {
			text += " DEFERRABLE" + word(k.deferred, " INITIALLY DEFERRED", "")
		}
		text += word(k.rely, " RELY", "")
		if !k.disabled && !(t.iot && k.primary) && k.indexName != k.name {
			text += "\n  USING INDEX " + d.name(t.owner, k.indexName) + " "
		} else if !k.disabled && !(t.iot && k.primary) && d.t.is("SEGMENT_ATTRIBUTES") {
			text += "\n  USING INDEX " + d.segment(d.indexSpace(t, k.indexName), false)
		}
		list = append(list, constraintText{k.name, false, text + word(k.disabled, " DISABLE", " ENABLE"+word(k.novalidate, " NOVALIDATE", ""))})
	}
	for _, f := range t.foreign {
		if !d.t.is("REF_CONSTRAINTS") {
			break
		}
		text := name(f.name, f.generated) + "FOREIGN KEY (" + cols(f.cols) + ")\n\t  REFERENCES " + d.name(f.refOwner, f.refTable) + " (" + quotedList(f.refCols) + ")"
		if f.onDelete != "" {
			text += " ON DELETE " + f.onDelete
		}
		list = append(list, constraintText{f.name, true, text + state(f.disabled, f.novalidate, f.deferrable, f.deferred, f.rely)})
	}
	return list
}

// indexSpace is the tablespace of an index.
func (d *ddlWriter) indexSpace(t *table, name string) *tablespace {
	if o := d.s.db.objects2(objectName{owner: t.owner, name: name, space: 'i'}); o != nil && o.index != nil && o.index.space != nil {
		return o.index.space
	}
	return d.s.db.defaultSpace(t.owner)
}

func (d *ddlWriter) alterAdd(o *object, k constraintText) string {
	return "\n  ALTER TABLE " + d.name(o.owner, o.name) + " ADD " + k.text + d.end()
}

// constraintDDL is GET_DDL of a constraint by its name.
func (d *ddlWriter) constraintDDL(kind, name, schema string) (string, error) {
	for _, o := range d.s.db.tables() {
		if o.owner != schema || schema != d.s.user && !d.s.hasRole("SELECT_CATALOG_ROLE") {
			continue
		}
		for _, k := range d.tableConstraints(o.table) {
			if k.name == name && k.foreign == (kind == "REF_CONSTRAINT") {
				return d.alterAdd(o, k), nil
			}
		}
		for _, col := range o.table.cols {
			if col.nnName == name && kind == "CONSTRAINT" {
				return "\n  ALTER TABLE " + d.name(o.owner, o.name) + " MODIFY (" + quotedName(col.name) + " " + word(col.nnGen, "", "CONSTRAINT "+quotedName(name)+" ") + "NOT NULL " + word(col.notNull, "ENABLE", "DISABLE") + ")" + d.end(), nil
			}
		}
	}
	return "", ora.New(31603, name, kind, schema)
}

// table is CREATE TABLE.
func (d *ddlWriter) table(o *object) string {
	t := o.table
	n, _ := o.stmt.(*ast.CreateTable)
	if t.objectTable() {
		return d.asWritten(o)
	}
	var lines []string
	for _, col := range t.cols {
		if !col.unused {
			lines = append(lines, d.column(t, col))
		}
	}
	var after []constraintText
	if d.t.is("CONSTRAINTS") {
		for _, k := range d.tableConstraints(t) {
			if d.t.is("CONSTRAINTS_AS_ALTER") && !t.iot {
				after = append(after, k)
				continue
			}
			lines = append(lines, " "+k.text)
		}
	}
	for _, g := range t.logGroups {
		lines = append(lines, " "+supplementalText(g))
	}
	var b strings.Builder
	kind := "TABLE"
	if t.temporary != "" {
		kind = "GLOBAL TEMPORARY TABLE"
	}
	fmt.Fprintf(&b, "\n  CREATE %s %s \n   (\t%s\n   )", kind, d.name(o.owner, o.name), strings.Join(lines, ", \n\t"))
	switch {
	case t.temporary != "":
		b.WriteString(" ON COMMIT " + word(t.temporary == "SESSION", "PRESERVE", "DELETE") + " ROWS ")
	case t.external && n != nil && n.External != nil:
		b.WriteString("\n   " + externalText(o.file, n.External))
	case t.cluster != "" && n != nil:
		var cols []string
		for _, c := range n.ClusterCols {
			cols = append(cols, o.file.Last(c))
		}
		fmt.Fprintf(&b, "\n   CLUSTER %s (%s)", d.name(o.owner, t.cluster), quotedList(cols))
	case t.iot:
		b.WriteString(" ORGANIZATION INDEX NOCOMPRESS " + d.segment(t.space, false))
		if n != nil {
			for _, p := range n.Props {
				if p.Head == token.OVERFLOW || p.Head == token.PCTTHRESHOLD || p.Head == token.INCLUDING {
					b.WriteString("\n " + o.file.Source(p))
				}
			}
		}
	default:
		if d.t.is("SEGMENT_ATTRIBUTES") {
			if t.parts == nil {
				b.WriteString(" SEGMENT CREATION " + word(t.hasExtents(d.s), "IMMEDIATE", "DEFERRED"))
			}
			b.WriteString(" \n  " + d.segment(t.space, true))
		}
	}
	if n != nil {
		for _, p := range n.Props {
			switch p.Head {
			case token.NESTED, token.VARRAY, token.XMLTYPE, token.LOB, token.COLUMN, token.OBJECT, token.OPAQUE:
				b.WriteString("\n " + o.file.Source(p))
			}
		}
	}
	if d.t.is("PARTITIONING") {
		switch {
		case t.parts != nil:
			b.WriteString(d.partitions(t))
		case n != nil && n.Partition != nil:
			b.WriteString("\n  " + o.file.Source(n.Partition))
		}
	}
	if t.movement {
		b.WriteString("  ENABLE ROW MOVEMENT ")
	}
	b.WriteString(d.end())
	for _, k := range after {
		b.WriteString(d.alterAdd(o, k))
	}
	return b.String()
}

func supplementalText(g *logGroup) string {
	if g.kind != "USER LOG GROUP" {
		return "SUPPLEMENTAL LOG DATA (" + strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(g.kind, " LOGGING"), " COLUMN"), " KEY") + word(strings.Contains(g.kind, "PRIMARY") || strings.Contains(g.kind, "FOREIGN"), " KEY", "") + ") COLUMNS"
	}
	cols := make([]string, len(g.cols))
	for i, c := range g.cols {
		cols[i] = quotedName(c) + word(g.nolog[c], " NO LOG", "")
	}
	return "SUPPLEMENTAL LOG GROUP " + quotedName(g.name) + " (" + strings.Join(cols, ", ") + ")" + word(g.always, " ALWAYS", "")
}

func externalText(f *ast.File, x *ast.External) string {
	text := "ORGANIZATION EXTERNAL \n    ( TYPE "
	if x.Driver != nil {
		text += f.Last(x.Driver)
	} else {
		text += "ORACLE_LOADER"
	}
	if x.Directory != nil {
		text += "\n      DEFAULT DIRECTORY " + quotedName(f.Last(x.Directory))
	}
	if x.Access != nil {
		text += "\n      ACCESS PARAMETERS\n      " + f.Source(x.Access)
	}
	if len(x.Locations) > 0 {
		var files []string
		for _, l := range x.Locations {
			files = append(files, f.Source(l))
		}
		text += "\n      LOCATION\n       ( " + strings.Join(files, ", ") + ")"
	}
	text += "\n    )"
	if x.Reject != nil {
		text += "\n   REJECT LIMIT " + f.Source(x.Reject)
	}
	return text
}

// partitions is the PARTITION BY clause of the partitions that there are now.
func (d *ddlWriter) partitions(t *table) string {
	by := t.partBy
	cols := func(at []int) string {
		names := make([]string, len(at))
		for i, c := range at {
			names[i] = t.cols[c].name
		}
		return quotedList(names)
	}
	var b strings.Builder
	if by.kind == "REFERENCE" {
		fmt.Fprintf(&b, "\n  PARTITION BY REFERENCE (%s) ", quotedName(by.ref))
	} else {
		fmt.Fprintf(&b, "\n  PARTITION BY %s (%s) ", by.kind, cols(by.cols))
	}
	if by.interval != nil {
		fmt.Fprintf(&b, "INTERVAL (%s) ", by.file.Source(by.interval))
	}
	if by.sub != nil {
		fmt.Fprintf(&b, "\n  SUBPARTITION BY %s (%s) ", by.sub.kind, cols(by.sub.cols))
		if by.sub.count > 0 {
			fmt.Fprintf(&b, "SUBPARTITIONS %d ", by.sub.count)
		}
		if len(by.sub.template) > 0 {
			var list []string
			for _, def := range by.sub.template {
				list = append(list, by.sub.file.Source(def))
			}
			b.WriteString("\n  SUBPARTITION TEMPLATE ( " + strings.Join(list, ", \n    ") + " ) ")
		}
	}
	bound := func(kind string, p *partition) string {
		switch kind {
		case "RANGE":
			return " VALUES LESS THAN (" + p.text + ")"
		case "LIST":
			return " VALUES (" + p.text + ")"
		}
		return ""
	}
	var list []string
	for _, p := range t.parts {
		if p.made {
			continue // those of an interval come by themselves
		}
		text := "PARTITION " + quotedName(p.name) + " " + bound(by.kind, p)
		if p.subs == nil {
			text += d.tablespace(p.space)
		} else {
			text += d.tablespace(p.space)
			var subs []string
			for _, q := range p.subs {
				subs = append(subs, "SUBPARTITION "+quotedName(q.name)+" "+bound(by.sub.kind, q)+d.tablespace(q.space))
			}
			text += "\n ( " + strings.Join(subs, ", \n  ") + " )"
		}
		list = append(list, text)
	}
	b.WriteString("\n (" + strings.Join(list, ", \n ") + " ) ")
	return b.String()
}

// index is CREATE INDEX.
func (d *ddlWriter) index(o *object) string {
	ix := o.index
	n, _ := o.stmt.(*ast.CreateIndex)
	if ix.join || ix.kind == "CLUSTER" {
		return d.asWritten(o)
	}
	on := d.s.db.objects2(ix.table)
	keys := make([]string, len(ix.cols))
	for i, c := range ix.cols {
		if keys[i] = c; on != nil && on.table != nil && on.table.column(c) != nil {
			keys[i] = quotedName(c)
		}
		keys[i] += word(ix.desc[i], " DESC", "")
	}
	text := "\n  CREATE " + word(ix.unique, "UNIQUE ", "") + word(ix.kind == "BITMAP", "BITMAP ", "") + "INDEX " + d.name(o.owner, o.name) + " ON " + d.name(ix.table.owner, ix.table.name) + " (" + strings.Join(keys, ", ") + ") "
	if ix.kind == "DOMAIN" {
		text += "\n   INDEXTYPE IS " + word(ix.typeOwner == "", "", quotedName(ix.typeOwner)+".") + quotedName(ix.typeName) + " "
		if ix.params != "" {
			text += " PARAMETERS (" + literal(ix.params) + ")"
		}
		return text + d.end()
	}
	space := ix.space
	if space == nil && !ix.local {
		space = d.s.db.defaultSpace(o.owner)
	}
	if d.t.is("SEGMENT_ATTRIBUTES") {
		text += "\n  " + d.segment(space, false)
	}
	text += word(ix.prefix > 0, fmt.Sprintf(" COMPRESS %d", ix.prefix), "") + word(ix.reverse, " REVERSE", "") + word(ix.invisible, " INVISIBLE", "")
	switch {
	case !d.t.is("PARTITIONING"):
	case ix.local && on != nil && on.table != nil && on.table.parts != nil:
		var parts []string
		for _, p := range on.table.parts {
			if !p.made {
				parts = append(parts, "PARTITION "+quotedName(p.name)+" "+d.tablespace(ix.space))
			}
		}
		text += "  LOCAL\n (" + strings.Join(parts, ", \n ") + " ) "
	case ix.local:
		text += "  LOCAL "
	case ix.global != nil && n != nil:
		text += "  " + o.file.Source(ix.global)
	}
	return text + word(ix.unusable, " UNUSABLE", "") + d.end()
}
