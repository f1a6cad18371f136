package value

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	ora "landfall/internal/oracle/value"
)

// Objects and collections come as JSON, in the form that ora.Shape tells. Scalars go through the bytes that Oracle would have sent
// for them, so that they meet the same checks as columns. Every attribute must be there, and no other: nothing is left out in silence.

// planObject makes the parts of an object ready for the target: a composite type, an array, or JSON.
func planObject(c *column, opt Options) error {
	s, k := c.Shape, c.Target.kind()
	if s == nil {
		if k == kindComposite || k == kindArray {
			return fmt.Errorf("%s needs the attributes of the object", c.Target)
		}
		return nil // JSON of somebody else's making
	}
	switch {
	case k == kindComposite && len(s.Family) > 0:
		return fmt.Errorf("objects of %s are of several types, which PostgreSQL's composite type %s cannot tell apart", s.FullName(), c.Target)
	case k == kindComposite && s.Element == nil:
		return c.planComposite(opt)
	case k == kindArray && s.Element != nil:
		part, err := c.planPart(*s.Element, *c.Target.Element, opt)
		c.parts = []*column{part}
		return err
	case k == kindComposite || k == kindArray:
		return fmt.Errorf("no encoding is known of %s as PostgreSQL's %s", s.FullName(), c.Target)
	}
	c.append = appendObject
	return c.planJSON(opt)
}

// planComposite finds for each attribute of the target the one of the source.
func (c *column) planComposite(opt Options) error {
	c.append = appendObject
	if len(c.Shape.Attributes) != len(c.Target.Attributes) {
		return fmt.Errorf("%s has %d attributes, PostgreSQL's %s %d", c.Shape.FullName(), len(c.Shape.Attributes), c.Target, len(c.Target.Attributes))
	}
	from := map[string]*ora.Part{}
	for i := range c.Shape.Attributes {
		from[c.Shape.Attributes[i].Key] = &c.Shape.Attributes[i]
	}
	for _, a := range c.Target.Attributes {
		p := from[a.Name]
		if p == nil {
			return fmt.Errorf("%s has no attribute for %s of PostgreSQL's %s", c.Shape.FullName(), a.Name, c.Target)
		}
		part, err := c.planPart(*p, a.Target, opt)
		if err != nil {
			return err
		}
		c.parts = append(c.parts, part)
	}
	return nil
}

// planPart makes an attribute or element ready for its target.
func (c *column) planPart(p ora.Part, to Target, opt Options) (*column, error) {
	col := Column{Name: p.Name, Shape: p.Shape, Source: ora.Column{Type: ora.Object}, Target: to, Policy: c.Policy}
	var err error
	if p.Shape == nil {
		col.Source, err = ora.PartColumn(p.Type)
	}
	var part *column
	if err == nil {
		part, err = plan(col, opt)
	}
	if err != nil {
		return nil, fmt.Errorf("attribute %s of %s: %w", p.Name, c.Shape.FullName(), err)
	}
	return part, nil
}

// setIndex has parts count as their column.
func (c *column) setIndex(i int) {
	c.index = i
	for _, p := range c.parts {
		p.setIndex(i)
	}
	for _, f := range c.family {
		f.setIndex(i)
	}
}

// appendObject writes a composite value, an array, or JSON.
func appendObject(e *Encoder, c *column, dst, src []byte) ([]byte, Fault) {
	text, fault := e.checked(c, src)
	if fault != NoFault {
		return dst, fault
	}
	if halfPair(text) { // which package json makes another character of
		return dst, Malformed
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		return dst, Malformed
	}
	if _, err := d.Token(); err != io.EOF {
		return dst, Malformed
	}
	switch c.Target.kind() {
	case kindComposite, kindArray:
		return e.appendValue(c, dst, v)
	case kindJSONB:
		if text, fault = e.appendJSON(c, nil, v); fault != NoFault {
			return dst, fault
		}
		return appendJSONB(e, c, dst, text)
	}
	return e.appendJSON(c, dst, v)
}

// halfPair reports whether JSON has an escape for half of a surrogate pair.
func halfPair(text []byte) bool {
	for i := 0; i < len(text); i++ {
		if text[i] != '\\' {
			continue
		}
		i++
		if i+2 < len(text) && text[i] == 'u' && (text[i+1] == 'd' || text[i+1] == 'D') && text[i+2] >= '8' {
			return true
		}
	}
	return false
}

