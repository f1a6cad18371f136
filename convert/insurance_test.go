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

// TestInsurance converts the sample system whole and has it judged by a real server: what was once reached is not
// given up. The figures are shares, so that the sample may grow.
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
	t.Logf("%d objects: %+v, %d refused; ledger %+v", n.Objects.Total, n.Rungs, n.Refused, n.Ledger)
	if sum := n.Rungs.Unread + n.Rungs.Read + n.Rungs.Converted + n.Rungs.Accepted + n.Rungs.Compiled + n.Refused; sum != n.Objects.Total {
		t.Errorf("rungs and refused add up to %d of %d objects", sum, n.Objects.Total)
	}
	if sum := n.Ledger.Converted + n.Ledger.Changed + n.Ledger.Refused + n.Ledger.Ignored; sum != n.Statements {
		t.Errorf("the ledger has %d lines for %d statements", sum, n.Statements)
	}
	if n.Refused*50 > n.Objects.Total {
		t.Errorf("%d of %d objects are refused, more than 2 in 100", n.Refused, n.Objects.Total)
	}
	if low := n.Rungs.Unread + n.Rungs.Read + n.Rungs.Converted; low > 0 {
		t.Errorf("%d objects are neither refused nor accepted by the grammar", low)
	}
	if n.Rungs.Compiled*100 < n.Objects.Total*95 {
		t.Errorf("only %d of %d objects compile on the server", n.Rungs.Compiled, n.Objects.Total)
	}
	for _, o := range r.Objects {
		if !o.Standing.Refused && o.Standing.Rung < model.RungAccepted {
			t.Logf("%s is %s", o.ID, o.Standing.Rung)
		}
	}
}
