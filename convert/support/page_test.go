package support_test

import (
	"bytes"
	"os"
	"testing"

	"landfall/convert/support"
)

// TestPage holds docs/support-schema.md against the headers of the functions. UPDATE=1 writes it.
func TestPage(t *testing.T) {
	const name = "../../docs/support-schema.md"
	want := []byte(support.Page())
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(name, want, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s is stale; run: UPDATE=1 go test ./convert/support -run TestPage", name)
	}
}
