package value

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"

	ora "landfall/internal/oracle/value"
)

// Objects and collections come as JSON: an object with the attributes' names, an array of elements. Scalars go through the
// bytes that Oracle would have sent for them, so that they meet the same checks as columns. Attributes are found by name,
// whatever its case; one that the target lacks, or that is missing, is Malformed: nothing is left out in silence.

// planParts makes attributes or the element ready.
func planParts(c *column, opt Options) error {
	list := c.Target.Attributes
	if c.Target.Element != nil {
		list = []Attribute{{Name: "element", Target: *c.Target.Element}}
	}
	for _, a := range list {
		src := ora.Object
		if k := a.Target.kind(); k != kindComposite && k != kindArray {
			if src = scalarSource[k]; src == ora.NoType {
				return fmt.Errorf("attribute %s: no encoding is known of an object's attribute as PostgreSQL's %s", a.Name, a.Target)
			}
		}
		part, err := plan(Column{Name: a.Name, Source: ora.Column{Type: src}, Target: a.Target, Policy: c.Policy}, opt)
		if err != nil {
			return fmt.Errorf("attribute %s: %w", a.Name, err)
		}
		c.parts = append(c.parts, part)
	}
	return nil
}

// setIndex has parts count as their column.
func (c *column) setIndex(i int) {
	c.index = i
	for _, p := range c.parts {
		p.setIndex(i)
	}
}

// scalarSource is what an attribute is taken for by its target.
var scalarSource = map[kind]ora.Type{
	kindNumeric: ora.Number, kindInt2: ora.Number, kindInt4: ora.Number, kindInt8: ora.Number, kindFloat4: ora.BinaryFloat, kindFloat8: ora.BinaryDouble,
	kindText: ora.Varchar2, kindVarchar: ora.Varchar2, kindVarcharBytes: ora.Varchar2, kindChar: ora.Varchar2, kindBytea: ora.Raw, kindTimestamp: ora.Timestamp,
	kindTimestampTZ: ora.TimestampTZ, kindDate: ora.Timestamp, kindInterval: ora.IntervalDS, kindBoolean: ora.Boolean, kindUUID: ora.Raw, kindXML: ora.CLOB,
	kindJSON: ora.JSON, kindJSONB: ora.JSON,
}

// appendObject writes a composite value or an array.
func appendObject(e *Encoder, c *column, dst, src []byte) ([]byte, Fault) {
	text, fault := e.checked(c, src)
	if fault != NoFault {
		return dst, fault
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
	return e.appendValue(c, dst, v)
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
	folded := make(map[string]any, len(v))
	for k, x := range v {
		folded[strings.ToLower(k)] = x
	}
	if len(folded) != len(c.parts) || len(v) != len(c.parts) {
		return dst, Malformed
	}
	dst = binary.BigEndian.AppendUint32(dst, uint32(len(c.parts)))
	for _, p := range c.parts {
		x, ok := folded[strings.ToLower(p.Name)]
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
	nulls := uint32(0)
	for _, x := range v {
		if x == nil {
			nulls = 1
		}
	}
	dimensions := uint32(min(len(v), 1))
	dst = binary.BigEndian.AppendUint32(dst, dimensions)
	flags := len(dst)
	dst = binary.BigEndian.AppendUint32(dst, nulls)
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
		if string(dst[at:at+4]) == string(null[:]) { // the policy may have made it one
			binary.BigEndian.PutUint32(dst[flags:], 1)
		}
	}
	return dst, NoFault
}

// appendPart writes an attribute or element with its length.
func (e *Encoder) appendPart(p *column, dst []byte, v any) ([]byte, Fault) {
	if v == nil || v == "" { // which Oracle makes NULL
		return append(dst, null[:]...), NoFault
	}
	if p.Source.Type == ora.Object {
		at := len(dst)
		dst, fault := e.appendValue(p, append(dst, 0, 0, 0, 0), v)
		if n := len(dst) - at - 4; fault == NoFault {
			binary.BigEndian.PutUint32(dst[at:], uint32(n))
		}
		return dst, fault
	}
	src, ok := scalarBytes(p.Source.Type, v)
	if !ok {
		return dst, Malformed
	}
	return e.appendField(p, dst, src)
}

// scalarBytes are the bytes that Oracle sends for a value of JSON: numbers and texts of numbers, dates as ISO 8601 writes
// them, RAW in hex.
func scalarBytes(typ ora.Type, v any) ([]byte, bool) {
	var text string
	switch v := v.(type) {
	case string:
		text = v
	case json.Number:
		text = v.String()
	case bool:
		if typ != ora.Boolean {
			return nil, false
		}
		if v {
			return []byte{1}, true
		}
		return []byte{0}, true
	default:
		if typ != ora.JSON {
			return nil, false
		}
	}
	var b []byte
	var err error
	switch typ {
	case ora.Raw:
		b, err = hex.DecodeString(text)
	case ora.BinaryDouble, ora.BinaryFloat:
		return floatBytes(typ, text)
	case ora.Boolean:
		return nil, false
	case ora.JSON:
		b, err = json.Marshal(v)
	case ora.Timestamp, ora.TimestampTZ:
		b, err = ora.AppendText(nil, ora.Column{Type: typ}, isoTime(text))
	default:
		b, err = ora.AppendText(nil, ora.Column{Type: typ}, text)
	}
	return b, err == nil
}

// isoTime brings a date into the form that AppendText reads: a day alone is midnight, Z an offset of 0.
func isoTime(s string) string {
	day, clock, ok := strings.Cut(s, "T")
	if !ok {
		day, clock, ok = strings.Cut(s, " ")
	}
	if !ok {
		clock = "00:00:00"
	}
	zone := ""
	if utc := strings.TrimSuffix(clock, "Z"); utc != clock {
		clock, zone = utc, "+00:00"
	} else if i := strings.IndexAny(clock, "+-"); i >= 0 {
		clock, zone = clock[:i], clock[i:]
	}
	if zone != "" { // where the type has none, it is refused
		clock += " " + zone
	}
	return day + " " + clock
}

func floatBytes(typ ora.Type, text string) ([]byte, bool) {
	bits := 64
	if typ == ora.BinaryFloat {
		bits = 32
	}
	f, err := strconv.ParseFloat(text, bits)
	switch {
	case err != nil:
		return nil, false
	case bits == 32:
		return ora.AppendFloat(nil, float32(f)), true
	}
	return ora.AppendDouble(nil, f), true
}
