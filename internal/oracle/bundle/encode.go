package bundle

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode/utf8"
)

var escaper = strings.NewReplacer("\\", `\\`, "\t", `\t`, "\n", `\n`, "\r", `\r`, "\x00", `\0`)

// writeTable writes the text of an extract: names of columns, then rows.
func writeTable(w io.Writer, t *Table) error {
	b := bufio.NewWriterSize(w, 1<<16)
	line := func(fields []string) error {
		for i, f := range fields {
			if i > 0 {
				_ = b.WriteByte('\t') // bufio keeps the first error for the next call that reports one
			}
			if _, err := escaper.WriteString(b, f); err != nil {
				return err
			}
		}
		return b.WriteByte('\n')
	}
	if err := line(t.Extract.ColumnNames()); err != nil {
		return err
	}
	for _, r := range t.Rows {
		if err := line(r); err != nil {
			return err
		}
	}
	return b.Flush()
}

// unescape reads one field.
func unescape(s string) (string, error) {
	if !utf8.ValidString(s) {
		return "", errors.New("bytes that are not UTF-8")
	}
	if strings.IndexByte(s, '\\') < 0 {
		return s, nil
	}
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' {
			b.WriteByte(s[i])
			continue
		}
		i++
		if i == len(s) {
			return "", errors.New("a backslash with nothing behind it")
		}
		switch s[i] {
		case '\\':
			b.WriteByte('\\')
		case 't':
			b.WriteByte('\t')
		case 'n':
			b.WriteByte('\n')
		case 'r':
			b.WriteByte('\r')
		case '0':
			b.WriteByte(0)
		default:
			return "", fmt.Errorf(`unknown escape \%c`, s[i])
		}
	}
	return b.String(), nil
}

// maxLine bounds one row in a bundle: its largest text, escaped.
const maxLine = 512 << 20

// readLine reads up to a line feed, which must be there. The slice holds until the next call.
func readLine(r *bufio.Reader, buf []byte) ([]byte, error) {
	buf = buf[:0]
	for {
		part, err := r.ReadSlice('\n')
		if len(buf)+len(part) > maxLine {
			return buf, fmt.Errorf("a row longer than %d MiB", maxLine>>20)
		}
		buf = append(buf, part...)
		switch {
		case err == nil:
			return buf[:len(buf)-1], nil
		case errors.Is(err, bufio.ErrBufferFull):
		case errors.Is(err, io.EOF) && len(buf) > 0:
			return buf, errors.New("the last row does not end: the file is cut off")
		default:
			return buf, err
		}
	}
}

// CheckField says why a value cannot stand in a column; nil when it can.
func CheckField(c Column, v string) error {
	if v == "" {
		return nil
	}
	switch c.Kind {
	case Number:
		if !isNumber(v) {
			return fmt.Errorf("column %s holds %q, which is no number", c.Name, short(v))
		}
	case Date:
		if _, err := ParseTime(v); err != nil {
			return fmt.Errorf("column %s holds %q, which is no time", c.Name, short(v))
		}
	}
	return nil
}

// isNumber accepts what TO_CHAR of a NUMBER gives: sign, digits, point, exponent; ~ and -~ are Oracle's infinities.
func isNumber(s string) bool {
	s = strings.TrimPrefix(s, "-")
	if s == "~" {
		return true
	}
	mantissa, exponent, has := strings.Cut(s, "E")
	whole, frac, _ := strings.Cut(mantissa, ".")
	if whole+frac == "" || !digits(whole) || !digits(frac) {
		return false
	}
	if !has {
		return true
	}
	exponent = strings.TrimLeft(exponent, "+-")
	return exponent != "" && len(exponent) <= 3 && digits(exponent)
}

// timeLayouts are the forms of times in a bundle; the first is that of DATE.
var timeLayouts = []string{"2006-01-02T15:04:05", "2006-01-02T15:04:05.999999999", "2006-01-02T15:04:05.999999999Z07:00"}

// ParseTime reads a time of an extract. Without a zone it is the database's, given as UTC. Years before Christ, which Oracle
// has, are written with a minus; Go reads no such year, so it is an error for the caller to show the text instead.
func ParseTime(s string) (time.Time, error) {
	var first error
	for _, l := range timeLayouts {
		t, err := time.Parse(l, s)
		if err == nil {
			return t, nil
		}
		if first == nil {
			first = err
		}
	}
	return time.Time{}, first
}

func short(s string) string {
	if len(s) <= 40 {
		return s
	}
	return strings.ToValidUTF8(s[:40], "") + "..."
}

// FormatRow writes a row as it stands in a bundle, without its line end.
func FormatRow(fields []string) string {
	var b strings.Builder
	for i, f := range fields {
		if i > 0 {
			b.WriteByte('\t')
		}
		_, _ = escaper.WriteString(&b, f) // a Builder takes everything
	}
	return b.String()
}
