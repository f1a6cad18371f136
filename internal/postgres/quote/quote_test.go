package quote_test

import (
	"context"
	"testing"

	"landfall/internal/postgres/quote"
	"landfall/internal/postgres/scratch/pgtest"
)

func TestIdent(t *testing.T) {
	for in, want := range map[string]string{
		"emp": "emp", "Emp": `"Emp"`, "user": `"user"`, "v$x": "v$x", "1a": `"1a"`, `a"b`: `"a""b"`, "": `""`, "größe": "größe", "a#": `"a#"`,
	} {
		if got := quote.Ident(in); got != want {
			t.Errorf("Ident(%q) = %s, want %s", in, got, want)
		}
	}
}

// The server is the judge of which of its own key words need quotes.
func TestReservedWords(t *testing.T) {
	db := pgtest.OpenBare(t)
	ctx := context.Background()
	rows, err := db.Query(ctx, "SELECT word FROM pg_get_keywords() WHERE catcode <> 'U'")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var w string
		if err := rows.Scan(&w); err != nil {
			t.Fatal(err)
		}
		if !quote.Reserved(w) {
			t.Errorf("%s needs quotes somewhere and counts as free", w)
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
}
