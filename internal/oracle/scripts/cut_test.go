package scripts

import (
	"testing"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/parser"
)

// TestCut reads sources that end in the middle of a word: whatever the parser makes of them, the rest holds and
// every statement that is left over is accounted for.
func TestCut(t *testing.T) {
	est := loadInsurance(t, Options{})
	step := 9
	if testing.Short() {
		step = 60
	}
	for i := 0; i < len(est.Files); i += step {
		src := est.Files[i].Parsed.Src
		for _, share := range []int{1, 3, 5, 7, 8} {
			cut := src[:len(src)*share/9]
			good := parser.Parse("good.sql", []byte("CREATE TABLE hr.good (a NUMBER);"), parser.Options{})
			f := parser.Parse("cut.sql", cut, parser.Options{})
			got := FromFiles([]*ast.File{f, good}, Options{})
			if got.Catalog.Find("TABLE", "HR", "GOOD") == nil {
				t.Fatalf("%s cut at %d disturbs another file", est.Files[i].Name, len(cut))
			}
			bad := 0
			for _, u := range got.Units {
				if u.Err != nil {
					bad++
				}
			}
			if len(f.Errors) > 0 && bad == 0 {
				t.Errorf("%s cut at %d: no statement has the error %q", est.Files[i].Name, len(cut), f.Errors[0].Msg)
			}
		}
	}
}
