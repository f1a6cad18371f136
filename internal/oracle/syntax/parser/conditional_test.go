package parser_test

import (
	"strings"
	"testing"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/parser"
	"landfall/internal/oracle/syntax/token"
)

func TestConditionalCompilationSelectsTheBranch(t *testing.T) {
	for _, c := range []struct {
		cond string
		opt  parser.Options
		want bool
	}{
		{"true", parser.Options{}, true},
		{"false or null", parser.Options{}, false},
		{"not null", parser.Options{}, false},
		{"$$debug", parser.Options{}, false},
		{"$$debug", parser.Options{CCFlags: map[string]string{"DEBUG": "true"}}, true},
		{"$$Level >= 3", parser.Options{CCFlags: map[string]string{"level": "3"}}, true},
		{"$$level >= 3", parser.Options{}, false},
		{"$$edition = 'SE'", parser.Options{CCFlags: map[string]string{"edition": "'SE'"}}, true},
		{"$$x is null and $$x is not null", parser.Options{}, false},
		{"dbms_db_version.version = 19", parser.Options{}, true},
		{"dbms_db_version.version = 23 and dbms_db_version.release = 4", parser.Options{Version: 23, Release: 4}, true},
		{"dbms_db_version.ver_le_12", parser.Options{Version: 12, Release: 2}, true},
		{"dbms_db_version.ver_le_12_1", parser.Options{Version: 12, Release: 2}, false},
		{"sys.dbms_db_version.ver_le_18", parser.Options{}, false},
		{"(1 + 1 = 2) and not (2 < 1 or 'a' <> 'a')", parser.Options{}, true},
		{"$$plsql_optimize_level > 1 and $$plsql_code_type = 'INTERPRETED'", parser.Options{}, true},
		{"false and pkg.unknown", parser.Options{}, false},
	} {
		src := "begin $if " + c.cond + " $then yes; $else no; $end end;\n/\n"
		f := parser.Parse("", []byte(src), c.opt)
		if len(f.Errors) > 0 {
			t.Errorf("%s: %s", c.cond, f.Errors[0].Msg)
			continue
		}
		var active []string
		for i := range f.Significant(ast.Span{Hi: uint32(len(f.Tokens))}) {
			active = append(active, f.Text(i))
		}
		text := strings.Join(active, " ")
		if want := map[bool]string{true: "begin yes ; end ; /", false: "begin no ; end ; /"}[c.want]; text != want {
			t.Errorf("%s: %s", c.cond, text)
		}
		for _, tok := range f.Tokens {
			if tok.Kind == token.Directive && tok.Flags&token.FlagInactive == 0 {
				t.Errorf("%s: a directive is active", c.cond)
			}
		}
	}
}
