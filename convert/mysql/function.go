package mysql

import (
	"strconv"
	"strings"

	"landfall/internal/model"
	"landfall/internal/mysql/quote"
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// sameCalls are functions of the same meaning, by Oracle's name.
var sameCalls = map[string]string{
	"ABS": "ABS", "ACOS": "ACOS", "ASIN": "ASIN", "ATAN": "ATAN", "ATAN2": "ATAN2", "CEIL": "CEIL", "FLOOR": "FLOOR", "COS": "COS", "SIN": "SIN", "TAN": "TAN", "EXP": "EXP", "LN": "LN", "LOG": "LOG",
	"POWER": "POWER", "SIGN": "SIGN", "SQRT": "SQRT", "ROUND": "ROUND", "UPPER": "UPPER", "LOWER": "LOWER", "LENGTH": "CHAR_LENGTH", "LENGTHB": "LENGTH", "COALESCE": "COALESCE", "NULLIF": "NULLIF",
	"GREATEST": "GREATEST", "LEAST": "LEAST", "NVL": "IFNULL", "ASCII": "ASCII", "LPAD": "LPAD", "RPAD": "RPAD", "REVERSE": "REVERSE",
	"COUNT": "COUNT", "SUM": "SUM", "AVG": "AVG", "MIN": "MIN", "MAX": "MAX", "STDDEV_POP": "STDDEV_POP", "STDDEV_SAMP": "STDDEV_SAMP", "VAR_POP": "VAR_POP", "VAR_SAMP": "VAR_SAMP",
	"ROW_NUMBER": "ROW_NUMBER", "RANK": "RANK", "DENSE_RANK": "DENSE_RANK", "PERCENT_RANK": "PERCENT_RANK", "CUME_DIST": "CUME_DIST", "NTILE": "NTILE",
	"LAG": "LAG", "LEAD": "LEAD", "FIRST_VALUE": "FIRST_VALUE", "LAST_VALUE": "LAST_VALUE", "NTH_VALUE": "NTH_VALUE",
}

// windowOnly are functions that stand in front of OVER alone.
var windowOnly = map[string]bool{
	"ROW_NUMBER": true, "RANK": true, "DENSE_RANK": true, "PERCENT_RANK": true, "CUME_DIST": true, "NTILE": true, "LAG": true, "LEAD": true, "FIRST_VALUE": true, "LAST_VALUE": true, "NTH_VALUE": true,
}

// niladic writes built-in names without arguments.
func (w *work) niladic(n *ast.Name, ref *resolve.Ref, c *ast.Call) string {
	name := ref.Builtin
	if name == "" {
		name = w.f.Last(n)
	}
	switch name {
	case "SYSDATE":
		w.report(n, "mysql-sysdate", model.Info, "NOW() is in the session's time zone, SYSDATE in that of the host")
		return "NOW()"
	case "SYSTIMESTAMP", "CURRENT_TIMESTAMP", "LOCALTIMESTAMP":
		w.report(n, "mysql-sysdate", model.Low, "NOW(6) is in the session's time zone and keeps no zone")
		return "NOW(6)"
	case "CURRENT_DATE":
		return "NOW()"
	case "USER":
		w.report(n, "mysql-function", model.Low, "the account of TiDB that is logged in, in capitals")
		return "UPPER(SUBSTRING_INDEX(USER(), '@', 1))"
	case "ROWNUM":
		return w.refuse(n, "mysql-rownum", "ROWNUM here is no plain limit of the rows of its query")
	case "LEVEL", "CONNECT_BY_ISLEAF", "CONNECT_BY_ISCYCLE", "CONNECT_BY_ROOT":
		return w.refuse(n, "mysql-connect-by", "%s belongs to CONNECT BY", name)
	case "NEXTVAL", "CURRVAL":
		return w.sequenceValue(n, ref, w.f.Parts(n))
	}
	return w.refuse(n, "mysql-function", "%s has no counterpart", name)
}

// call writes a function.
func (w *work) call(c *ast.Call) string {
	n, ok := c.Fn.(*ast.Name)
	if !ok || c.Joined {
		return w.refuse(c, "mysql-query-form", "no form is known for %s", short(w.f.Source(c)))
	}
	ref := w.info.Ref(n)
	switch ref.Kind {
	case resolve.Builtin, resolve.Pseudo:
	case resolve.Unknown:
		if w.f.NumParts(n) > 1 || w.catalog.Lookup(w.u.Schema, w.f.Last(n)) != nil {
			return w.refuse(c, "mysql-user-function", "%s is not known; it may be PL/SQL, which is not stored here", w.f.Source(n))
		}
	default:
		return w.refuse(c, "mysql-user-function", "%s is PL/SQL: there is no stored code to call", w.f.Source(n))
	}
	name := ref.Builtin
	if name == "" {
		name = w.f.Last(n)
	}
	for _, a := range c.Args {
		if a.Name != nil || a.Extra != nil || len(a.Keys) > 0 {
			return w.refuse(c, "mysql-function", "%s: its arguments have no counterpart", short(w.f.Source(c)))
		}
	}
	if c.Keep != nil || c.Options != nil || c.Filter != nil || c.FromLast != 0 || c.Nulls == token.IGNORE {
		return w.refuse(c, "mysql-function", "%s: KEEP, IGNORE NULLS and other clauses have no counterpart", short(w.f.Source(c)))
	}
	if c.Within != nil && name != "LISTAGG" {
		return w.refuse(c, "mysql-function", "%s WITHIN GROUP has no counterpart", name)
	}
	if name == "RATIO_TO_REPORT" && len(c.Args) == 1 && c.Over != nil {
		x := w.expr(c.Args[0].X)
		return "((" + x + ") / SUM(" + x + ")" + w.over(c) + ")"
	}
	if s, ok := w.special(name, c); ok {
		return s + w.over(c)
	}
	if windowOnly[name] && c.Over == nil {
		return w.refuse(c, "mysql-function", "%s without OVER is no window function", name)
	}
	to := sameCalls[name]
	if to == "" || c.Spec != nil {
		return w.refuse(c, "mysql-function", "%s has no counterpart", name)
	}
	switch {
	case c.Star:
		return to + "(*)" + w.over(c)
	case c.Distinct != 0 && c.Distinct != token.ALL:
		if c.Over != nil {
			return w.refuse(c, "mysql-function", "DISTINCT in a window function")
		}
		return to + "(DISTINCT " + w.args(c) + ")"
	}
	return to + "(" + w.args(c) + ")" + w.over(c)
}

func (w *work) args(c *ast.Call) string {
	var list []string
	for _, a := range c.Args {
		list = append(list, w.expr(a.X))
	}
	return strings.Join(list, ", ")
}

// nonEmpty keeps a function that can give ” from doing so: ” is NULL in Oracle.
func nonEmpty(s string) string { return "NULLIF(" + s + ", '')" }

// special writes functions whose arguments change; ok is false for all others.
func (w *work) special(name string, c *ast.Call) (s string, ok bool) {
	arg := func(i int) string { return w.expr(c.Args[i].X) }
	n := len(c.Args)
	switch {
	case name == "NVL2" && n == 3:
		return "IF(" + arg(0) + " IS NOT NULL, " + arg(1) + ", " + arg(2) + ")", true
	case name == "DECODE" && n >= 3:
		return w.decode(c), true
	case name == "TO_CHAR" && n > 0:
		return w.toChar(c), true
	case (name == "TO_DATE" || name == "TO_TIMESTAMP") && n > 0:
		return w.toDate(c, name), true
	case name == "TO_NUMBER" && n == 1:
		if textual(w.class(c.Args[0].X)) || w.class(c.Args[0].X) == resolve.ClassUnknown {
			w.report(c, "mysql-conversion", model.Medium, "%s: a text that is no number is 0 with a warning in queries, no error", short(w.f.Source(c)))
		}
		return "CAST(" + arg(0) + " AS DECIMAL(65,30))", true
	case name == "TRUNC" && n > 0:
		if temporal(w.class(c.Args[0].X)) {
			return w.truncDate(c), true
		}
		if k := w.class(c.Args[0].X); k != resolve.ClassNumber && k != resolve.ClassInteger && k != resolve.ClassBinary {
			return w.refuse(c, "mysql-function", "%s: it is not known whether it cuts a number or a date", short(w.f.Source(c))), true
		}
		if n == 1 {
			return "TRUNCATE(" + arg(0) + ", 0)", true
		}
		return "TRUNCATE(" + arg(0) + ", " + arg(1) + ")", true
	case name == "ROUND" && n > 0 && temporal(w.class(c.Args[0].X)):
		return w.refuse(c, "mysql-function", "ROUND of a date"), true
	case name == "ADD_MONTHS" && n == 2:
		return w.addMonths(c), true
	case name == "LAST_DAY" && n == 1:
		d := arg(0)
		if strings.Contains(d, param) { // written twice, a parameter would be two
			return w.refuse(c, "mysql-date-arithmetic", "LAST_DAY of a host variable"), true
		}
		return "TIMESTAMP(LAST_DAY(" + d + "), TIME(" + d + "))", true
	case name == "SUBSTR" && (n == 2 || n == 3):
		return w.substr(c), true
	case name == "INSTR" && n == 2:
		return "LOCATE(" + arg(1) + ", " + arg(0) + ")", true
	case name == "INSTR" && n == 3 && positive(w.f.Source(c.Args[2].X)):
		return "LOCATE(" + arg(1) + ", " + arg(0) + ", " + arg(2) + ")", true
	case name == "REPLACE" && n == 2:
		return nonEmpty("REPLACE(" + arg(0) + ", " + arg(1) + ", '')"), true
	case name == "REPLACE" && n == 3:
		return nonEmpty("REPLACE(" + arg(0) + ", " + arg(1) + ", IFNULL(" + arg(2) + ", ''))"), true
	case (name == "LTRIM" || name == "RTRIM") && n == 1 && c.Spec == nil:
		return nonEmpty(name + "(" + arg(0) + ")"), true
	case (name == "LTRIM" || name == "RTRIM") && n == 2:
		side := map[string]string{"LTRIM": "LEADING", "RTRIM": "TRAILING"}[name]
		if s, ok := w.constant(c.Args[1].X); ok && len([]rune(s)) == 1 {
			return nonEmpty("TRIM(" + side + " " + quote.Text(s) + " FROM " + arg(0) + ")"), true
		}
		return w.refuse(c, "mysql-function", "%s takes off any of several characters", name), true
	case name == "TRIM" && n == 1 && c.Spec == nil:
		return nonEmpty("TRIM(" + arg(0) + ")"), true
	case (name == "LPAD" || name == "RPAD") && n == 2:
		return name + "(" + arg(0) + ", " + arg(1) + ", ' ')", true
	case name == "MOD" && n == 2:
		if !positive(w.f.Source(c.Args[1].X)) {
			w.report(c, "mysql-division", model.Low, "%s: MOD by 0 is NULL here, the first number in Oracle", short(w.f.Source(c)))
		}
		return "MOD(" + arg(0) + ", " + arg(1) + ")", true
	case name == "CHR" && n == 1:
		return "CHAR(" + arg(0) + " USING utf8mb4)", true
	case (name == "STDDEV" || name == "VARIANCE") && n == 1 && c.Distinct == 0:
		to := map[string]string{"STDDEV": "STDDEV_SAMP", "VARIANCE": "VAR_SAMP"}[name]
		return w.refuse(c, "mysql-function", "%s of one row is 0, %s is NULL", name, to), true
	case name == "LISTAGG" && (n == 1 || n == 2):
		return w.listagg(c), true
	case strings.HasPrefix(name, "REGEXP_") && n >= 2 && n <= 3 && name != "REGEXP_COUNT":
		w.report(c, "mysql-regexp", model.Medium, "%s: the pattern is read by RE2 here", short(w.f.Source(c)))
		if name == "REGEXP_REPLACE" && n == 2 {
			return nonEmpty("REGEXP_REPLACE(" + arg(0) + ", " + arg(1) + ", '')"), true
		}
		return name + "(" + w.args(c) + ")", true
	case name == "BITAND" && n == 2:
		return "(" + arg(0) + " & " + arg(1) + ")", true
	case name == "SYS_CONTEXT" && w.isAccount(c):
		w.report(c, "mysql-function", model.Low, "the account of TiDB that is logged in, in capitals")
		return "UPPER(SUBSTRING_INDEX(USER(), '@', 1))", true
	case name == "SYS_GUID" && n == 0:
		return "UNHEX(REPLACE(UUID(), '-', ''))", true
	case name == "EMPTY_CLOB" || name == "EMPTY_BLOB":
		return "''", true
	}
	if n == 0 && !c.Star && sameCalls[name] == "" {
		if ref := w.info.Ref(c.Fn.(*ast.Name)); ref.Builtin != "" {
			return w.niladic(c.Fn.(*ast.Name), ref, c), true
		}
	}
	return "", false
}

func positive(s string) bool {
	n, err := strconv.Atoi(s)
	return err == nil && n > 0
}

// decode compares with <=>, for which NULL is equal to NULL as in DECODE.
func (w *work) decode(c *ast.Call) string {
	x := w.expr(c.Args[0].X)
	if strings.Contains(x, param) {
		return w.refuse(c, "mysql-function", "DECODE of a host variable")
	}
	var b strings.Builder
	b.WriteString("CASE")
	i := 1
	for ; i+1 < len(c.Args); i += 2 {
		b.WriteString(" WHEN " + x + " <=> " + w.expr(c.Args[i].X) + " THEN " + w.expr(c.Args[i+1].X))
		w.mixed(c, c.Args[0].X, c.Args[i].X)
	}
	if i < len(c.Args) {
		b.WriteString(" ELSE " + w.expr(c.Args[i].X))
	}
	return b.String() + " END"
}

// substr: position 0 is 1 in Oracle and gives ” here; what is empty is NULL.
func (w *work) substr(c *ast.Call) string {
	from := w.expr(c.Args[1].X)
	switch s := w.f.Source(c.Args[1].X); {
	case s == "0":
		from = "1"
	case !positive(strings.TrimPrefix(s, "-")):
		if strings.Contains(from, param) {
			w.report(c, "mysql-empty-string", model.Low, "%s: position 0 is 1 in Oracle and gives '' here", short(w.f.Source(c)))
		} else {
			from = "IF(" + from + " = 0, 1, " + from + ")"
		}
	}
	list := "SUBSTRING(" + w.expr(c.Args[0].X) + ", " + from
	if len(c.Args) == 3 {
		list += ", " + w.expr(c.Args[2].X)
	}
	return nonEmpty(list + ")")
}

func (w *work) listagg(c *ast.Call) string {
	separator := ""
	if len(c.Args) == 2 {
		s, ok := w.constant(c.Args[1].X)
		if !ok {
			return w.refuse(c, "mysql-aggregate", "the separator of LISTAGG is no constant")
		}
		separator = s
	}
	if c.Over != nil {
		return w.refuse(c, "mysql-aggregate", "LISTAGG as a window function")
	}
	w.report(c, "mysql-aggregate", model.Medium, "GROUP_CONCAT cuts at group_concat_max_len where LISTAGG fails")
	s := "GROUP_CONCAT("
	if c.Distinct == token.DISTINCT {
		s += "DISTINCT "
	}
	s += w.expr(c.Args[0].X)
	if c.Within != nil && c.Within.OrderBy != nil {
		s += " ORDER BY " + w.orderItems(c.Within.OrderBy.Items, nil)
	}
	return s + " SEPARATOR " + quote.Text(separator) + ")"
}

// over writes the window of a function.
func (w *work) over(c *ast.Call) string {
	if c.Over == nil {
		return ""
	}
	return " OVER " + w.window(c.Over)
}

func (w *work) window(o *ast.Over) string {
	var list []string
	if o.Name != nil {
		if len(o.Partition) == 0 && o.OrderBy == nil && o.Frame == nil {
			return w.last(o.Name)
		}
		list = append(list, w.last(o.Name))
	}
	if len(o.Partition) > 0 {
		list = append(list, "PARTITION BY "+w.exprs(o.Partition))
	}
	if o.OrderBy != nil {
		list = append(list, "ORDER BY "+w.orderItems(o.OrderBy.Items, nil))
	}
	if f := o.Frame; f != nil {
		if f.Exclude != 0 || f.Unit == token.GROUPS {
			return w.refuse(f, "mysql-query-form", "%s", short(w.f.Source(f)))
		}
		s := f.Unit.String() + " "
		if f.To != nil {
			s += "BETWEEN " + w.bound(f.From) + " AND " + w.bound(f.To)
		} else {
			s += w.bound(f.From)
		}
		list = append(list, s)
	}
	return "(" + strings.Join(list, " ") + ")"
}

func (w *work) bound(b *ast.Bound) string {
	switch b.Kind {
	case token.UNBOUNDED:
		return "UNBOUNDED " + b.Dir.String()
	case token.CURRENT:
		return "CURRENT ROW"
	}
	return w.expr(b.X) + " " + b.Dir.String()
}
