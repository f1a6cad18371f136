package engine

import (
	"context"
	"encoding/binary"
	"fmt"
	"strings"

	"landfall/internal/orasim/engine/plsql"
	"landfall/internal/orasim/ora"
	"landfall/internal/orasim/session"
)

// DBMS_PICKLER.GET_TYPE_SHAPE, by which node-oracledb and python-oracledb ask what an object type is made of. Oracle does not describe
// it: what it gives is what both drivers read, a descriptor (TDS) and the attributes as a cursor.

// Codes of the descriptor.
const (
	tdsChar, tdsDate, tdsFloat, tdsNumber, tdsVarchar  = 1, 2, 5, 6, 7
	tdsRaw, tdsTimestamp, tdsTimestampTZ               = 19, 21, 23
	tdsObject, tdsCollection, tdsCLOB, tdsBLOB, tdsLTZ = 27, 28, 29, 30, 33
	tdsBinaryFloat, tdsVersion, tdsStartADT            = 37, 38, 41
	tdsStartEmbedded, tdsEndEmbedded, tdsBinaryDouble  = 39, 40, 45
	tdsNestedTable, tdsVarray                          = 2, 3
	tdsHead                                            = 18
)

func init() {
	plNatives["DBMS_PICKLER.GET_TYPE_SHAPE"] = func(s *Session) *plsql.Native {
		return plsql.Function("PLS_INTEGER", "full_name<>VARCHAR2 type_oid>RAW version>PLS_INTEGER tds>RAW instantiable>VARCHAR2 super_owner>VARCHAR2 super_name>VARCHAR2 attributes>CURSOR subtypes>CURSOR", s.typeShape)
	}
}

// typeShape describes the type with a name; its result is 0, or 1 where there is no such type.
func (s *Session) typeShape(r *plsql.Run, a []*plsql.Bound) (any, error) {
	name := a[0].Text()
	parts := nameParts(name)
	if len(parts) == 0 {
		return count(1), nil
	}
	if table, ok := strings.CutSuffix(parts[len(parts)-1], "%ROWTYPE"); ok {
		o := s.db.lookup(s.schema, append(parts[:len(parts)-1:len(parts)-1], table))
		if o == nil || o.kind != "TABLE" && o.kind != "VIEW" {
			return count(1), nil
		}
		// the columns are those of the dictionary; the drivers look for them by the whole name
		a[0].Value, a[2].Value = []byte(o.owner+"."+o.name+"%ROWTYPE"), count(1)
		a[7].Value, a[8].Value = &plsql.Cursor{}, &plsql.Cursor{}
		return count(0), nil
	}
	if len(parts) == 2 && parts[0] == "SYS" && parts[1] == "XMLTYPE" { // opaque: it has no attributes
		if err := s.fillShape(r.Ctx, &udt{}, a); err != nil {
			return nil, err
		}
		a[1].Value, a[4].Value = session.XMLTypeID, []byte("YES")
		return count(0), nil
	}
	u := s.udtNamed(s.schema, parts)
	if u == nil {
		for n := len(parts) - 1; n > 0; n-- { // a type of a package
			if o := s.db.lookup(s.schema, parts[:n]); o != nil && o.kind == "PACKAGE" {
				return nil, ora.Unsupported("the shape of " + name + ", a type of a package")
			}
		}
		return count(1), nil
	}
	if u.object == nil {
		return nil, ora.Unsupported("the shape of " + name)
	}
	if err := s.fillShape(r.Ctx, u, a); err != nil {
		return nil, err
	}
	a[1].Value, a[4].Value = u.object.typeID(), []byte(word(u.never, "NO", "YES"))
	if len(u.above) > 0 {
		a[5].Value, a[6].Value = []byte(u.above[0].owner), []byte(u.above[0].name)
	}
	return count(0), nil
}

// fillShape puts version, descriptor and attributes into the arguments of GET_TYPE_SHAPE. There are never subtypes.
func (s *Session) fillShape(ctx context.Context, u *udt, a []*plsql.Bound) error {
	tds, err := s.typeDescriptor(u)
	if err != nil {
		return err
	}
	attributes, err := s.attributeCursor(ctx, u)
	if err != nil {
		return err
	}
	a[2].Value, a[3].Value, a[7].Value, a[8].Value = count(1), tds, attributes, &plsql.Cursor{}
	return nil
}

// nameParts takes a name apart as SQL writes it: folded, or within quotes.
func nameParts(name string) (parts []string) {
	for name != "" {
		var one string
		if rest, ok := strings.CutPrefix(name, `"`); ok {
			one, name, ok = strings.Cut(rest, `"`)
			if !ok {
				return nil
			}
			if tail, ok := strings.CutPrefix(name, "%"); ok {
				one, name = one+"%"+upper(tail), ""
			}
			name = strings.TrimPrefix(name, ".")
		} else {
			one, name, _ = strings.Cut(name, ".")
			one = upper(one)
		}
		parts = append(parts, one)
	}
	return parts
}

// typeDescriptor is the TDS of a type.
func (s *Session) typeDescriptor(u *udt) ([]byte, error) {
	attrs := u.made()
	b := make([]byte, 4, 256)
	b = append(b, tdsVersion, 1, 0, 0)
	b = binary.BigEndian.AppendUint16(b, uint16(len(attrs)))
	b = append(b, 0, tdsStartADT, 0, 0, 0, 0, 0, 0)
	if u.elem != nil {
		b = append(b, tdsCollection)
		b = binary.BigEndian.AppendUint32(b, tdsHead+10)
		b = binary.BigEndian.AppendUint32(b, uint32(u.limit))
		kind := byte(tdsNestedTable)
		if u.limit > 0 {
			kind = tdsVarray
		}
		b = append(b, kind)
	}
	for _, a := range attrs {
		var err error
		if b, err = s.describePart(b, a, u.elem != nil, 0); err != nil {
			return nil, err
		}
	}
	binary.BigEndian.PutUint32(b, uint32(len(b)))
	return b, nil
}

