package cli

import (
	"archive/zip"
	"bytes"
	"context"
	stdio "io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const spooled = "../../../internal/oracle/collect/testdata/spool"

// TestBundleBringsItsWorkload assesses the statements that a bundle holds without being told, and once only.
func TestBundleBringsItsWorkload(t *testing.T) {
	name := filepath.Join(t.TempDir(), "erp.zip")
	run := func(want int, args ...string) string {
		t.Helper()
		io, out, errs := testStreams()
		if code := Run(context.Background(), args, io); code != want {
			t.Fatalf("%v: exit code %d, want %d: %s", args, code, want, errs)
		}
		return out.String()
	}
	run(ExitPartly, "collect", "--source", "spool:"+spooled, "--out", name)
	for _, more := range [][]string{nil, {"--workload", name}, {"--workload", "bundle:" + name}} {
		out := run(ExitPartly, append([]string{"assess", "--source", "bundle:" + name, "--out", t.TempDir(), "--format", "json"}, more...)...)
		if want := "workload: 1 sources, 1 statements, 1 different, 5000 executions"; !strings.Contains(out, want) {
			t.Errorf("%v: no %q in\n%s", more, want, out)
		}
	}
}

// TestBundleIsSoundAsAWhole refuses a bundle of which an extract is damaged that the command has no need of.
func TestBundleIsSoundAsAWhole(t *testing.T) {
	dir := t.TempDir()
	good, bad := filepath.Join(dir, "good.zip"), filepath.Join(dir, "bad.zip")
	io, _, errs := testStreams()
	if code := Run(context.Background(), []string{"collect", "--source", "spool:" + spooled, "--out", good}, io); code != ExitPartly {
		t.Fatal(code, errs)
	}
	z, err := zip.OpenReader(good)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range z.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := stdio.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		if f.Name == "extracts/column_comments.txt" {
			text = bytes.Replace(text, []byte("\tID\t"), []byte("\tIE\t"), 1)
			text[len(text)-2] ^= 1
		}
		entry, err := w.Create(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := entry.Write(text); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(bad, out.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, command := range []string{"assess", "convert"} {
		io, _, errs := testStreams()
		reports := filepath.Join(dir, command)
		if code := Run(context.Background(), []string{command, "--source", "bundle:" + bad, "--out", reports}, io); code != ExitFailed || !strings.Contains(errs.String(), "column_comments.txt: bundle: SHA-256 is") || !strings.Contains(errs.String(), "BD0006") {
			t.Errorf("%s: exit code %d: %s", command, code, errs)
		}
		if _, err := os.Stat(reports); err == nil {
			t.Errorf("%s wrote something", command)
		}
	}
}
