package plan

import (
	"fmt"
	"strings"
	"testing"

	"landfall/internal/model"
	"landfall/load/source"
)

// TestShapes holds which columns of objects can be read, by the version and character set of the source, and what is said of the others.
func TestShapes(t *testing.T) {
	user := func(name string) model.TypeRef { return model.TypeRef{Name: name, Schema: "O", User: true} }
	plain := func(name string) model.TypeRef { return model.TypeRef{Name: name} }
	attr := func(name string, t model.TypeRef) source.TypeAttribute {
		return source.TypeAttribute{Name: name, Type: t}
	}
	types := map[source.Name]*source.ObjectType{}
	object := func(name, super string, list ...source.TypeAttribute) {
		o := &source.ObjectType{Attributes: list}
		if super != "" {
			o.Super = source.Name{Owner: "O", Table: super}
		}
		types[source.Name{Owner: "O", Table: name}] = o
	}
	list := func(name string, element model.TypeRef) {
		types[source.Name{Owner: "O", Table: name}] = &source.ObjectType{Collection: true, Element: element}
	}
	object("PLAIN", "", attr("A", plain("NUMBER")), attr("B", plain("DATE")))
	object("TEXT", "", attr("A", plain("CLOB")))
	object("NATION", "", attr("A", plain("NVARCHAR2")))
	object("BIN", "", attr("A", plain("BLOB")))
	object("HELD", "", attr("A", model.TypeRef{Name: "PLAIN", Schema: "O", User: true, Ref: true}))
	object("TWICE", "", attr("A", plain("NUMBER")), attr("a", plain("NUMBER")))
	object("OUTER", "", attr("A", user("BINS")))
	object("GONE", "", attr("A", user("NOTHERE")))
	object("BARE", "")
	object("SELF", "", attr("A", user("SELVES")))
	object("TOP", "", attr("A", plain("NUMBER")))
	object("MID", "TOP", attr("A", plain("NUMBER")), attr("B", user("PLAIN")))
	object("LOW", "MID", attr("A", plain("NUMBER")), attr("B", user("PLAIN")), attr("C", plain("RAW")))
	list("PLAINS", user("PLAIN"))
	list("BINS", user("BIN"))
	list("SELVES", user("SELF"))
	for _, c := range []struct {
		typ              model.TypeRef
		version, charset string
		want             string // of the error
	}{
		{user("PLAIN"), "11.2.0.4.0", "AL32UTF8", "the source makes JSON of them from 12.2 on, and it is 11.2.0.4.0"},
		{user("PLAIN"), "12.1.0.2.0", "AL32UTF8", "from 12.2 on"},
		{user("PLAIN"), "12.2.0.1.0", "AL32UTF8", ""},
		{user("PLAINS"), "18.0.0.0.0", "AL32UTF8", ""},
		{user("TEXT"), "12.2.0.1.0", "AL32UTF8", "attribute A of O.TEXT: CLOB: the source makes JSON of it from 18c on"},
		{user("TEXT"), "19.0.0.0.0", "AL32UTF8", ""},
		{user("NATION"), "19.0.0.0.0", "ZHS16GBK", "JSON is in the database's character set, ZHS16GBK"},
		{user("NATION"), "19.0.0.0.0", "UTF8", ""},
		{user("BIN"), "19.0.0.0.0", "AL32UTF8", "attribute A of O.BIN: BLOB: no text is known"},
		{user("OUTER"), "19.0.0.0.0", "AL32UTF8", "attribute A of O.BIN: BLOB"},
		{user("HELD"), "19.0.0.0.0", "AL32UTF8", "attribute A of O.HELD"},
		{user("TWICE"), "19.0.0.0.0", "AL32UTF8", "attributes A and a, which would both be a"},
		{user("GONE"), "19.0.0.0.0", "AL32UTF8", "the dictionary does not show the type O.NOTHERE"},
		{user("BARE"), "19.0.0.0.0", "AL32UTF8", "O.BARE has no attributes"},
		{user("SELF"), "19.0.0.0.0", "AL32UTF8", "is nested too deeply"},
		{model.TypeRef{Name: "PLAIN", Schema: "O", User: true, Ref: true}, "19.0.0.0.0", "AL32UTF8", "it refers to rows of object tables"},
		{plain("ANYDATA"), "19.0.0.0.0", "AL32UTF8", "no query is known"},
		{plain("SDO_GEOMETRY"), "19.0.0.0.0", "AL32UTF8", ""},
	} {
		b := &builder{in: Input{Facts: &source.Facts{Database: source.Identity{Version: c.version, Charset: c.charset}, Types: types}}}
		s, err := b.shapeOf(source.TableColumn{Name: "C", Type: c.typ})
		switch {
		case c.want == "" && (err != nil || s == nil):
			t.Errorf("%s of %s: %v", c.typ, c.version, err)
		case c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)):
			t.Errorf("%s of %s: %v, want %s", c.typ, c.version, err, c.want)
		}
	}
	b := &builder{in: Input{Facts: &source.Facts{Database: source.Identity{Version: "19.0.0.0.0", Charset: "AL32UTF8"}, Types: types}}}
	for name, want := range map[string]string{"PLAIN": "", "TOP": "LOW 3 MID 2 TOP 1 ", "MID": "LOW 3 MID 2 ", "LOW": "LOW 3 "} {
		s, err := b.shapeOf(source.TableColumn{Name: "C", Type: user(name)})
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, f := range s.Family {
			got += fmt.Sprint(f.Name, " ", len(f.Attributes), " ")
		}
		if got != want {
			t.Errorf("the family of %s: %q, want %q", name, got, want)
		}
	}
	if s, err := b.shapeOf(source.TableColumn{Type: plain("NUMBER")}); s != nil || err != nil {
		t.Errorf("%v %v", s, err)
	}
}
