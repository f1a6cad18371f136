package rules

import (
	"bytes"
	"reflect"
	"strings"
	"sync"

	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// builtinName is the folded name of what Oracle supplies under this name, "" when the name is known to be
// something else or stands where nothing is evaluated. A name of which nothing is known counts as the built-in.
func (p *Pass) builtinName(n *ast.Name) string {
	if n.Star || n.Link != 0 || n.Empty() {
		return ""
	}
	if n.Hi-n.Lo == 1 && p.File.Tokens[n.Lo].Kind != token.Ident {
		return "" // quoted: a name of the user's own
	}
	ref := p.Info.Ref(n)
	switch ref.Kind {
	case resolve.Builtin, resolve.Pseudo:
		if ref.Builtin != "" {
			return ref.Builtin
		}
		return p.File.Last(n)
	case resolve.Sequence:
		return p.File.Last(n)
	case resolve.Unknown:
	default:
		return ""
	}
	if n.Hi-n.Lo == 1 {
		t := p.File.Tokens[n.Lo]
		if p.names(n) {
			return ""
		}
		if t.Kw != 0 {
			return t.Kw.String()
		}
		return p.fold(n.Lo)
	}
	return p.qualifiedBuiltin(n)
}

// fold is the upper-case text of an unquoted token.
func (p *Pass) fold(tok uint32) string { return string(bytes.ToUpper(p.File.Bytes(tok))) }

// suppliedPrefixes begin the names of packages that Oracle supplies.
var suppliedPrefixes = []string{"DBMS_", "UTL_", "OWA_", "HTP", "HTF", "CTX_", "SDO_", "APEX_", "WPG_", "OWA"}

func (p *Pass) qualifiedBuiltin(n *ast.Name) string {
	last := p.File.Tokens[n.Hi-1]
	if last.Is(token.NEXTVAL) || last.Is(token.CURRVAL) {
		return last.Kw.String()
	}
	first := p.File.Tokens[n.Lo]
	if first.Kind != token.Ident {
		return ""
	}
	head := p.fold(n.Lo)
	if head != "SYS" && head != "STANDARD" && !suppliedByOracle(head) || p.names(n) {
		return ""
	}
	parts := p.File.Parts(n)
	if len(parts) > 1 && parts[0] == "SYS" {
		parts = parts[1:]
	}
	if len(parts) > 1 && (parts[0] == "STANDARD" || parts[0] == "DBMS_STANDARD") {
		parts = parts[1:]
	}
	if len(parts) > 1 && !suppliedByOracle(parts[0]) {
		return ""
	}
	return strings.Join(parts, ".")
}

func suppliedByOracle(name string) bool {
	for _, prefix := range suppliedPrefixes {
		if strings.HasPrefix(name, prefix) && (strings.HasSuffix(prefix, "_") || len(name) == len(prefix)) {
			return true
		}
	}
	return false
}

// names reports whether the name only names something (a table, an alias, a declaration, a target) instead of
// being evaluated: whatever its parent holds as a name and not as an expression, and targets of assignments.
func (p *Pass) names(n *ast.Name) bool {
	switch parent := p.Parent(0).(type) {
	case nil:
		return true
	case *ast.AssignStmt:
		return parent.Target == ast.Expr(n)
	case *ast.Assign:
		return parent.Target == ast.Expr(n)
	case *ast.Into:
		return true
	case *ast.Fetch:
		return parent.Cursor != ast.Expr(n) && parent.Limit != ast.Expr(n)
	case *ast.SessionSetting, *ast.Clause:
		return true
	default:
		return holdsAsName(parent, n)
	}
}

var (
	nameFields sync.Map // reflect.Type of a node struct -> []int, its fields of type *Name and []*Name
	nameType   = reflect.TypeFor[*ast.Name]()
	namesType  = reflect.TypeFor[[]*ast.Name]()
)

func holdsAsName(parent ast.Node, n *ast.Name) bool {
	v := reflect.ValueOf(parent).Elem()
	t := v.Type()
	cached, ok := nameFields.Load(t)
	if !ok {
		var fields []int
		for i := range t.NumField() {
			if ft := t.Field(i).Type; ft == nameType || ft == namesType {
				fields = append(fields, i)
			}
		}
		cached, _ = nameFields.LoadOrStore(t, fields)
	}
	for _, i := range cached.([]int) {
		switch f := v.Field(i).Interface().(type) {
		case *ast.Name:
			if f == n {
				return true
			}
		case []*ast.Name:
			for _, m := range f {
				if m == n {
					return true
				}
			}
		}
	}
	return false
}

// text is the source of a node on one line, cut for messages.
func (p *Pass) text(n ast.Node) string {
	const most = 60
	s := strings.Join(strings.Fields(p.File.Source(n)), " ")
	if r := []rune(s); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return s
}

// name is a name as the source writes it; "" for nil.
func (p *Pass) name(n *ast.Name) string {
	if n == nil {
		return ""
	}
	return p.text(n)
}
