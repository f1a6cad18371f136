package gen

import (
	"strings"

	"landfall/convert/support"
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
)

// suppliedProc is a procedure of a supplied package. make gives the statement that stands for a call; values are what the
// parameters get, in their order, nil for one that is left out.
type suppliedProc struct {
	params string // names of the parameters, folded; one with "?" may be left out
	make   func(g *gen, x *ast.CallStmt, values []ast.Expr) string
}

// suppliedFunc is a function of a supplied package; make is as that of suppliedProc.
type suppliedFunc struct {
	params string
	make   func(g *gen, at ast.Node, values []ast.Expr) frag
}

// suppliedProcs and suppliedFuncs are the members of supplied packages that have a form in PostgreSQL.
var (
	suppliedProcs = map[string]suppliedProc{}
	suppliedFuncs = map[string]suppliedFunc{}
)

// suppliedRules name the rule of each package.
var suppliedRules = map[string]string{
	"DBMS_OUTPUT": "dbms-output", "DBMS_LOB": "dbms-lob", "DBMS_SQL": "dbms-sql", "DBMS_RANDOM": "dbms-random", "DBMS_LOCK": "dbms-lock",
	"DBMS_SESSION": "dbms-session", "DBMS_APPLICATION_INFO": "dbms-application-info", "DBMS_UTILITY": "dbms-utility", "DBMS_SCHEDULER": "jobs",
	"DBMS_JOB": "jobs", "DBMS_CRYPTO": "dbms-crypto", "DBMS_OBFUSCATION_TOOLKIT": "dbms-crypto", "DBMS_STATS": "dbms-stats", "DBMS_METADATA": "dbms-metadata",
	"DBMS_XMLGEN": "dbms-xml", "DBMS_XMLDOM": "dbms-xml", "DBMS_XMLPARSER": "dbms-xml", "DBMS_XSLPROCESSOR": "dbms-xml", "DBMS_AQ": "advanced-queuing", "DBMS_AQADM": "advanced-queuing",
	"DBMS_RLS": "row-level-security", "UTL_FILE": "utl-file", "UTL_RAW": "utl-raw", "UTL_ENCODE": "utl-raw", "UTL_COMPRESS": "utl-raw", "UTL_HTTP": "network", "UTL_SMTP": "network",
	"UTL_TCP": "network", "UTL_MAIL": "network", "UTL_INADDR": "network", "UTL_URL": "network", "UTL_I18N": "utl-i18n", "UTL_MATCH": "utl-match", "DBMS_ALERT": "alerts-pipes",
	"DBMS_PIPE": "alerts-pipes", "DBMS_MVIEW": "dbms-mview", "DBMS_SNAPSHOT": "dbms-mview", "DBMS_REFRESH": "dbms-mview", "DBMS_FLASHBACK": "dbms-flashback",
	"DBMS_ASSERT": "dbms-assert", "DBMS_ROWID": "dbms-rowid", "DBMS_TRANSACTION": "dbms-transaction", "HTP": "web-toolkit", "HTF": "web-toolkit", "OWA_UTIL": "web-toolkit",
}

// suppliedRule is the rule of the package that a member belongs to, by its folded name.
func suppliedRule(member string) string {
	pkg, _, _ := strings.Cut(member, ".")
	if r := suppliedRules[pkg]; r != "" {
		return r
	}
	return "other-package"
}

func init() {
	outputMembers()
	lobMembers()
	sessionMembers()
	rawMembers()
	cryptoMembers()
	xmlMembers()
	diutilMembers()
	for name, f := range suppliedFuncs {
		builtins[name] = func(g *gen, n *ast.Name, c *ast.Call) frag {
			values, ok := g.suppliedArgs(n, c, f.params)
			if !ok {
				if support.Has(ownName(name)) {
					return g.ownSupplied(n, c, name)
				}
				return g.refuse(whole(n, c), suppliedRule(name), "%s is called with arguments that are not known here", name)
			}
			return f.make(g, whole(n, c), values)
		}
	}
}

// suppliedStmt converts a call of a procedure of a supplied package as a statement.
func (g *gen) suppliedStmt(x *ast.CallStmt) string {
	n, _ := x.Call.(*ast.Name)
	c, _ := x.Call.(*ast.Call)
	if c != nil {
		n, _ = c.Fn.(*ast.Name)
	}
	name := g.ref(n).Builtin
	if s, ok := g.jsonStmt(x, n, c, name); ok {
		return s
	}
	if p, ok := suppliedProcs[name]; ok {
		values, ok := g.suppliedArgs(n, c, p.params)
		if !ok {
			g.refuse(x, suppliedRule(name), "%s is called with arguments that are not known here", name)
			return "NULL"
		}
		return p.make(g, x, values)
	}
	if builtins[name] != nil {
		return "PERFORM " + g.text(x.Call)
	}
	return g.otherSuppliedStmt(x)
}

// suppliedArgs puts the arguments of a call into the order of the parameters; ok is false when they do not fit.
func (g *gen) suppliedArgs(n *ast.Name, c *ast.Call, params string) (values []ast.Expr, ok bool) {
	names := strings.Fields(params)
	values = make([]ast.Expr, len(names))
	if c != nil {
		for i, a := range c.Args {
			k := i
			if a.Name != nil {
				k = -1
				for j, p := range names {
					if strings.TrimSuffix(p, "?") == g.f.Last(a.Name) {
						k = j
					}
				}
			}
			if k < 0 || k >= len(names) {
				return nil, false
			}
			values[k] = a.X
		}
	}
	for i, p := range names {
		if values[i] == nil && !strings.HasSuffix(p, "?") {
			return nil, false
		}
	}
	return values, true
}

// perform is a call of a function for its effect.
func (g *gen) perform(fn string, args ...string) string {
	return "PERFORM " + fn + "(" + strings.Join(args, ", ") + ")"
}

// nothing is a call that has no counterpart and needs none: it is left out.
func nothing(why string) func(g *gen, x *ast.CallStmt, _ []ast.Expr) string {
	return func(g *gen, x *ast.CallStmt, _ []ast.Expr) string {
		g.ignore(x, suppliedRule(g.suppliedName(x)), "%s: %s", g.what(x), why)
		return "NULL"
	}
}

func (g *gen) suppliedName(x *ast.CallStmt) string {
	switch e := x.Call.(type) {
	case *ast.Name:
		return g.ref(e).Builtin
	case *ast.Call:
		if n, ok := e.Fn.(*ast.Name); ok {
			return g.ref(n).Builtin
		}
	}
	return ""
}

// suppliedNote tells that a member of a supplied package became something of the same meaning.
func (g *gen) suppliedNote(at ast.Node, member, message string) {
	g.note(at, suppliedRule(member), message)
}

// shown is text that must not be NULL: what prints NULL prints nothing.
func (g *gen) shown(e ast.Expr) string {
	f := g.str(e)
	if f.notNull {
		return f.s
	}
	if f.typ == pgNull {
		return "''"
	}
	return "coalesce(" + f.s + ", '')"
}

// integerOr is a whole number that may be left out.
func (g *gen) integerOr(e ast.Expr, otherwise string) frag {
	if e == nil {
		return frag{s: otherwise, prec: precPrimary, typ: pgInteger, notNull: true}
	}
	return g.integer(e)
}

// isBytes reports whether a LOB is one of bytes.
func (g *gen) isBytes(e ast.Expr) bool {
	t := g.info.Type(e)
	return t.Class == resolve.ClassRaw || typeOf(t) == pgBytea
}
