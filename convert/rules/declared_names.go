package rules

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// declares makes matchers for the statements and columns that make a name which lives on in the target; check gets
// the name and what it is for.
func declares(check func(p *Pass, n *ast.Name, what string)) []Matcher {
	at := func(p *Pass, n *ast.Name, what string) {
		if n != nil {
			check(p, n, what)
		}
	}
	return []Matcher{
		Node(func(p *Pass, s *ast.CreateTable) { at(p, s.Name, "table") }),
		Node(func(p *Pass, s *ast.CreateView) { at(p, s.Name, "view") }),
		Node(func(p *Pass, s *ast.CreateMView) { at(p, s.Name, "materialized view") }),
		Node(func(p *Pass, s *ast.CreateIndex) { at(p, s.Name, "index") }),
		Node(func(p *Pass, s *ast.CreateSequence) { at(p, s.Name, "sequence") }),
		Node(func(p *Pass, s *ast.CreateSynonym) { at(p, s.Name, "synonym") }),
		Node(func(p *Pass, s *ast.CreateType) { at(p, s.Name, "type") }),
		Node(func(p *Pass, s *ast.CreatePackage) { at(p, s.Name, "package") }),
		Node(func(p *Pass, s *ast.CreateTrigger) { at(p, s.Name, "trigger") }),
		Node(func(p *Pass, s *ast.CreateRoutine) { at(p, s.Routine.Name, "routine") }),
		Node(func(p *Pass, c *ast.Constraint) { at(p, c.Name, "constraint") }),
		Node(func(p *Pass, c *ast.ColumnDef) {
			if action, ok := p.Parent(0).(*ast.AlterAction); ok && action.Verb != token.ADD {
				return
			}
			at(p, c.Name, "column")
		}),
	}
}
