package printer_test

import (
	"strings"
	"testing"

	"landfall/internal/oracle/syntax/parser"
	"landfall/internal/oracle/syntax/printer"
)

func TestChainsPrintBack(t *testing.T) {
	for _, src := range []string{
		"select a + b * c - (d || e) || f from t;",
		"select 0" + strings.Repeat(" + a", 100_000) + " from t;",
		"begin x := case y when < 5, 7 then 1 when > a + b + c then 2 end; end;\n/\n",
	} {
		f := parser.Parse("", []byte(src), parser.Options{})
		if len(f.Errors) > 0 {
			t.Errorf("%.40s: %s", src, f.Errors[0].Msg)
		}
		if out, err := printer.Print(f); err != nil || string(out) != src {
			t.Errorf("%.40s: prints as %.40s, %v", src, out, err)
		}
	}
}

func TestCheckerSeesEveryStatement(t *testing.T) {
	src := "select 1 from dual;\nbegin null; end;\n/\nprompt x\n"
	f := parser.Parse("", []byte(src), parser.Options{})
	c := printer.NewChecker(f)
	for _, s := range f.Stmts {
		if err := c.Between(s); err != nil {
			t.Error(err)
		}
		if err := c.Stmt(s); err != nil {
			t.Error(err)
		}
	}
	if err := c.Between(nil); err != nil {
		t.Error(err)
	}
	c = printer.NewChecker(f)
	if err := c.Between(f.Stmts[1]); err == nil {
		t.Error("a statement that was left out goes unnoticed")
	}
}
