package engine

import (
	"bytes"
	"encoding/xml"
	"io"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/typeref"
	"landfall/internal/orasim/ora"
)

// tXML is XMLTYPE: a value is the text of a well-formed document, as it was written. Nothing looks inside: paths and queries are
// ORA-03001.
var tXML = typ{kind: kXML, name: "XMLTYPE", schema: "SYS"}

func init() {
	register(map[string]builtin{
		"XMLTYPE":           {1, 1, false, makeXML},
		"XMLTYPE.CREATEXML": {1, 1, false, makeXML},
	})
	delete(oracleHas, "XMLTYPE")
}

// makeXML is the constructor of XMLTYPE from text.
func makeXML(c *compiler, n ast.Node, a []expr) (expr, error) { return c.toXML(n, a[0]) }

// toXML turns text into XMLTYPE.
func (c *compiler) toXML(n ast.Node, x expr) (expr, error) {
	switch {
	case x.typ.kind == kXML:
		return x, nil
	case x.null || x.typ.kind == kNull:
		return fixed(tXML, nil), nil
	case !x.typ.kind.text() && x.typ.kind != kClob:
		return expr{}, c.unsupported(n, "XMLTYPE of "+x.typ.String())
	}
	return computed(tXML, unaryFunc(x, func(_ *env, v []byte) ([]byte, error) {
		if len(v) == 0 {
			return nil, nil
		}
		return v, wellFormed(v)
	})), nil
}

// wellFormed refuses what is no XML document.
func wellFormed(v []byte) error {
	d := xml.NewDecoder(bytes.NewReader(v))
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil } // the text is in the database's character set, whatever it says
	depth, roots := 0, 0
	for {
		t, err := d.RawToken()
		if err == io.EOF {
			break
		}
		if err != nil {
			return ora.New(31011)
		}
		switch t := t.(type) {
		case xml.StartElement:
			if depth == 0 {
				roots++
			}
			depth++
		case xml.EndElement:
			depth--
		case xml.CharData:
			if depth == 0 && len(bytes.TrimSpace(t)) > 0 {
				return ora.New(31011)
			}
		}
		if depth < 0 {
			return ora.New(31011)
		}
	}
	if depth != 0 || roots != 1 {
		return ora.New(31011)
	}
	// RawToken does not look whether the names of an element's two ends agree
	full := xml.NewDecoder(bytes.NewReader(v))
	full.CharsetReader = d.CharsetReader
	for {
		if _, err := full.Token(); err == io.EOF {
			return nil
		} else if err != nil {
			return ora.New(31011)
		}
	}
}

// xmlSerialize is XMLSERIALIZE({DOCUMENT | CONTENT} x [AS type]): a CLOB unless VARCHAR2 is asked for.
func (c *compiler) xmlSerialize(n *ast.Call) (expr, error) {
	o := n.Options
	if len(n.Args) != 1 || n.Over != nil || o != nil && (o.Encoding != nil || o.Version != nil || o.Pretty || o.Words != nil || len(o.On) > 0) {
		return expr{}, c.unsupported(n, "call")
	}
	x, err := c.expr(n.Args[0].X)
	if err != nil {
		return expr{}, err
	}
	if x.typ.kind != kXML {
		return expr{}, c.fail(n, 932, "-", x.typ.kind)
	}
	to := tClob
	if o != nil && o.Returning != nil {
		to = typeOf(typeref.Stored(typeref.Of(c.f, o.Returning)), c.s.charSem)
	}
	return c.xmlText(n, x, to)
}

// xmlText is an XMLTYPE as text.
func (c *compiler) xmlText(n ast.Node, x expr, to typ) (expr, error) {
	switch to.kind {
	case kClob:
		return computed(tClob, x.eval), nil
	case kVarchar:
		conv := fit(to, false, c.set())
		return computed(to, unaryFunc(x, func(_ *env, v []byte) ([]byte, error) {
			r, err := conv(v)
			if err != nil {
				return nil, ora.New(19011) // character string buffer too small
			}
			return r, nil
		})), nil
	}
	return expr{}, c.unsupported(n, "call")
}

// xmlMethod is x.getClobVal() and x.getStringVal() of an XMLTYPE; false for any other name.
func (c *compiler) xmlMethod(n *ast.Call, name *ast.Name, parts []string) (expr, bool, error) {
	last := parts[len(parts)-1]
	if len(parts) < 2 || last != "GETCLOBVAL" && last != "GETSTRINGVAL" || len(n.Args) > 0 {
		return expr{}, false, nil
	}
	hit, err := c.column(name, parts[:len(parts)-1])
	if err != nil || hit == nil || hit.col.typ.kind != kXML {
		return expr{}, false, nil
	}
	x, err := c.columnExpr(n, hit)
	if err != nil {
		return expr{}, true, err
	}
	to := tClob
	if last == "GETSTRINGVAL" {
		to = typ{kind: kVarchar, size: 4000}
	}
	if x, err = c.xmlText(n, x, to); err != nil {
		return expr{}, true, err
	}
	return computed(x.typ, func(e *env) ([]byte, error) {
		v, err := x.eval(e)
		if v == nil && err == nil {
			return nil, ora.Unsupported("a method of an XMLTYPE that is NULL") // what that gives, no manual says
		}
		return v, err
	}), true, nil
}