// describePart describes an attribute or element.
func (s *Session) describePart(b []byte, a udtAttr, element bool, depth int) ([]byte, error) {
	t := a.typ
	text := func(code byte) []byte {
		col := t.column("", s.db.set)
		form, charset := byte(1), uint16(s.db.info.Charset)
		if t.national {
			form, charset = 2, uint16(s.db.info.NCharset)
		}
		b = binary.BigEndian.AppendUint16(append(b, code), uint16(col.Size))
		return binary.BigEndian.AppendUint16(append(b, form), charset)
	}
	switch t.kind {
	case kVarchar:
		return text(tdsVarchar), nil
	case kChar:
		return text(tdsChar), nil
	case kNumber:
		if t.float {
			return append(b, tdsFloat, byte(t.prec)), nil
		}
		return append(b, tdsNumber, byte(t.prec), byte(int8(t.scale))), nil
	case kFloat:
		return append(b, tdsBinaryFloat), nil
	case kDouble:
		return append(b, tdsBinaryDouble), nil
	case kDate:
		return append(b, tdsDate), nil
	case kTimestamp:
		return append(b, tdsTimestamp, byte(t.scale)), nil
	case kZoned:
		return append(b, tdsTimestampTZ, byte(t.scale)), nil
	case kLocal:
		return append(b, tdsLTZ, byte(t.scale)), nil
	case kRaw:
		return binary.BigEndian.AppendUint16(append(b, tdsRaw), uint16(t.size)), nil
	case kClob:
		return append(b, tdsCLOB), nil
	case kBlob:
		return append(b, tdsBLOB), nil
	case kXML:
		return append(b, tdsObject, 0, 0, 0, 0, 0), nil
	}
	u := s.udt(t)
	if u == nil || depth > 16 {
		return nil, ora.Unsupported("the shape of a type with an attribute of type " + t.String())
	}
	if element || u.elem != nil {
		return append(b, tdsObject, 0, 0, 0, 0, 0), nil
	}
	b = append(b, tdsStartEmbedded)
	for _, inner := range u.attrs {
		var err error
		if b, err = s.describePart(b, inner, false, depth+1); err != nil {
			return nil, err
		}
	}
	return append(b, tdsEndEmbedded), nil
}

// attributeCursor is a cursor of the attributes: their place, name and type, and the identity of the type where it is one of the catalog.
func (s *Session) attributeCursor(ctx context.Context, u *udt) (*plsql.Cursor, error) {
	quoted := func(v string) string {
		if v == "" {
			return "CAST(NULL AS VARCHAR2(128))"
		}
		return "CAST('" + strings.ReplaceAll(v, "'", "''") + "' AS VARCHAR2(128))"
	}
	row := func(at int, name, typeName, owner string, id []byte) string {
		oid := "CAST(NULL AS RAW(16))"
		if id != nil {
			oid = fmt.Sprintf("HEXTORAW('%X')", id)
		}
		return fmt.Sprintf("SELECT 1 version, %s attr_name, %d attr_no, %s attr_type_name, %s attr_type_owner, %s attr_type_package, %s attr_type_oid, 'YES' instantiable, %s super_type_owner, %s super_type_name FROM DUAL",
			quoted(name), at, quoted(typeName), quoted(owner), quoted(""), oid, quoted(""), quoted(""))
	}
	var list []string
	for i, a := range u.attrs {
		typeName, owner, id := "", "", []byte(nil)
		switch of := s.udt(a.typ); {
		case of != nil:
			typeName, owner, id = of.object.name, of.object.owner, of.object.typeID()
		case a.typ.kind == kXML:
			typeName, owner = "XMLTYPE", "SYS"
		default:
			typeName = plainTypeName(a.typ)
		}
		list = append(list, row(i+1, a.name, typeName, owner, id))
	}
	text := strings.Join(list, " UNION ALL ") + " ORDER BY 3"
	if len(list) == 0 {
		text = row(0, "", "", "", nil) + " WHERE 1 = 0"
	}
	st, err := s.parse(text)
	if err != nil {
		return nil, err
	}
	if _, err := st.prepare(nil); err != nil {
		return nil, err
	}
	rows, err := s.plOpen(ctx, st.query, nil)
	if err != nil {
		return nil, err
	}
	return &plsql.Cursor{Columns: plColumns(st.query.cols), Rows: rows}, nil
}

// plainTypeName is a type without its lengths, as ALL_TYPE_ATTRS names those of attributes.
func plainTypeName(t typ) string {
	switch {
	case t.kind == kNumber && t.float:
		if t.prec == 63 {
			return "REAL"
		}
		return "FLOAT"
	case t.kind == kNumber && t.prec == 38 && t.scale == 0:
		return "INTEGER"
	case t.kind == kClob && t.national:
		return "NCLOB"
	case t.kind == kZoned:
		return "TIMESTAMP WITH TZ"
	case t.kind == kLocal:
		return "TIMESTAMP WITH LOCAL TZ"
	}
	name := t.String()
	if i := strings.IndexByte(name, '('); i >= 0 {
		tail := name[i:]
		if j := strings.IndexByte(tail, ')'); j >= 0 {
			name = name[:i] + tail[j+1:]
		}
	}
	return name
}
