package sqlplus

import (
	"fmt"
	"path"
	"strings"
	"testing"

	"landfall/internal/oracle/bundle"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/parser"
	"landfall/internal/oracle/syntax/printer"
)

// sets are the kinds of script sets that are looked at.
var sets = map[string]Options{
	"all":     {},
	"schemas": {Schemas: []string{"ERP", "CRM", "客户", `A'B&C`}, Diagnostics: Yes, Statspack: Yes, Audit: Yes, Days: 7, Minutes: 5},
	"pdb":     {Container: "ERPPDB", Diagnostics: No, Statspack: No, Audit: No},
}

// TestEveryStatementParses holds that our own parser reads every statement and SQL*Plus command of every script.
func TestEveryStatementParses(t *testing.T) {
	for name, opt := range sets {
		statements, commands := 0, 0
		for _, f := range Scripts(opt) {
			if path.Ext(f.Name) != ".sql" {
				continue
			}
			parsed := parser.Parse(f.Name, []byte(f.Text), parser.Options{})
			for _, e := range parsed.Errors {
				t.Errorf("%s: %s: %s", name, parsed.OffsetPos(e.Off), e.Msg)
			}
			for _, s := range parsed.Stmts {
				switch s := s.(type) {
				case *ast.BadStmt:
					t.Errorf("%s: %s: a statement that cannot be read: %.200s", name, parsed.Pos(s), parsed.Source(s))
				case *ast.PlusCommand:
					commands++
				default:
					statements++
				}
				if err := printer.Check(parsed, s); err != nil {
					t.Errorf("%s: %s: %v", name, parsed.Pos(s), err)
				}
			}
		}
		t.Logf("%s: %d statements, %d commands", name, statements, commands)
		if statements < 300 {
			t.Errorf("%s: only %d statements", name, statements)
		}
	}
}

// TestQueriesInBlocksParse looks into the text that blocks hand to DBMS_SQL.
func TestQueriesInBlocksParse(t *testing.T) {
	seen := 0
	for name, opt := range sets {
		for _, f := range Scripts(opt) {
			_, rest, ok := strings.Cut(f.Text, "q'~")
			if !ok {
				continue
			}
			query, _, _ := strings.Cut(rest, "~'")
			seen++
			parsed := parser.Parse(f.Name, []byte(query+";"), parser.Options{})
			for _, e := range parsed.Errors {
				t.Errorf("%s: %s: %s", name, parsed.OffsetPos(e.Off), e.Msg)
			}
			if len(parsed.Stmts) != 1 {
				t.Errorf("%s: %s: %d statements", name, f.Name, len(parsed.Stmts))
			}
		}
	}
	if seen < 30 {
		t.Errorf("only %d queries seen", seen)
	}
}

// TestSQLPlusTakesTheText holds the limits of SQL*Plus: ASCII, short lines, short values of DEFINE, no blank line that would
// end a statement, and no ampersand but those of variables that are defined.
func TestSQLPlusTakesTheText(t *testing.T) {
	for name, opt := range sets {
		for _, f := range Scripts(opt) {
			for i, line := range strings.Split(f.Text, "\n") {
				where := fmt.Sprintf("%s: %s:%d", name, f.Name, i+1)
				for _, c := range []byte(line) {
					if c >= 0x80 {
						t.Errorf("%s is not ASCII", where)
						break
					}
				}
				if len(line) > 2400 {
					t.Errorf("%s has %d bytes", where, len(line))
				}
				if strings.HasPrefix(line, "DEFINE ") && len(line) > 240 {
					t.Errorf("%s: a value longer than old SQL*Plus takes", where)
				}
				if path.Ext(f.Name) != ".sql" {
					continue
				}
				for rest := line; ; {
					_, after, ok := strings.Cut(rest, "&")
					if !ok {
						break
					}
					if !strings.HasPrefix(after, "lf_") && !strings.HasPrefix(after, "1") && !strings.HasPrefix(after, "2") && line != "SET DEFINE '&'" {
						t.Errorf("%s: a variable of nobody: %s", where, line)
					}
					rest = after
				}
			}
		}
	}
}

// TestEveryFileIsReached follows the scripts from collect.sql: every file that is named is there, and every script is named.
func TestEveryFileIsReached(t *testing.T) {
	files := map[string]string{}
	for _, f := range Scripts(sets["pdb"]) {
		files[f.Name] = f.Text
	}
	used := map[string]bool{"collect.sql": true, "grants.sql": true}
	for name, text := range files {
		for _, line := range strings.Split(text, "\n") {
			if target, ok := strings.CutPrefix(line, "@"); ok && path.Ext(name) == ".sql" && !strings.Contains(target, "&") {
				target, _, _ = strings.Cut(target, " ")
				used[target] = true
				if _, there := files[target]; !there {
					t.Errorf("%s runs %s, which is not there", name, target)
				}
			}
			for _, quoted := range strings.Split(line, "'") {
				if strings.HasPrefix(quoted, "x/") || strings.HasPrefix(quoted, "lib/") {
					used[quoted+".sql"] = true
				}
				if strings.HasPrefix(quoted, "@x/") {
					target, _, _ := strings.Cut(quoted[1:], " ")
					used[target] = true
				}
			}
			if next, ok := strings.CutPrefix(line, "DEFINE lf_next = "); ok {
				used[next+".sql"] = true
			}
		}
	}
	for i := range bundle.Registry() {
		if e := &bundle.Registry()[i]; collected(e) {
			used["x/"+e.Name+".sql"], used["state/"+e.Name+".sql"] = true, true
			if !strings.Contains(files["collect.sql"], "@lib/step.sql "+e.Name+" ") {
				t.Errorf("collect.sql leaves %s out", e.Name)
			}
		}
	}
	for name := range files {
		if path.Ext(name) == ".sql" && !used[name] {
			t.Errorf("nothing runs %s", name)
		}
	}
}

// TestPaidViewsAreAskedFor holds that a view of a paid pack stands only in extracts that are asked for.
func TestPaidViewsAreAskedFor(t *testing.T) {
	paid := 0
	for i := range bundle.Registry() {
		e := &bundle.Registry()[i]
		for _, v := range variants(e) {
			for _, view := range v.views() {
				if !strings.HasPrefix(view, "dba_hist_") && !strings.Contains(view, "active_session_history") && !strings.HasPrefix(view, "dba_advisor") {
					continue
				}
				paid++
				if e.Pack != bundle.Diagnostics {
					t.Errorf("%s reads %s without asking", e.Name, view)
				}
			}
		}
	}
	if paid < 5 {
		t.Errorf("only %d paid views seen", paid)
	}
}

func TestOnlySchemasAskedFor(t *testing.T) {
	for _, f := range Scripts(Options{Schemas: []string{"ERP", "客户"}}) {
		if strings.HasPrefix(f.Name, "x/tables.dba.") && !strings.Contains(f.Text, `t.owner IN ('ERP', UNISTR('\5BA2\6237'))`) {
			t.Errorf("%s: no filter by schema:\n%s", f.Name, f.Text)
		}
	}
}
