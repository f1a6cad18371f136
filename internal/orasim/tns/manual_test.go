package tns_test

import (
	"os"
	"testing"
	"time"

	"landfall/internal/orasim/tns"
)

func TestManual(t *testing.T) {
	if os.Getenv("MANUAL") == "" {
		t.Skip()
	}
	_, addr := serve(t, newScripted(), tns.Options{})
	os.WriteFile("/work/lab/tns/port", []byte(addr.String()), 0o644)
	time.Sleep(60 * time.Second)
}
