package connect

import (
	"database/sql/driver"
	"fmt"
	"strings"
	"unicode/utf8"
)

// TextPolicy says what becomes of bytes that are no text in the database's character set.
type TextPolicy string

// The policies. Whatever is chosen is counted, and never silent.
const (
	// RejectText puts a *Fault with the bytes in the place of the value; it is the default.
	RejectText TextPolicy = ""
	// HexText writes each wrong byte as \xHH and keeps the rest of the value.
	HexText TextPolicy = "hex"
	// ReplaceText writes U+FFFD for each run of wrong bytes, and counts.
	ReplaceText TextPolicy = "replace"
	// NullText makes NULL of the value, and counts. A LOB that is read in pieces cannot become NULL any more: it is rejected.
	NullText TextPolicy = "null"
)

// TextFaults counts the bad values of one column.
type TextFaults struct {
	Column string
	Policy TextPolicy
	Values int    // values with at least one wrong byte
	First  []byte // the first of them, at most 200 bytes
}

// policy is that of a column.
func (q *Query) policy(column string, others TextPolicy) TextPolicy {
	if p, ok := q.Text[column]; ok {
		return p
	}
	if q.AllText != RejectText {
		return q.AllText
	}
	return others
}

// TextFaults are the columns that had bad text, with counts.
func (r *Rows) TextFaults() []TextFaults { return counted(r.faults) }

func counted(all []TextFaults) []TextFaults {
	var out []TextFaults
	for _, f := range all {
		if f.Values > 0 {
			out = append(out, f)
		}
	}
	return out
}

// badText makes of a marked string what the column's policy says.
func (r *Rows) badText(k *checked, marked string) driver.Value {
	conv := r.s.text
	if r.columns[k.at].CharsetForm == 2 {
		conv = r.s.national
	}
	text, fault := badBytes(conv, &r.faults[k.faults], []byte(marked[1:]))
	if fault != nil {
		return fault
	}
	if text == nil {
		return nil
	}
	return string(text)
}

// badBytes counts bytes that are no text, and gives what the policy makes of them, or a fault.
func badBytes(c *converter, count *TextFaults, raw []byte) ([]byte, *Fault) {
	if count.Values++; count.Values == 1 {
		count.First = append(count.First, raw[:min(len(raw), 200)]...)
	}
	if count.Policy == RejectText {
		// without the bytes, which are a row's: messages go to terminals and logs
		why := fmt.Sprintf("bytes that are no text in %s: the first is byte %d of %d", c.set.name, c.firstBad(raw)+1, len(raw))
		return nil, &Fault{Column: count.Column, Kind: BadText, Raw: append([]byte(nil), raw...), Why: why}
	}
	if count.Policy == NullText {
		return nil, nil
	}
	return []byte(c.salvage(raw, count.Policy)), nil
}

// firstBad is where the first character that is none begins; len(b) where all are some.
func (c *converter) firstBad(b []byte) int {
	for i := 0; i < len(b); {
		_, n := c.one(b[i:])
		if n == 0 {
			return i
		}
		i += n
	}
	return len(b)
}

// salvage reads what can be read: the longest piece from each place that is one character, else one wrong byte.
func (c *converter) salvage(b []byte, policy TextPolicy) string {
	var out strings.Builder
	unit := 1
	if c.set.id == charsetUTF16 {
		unit = 2
	}
	wrong := false
	for i := 0; i < len(b); {
		s, n := c.one(b[i:])
		if n > 0 {
			out.WriteString(s)
			i += n
			wrong = false
			continue
		}
		end := min(i+unit, len(b))
		if policy == HexText {
			for ; i < end; i++ {
				fmt.Fprintf(&out, `\x%02X`, b[i])
			}
		} else if !wrong {
			out.WriteRune(utf8.RuneError)
		}
		wrong, i = true, end
	}
	return out.String()
}

// one reads one character; n is 0 when there is none.
func (c *converter) one(b []byte) (s string, n int) {
	if c.set.id != charsetUTF16 && b[0] < utf8.RuneSelf {
		return string(b[:1]), 1
	}
	for n := 1; n <= min(len(b), 6); n++ {
		if s, ok := c.decode(b[:n]); ok && utf8.RuneCountInString(s) == 1 {
			return s, n
		}
	}
	return "", 0
}
