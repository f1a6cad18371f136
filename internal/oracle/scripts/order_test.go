package scripts

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/parser"
	"landfall/internal/oracle/syntax/token"
)

// TestOrder cuts the insurance sample into one file a statement and gives the files names in random order: the
// catalog must be the same. Left out is what contradicts another statement, so that its order is its meaning: a
// REVOKE, and triggers that are switched off and on again.
func TestOrder(t *testing.T) {
	est := loadInsurance(t, Options{})
	units := slices.DeleteFunc(slices.Clone(est.Units), func(u *Unit) bool {
		switch s := u.Stmt.(type) {
		case *ast.AlterSession:
			return true
		case *ast.Grant:
			return s.Revoke
		case *ast.Alter:
			return s.Kind == token.TRIGGER
		}
		return u.Class == ClassQuery || u.Class == ClassDML || u.Class == ClassTCL
	})
	cut := func() *Estate {
		var files []*ast.File
		for i, u := range units {
			text := "SET DEFINE OFF\n"
			if u.Schema != "" {
				text += "ALTER SESSION SET CURRENT_SCHEMA = " + model.CatalogIdent(u.Schema).String() + ";\n"
			}
			text += u.Text() + "\n/\n"
			files = append(files, parser.Parse(fmt.Sprintf("%05d.sql", i), []byte(text), parser.Options{}))
		}
		return FromFiles(files, Options{})
	}
	want := dump(cut().Catalog, false)
	for seed := range uint64(3) {
		rnd := rand.New(rand.NewPCG(seed, 1))
		rnd.Shuffle(len(units), func(i, j int) { units[i], units[j] = units[j], units[i] })
		if diff := cmp.Diff(want, dump(cut().Catalog, false)); diff != "" {
			t.Fatalf("seed %d (-as is +shuffled):\n%s", seed, diff)
		}
	}
}

// TestJobs reads the sample with different numbers of workers: not a byte may differ.
func TestJobs(t *testing.T) {
	var first string
	for _, jobs := range []int{1, 2, 7} {
		est := loadInsurance(t, Options{Jobs: jobs})
		j, err := json.Marshal(est.Catalog)
		if err != nil {
			t.Fatal(err)
		}
		got := string(j) + unitText(est) + problemText(est)
		if first == "" {
			first = got
		}
		if got != first {
			t.Fatalf("%d jobs give another result than 1", jobs)
		}
	}
}

func TestIDsAreUnique(t *testing.T) {
	est := loadInsurance(t, Options{})
	seen := map[model.ObjectID]model.Pos{}
	for _, o := range est.Catalog.Objects {
		ids := []model.ObjectID{o.ID()}
		if o.Package != nil {
			for _, r := range o.Package.Routines {
				ids = append(ids, o.ID().Member(model.CatalogIdent(r.Name), r.Overload))
			}
		}
		for _, id := range ids {
			if at, ok := seen[id]; ok {
				t.Errorf("%s is the id of two things: %s and %s", id, at, o.Pos)
			}
			seen[id] = o.Pos
		}
	}
	for _, u := range est.Units {
		if _, ok := seen[u.Object]; u.Object != "" && !ok {
			t.Errorf("%s: no object %s", u.Pos, u.Object)
		}
	}
}
