package assess

import (
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	"landfall/internal/model"
)

func sample() *Result {
	id := func(k model.ObjectKind, n string) model.ObjectID {
		return model.NewObjectID(k, model.CatalogName("INS", n))
	}
	pkg := id(model.KindPackageBody, "PKG")
	return &Result{
		Inputs: []Input{{Name: "b.sql", Bytes: 10, Lines: 3, Statements: 2, Parsed: 1}, {Name: "a.sql", Bytes: 5, Lines: 2, Statements: 1, Parsed: 1}},
		Objects: []Object{
			{ID: pkg, Kind: model.KindPackageBody, Schema: "INS", Name: "PKG", Lines: 100, Rung: model.RungConverted},
			{ID: id(model.KindTable, "T1"), Kind: model.KindTable, Schema: "INS", Name: "T1", Lines: 10, Rung: model.RungRead},
			{ID: id(model.KindTable, "T2"), Kind: model.KindTable, Schema: "INS", Name: "T2", Lines: 20, Rung: model.RungRead, Refused: true},
			{ID: id(model.KindView, "V"), Kind: model.KindView, Schema: "INS", Name: "V", Lines: 5},
		},
		Findings: []model.Finding{
			{Code: "CV0101", Severity: model.Info, Object: pkg.Member(model.NewIdent("f"), 1), Pos: model.Pos{File: "b.sql", Line: 3}, Message: "x"},
			{Code: "CV0101", Severity: model.Info, Object: pkg.Member(model.NewIdent("g"), 2), Pos: model.Pos{File: "b.sql", Line: 2}, Message: "x"},
			{Code: "CV0900", Severity: model.High, Effort: model.Manual, Object: pkg, Pos: model.Pos{File: "b.sql", Line: 1}, Message: "y"},
			{Code: "CV0101", Severity: model.Low, Effort: model.Review, Object: id(model.KindTable, "T1"), Pos: model.Pos{File: "a.sql", Line: 1}, Message: "z"},
		},
		Rules: []RuleUse{{Code: "CV0900"}, {Code: "CV0101"}},
	}
}

func TestFinish(t *testing.T) {
	r := sample()
	r.Finish()
	sum := r.Totals.Refused
	for _, c := range r.Totals.Rungs {
		sum += c.Objects
	}
	if sum != r.Totals.Objects || sum != 4 {
		t.Errorf("rungs + refused = %d, objects = %d", sum, r.Totals.Objects)
	}
	if got, want := r.Rules[0], (RuleUse{Code: "CV0101", Count: 3, Objects: 2}); got != want {
		t.Errorf("rule %+v, want %+v", got, want)
	}
	want := []Score{{Name: ScoreObjects, Part: 1, Of: 4}, {Name: ScoreLines, Part: 10, Of: 135}, {Name: ScoreStatements, Part: 2, Of: 3}}
	if diff := cmp.Diff(want, r.Totals.Scores); diff != "" {
		t.Error(diff)
	}
	for _, o := range r.Objects {
		if o.Name == "PKG" && (o.Findings != SeverityCounts{High: 1, Info: 2} || o.Effort != model.Manual) {
			t.Errorf("findings of members do not count for their package: %+v", o)
		}
	}
}

// TestOrderOfInputDoesNotMatter shuffles everything that goroutines could deliver in any order.
func TestOrderOfInputDoesNotMatter(t *testing.T) {
	want := sample()
	want.Finish()
	for seed := range uint64(20) {
		rng := rand.New(rand.NewPCG(seed, 1))
		got := sample()
		rng.Shuffle(len(got.Inputs), func(i, j int) { got.Inputs[i], got.Inputs[j] = got.Inputs[j], got.Inputs[i] })
		rng.Shuffle(len(got.Objects), func(i, j int) { got.Objects[i], got.Objects[j] = got.Objects[j], got.Objects[i] })
		rng.Shuffle(len(got.Findings), func(i, j int) { got.Findings[i], got.Findings[j] = got.Findings[j], got.Findings[i] })
		rng.Shuffle(len(got.Rules), func(i, j int) { got.Rules[i], got.Rules[j] = got.Rules[j], got.Rules[i] })
		got.Finish()
		got.Finish()
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("seed %d: %s", seed, diff)
		}
	}
}

func TestScoreRoundsDown(t *testing.T) {
	for _, c := range []struct {
		s    Score
		want float64
	}{{Score{Part: 0, Of: 0}, 100}, {Score{Part: 9999, Of: 10000}, 99.9}, {Score{Part: 1, Of: 3}, 33.3}, {Score{Part: 7, Of: 7}, 100}} {
		if got := c.s.Percent(); got != c.want {
			t.Errorf("%d of %d = %v, want %v", c.s.Part, c.s.Of, got, c.want)
		}
	}
}
