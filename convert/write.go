package convert

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// Write lays the result down in a folder: schema/PHASE/NAME.sql for each output, deploy.sql, manifest.json,
// findings.jsonl, ledger.jsonl. Each file is written under another name and renamed.
func (r *Result) Write(dir string) error {
	var deploy strings.Builder
	used := map[string]int{}
	for _, o := range r.Outputs {
		name := fileName(o, used)
		if err := writeFile(filepath.Join(dir, filepath.FromSlash(name)), []byte(o.SQL)); err != nil {
			return err
		}
		fmt.Fprintf(&deploy, "\\ir %s\n", name)
	}
	if err := writeFile(filepath.Join(dir, "deploy.sql"), []byte(deploy.String())); err != nil {
		return err
	}
	if err := writeFile(filepath.Join(dir, "findings.jsonl"), jsonLines(r.Findings)); err != nil {
		return err
	}
	return writeFile(filepath.Join(dir, "ledger.jsonl"), jsonLines(r.Ledger))
}

func fileName(o *Output, used map[string]int) string {
	base := strings.ToLower(o.ID.Name())
	base = strings.Map(func(c rune) rune {
		if c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || strings.ContainsRune("._$#-", c) || c >= 0x80 {
			return c
		}
		return '_'
	}, base)
	name := fmt.Sprintf("schema/%02d_%s/%s", int(o.Phase)*5, o.Phase, base)
	used[name]++
	if n := used[name]; n > 1 {
		name += fmt.Sprintf("~%d", n)
	}
	return name + ".sql"
}

func jsonLines[T any](list []T) []byte {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	for i := range list {
		if err := enc.Encode(list[i]); err != nil {
			panic(err) // plain values of our own types always encode
		}
	}
	return []byte(b.String())
}

func writeFile(name string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(name), ".new*")
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if e := f.Chmod(0o644); err == nil {
		err = e
	}
	if e := f.Close(); err == nil {
		err = e
	}
	if err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		_ = os.Remove(f.Name())
	}
	return err
}
