package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"landfall/convert"
	"landfall/convert/rules"
	"landfall/internal/postgres/scratch/pgtest"
	"landfall/internal/project"
)

// TestDoctor asks a real server: what it answers must be what the table says of its version, and conversion takes it.
func TestDoctor(t *testing.T) {
	db := pgtest.Open(t)
	host := strings.Split(strings.TrimPrefix(db.URL, "host='"), "'")[0]
	target := "postgres://scratch:hush@/" + db.Name + "?" + url.Values{"host": {host}, "port": {"5432"}, "sslmode": {"disable"}}.Encode()
	dir := t.TempDir()
	var out, errs bytes.Buffer
	io := &IOStreams{In: strings.NewReader(""), Out: &out, Err: &errs}
	if err := runDoctor(context.Background(), doctorOptions{target: target, project: dir, json: true}, io); err != nil {
		t.Fatal(err)
	}
	var r doctorReport
	if err := json.Unmarshal(out.Bytes(), &r); err != nil {
		t.Fatal(err)
	}
	if r.Server.Kind != "postgresql" || r.Counts["surprises"] != 0 || r.Counts["yes"] < 3 || r.Counts["open"] != 0 {
		for _, a := range r.Answers {
			if a.Surprise {
				t.Errorf("the table says %s of %s, the server %s: %s", a.Table, a.Name, a.Answer, a.Got)
			}
		}
		t.Errorf("%v of %s", r.Counts, r.Server.Product)
	}
	text, err := os.ReadFile(filepath.Join(dir, project.ProbeFile))
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(out.String()+errs.String()+string(text), "hush") {
		t.Error("the password shows")
	}
	asked, err := project.ReadProbe(dir)
	if err != nil {
		t.Fatal(err)
	}
	probed, ok := convert.Probed(rules.PostgreSQL(), "postgresql", asked)
	if !ok || db.Server.Major() >= 15 && !probed.Has(rules.FeaturePGMerge) {
		t.Errorf("conversion does not take the answers: %v", probed.Capability(rules.FeaturePGMerge))
	}
	if _, ok := convert.Probed(rules.PostgreSQL(), "postgresql:18", asked); ok && db.Server.Major() != 18 {
		t.Error("answers of another version are taken")
	}
	out.Reset()
	if err := runDoctor(context.Background(), doctorOptions{target: target, project: dir}, io); err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{"target profile postgresql:", "pg-merge", "plpgsql_check", "probe.json"} {
		if !strings.Contains(out.String(), part) {
			t.Errorf("no %q in\n%s", part, out.String())
		}
	}
}
