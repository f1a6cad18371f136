package convert_test

import (
	"bytes"
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"landfall/convert"
	"landfall/internal/model"
	"landfall/internal/oracle/bundle"
	"landfall/internal/oracle/collect"
	"landfall/internal/oracle/dict"
	"landfall/internal/oracle/scripts"
)

// TestBundleConvertsAsItsScripts holds that the sample converts to the same text with the same findings and ledger whether
// it is read from its folder or from the bundle that was made of it.
func TestBundleConvertsAsItsScripts(t *testing.T) {
	ctx := context.Background()
	opt := scripts.Options{KeepDropped: true}
	folder, err := scripts.Load(ctx, "../testdata/insurance", opt)
	if err != nil {
		t.Fatal(err)
	}
	b := bundled(t, folder)
	back, err := dict.Estate(ctx, b, opt)
	if err != nil {
		t.Fatal(err)
	}
	want, got := converted(t, folder), converted(t, back)
	if d := cmp.Diff(texts(want), texts(got)); d != "" {
		t.Errorf("texts differ: %.2000s", d)
	}
	if d := cmp.Diff(want.Findings, got.Findings); d != "" {
		t.Errorf("findings differ: %.2000s", d)
	}
	if d := cmp.Diff(want.Ledger, got.Ledger); d != "" {
		t.Errorf("ledgers differ: %.2000s", d)
	}
	if len(want.Outputs) < 1000 {
		t.Errorf("only %d outputs compared", len(want.Outputs))
	}
}

func bundled(t *testing.T, estate *scripts.Estate) *bundle.Bundle {
	t.Helper()
	c, err := collect.Run(context.Background(), collect.NewFiles(estate, "insurance", time.Time{}, nil), collect.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var buf bytes.Buffer
	if err := bundle.Write(&buf, c); err != nil {
		t.Fatal(err)
	}
	b, err := bundle.Read("insurance.zip", bytes.NewReader(buf.Bytes()), int64(buf.Len()))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func converted(t *testing.T, estate *scripts.Estate) *convert.Result {
	t.Helper()
	r, err := convert.Run(context.Background(), estate, convert.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func texts(r *convert.Result) (list []string) {
	for _, o := range r.Outputs {
		list = append(list, o.SQL)
	}
	return list
}

// TestDefinitionsConvertAsTheirScripts converts the sample from what a database would tell of it (definitions and source, no
// scripts): every object that it has comes to the same standing.
func TestDefinitionsConvertAsTheirScripts(t *testing.T) {
	ctx := context.Background()
	folder, err := scripts.Load(ctx, "../testdata/insurance", scripts.Options{})
	if err != nil {
		t.Fatal(err)
	}
	c, err := collect.Run(ctx, collect.NewFiles(folder, "insurance", time.Time{}, []string{"INS_CORE", "INS_CLAIM", "INS_FIN"}), collect.Options{Schemas: []string{"INS_CORE", "INS_CLAIM", "INS_FIN"}})
	if err != nil {
		t.Fatal(err)
	}
	var buf bytes.Buffer
	if err := bundle.Write(&buf, c); err != nil {
		t.Fatal(err)
	}
	b, err := bundle.Read("insurance.zip", bytes.NewReader(buf.Bytes()), int64(buf.Len()))
	if err != nil {
		t.Fatal(err)
	}
	if b.Has("scripts") {
		t.Fatal("a bundle of some schemas holds whole scripts")
	}
	back, err := dict.Estate(ctx, b, scripts.Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := map[model.ObjectID]model.Standing{}
	for _, o := range converted(t, folder).Objects {
		want[o.ID] = o.Standing
	}
	same, better := 0, 0
	for _, o := range converted(t, back).Objects {
		w, ok := want[o.ID]
		switch {
		case !ok || o.ID.Kind() == model.KindStatement || o.ID.Kind() == model.KindScript:
		case o.Standing == w:
			same++
		case w.Refused && !o.Standing.Refused:
			better++
		case o.Standing.Refused && o.ID == "package_body:INS_FIN.PKG_GL":
			// whether its savepoint can be made a block hangs on how the calls of the workload files bind it, which definitions lack
		default:
			t.Errorf("%s: %+v from definitions, %+v from scripts", o.ID, o.Standing, w)
		}
	}
	t.Logf("%d objects stand as they do from scripts, %d better", same, better)
	if same < 500 {
		t.Errorf("only %d objects stand as they do from scripts", same)
	}
}
