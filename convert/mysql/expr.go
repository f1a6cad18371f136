package mysql

import (
	"fmt"
	"strconv"
	"strings"

	"landfall/internal/model"
	"landfall/internal/mysql/quote"
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

func (w *work) class(e ast.Expr) resolve.TypeClass { return w.info.Type(e).Class }

func temporal(c resolve.TypeClass) bool {
	return c == resolve.ClassDate || c == resolve.ClassTimestamp
}

func textual(c resolve.TypeClass) bool {
	return c == resolve.ClassText || c == resolve.ClassChar || c == resolve.ClassNull
}

// expr writes an expression or condition. The tree holds the author's parentheses, and the operators that stay as they
// are bind as in Oracle; what becomes another form is a call, a CASE, or in parentheses.
func (w *work) expr(e ast.Expr) string {
	switch x := e.(type) {
	case nil:
		return ""
	case *ast.Name:
		return w.name(x)
	case *ast.Literal:
		return w.literal(x)
	case *ast.BindExpr:
		return w.bind(x.Lo)
	case *ast.Paren:
		if l, ok := ast.Unparen(x).(*ast.Literal); ok && l.Kind == ast.LitDefault {
			return w.expr(l)
		}
		return "(" + w.expr(x.X) + ")"
	case *ast.List:
		return "(" + w.exprs(x.Items) + ")"
	case *ast.Unary:
		return w.unary(x)
	case *ast.Binary:
		return w.binary(x)
	case *ast.Is:
		return w.is(x)
	case *ast.In:
		return w.in(x)
	case *ast.Between:
		return w.expr(x.X) + not(x.Not) + " BETWEEN " + w.expr(x.Low) + " AND " + w.expr(x.Top)
	case *ast.Like:
		return w.like(x)
	case *ast.Quantified:
		if _, ok := x.Set.(*ast.Subquery); !ok {
			return w.refuse(x, "mysql-query-form", "%s of a list", x.Quant)
		}
		return w.expr(x.X) + " " + operator(x.Op) + " " + x.Quant.String() + " " + w.expr(x.Set)
	case *ast.Exists:
		return "EXISTS (" + w.query(x.Query) + ")"
	case *ast.Case:
		return w.caseOf(x)
	case *ast.Subquery:
		return "(" + w.query(x.Query) + ")"
	case *ast.Call:
		return w.call(x)
	case *ast.Cast:
		return w.cast(x)
	case *ast.Extract:
		return w.extract(x)
	case *ast.OuterMark:
		return w.expr(x.X)
	}
	return w.refuse(e, "mysql-query-form", "no form is known for %s", short(w.f.Source(e)))
}

func (w *work) exprs(list []ast.Expr) string {
	var texts []string
	for _, e := range list {
		texts = append(texts, w.expr(e))
	}
	return strings.Join(texts, ", ")
}

func not(is bool) string {
	if is {
		return " NOT"
	}
	return ""
}

// bind marks a host variable by its token: only the finished text tells the order of the parameters. Each place is a
// parameter of its own.
func (w *work) bind(tok uint32) string { return param + strconv.Itoa(int(tok)) + param }

func (w *work) literal(x *ast.Literal) string {
	switch x.Kind {
	case ast.LitNumber:
		s := strings.TrimRight(strings.ToLower(w.f.Source(x)), "fd")
		if strings.HasPrefix(s, ".") {
			s = "0" + s
		}
		return s
	case ast.LitString:
		s, ok := w.text(x)
		switch {
		case !ok:
			return w.refuse(x, "mysql-query-form", "the literal %s could not be read", short(w.f.Source(x)))
		case s == "":
			w.report(x, "mysql-empty-string", model.Low, "'' is NULL in Oracle: NULL")
			return "NULL"
		}
		return quote.Text(s)
	case ast.LitNull, ast.LitTrue, ast.LitFalse, ast.LitDefault:
		return strings.ToUpper(w.f.Source(x))
	case ast.LitDate, ast.LitTimestamp:
		return w.dateLiteral(x)
	}
	return w.refuse(x, "mysql-no-type", "%s: there are no intervals", short(w.f.Source(x)))
}

// text is the value of a text literal.
func (w *work) text(x *ast.Literal) (string, bool) {
	if x.Hi-x.Lo != 1 {
		return "", false
	}
	return w.tokenText(x.Lo)
}

func (w *work) tokenText(tok uint32) (string, bool) {
	t := w.f.Tokens[tok]
	s := strings.ReplaceAll(w.f.Text(tok), "\r\n", "\n")
	if t.Flags&(token.FlagUnclosed|token.FlagSubst) != 0 {
		return "", false
	}
	switch t.Kind {
	case token.NString:
		s = s[1:]
		fallthrough
	case token.String:
		if len(s) >= 2 {
			return strings.ReplaceAll(s[1:len(s)-1], "''", "'"), true
		}
	case token.QString:
		if i := strings.IndexByte(s, '\''); i >= 0 && len(s) >= i+4 && s[i+1] < 0x80 {
			return s[i+2 : len(s)-2], true
		}
	}
	return "", false
}

// constant is the value of a text literal, whatever parentheses stand around it.
func (w *work) constant(e ast.Expr) (string, bool) {
	if l, ok := ast.Unparen(e).(*ast.Literal); ok && l.Kind == ast.LitString {
		return w.text(l)
	}
	return "", false
}

func (w *work) unary(x *ast.Unary) string {
	switch {
	case x.Op.Kind == token.Minus:
		s := w.expr(x.X)
		if strings.HasPrefix(s, "-") {
			s = "(" + s + ")"
		}
		return "-" + s
	case x.Op.Kind == token.Plus:
		return w.expr(x.X)
	case x.Op.Kw == token.NOT:
		return "NOT " + w.expr(x.X)
	}
	return w.refuse(x, "mysql-connect-by", "%s", short(w.f.Source(x)))
}

func operator(t token.Token) string {
	switch t.Kind {
	case token.EQ:
		return "="
	case token.NE:
		return "<>"
	case token.LT:
		return "<"
	case token.GT:
		return ">"
	case token.LE:
		return "<="
	case token.GE:
		return ">="
	case token.Plus:
		return "+"
	case token.Minus:
		return "-"
	case token.Star:
		return "*"
	}
	return ""
}

func (w *work) binary(x *ast.Binary) string {
	switch x.Op.Kw {
	case token.AND, token.OR:
		return w.logical(x)
	}
	switch x.Op.Kind {
	case token.Concat:
		return w.concat(x)
	case token.Slash:
		w.report(x, "mysql-division", model.Medium, "a quotient has four digits more than %s has, and NULL instead of an error where the divisor is 0", short(w.f.Source(x.X)))
		return w.operand(x.X) + " / " + w.operand(x.Y)
	case token.Power:
		return "POWER(" + w.expr(x.X) + ", " + w.expr(x.Y) + ")"
	case token.Plus, token.Minus:
		a, b := w.class(x.X), w.class(x.Y)
		if temporal(a) || temporal(b) {
			return w.dateArithmetic(x, a, b)
		}
	}
	op := operator(x.Op)
	if op == "" {
		return w.refuse(x, "mysql-query-form", "no form is known for the operator in %s", short(w.f.Source(x)))
	}
	if op == "=" || op == "<>" || op == "<" || op == ">" || op == "<=" || op == ">=" {
		w.mixed(x, x.X, x.Y)
	}
	y := w.expr(x.Y)
	if strings.HasPrefix(y, "-") && op == "-" {
		y = " " + y
	}
	return w.expr(x.X) + " " + op + " " + strings.TrimPrefix(y, " ")
}

// operand keeps an operand that has become another form than the source's in one piece.
func (w *work) operand(e ast.Expr) string { return w.expr(e) }

// mixed reports comparisons of texts with numbers: Oracle converts the text and fails where it is no number; here both
// become floating point.
func (w *work) mixed(n ast.Node, a, b ast.Expr) {
	ca, cb := w.class(a), w.class(b)
	number := func(c resolve.TypeClass) bool {
		return c == resolve.ClassNumber || c == resolve.ClassInteger || c == resolve.ClassBinary
	}
	plainText := func(c resolve.TypeClass) bool { return c == resolve.ClassText || c == resolve.ClassChar }
	switch {
	case number(ca) && plainText(cb), plainText(ca) && number(cb):
		w.report(n, "mysql-conversion", model.Medium, "%s compares a text with a number: both become floating point here, and a text that is no number is 0", short(w.f.Source(n)))
	case temporal(ca) && plainText(cb), plainText(ca) && temporal(cb):
		w.report(n, "mysql-conversion", model.High, "%s compares a text with a date: the text has to be in the form of ISO 8601 here, in that of NLS_DATE_FORMAT in Oracle", short(w.f.Source(n)))
	}
}

// logical writes AND and OR; chains may be long, so that the left side is no nested call.
func (w *work) logical(x *ast.Binary) string {
	var right []string
	var e ast.Expr = x
	for {
		b, ok := e.(*ast.Binary)
		if !ok || b.Op.Kw != x.Op.Kw {
			break
		}
		right = append(right, w.expr(b.Y))
		e = b.X
	}
	var b strings.Builder
	b.WriteString(w.expr(e))
	for i := len(right) - 1; i >= 0; i-- {
		b.WriteString(" " + x.Op.Kw.String() + " " + right[i])
	}
	return b.String()
}

// concat writes ||: NULL is nothing in it, and nothing is NULL.
func (w *work) concat(x *ast.Binary) string {
	var parts []ast.Expr
	var e ast.Expr = x
	for {
		b, ok := ast.Unparen(e).(*ast.Binary)
		if !ok || b.Op.Kind != token.Concat {
			parts = append(parts, e)
			break
		}
		parts = append(parts, b.Y)
		e = b.X
	}
	var list []string
	certain := false
	for i := len(parts) - 1; i >= 0; i-- {
		p := parts[i]
		if s, ok := w.constant(p); ok {
			if s != "" {
				certain = true
				list = append(list, quote.Text(s))
			}
			continue
		}
		switch c := w.class(p); {
		case temporal(c):
			return w.refuse(p, "mysql-concat", "%s is a date: in which form it is written hangs on NLS_DATE_FORMAT", short(w.f.Source(p)))
		case !textual(c):
			if l, ok := ast.Unparen(p).(*ast.Literal); !ok || l.Kind != ast.LitNumber {
				w.report(p, "mysql-concat", model.Medium, "%s is no text: numbers are written with all digits of their scale here", short(w.f.Source(p)))
			}
		}
		if w.notNull(p) {
			certain = true
			list = append(list, w.expr(p))
		} else {
			list = append(list, "IFNULL("+w.expr(p)+", '')")
		}
	}
	s := "CONCAT(" + strings.Join(list, ", ") + ")"
	if !certain {
		s = "NULLIF(" + s + ", '')"
	}
	return s
}

// notNull reports whether an expression is known not to be NULL: a constant, or a column that is NOT NULL outside of
// outer joins.
func (w *work) notNull(e ast.Expr) bool {
	switch x := ast.Unparen(e).(type) {
	case *ast.Literal:
		if x.Kind == ast.LitString {
			s, ok := w.text(x)
			return ok && s != ""
		}
		return x.Kind != ast.LitNull && x.Kind != ast.LitDefault
	case *ast.Name:
		c := w.info.Ref(x).Column
		return c != nil && c.NotNull && !w.outerJoins()
	}
	return false
}

// outerJoins reports whether the statement has any outer join: columns of its tables may be NULL then.
func (w *work) outerJoins() bool {
	found := false
	ast.Walk(w.u.Stmt, func(n ast.Node) bool {
		switch x := n.(type) {
		case *ast.OuterMark:
			found = true
		case *ast.Join:
			found = found || x.Kind == token.LEFT || x.Kind == token.RIGHT || x.Kind == token.FULL || x.Kind == token.OUTER
		}
		return !found
	})
	return found
}

func (w *work) is(x *ast.Is) string {
	switch x.What {
	case token.NULL, token.TRUE, token.FALSE:
		return w.expr(x.X) + " IS" + not(x.Not) + " " + x.What.String()
	case token.JSON:
		if x.Opts == nil || strings.EqualFold(w.f.Source(x.Opts), "STRICT") {
			w.report(x, "mysql-check", model.Low, "JSON_VALID takes strict JSON alone: names without quotes and single quotes pass in Oracle")
			return strings.TrimSpace(not(x.Not)+" JSON_VALID(") + w.expr(x.X) + ")"
		}
	}
	return w.refuse(x, "mysql-query-form", "%s", short(w.f.Source(x)))
}

func (w *work) in(x *ast.In) string {
	set := w.expr(x.Set)
	if !strings.HasPrefix(set, "(") {
		set = "(" + set + ")"
	}
	return w.expr(x.X) + not(x.Not) + " IN " + set
}

func (w *work) like(x *ast.Like) string {
	if x.Op != token.LIKE {
		return w.refuse(x, "mysql-function", "%s", x.Op)
	}
	escape := " ESCAPE ''" // without ESCAPE Oracle has no escape character, and a backslash is one here
	if x.Escape != nil {
		escape = " ESCAPE " + w.expr(x.Escape)
	} else if s, ok := w.constant(x.Pattern); ok && !strings.Contains(s, `\`) {
		escape = ""
	}
	return w.expr(x.X) + not(x.Not) + " LIKE " + w.expr(x.Pattern) + escape
}

func (w *work) caseOf(x *ast.Case) string {
	var b strings.Builder
	b.WriteString("CASE")
	if x.Operand != nil {
		b.WriteString(" " + w.expr(x.Operand))
	}
	for _, wh := range x.Whens {
		if _, list := wh.Cond.(*ast.List); list {
			return w.refuse(wh, "mysql-query-form", "several values in one WHEN")
		}
		fmt.Fprintf(&b, " WHEN %s THEN %s", w.expr(wh.Cond), w.expr(wh.Then))
	}
	if x.Else != nil {
		b.WriteString(" ELSE " + w.expr(x.Else))
	}
	return b.String() + " END"
}

func (w *work) cast(x *ast.Cast) string {
	if x.Fn != token.CAST || x.Multiset != nil || x.Default != nil || len(x.Format) > 0 {
		return w.refuse(x, "mysql-function", "%s", short(w.f.Source(x)))
	}
	to := w.typeText(x, x.Type)
	base, args, _ := strings.Cut(to, "(")
	switch base {
	case "INT", "BIGINT":
		to = "SIGNED"
		if r := w.typeRef(x.Type); r.Precision != nil {
			to = fmt.Sprintf("DECIMAL(%d,0)", *r.Precision)
		}
	case "VARCHAR", "CHAR":
		to = "CHAR(" + args
	case "VARBINARY":
		to = "BINARY(" + args
	case "TIMESTAMP":
		to = "DATETIME(" + args
	case "DECIMAL", "DATETIME", "DOUBLE", "FLOAT", "JSON":
	default:
		return w.refuse(x, "mysql-function", "%s: no cast gives %s", short(w.f.Source(x)), to)
	}
	if textual(w.class(x.X)) && !strings.HasPrefix(to, "CHAR") {
		w.report(x, "mysql-conversion", model.Medium, "%s: a text that cannot be converted is 0 or NULL, no error", short(w.f.Source(x)))
	}
	if temporal(w.class(x.X)) && strings.HasPrefix(to, "CHAR") {
		return w.refuse(x, "mysql-format-mask", "%s: in which form the date is written hangs on NLS_DATE_FORMAT", short(w.f.Source(x)))
	}
	return "CAST(" + w.expr(x.X) + " AS " + to + ")"
}

func (w *work) extract(x *ast.Extract) string {
	switch x.Field.Kw {
	case token.YEAR, token.MONTH, token.DAY, token.HOUR, token.MINUTE:
		return "EXTRACT(" + x.Field.Kw.String() + " FROM " + w.expr(x.X) + ")"
	case token.SECOND:
		v := w.expr(x.X)
		return "(SECOND(" + v + ") + MICROSECOND(" + v + ") / 1000000)"
	}
	return w.refuse(x, "mysql-function", "%s", short(w.f.Source(x)))
}
