package mysql

import (
	"strings"
	"time"

	"landfall/internal/model"
	"landfall/internal/mysql/quote"
	"landfall/internal/oracle/syntax/ast"
)

// TiDB takes a few expressions as defaults and no others (TiDB documentation, "Default Values": specify expressions as default
// values, from v8.0 on).
const (
	accountDefault = "(UPPER(SUBSTRING_INDEX(USER(), '@', 1)))"
	todayDefault   = "(DATE_FORMAT(NOW(), '%Y-%m-%d'))"
)

// defaultExpression writes a default that is one of those expressions.
func (w *work) defaultExpression(c *ast.ColumnDef, e ast.Expr, to string) (string, bool) {
	text := strings.HasPrefix(to, "VARCHAR") || strings.HasPrefix(to, "CHAR")
	name := w.f.Last(c.Name)
	switch {
	case text && w.isAccount(e):
		w.report(e, "mysql-default", model.Low, "column %s: the account of TiDB that is logged in, in capitals", name)
		return " DEFAULT " + accountDefault, true
	case strings.HasPrefix(to, "DATETIME") && w.isToday(e):
		w.report(e, "mysql-sysdate", model.Info, "the day is that of the session's time zone, SYSDATE's that of the host")
		return " DEFAULT " + todayDefault, true
	case (w.isCall(e, "SYS_GUID") || w.isCall(e, "RAWTOHEX") && w.isCall(ast.Unparen(e).(*ast.Call).Args[0].X, "SYS_GUID")) && text:
		w.report(e, "mysql-default", model.Low, "column %s: the values are of another form than those of SYS_GUID, and as unique", name)
		return " DEFAULT (REPLACE(UPPER(UUID()), '-', ''))", true
	case w.isCall(e, "SYS_GUID") && strings.HasPrefix(to, "VARBINARY"):
		w.report(e, "mysql-default", model.Low, "column %s: the values are of another form than those of SYS_GUID, and as unique", name)
		return " DEFAULT (UUID_TO_BIN(UUID()))", true
	}
	return "", false
}

// isAccount reports whether an expression is the name of the account: USER, SYS_CONTEXT('USERENV', 'SESSION_USER').
func (w *work) isAccount(e ast.Expr) bool {
	if n, ok := ast.Unparen(e).(*ast.Name); ok {
		return w.f.NumParts(n) == 1 && w.f.Last(n) == "USER"
	}
	c, ok := ast.Unparen(e).(*ast.Call)
	if !ok || !w.isCall(e, "SYS_CONTEXT") || len(c.Args) < 2 {
		return false
	}
	space, ok1 := w.constant(c.Args[0].X)
	what, ok2 := w.constant(c.Args[1].X)
	what = strings.ToUpper(what)
	return ok1 && ok2 && strings.EqualFold(space, "USERENV") && (what == "SESSION_USER" || what == "CURRENT_USER")
}

// isToday reports whether an expression is TRUNC(SYSDATE).
func (w *work) isToday(e ast.Expr) bool {
	c, ok := ast.Unparen(e).(*ast.Call)
	if !ok || !w.isCall(e, "TRUNC") || len(c.Args) != 1 {
		return false
	}
	n, ok := ast.Unparen(c.Args[0].X).(*ast.Name)
	return ok && w.f.NumParts(n) == 1 && (w.f.Last(n) == "SYSDATE" || w.f.Last(n) == "CURRENT_DATE")
}

func (w *work) isCall(e ast.Expr, name string) bool {
	c, ok := ast.Unparen(e).(*ast.Call)
	if !ok {
		return false
	}
	n, ok := c.Fn.(*ast.Name)
	return ok && w.f.NumParts(n) == 1 && w.f.Last(n) == name
}

// boundDate is a bound as DBMS_METADATA writes it: TO_DATE(' 2020-01-01 00:00:00', 'SYYYY-MM-DD HH24:MI:SS', 'NLS_CALENDAR=GREGORIAN').
func (w *work) boundDate(e ast.Expr) (string, bool) {
	c, ok := ast.Unparen(e).(*ast.Call)
	if !ok || !w.isCall(e, "TO_DATE") || len(c.Args) < 2 || len(c.Args) > 3 {
		return "", false
	}
	text, ok1 := w.constant(c.Args[0].X)
	mask, ok2 := w.constant(c.Args[1].X)
	if len(c.Args) == 3 {
		calendar, ok := w.constant(c.Args[2].X)
		ok1 = ok1 && ok && strings.EqualFold(calendar, "NLS_CALENDAR=GREGORIAN")
	}
	if !ok1 || !ok2 || !strings.EqualFold(mask, "SYYYY-MM-DD HH24:MI:SS") {
		return "", false
	}
	t, err := time.Parse(time.DateTime, strings.TrimSpace(text))
	if err != nil {
		return "", false
	}
	return quote.Text(t.Format(time.DateTime)), true
}
