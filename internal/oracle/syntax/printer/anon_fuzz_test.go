package printer_test

import (
	"testing"

	"landfall/internal/oracle/syntax/parser"
	"landfall/internal/oracle/syntax/printer"
)

// FuzzAnonymise: the anonymised text of what was read without error is read without error.
func FuzzAnonymise(f *testing.F) {
	addSeeds(f)
	a := printer.NewAnonymiser([]byte("fuzz"))
	f.Fuzz(func(t *testing.T, src []byte) {
		file := parse(src)
		if len(file.Errors) > 0 {
			return
		}
		out := a.File(file)
		again := parser.Parse("fuzz", out, parser.Options{})
		if len(again.Errors) > 0 {
			t.Fatalf("not read: %s at %v\n%s", again.Errors[0].Msg, again.OffsetPos(again.Errors[0].Off), out)
		}
	})
}
