package convert_test

import (
	"context"
	"testing"

	"landfall/convert"
	"landfall/internal/model"
	"landfall/internal/oracle/scripts"
	"landfall/internal/postgres/grammar"
	"landfall/internal/postgres/scratch/pgtest"
)

// TestInsurance converts the sample system whole and has it judged by a real server: every object compiles with a clean
// check, or is refused with a code, or stops for want of an extension that the server does not have; at most 2 in 100 are
// refused.
func TestInsurance(t *testing.T) {
	if testing.Short() {
		t.Skip("creates 2,000 objects on a server")
	}
	ctx := context.Background()
	estate, err := scripts.Load(ctx, "../testdata/insurance", scripts.Options{KeepDropped: true})
	if err != nil {
		t.Fatal(err)
	}
	r, err := convert.Run(ctx, estate, convert.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Climb(ctx, convert.ClimbOptions{Grammar: grammar.New(), URL: pgtest.Server(t).URL("postgres"), Own: true}); err != nil {
		t.Fatal(err)
	}
	n := r.Totals
	t.Logf("%d objects: %+v, %d refused, %d in need of an extension; ledger %+v", n.Objects.Total, n.Rungs, n.Refused, n.NeedsExtension, n.Ledger)
	if sum := n.Rungs.Unread + n.Rungs.Read + n.Rungs.Converted + n.Rungs.Accepted + n.Rungs.Compiled + n.Refused; sum != n.Objects.Total {
		t.Errorf("rungs and refused add up to %d of %d objects", sum, n.Objects.Total)
	}
	if sum := n.Ledger.Converted + n.Ledger.Changed + n.Ledger.Refused + n.Ledger.Ignored; sum != n.Statements {
		t.Errorf("the ledger has %d lines for %d statements", sum, n.Statements)
	}
	if n.Refused*50 > n.Objects.Total {
		t.Errorf("%d of %d objects are refused, more than 2 in 100", n.Refused, n.Objects.Total)
	}
	t.Logf("%s: %d of %d objects compile; %v want an extension that is not there", r.Proof.Server, n.Rungs.Compiled, n.Objects.Total, r.Proof.Needs)
	pgtest.Extension(t, "orafce") // what prints or reads files, and all that stands on it, compiles with it only
	needs := 0
	for _, o := range r.Objects {
		switch {
		case o.Standing.Refused:
			if len(o.Codes) == 0 {
				t.Errorf("%s is refused without a code", o.ID)
			}
		case o.Standing.Rung >= model.RungCompiled:
		case o.Standing.Rung == model.RungAccepted && len(o.Needs) > 0:
			needs++
		default:
			t.Errorf("%s is %s: neither compiled, nor refused, nor in need of an extension", o.ID, o.Standing.Rung)
			for _, e := range r.Evidence {
				if e.Object == o.ID && !e.OK {
					t.Logf("  %s %s: %s", e.Pos, e.Check, e.Detail)
				}
			}
		}
	}
	if r.Proof.Late > 0 {
		t.Errorf("deploy.sql has %d outputs too early", r.Proof.Late)
	}
	if needs != n.NeedsExtension {
		t.Errorf("%d objects need an extension, the totals say %d", needs, n.NeedsExtension)
	}
}
