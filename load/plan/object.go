package plan

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"landfall/internal/model"
	ora "landfall/internal/oracle/value"
	"landfall/load/source"
)

// Types of attributes and elements that have a text without loss, see load/query. CLOBs among them take 18c.
var partTypes = map[ora.Type]bool{
	ora.Varchar2: true, ora.Char: true, ora.Number: true, ora.BinaryFloat: true, ora.BinaryDouble: true, ora.Date: true, ora.Timestamp: true, ora.TimestampTZ: true,
	ora.TimestampLTZ: true, ora.IntervalYM: true, ora.IntervalDS: true, ora.Raw: true, ora.CLOB: true,
}

// versionOf is 1202 of 12.2.0.1.0.
func versionOf(s string) int {
	parts := strings.Split(s+".0", ".")
	major, err := strconv.Atoi(parts[0])
	minor, err2 := strconv.Atoi(parts[1])
	if err != nil || err2 != nil {
		return 0
	}
	return major*100 + minor
}

// shapeOf is the form of a column's values where they are objects or collections, nil for other columns. Its error says why they
// cannot be read.
func (b *builder) shapeOf(c source.TableColumn) (*ora.Shape, error) {
	t, err := ora.Of(c.Type)
	switch {
	case err != nil:
		return nil, err
	case t.Type != ora.Object:
		return nil, nil
	case c.Type.Name == "SDO_GEOMETRY" && !c.Type.User && !c.Type.Ref && versionOf(b.in.Facts.Database.Version) >= 12_02:
		return b.geometry(), nil
	case c.Type.Ref:
		return nil, errors.New("it refers to rows of object tables, by an identity that PostgreSQL does not have")
	case !c.Type.User:
		return nil, errors.New("no query is known that gives all that is in it")
	case versionOf(b.in.Facts.Database.Version) < 12_02:
		return nil, fmt.Errorf("the source makes JSON of them from 12.2 on, and it is %s", b.in.Facts.Database.Version)
	}
	return b.shape(source.Name{Owner: c.Type.Schema, Table: c.Type.Name}, 0)
}

// geometry is SDO_GEOMETRY (Spatial Developer's Guide, "SDO_GEOMETRY Object Type"), whose attributes are Oracle's own and do not change.
func (b *builder) geometry() *ora.Shape {
	number := model.TypeRef{Name: "NUMBER"}
	part := func(name string, s *ora.Shape) ora.Part {
		p := ora.Part{Name: name, Key: b.in.Names.Fold(name), Type: number}
		if s != nil {
			p.Type, p.Shape = model.TypeRef{Name: s.Name, Schema: s.Owner, User: true}, s
		}
		return p
	}
	of := func(name string) *ora.Shape {
		return &ora.Shape{Owner: "MDSYS", Name: name, Key: b.in.Names.Fold(name)}
	}
	list := func(name string) *ora.Shape {
		s := of(name)
		s.Element, s.Varray = &ora.Part{Type: number}, true
		return s
	}
	point := of("SDO_POINT_TYPE")
	point.Attributes = []ora.Part{part("X", nil), part("Y", nil), part("Z", nil)}
	g := of("SDO_GEOMETRY")
	g.Attributes = []ora.Part{
		part("SDO_GTYPE", nil), part("SDO_SRID", nil), part("SDO_POINT", point), part("SDO_ELEM_INFO", list("SDO_ELEM_INFO_ARRAY")), part("SDO_ORDINATES", list("SDO_ORDINATE_ARRAY")),
	}
	return g
}

func (b *builder) shape(n source.Name, depth int) (*ora.Shape, error) {
	t := b.in.Facts.Types[n]
	switch {
	case t == nil:
		return nil, fmt.Errorf("the dictionary does not show the type %s", n)
	case depth > 15:
		return nil, fmt.Errorf("%s is nested too deeply", n)
	}
	s := &ora.Shape{Owner: n.Owner, Name: n.Table, Key: b.in.Names.Fold(n.Table), Varray: t.Varray}
	if t.Collection {
		p, err := b.part(n, source.TypeAttribute{Type: t.Element}, depth)
		s.Element = &p
		return s, err
	}
	if err := b.attributes(s, n, t, depth); err != nil {
		return nil, err
	}
	below := b.below(n)
	if t.Super == (source.Name{}) && len(below) == 1 {
		return s, nil
	}
	for _, m := range below {
		sub := &ora.Shape{Owner: m.Owner, Name: m.Table, Key: b.in.Names.Fold(m.Table)}
		if err := b.attributes(sub, m, b.in.Facts.Types[m], depth); err != nil {
			return nil, err
		}
		s.Family = append(s.Family, sub)
	}
	return s, nil
}

func (b *builder) attributes(s *ora.Shape, n source.Name, t *source.ObjectType, depth int) error {
	if len(t.Attributes) == 0 {
		return fmt.Errorf("%s has no attributes", n)
	}
	taken := map[string]string{}
	for _, a := range t.Attributes {
		p, err := b.part(n, a, depth)
		if err != nil {
			return err
		}
		if other, ok := taken[p.Key]; ok {
			return fmt.Errorf("%s has attributes %s and %s, which would both be %s", n, other, a.Name, p.Key)
		}
		taken[p.Key] = a.Name
		s.Attributes = append(s.Attributes, p)
	}
	return nil
}

// part is an attribute, or, without a name, the element of a collection.
func (b *builder) part(of source.Name, a source.TypeAttribute, depth int) (ora.Part, error) {
	what := "its elements"
	p := ora.Part{Name: a.Name, Type: a.Type}
	if a.Name != "" {
		what, p.Key = "attribute "+a.Name, b.in.Names.Fold(a.Name)
	}
	fail := func(why string) (ora.Part, error) { return p, fmt.Errorf("%s of %s: %s: %s", what, of, a.Type, why) }
	f := &b.in.Facts.Database
	t, err := ora.Of(a.Type)
	national := strings.HasPrefix(a.Type.Name, "N") && t.Type.Text()
	switch {
	case err != nil:
		return fail(err.Error())
	case t.Type == ora.Object && a.Type.User && !a.Type.Ref:
		p.Shape, err = b.shape(source.Name{Owner: a.Type.Schema, Table: a.Type.Name}, depth+1)
		return p, err
	case !partTypes[t.Type]:
		return fail("no text is known that has all of it")
	case t.Type == ora.CLOB && versionOf(f.Version) < 18_00:
		return fail("the source makes JSON of it from 18c on")
	case national && f.Charset != "AL32UTF8" && f.Charset != "UTF8":
		return fail("JSON is in the database's character set, " + f.Charset + ", which may not have its characters")
	}
	return p, nil
}

// below are a type and all types under it, by name.
func (b *builder) below(n source.Name) []source.Name {
	list := []source.Name{n}
	for i := 0; i < len(list); i++ {
		for m, t := range b.in.Facts.Types {
			if t.Super == list[i] && !slices.Contains(list, m) {
				list = append(list, m)
			}
		}
	}
	slices.SortFunc(list, func(a, b source.Name) int {
		return cmp.Or(cmp.Compare(a.Owner, b.Owner), cmp.Compare(a.Table, b.Table))
	})
	return list
}
