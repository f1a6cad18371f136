package value

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	ora "landfall/internal/oracle/value"
)

// An object as JSON has the form that PostgreSQL's to_jsonb gives to the composite value that it would be: attributes under their names in
// the target, numbers as numbers, times by ISO 8601, bytea in hex, with ora.TypeTag in front where a type has supertypes or subtypes, as
// converted code reads and writes it.

// plainTargets are what a scalar is held as on its way into JSON, so that it meets the checks of that type.
var plainTargets = map[ora.Type]string{
	ora.Number: "numeric", ora.BinaryFloat: "real", ora.BinaryDouble: "double precision", ora.Varchar2: "text", ora.Char: "text", ora.CLOB: "text", ora.Raw: "bytea",
	ora.Date: "timestamp(0)", ora.Timestamp: "timestamp(6)", ora.TimestampTZ: "timestamp(6) with time zone",
}

// planJSON makes the parts ready, and those of all types of a family.
func (c *column) planJSON(opt Options) error {
	s := c.Shape
	for _, f := range s.Family {
		plain := *f
		plain.Family = nil
		sub := &column{Column: c.Column}
		sub.Shape = &plain
		if err := sub.planJSON(opt); err != nil {
			return err
		}
		if c.family == nil {
			c.family = map[string]*column{}
		}
		c.family[f.FullName()] = sub
	}
	if len(s.Family) > 0 {
		return nil
	}
	list := s.Attributes
	if s.Element != nil {
		list = []ora.Part{*s.Element}
	}
	for _, p := range list {
		to := Target{OID: wellKnown["jsonb"], Name: "jsonb", Typmod: -1}
		if p.Shape == nil {
			src, err := ora.PartColumn(p.Type)
			if err != nil {
				return fmt.Errorf("attribute %s of %s: %w", p.Name, s.FullName(), err)
			}
			switch name := plainTargets[src.Type]; {
			case name != "":
				if to, err = ParseTarget(name); err != nil {
					return err
				}
			case src.Type == ora.IntervalYM || src.Type == ora.IntervalDS:
				to = Target{OID: wellKnown["interval"], Name: "interval", Typmod: -1}
			default:
				return fmt.Errorf("attribute %s of %s: no JSON is known of %s", p.Name, s.FullName(), p.Type)
			}
		}
		part, err := c.planPart(p, to, opt)
		if err != nil {
			return err
		}
		c.parts = append(c.parts, part)
	}
	return nil
}

// appendJSON writes an object or collection as JSON.
func (e *Encoder) appendJSON(c *column, dst []byte, v any) ([]byte, Fault) {
	switch v := v.(type) {
	case map[string]any:
		tag := ""
		if c.family != nil {
			name, _ := v[ora.TypeTag].(string)
			f := c.family[name]
			if f == nil { // of a type that was not there when the load was planned
				return dst, Malformed
			}
			c, tag = f, f.Shape.Key
			delete(v, ora.TypeTag)
		}
		if c.Shape.Element != nil || len(v) != len(c.parts) {
			return dst, Malformed
		}
		dst = append(dst, '{')
		if tag != "" {
			dst = append(appendJSONText(append(dst, `"`+ora.TypeTag+`": `...), []byte(tag)), ", "...)
		}
		for i, p := range c.parts {
			x, ok := v[p.Name]
			if !ok {
				return dst, Malformed
			}
			if i > 0 {
				dst = append(dst, ", "...)
			}
			dst = append(appendJSONText(dst, []byte(c.Shape.Attributes[i].Key)), ": "...)
			var fault Fault
			if dst, fault = e.appendJSONPart(p, dst, x); fault != NoFault {
				return dst, fault
			}
		}
		return append(dst, '}'), NoFault
	case []any:
		if c.Shape.Element == nil {
			return dst, Malformed
		}
		dst = append(dst, '[')
		for i, x := range v {
			if i > 0 {
				dst = append(dst, ", "...)
			}
			var fault Fault
			if dst, fault = e.appendJSONPart(c.parts[0], dst, x); fault != NoFault {
				return dst, fault
			}
		}
		return append(dst, ']'), NoFault
	}
	return dst, Malformed
}

// appendJSONPart writes an attribute or element.
func (e *Encoder) appendJSONPart(p *column, dst []byte, v any) ([]byte, Fault) {
	if p.Shape != nil {
		if v == nil {
			return append(dst, "null"...), NoFault
		}
		return e.appendJSON(p, dst, v)
	}
	src, isNull, fault := e.scalar(p, v)
	if fault != NoFault {
		return dst, fault
	}
	if isNull {
		return append(dst, "null"...), NoFault
	}
	field, fault := e.appendField(p, nil, src)
	switch {
	case fault != NoFault:
		return dst, fault
	case string(field[:4]) == string(null[:]): // the policy has made it one
		return append(dst, "null"...), NoFault
	}
	field = field[4:]
	switch p.Source.Type {
	case ora.Varchar2, ora.Char, ora.CLOB:
		return appendJSONText(dst, field), NoFault
	case ora.Raw:
		return fmt.Appendf(dst, `"\\x%x"`, field), NoFault
	case ora.IntervalYM, ora.IntervalDS:
		return append(append(append(dst, '"'), intervalOut(field)...), '"'), NoFault
	}
	b, err := AppendValueText(nil, p.Target, field)
	if err != nil {
		return dst, Malformed
	}
	text := string(b)
	switch p.Source.Type {
	case ora.Date, ora.Timestamp, ora.TimestampTZ:
		rest, bc := strings.CutPrefix(text, "-")
		text = isoTime(rest)
		if p.Source.Type == ora.TimestampTZ {
			text += "+00:00"
		}
		if bc {
			text += " BC"
		}
		return append(append(append(dst, '"'), text...), '"'), NoFault
	case ora.Number, ora.BinaryFloat, ora.BinaryDouble:
		switch text {
		case "+Inf", "Infinity":
			return append(dst, `"Infinity"`...), NoFault
		case "-Inf", "-Infinity":
			return append(dst, `"-Infinity"`...), NoFault
		case "NaN":
			return append(dst, `"NaN"`...), NoFault
		}
		if !json.Valid(b) {
			return dst, Malformed
		}
		return append(dst, text...), NoFault
	}
	return dst, Malformed
}

// intervalOut is the text that PostgreSQL itself gives to an interval (IntervalStyle postgres).
func intervalOut(field []byte) string {
	micros, days, months := intervalParts(field)
	var list []string
	add := func(n int64, unit string) {
		if n == 0 {
			return
		}
		sign := ""
		if len(list) > 0 && n > 0 && strings.HasPrefix(list[len(list)-1], "-") {
			sign = "+"
		}
		if n != 1 {
			unit += "s"
		}
		list = append(list, fmt.Sprintf("%s%d %s", sign, n, unit))
	}
	add(months/12, "year")
	add(months%12, "mon")
	add(days, "day")
	if micros != 0 || len(list) == 0 {
		sign := ""
		if micros < 0 {
			sign, micros = "-", -micros
		} else if len(list) > 0 && strings.HasPrefix(list[len(list)-1], "-") {
			sign = "+"
		}
		clock := time.Unix(0, 0).UTC().Add(time.Duration(micros) * time.Microsecond).Format("15:04:05.000000")
		list = append(list, sign+strings.TrimSuffix(strings.TrimRight(clock, "0"), "."))
	}
	return strings.Join(list, " ")
}
