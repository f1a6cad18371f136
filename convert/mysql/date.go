package mysql

import (
	"fmt"
	"strings"

	"landfall/internal/model"
	"landfall/internal/mysql/quote"
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// dateLiteral writes DATE '...' and TIMESTAMP '...': of a DATETIME, so that arithmetic keeps the time of day.
func (w *work) dateLiteral(x *ast.Literal) string {
	s, ok := w.tokenText(x.Hi - 1)
	s = strings.TrimSpace(s)
	switch {
	case !ok || strings.ContainsAny(s, "+") || strings.Count(s, "-") > 2 || strings.HasPrefix(s, "-") || strings.ContainsFunc(s, func(r rune) bool { return r >= 'A' }):
		return w.refuse(x, "mysql-no-type", "%s: no type keeps a zone or years before Christ", w.f.Source(x))
	case x.Kind == ast.LitDate:
		return "TIMESTAMP " + quote.Text(s+" 00:00:00")
	}
	return "TIMESTAMP " + quote.Text(s)
}

// dateArithmetic writes + and - of dates: a number is one of days, a difference is a number of days.
func (w *work) dateArithmetic(x *ast.Binary, a, b resolve.TypeClass) string {
	number := func(c resolve.TypeClass) bool {
		return c == resolve.ClassNumber || c == resolve.ClassInteger || c == resolve.ClassBinary
	}
	minus := x.Op.Kind == token.Minus
	switch {
	case temporal(a) && number(b):
		return w.addDays(x.X, x.Y, minus)
	case number(a) && temporal(b) && !minus:
		return w.addDays(x.Y, x.X, false)
	case a == resolve.ClassDate && b == resolve.ClassDate && minus:
		return "(CAST(TIMESTAMPDIFF(SECOND, " + w.expr(x.Y) + ", " + w.expr(x.X) + ") AS DECIMAL(38,20)) / 86400)"
	}
	return w.refuse(x, "mysql-date-arithmetic", "%s: what it gives hangs on types that have no counterpart or are not known", short(w.f.Source(x)))
}

func (w *work) addDays(date, days ast.Expr, minus bool) string {
	fn := "DATE_ADD("
	if minus {
		fn = "DATE_SUB("
	}
	if w.class(date) == resolve.ClassTimestamp {
		w.report(date, "mysql-date-arithmetic", model.Low, "%s is a TIMESTAMP: Oracle makes a DATE of it, whose fractions of a second are gone; here they stay", short(w.f.Source(date)))
	}
	if n := w.f.Source(days); integer(n) {
		return fn + w.expr(date) + ", INTERVAL " + n + " DAY)"
	}
	return fn + w.expr(date) + ", INTERVAL ROUND((" + w.expr(days) + ") * 86400) SECOND)"
}

func integer(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// dateMasks are the elements of Oracle's masks with the same meaning in DATE_FORMAT and STR_TO_DATE, the longest first.
var dateMasks = []struct{ oracle, to string }{
	{"SSSSS", ""},
	{"SYYYY", ""},
	{"YYYY", "%Y"},
	{"MONTH", ""},
	{"HH24", "%H"},
	{"HH12", "%h"},
	{"DDD", ""},
	{"DAY", ""},
	{"MON", ""},
	{"FF6", "%f"},
	{"IYYY", ""},
	{"YY", "%y"},
	{"MM", "%m"},
	{"DD", "%d"},
	{"HH", "%h"},
	{"MI", "%i"},
	{"SS", "%s"},
}

// mask turns a mask into a format; ok is false when an element has none of the same meaning.
func mask(m string, read bool) (format string, ok bool) {
	upper := strings.ToUpper(m)
	var b strings.Builder
next:
	for i := 0; i < len(m); {
		for _, e := range dateMasks {
			if strings.HasPrefix(upper[i:], e.oracle) {
				if e.to == "" || read && e.oracle == "YY" {
					return "", false
				}
				b.WriteString(e.to)
				i += len(e.oracle)
				continue next
			}
		}
		switch c := m[i]; {
		case c == '"':
			end := strings.IndexByte(m[i+1:], '"')
			if end < 0 {
				return "", false
			}
			b.WriteString(strings.ReplaceAll(m[i+1:i+1+end], "%", "%%"))
			i += end + 2
		case strings.IndexByte("-/,.;: ", c) >= 0:
			b.WriteByte(c)
			i++
		default:
			return "", false
		}
	}
	return b.String(), true
}

// toChar writes TO_CHAR.
func (w *work) toChar(c *ast.Call) string {
	x := c.Args[0].X
	class := w.class(x)
	switch {
	case len(c.Args) == 1 && textual(class):
		return w.expr(x)
	case len(c.Args) == 1 && (class == resolve.ClassNumber || class == resolve.ClassInteger):
		w.report(c, "mysql-concat", model.Medium, "%s: numbers are written with all digits of their scale here", short(w.f.Source(c)))
		return "CAST(" + w.expr(x) + " AS CHAR)"
	case len(c.Args) == 2 && temporal(class):
		m, ok := w.constant(c.Args[1].X)
		if !ok {
			return w.refuse(c, "mysql-format-mask", "%s: the mask is no constant", short(w.f.Source(c)))
		}
		format, ok := mask(m, false)
		if !ok {
			return w.refuse(c, "mysql-format-mask", "the mask '%s' has elements without counterpart", m)
		}
		return "DATE_FORMAT(" + w.expr(x) + ", " + quote.Text(format) + ")"
	case len(c.Args) == 1:
		return w.refuse(c, "mysql-format-mask", "%s: in which form it is written hangs on the settings of the session", short(w.f.Source(c)))
	}
	return w.refuse(c, "mysql-format-mask", "%s: masks of numbers, or of what is not known to be a date, have no counterpart", short(w.f.Source(c)))
}

// toDate writes TO_DATE and TO_TIMESTAMP. Without day, month or year Oracle takes those of today.
func (w *work) toDate(c *ast.Call, name string) string {
	if temporal(w.class(c.Args[0].X)) || len(c.Args) != 2 {
		return w.refuse(c, "mysql-format-mask", "%s: it hangs on NLS_DATE_FORMAT", short(w.f.Source(c)))
	}
	m, ok := w.constant(c.Args[1].X)
	format, known := mask(m, true)
	if !ok || !known || !strings.Contains(format, "%Y") || !strings.Contains(format, "%m") || !strings.Contains(format, "%d") {
		return w.refuse(c, "mysql-format-mask", "%s: the mask is no constant, has elements without counterpart, or leaves out year, month or day", short(w.f.Source(c)))
	}
	to := "DATETIME"
	if name == "TO_TIMESTAMP" {
		to = "DATETIME(6)"
	}
	if value, ok := w.constant(c.Args[0].X); ok {
		if s, ok := constantDate(value, format); ok {
			return "TIMESTAMP " + quote.Text(s)
		}
	}
	w.report(c, "mysql-conversion", model.Medium, "%s: a text that cannot be read is NULL with a warning in queries, no error", short(w.f.Source(c)))
	return "CAST(STR_TO_DATE(" + w.expr(c.Args[0].X) + ", " + quote.Text(format) + ") AS " + to + ")"
}

// constantDate reads a text by a format, for the plain formats whose digits are all there.
func constantDate(value, format string) (string, bool) {
	field := map[byte]string{'H': "00", 'i': "00", 's': "00"}
	size := map[byte]int{'Y': 4, 'm': 2, 'd': 2, 'H': 2, 'i': 2, 's': 2}
	for i := 0; i < len(format); i++ {
		if format[i] != '%' {
			if value == "" || value[0] != format[i] {
				return "", false
			}
			value = value[1:]
			continue
		}
		i++
		n := size[format[i]]
		if n == 0 || len(value) < n || !integer(value[:n]) {
			return "", false
		}
		field[format[i]], value = value[:n], value[n:]
	}
	if value != "" {
		return "", false
	}
	return fmt.Sprintf("%s-%s-%s %s:%s:%s", field['Y'], field['m'], field['d'], field['H'], field['i'], field['s']), true
}

// truncDates are the units that TRUNC cuts dates to, with the format that keeps the rest.
var truncDates = map[string]string{
	"MM": "%Y-%m-01", "MON": "%Y-%m-01", "MONTH": "%Y-%m-01", "YYYY": "%Y-01-01", "YEAR": "%Y-01-01", "YY": "%Y-01-01", "Y": "%Y-01-01",
	"HH24": "%Y-%m-%d %H:00:00", "HH": "%Y-%m-%d %H:00:00", "MI": "%Y-%m-%d %H:%i:00",
}

func (w *work) truncDate(c *ast.Call) string {
	x := w.expr(c.Args[0].X)
	if len(c.Args) == 1 {
		return "CAST(DATE(" + x + ") AS DATETIME)"
	}
	unit, ok := w.constant(c.Args[1].X)
	unit = strings.ToUpper(unit)
	switch format := truncDates[unit]; {
	case ok && (unit == "DD" || unit == "DDD" || unit == "J"):
		return "CAST(DATE(" + x + ") AS DATETIME)"
	case ok && format != "":
		return "CAST(DATE_FORMAT(" + x + ", " + quote.Text(format) + ") AS DATETIME)"
	}
	return w.refuse(c, "mysql-format-mask", "%s: no form cuts dates to that unit", short(w.f.Source(c)))
}

// addMonths writes ADD_MONTHS: the last day of a month stays the last day.
func (w *work) addMonths(c *ast.Call) string {
	d, n := w.expr(c.Args[0].X), w.expr(c.Args[1].X)
	if strings.Contains(d+n, param) { // written twice, a parameter would be two
		return w.refuse(c, "mysql-date-arithmetic", "ADD_MONTHS with a host variable")
	}
	added := "DATE_ADD(" + d + ", INTERVAL " + wrapped(n) + " MONTH)"
	return "CASE WHEN DATE(" + d + ") = LAST_DAY(" + d + ") THEN TIMESTAMP(LAST_DAY(" + added + "), TIME(" + d + ")) ELSE " + added + " END"
}

func wrapped(s string) string {
	if integer(s) {
		return s
	}
	return "(" + s + ")"
}