func (e *Encoder) appendValue(c *column, dst []byte, v any) ([]byte, Fault) {
	switch v := v.(type) {
	case map[string]any:
		if c.Target.kind() == kindComposite {
			return e.appendRecord(c, dst, v)
		}
	case []any:
		if c.Target.kind() == kindArray {
			return e.appendArray(c, dst, v)
		}
	}
	return dst, Malformed
}

// appendRecord writes what record_recv reads: the number of attributes; of each its type, its length and its value.
func (e *Encoder) appendRecord(c *column, dst []byte, v map[string]any) ([]byte, Fault) {
	if len(v) != len(c.parts) {
		return dst, Malformed
	}
	dst = binary.BigEndian.AppendUint32(dst, uint32(len(c.parts)))
	for _, p := range c.parts {
		x, ok := v[p.Name]
		if !ok {
			return dst, Malformed
		}
		dst = binary.BigEndian.AppendUint32(dst, p.Target.OID)
		var fault Fault
		if dst, fault = e.appendPart(p, dst, x); fault != NoFault {
			return dst, fault
		}
	}
	return dst, NoFault
}

// appendArray writes what array_recv reads: dimensions, whether there are NULLs, the element's type; length and lower bound
// of the dimension; the elements.
func (e *Encoder) appendArray(c *column, dst []byte, v []any) ([]byte, Fault) {
	element := c.parts[0]
	dimensions := uint32(min(len(v), 1))
	dst = binary.BigEndian.AppendUint32(dst, dimensions)
	flags := len(dst)
	dst = binary.BigEndian.AppendUint32(dst, 0)
	dst = binary.BigEndian.AppendUint32(dst, element.Target.OID)
	if dimensions == 0 {
		return dst, NoFault
	}
	dst = binary.BigEndian.AppendUint32(dst, uint32(len(v)))
	dst = binary.BigEndian.AppendUint32(dst, 1)
	for _, x := range v {
		var fault Fault
		at := len(dst)
		if dst, fault = e.appendPart(element, dst, x); fault != NoFault {
			return dst, fault
		}
		if string(dst[at:at+4]) == string(null[:]) { // it is, or the policy has made it one
			binary.BigEndian.PutUint32(dst[flags:], 1)
		}
	}
	return dst, NoFault
}

// appendPart writes an attribute or element with its length.
func (e *Encoder) appendPart(p *column, dst []byte, v any) ([]byte, Fault) {
	if p.Shape == nil {
		src, null, fault := e.scalar(p, v)
		if fault != NoFault {
			return dst, fault
		}
		if null {
			src = nil
		}
		return e.appendField(p, dst, src)
	}
	if v == nil {
		return append(dst, null[:]...), NoFault
	}
	at := len(dst)
	dst = append(dst, 0, 0, 0, 0)
	var fault Fault
	switch p.Target.kind() {
	case kindComposite, kindArray:
		dst, fault = e.appendValue(p, dst, v)
	case kindJSONB:
		var text []byte
		if text, fault = e.appendJSON(p, nil, v); fault == NoFault {
			dst, fault = appendJSONB(e, p, dst, text)
		}
	default:
		dst, fault = e.appendJSON(p, dst, v)
	}
	if n := len(dst) - at - 4; fault == NoFault {
		binary.BigEndian.PutUint32(dst[at:], uint32(n))
	}
	return dst, fault
}

// scalar are the bytes of a scalar.
func (e *Encoder) scalar(p *column, v any) (src []byte, null bool, fault Fault) {
	text, ok := v.(string)
	switch {
	case v == nil, ok && text == "" && !p.Source.Type.LOB(): // '' is NULL in Oracle
		return nil, true, NoFault
	case !ok:
		return nil, false, Malformed
	}
	b, err := ora.AppendPart([]byte{}, p.Source, text)
	if err != nil {
		return nil, false, Malformed
	}
	return b, false, NoFault
}

// isoTime puts the T between day and time that ISO 8601 has there.
func isoTime(s string) string { return strings.Replace(s, " ", "T", 1) }
