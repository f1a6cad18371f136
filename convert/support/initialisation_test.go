package support_test

import (
	"context"
	"testing"

	"landfall/convert/support"
	"landfall/internal/postgres/scratch/pgtest"
)

// TestInitialisationDone: what asks whether a package is initialised hears that it is, in both layouts of packages.
func TestInitialisationDone(t *testing.T) {
	db := pgtest.Open(t)
	ctx := context.Background()
	for _, name := range []string{`pay."init$"`, `"pay_init$"`} {
		setting := map[string]string{`pay."init$"`: "pay.init$", `"pay_init$"`: "own_pay.init$"}[name]
		if _, err := db.Exec(ctx, `CREATE SCHEMA IF NOT EXISTS pay; CREATE FUNCTION `+name+`() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM set_config('`+setting+`', 'done', false);
END;
$$`); err != nil {
			t.Fatal(err)
		}
		if _, err := db.Exec(ctx, support.InitialisationDone); err != nil {
			t.Fatal(err)
		}
		var got string
		if err := db.QueryRow(ctx, "SELECT current_setting($1)", setting).Scan(&got); err != nil || got != "done" {
			t.Errorf("%s: %q, %v", setting, got, err)
		}
	}
}
