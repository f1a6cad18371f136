package rules

import (
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

var handlerKeepsWork = &Rule{
	Code: "CV0630", Name: "handler-keeps-work", Since: first, Group: groupPLSQL, Severity: model.Medium, Effort: model.Review,
	Before: `BEGIN DELETE FROM emp WHERE empno = 1; log_it(1); EXCEPTION WHEN OTHERS THEN log_it(2); END;
/`,
	After: `DO $$ BEGIN DELETE FROM emp WHERE empno = 1; BEGIN PERFORM 1; EXCEPTION WHEN OTHERS THEN PERFORM 2; END; END $$`,
	On:    []Matcher{Node(handlerKeepsWorkBlock)},
}

func handlerKeepsWorkBlock(p *Pass, b *ast.Block) {
	if len(b.Handlers) == 0 || !p.goesOn(b.Handlers) {
		return
	}
	writes := 0
	var at ast.Node
	for i, s := range b.Stmts {
		if i+1 < len(b.Stmts) && writesData(s) {
			if writes++; at == nil {
				at = s
			}
		}
	}
	if at != nil {
		p.Report(at, "an error in this block undoes only the failing statement in Oracle, and all changes since BEGIN in PostgreSQL; the handler goes on, so what was written here before is lost")
	}
}

// goesOn reports whether some handler does not end by raising.
func (p *Pass) goesOn(handlers []*ast.Handler) bool {
	for _, h := range handlers {
		if len(h.Stmts) == 0 {
			return true
		}
		switch last := h.Stmts[len(h.Stmts)-1].(type) {
		case *ast.Raise:
		case *ast.CallStmt:
			if c, ok := last.Call.(*ast.Call); !ok || !p.raises(c) {
				return true
			}
		default:
			return true
		}
		for _, s := range h.Stmts {
			if _, ok := s.(*ast.Rollback); ok {
				return true
			}
		}
	}
	return false
}

// raises reports whether a call raises an error for sure.
func (p *Pass) raises(c *ast.Call) bool {
	n, ok := c.Fn.(*ast.Name)
	return ok && strings.EqualFold(p.File.Source(n), "raise_application_error")
}

func writesData(s ast.Stmt) bool {
	return holds(s, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.Insert, *ast.Update, *ast.Delete, *ast.Merge, *ast.ForAll, *ast.MultiInsert:
			return true
		}
		return false
	})
}
