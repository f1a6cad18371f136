package witness

import (
	"context"
	"fmt"
	"strings"

	"landfall/convert"
	"landfall/internal/oracle/scripts"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/parser"
)

// converted is a statement as it is run.
type converted struct {
	parsed   *ast.File
	lead     int    // lines in front of it that set the session
	unread   string // why it cannot be read
	defines  bool   // it changes what there is, not rows
	outputs  []*convert.Output
	findings []string // codes and messages
	refused  string   // code of the refusal
}

// definition reports whether a statement changes the catalog, or the session for those that follow.
func definition(f *ast.File) bool {
	for _, s := range f.Stmts {
		switch s.(type) {
		case *ast.SelectStmt, *ast.Insert, *ast.MultiInsert, *ast.Update, *ast.Delete, *ast.Merge, *ast.Block, *ast.Labeled, *ast.CallStmt, *ast.SQLCall,
			*ast.PlusCommand, *ast.Commit, *ast.Rollback, *ast.Savepoint, *ast.SetTransaction, *ast.SetRole, *ast.SetConstraints, *ast.LockTable,
			*ast.Truncate, *ast.ExplainPlan, *ast.EmptyStmt, *ast.BadStmt:
		default:
			return true
		}
	}
	return false
}

// read parses one statement as a script of its own. Its name sorts it behind those before it.
func read(n int, text string) *converted {
	f := parser.Parse(fmt.Sprintf("s%05d.sql", n), []byte(text+"\n"), parser.Options{})
	c := &converted{parsed: f, defines: definition(f)}
	for _, e := range f.Errors {
		c.unread = e.Msg
		return c
	}
	for _, s := range f.Stmts {
		if _, bad := s.(*ast.BadStmt); bad {
			c.unread = "no statement of Oracle's"
		}
	}
	if len(f.Stmts) == 0 {
		c.unread = "nothing to run"
	}
	return c
}

// convertBehind converts statements, all but the first of which define nothing, behind what is there.
func convertBehind(ctx context.Context, there []*ast.File, batch []*converted) error {
	files := append([]*ast.File{}, there...)
	for _, c := range batch {
		files = append(files, c.parsed)
	}
	r, err := convert.Run(ctx, scripts.FromFiles(files, scripts.Options{}), convert.Options{SourceOrder: true})
	if err != nil {
		return err
	}
	by := map[string]*converted{}
	for _, c := range batch {
		by[c.parsed.Name] = c
	}
	for _, o := range r.Outputs {
		if c := by[o.Pos.File]; c != nil {
			c.outputs = append(c.outputs, o)
		}
	}
	for _, f := range r.Findings {
		if c := by[f.Pos.File]; c != nil && f.Pos.Line > c.lead {
			c.findings = append(c.findings, f.Code+" "+f.Message)
		}
	}
	for _, l := range r.Ledger {
		if c := by[l.Pos.File]; c != nil && l.Class == "refused" && !l.Part {
			c.refused = l.Code
		}
	}
	return nil
}

// sql is the text of all outputs.
func (c *converted) sql() string {
	var b strings.Builder
	for _, o := range c.outputs {
		b.WriteString(o.SQL)
	}
	return b.String()
}
