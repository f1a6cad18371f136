package support_test

import (
	"context"
	"testing"
	"time"

	"landfall/convert/support"
	"landfall/internal/postgres/scratch/pgtest"
)

func TestLoadsAndLeavesNothing(t *testing.T) {
	db := pgtest.OpenBare(t)
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	const census = `SELECT (SELECT count(*) FROM pg_proc) + (SELECT count(*) FROM pg_type) + (SELECT count(*) FROM pg_namespace)
		+ (SELECT count(*) FROM pg_class) + (SELECT count(*) FROM pg_description) + (SELECT count(*) FROM pg_depend)
		+ (SELECT count(*) FROM pg_operator) + (SELECT count(*) FROM pg_cast)`
	var before, after int
	if err := db.QueryRow(ctx, census).Scan(&before); err != nil {
		t.Fatal(err)
	}
	for range 2 { // twice: loading again replaces
		if _, err := db.Exec(ctx, support.All()); err != nil {
			t.Fatalf("load: %v", err)
		}
	}
	var version string
	if err := db.QueryRow(ctx, "SELECT landfall.version()").Scan(&version); err != nil || version != support.Version {
		t.Errorf("version %q, %v", version, err)
	}
	if _, err := db.Exec(ctx, "DROP SCHEMA landfall CASCADE"); err != nil {
		t.Fatal(err)
	}
	if err := db.QueryRow(ctx, census).Scan(&after); err != nil {
		t.Fatal(err)
	}
	if before != after {
		t.Errorf("catalog entries before: %d, after the schema was dropped: %d", before, after)
	}
}
