package convert

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"landfall/convert/gen"
	"landfall/convert/support"
	"landfall/internal/model"
	"landfall/internal/postgres/quote"
)

// Files that Write makes beside those of the objects.
const (
	deployFile   = "deploy.sql"      // all of it, in order
	preDataFile  = "deploy_pre.sql"  // what a bulk load needs
	dataFile     = "deploy_data.sql" // rows that the scripts insert
	postDataFile = "deploy_post.sql" // what comes behind the rows
	scriptsFile  = "scripts.sql"     // queries, calls and blocks of the scripts, and what is refused; not part of deploy.sql
	supportFile  = "support.sql"
	manifestFile = "manifest.json"
)

// outFile is one file of the result: outputs of one object and phase, or those of one script.
type outFile struct {
	name    string
	phase   Phase
	outputs []*Output
}

// Write lays the result down in a folder: one file an object and phase below schema/, deploy.sql and its three parts,
// support.sql, manifest.json, findings.jsonl, ledger.jsonl and evidence.jsonl. Each file is written under another name
// and renamed; the manifest comes last, so that a folder with a manifest is whole.
func (r *Result) Write(dir string) error {
	files := r.files()
	stale, err := oldFiles(dir)
	if err != nil {
		return err
	}
	_ = os.Remove(filepath.Join(dir, manifestFile))
	m := Manifest{Version: manifestVersion, Target: r.Target, Totals: r.Totals, Proof: r.Proof}
	standing := map[model.ObjectID]*Object{}
	for i := range r.Objects {
		standing[r.Objects[i].ID] = &r.Objects[i]
	}
	if len(files) > 0 {
		m.Files = make([]ManifestFile, len(files))
	}
	err = each(len(files), func(i int) error {
		f := &files[i]
		text := f.text(standing)
		sum := sha256.Sum256(text)
		m.Files[i] = ManifestFile{Name: f.name, Phase: f.phase.String(), Standing: r.fileStanding(*f), SHA256: hex.EncodeToString(sum[:]), Needs: f.needs()}
		return writeFile(filepath.Join(dir, filepath.FromSlash(f.name)), text)
	})
	if err != nil {
		return err
	}
	byObject := map[model.ObjectID][]string{}
	for _, f := range files {
		delete(stale, f.name)
		for _, o := range f.outputs {
			if list := byObject[o.ID]; len(list) == 0 || list[len(list)-1] != f.name {
				byObject[o.ID] = append(list, f.name)
			}
		}
	}
	for _, o := range r.Objects {
		m.Objects = append(m.Objects, ManifestObject{Object: o, Files: byObject[o.ID]})
	}
	m.Support = r.supportUsed()
	m.Schemas = r.schemas()
	if !r.mysql() {
		m.Extensions = r.extensions()
	}
	if !r.mysql() { // it has no routines, and so no support schema
		script, err := r.supportScript()
		if err != nil {
			return err
		}
		if err := writeFile(filepath.Join(dir, supportFile), []byte(script)); err != nil {
			return err
		}
	}
	if err := r.writeDeploy(dir, files); err != nil {
		return err
	}
	for name, write := range map[string]func(io.Writer) error{
		"findings.jsonl": func(w io.Writer) error { return jsonLines(w, r.Findings) },
		"ledger.jsonl":   func(w io.Writer) error { return jsonLines(w, r.Ledger) },
		"evidence.jsonl": func(w io.Writer) error { return jsonLines(w, r.Evidence) },
	} {
		if err := writeStream(filepath.Join(dir, name), write); err != nil {
			return err
		}
	}
	for name := range stale {
		if err := os.Remove(filepath.Join(dir, filepath.FromSlash(name))); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	return writeStream(filepath.Join(dir, manifestFile), m.write)
}

// oldFiles are the files below schema/ that an earlier run has left in the folder: those that the new one does not write
// are removed, so that no object of yesterday is deployed.
func oldFiles(dir string) (map[string]bool, error) {
	old := map[string]bool{}
	base := filepath.Join(dir, "schema")
	err := filepath.WalkDir(base, func(name string, d fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, os.ErrNotExist) && name == base:
			return filepath.SkipDir
		case err != nil:
			return err
		case !d.IsDir() && strings.HasSuffix(name, ".sql"):
			rel, err := filepath.Rel(dir, name)
			if err != nil {
				return err
			}
			old[filepath.ToSlash(rel)] = true
		}
		return nil
	})
	return old, err
}

// supportUsed are the functions of the support schema that the outputs name, sorted.
func (r *Result) supportUsed() []string {
	used := map[string]bool{}
	for _, o := range r.Outputs {
		for _, name := range o.Support {
			used[name] = true
		}
	}
	return slices.Sorted(maps.Keys(used))
}

func (r *Result) supportScript() (string, error) {
	used := r.supportUsed()
	if len(used) == 0 {
		return "", nil
	}
	return support.Script(used)
}

// files groups the outputs, in order of deployment.
func (r *Result) files() []outFile {
	var list []outFile
	at := map[string]int{}
	for _, o := range r.Outputs {
		name := fileName(o)
		i, ok := at[name]
		if ok && (i == len(list)-1 || o.Phase != gen.PhaseView && o.Phase != gen.PhaseTable) {
			list[i].outputs = append(list[i].outputs, o)
			continue
		}
		if ok {
			name = strings.TrimSuffix(name, ".sql") + fmt.Sprintf("~%d.sql", len(list))
		}
		at[name] = len(list)
		list = append(list, outFile{name: name, phase: o.Phase, outputs: []*Output{o}})
	}
	return list
}

// fileName is schema/PHASE/OBJECT.sql; statements of scripts go together by script.
func fileName(o *Output) string {
	base := o.ID.Name()
	if o.ID.Kind() == model.KindStatement || o.Phase == gen.PhaseData || o.Phase == gen.PhaseScript {
		base = strings.TrimSuffix(strings.ReplaceAll(o.Pos.File, "/", "."), filepath.Ext(o.Pos.File))
	}
	base = strings.Map(func(c rune) rune {
		if c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || strings.ContainsRune("._$#-", c) || c >= 0x80 {
			return c
		}
		return '_'
	}, strings.ToLower(base))
	base = strings.TrimLeft(base, "._")
	if len(base) > 150 {
		sum := sha256.Sum256([]byte(base))
		base = strings.ToValidUTF8(base[:140], "") + "_" + hex.EncodeToString(sum[:4])
	}
	return fmt.Sprintf("schema/%02d_%s/%s.sql", int(o.Phase)*5, o.Phase, base)
}

// text is the content of a file: what it comes from, which findings concern it, how far its proof reaches.
func (f *outFile) text(standing map[model.ObjectID]*Object) []byte {
	var b bytes.Buffer
	one, size := true, 512
	for _, o := range f.outputs {
		one = one && o.ID == f.outputs[0].ID
		size += 1 + len(o.SQL)
	}
	b.Grow(size)
	if one {
		o := f.outputs[0]
		fmt.Fprintf(&b, "-- %s from %s\n", oneLine(o.ID.Name()), oneLine(o.Pos.String()))
		var codes []string
		for _, o := range f.outputs {
			codes = append(codes, o.Codes...)
		}
		slices.Sort(codes)
		codes = slices.Compact(codes)
		if s := standing[o.ID]; s != nil {
			fmt.Fprintf(&b, "-- %s", s.Standing)
			if len(codes) > 0 {
				fmt.Fprintf(&b, "; %s", strings.Join(codes, ", "))
			}
			b.WriteByte('\n')
		}
	} else {
		fmt.Fprintf(&b, "-- %d statements from %s\n", len(f.outputs), oneLine(f.outputs[0].Pos.File))
	}
	for _, o := range f.outputs {
		b.WriteByte('\n')
		b.WriteString(o.SQL)
	}
	return b.Bytes()
}

func oneLine(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\n' || r == '\r' {
			return ' '
		}
		return r
	}, s)
}

// deployClient is how the scripts of deployment speak to one command line client.
type deployClient struct {
	head  string                  // of every script
	first string                  // what the script before the data begins with
	run   func(f *outFile) string // runs a file
	part  string                  // what runs a part of deploy.sql stands in front of its name
	usage string                  // what deploy.sql says of itself
}

func (r *Result) psqlClient() deployClient {
	first := ""
	if list := r.extensions(); len(list) > 0 {
		first = extensionBlock(list)
	}
	return deployClient{
		head: "\\set ON_ERROR_STOP on\nSET client_encoding = 'UTF8';\n", first: first + "\\ir " + supportFile + "\n", run: (*outFile).include, part: "\\ir ",
		usage: "-- psql -f deploy.sql makes everything; load the rows between the first part and the last.\n",
	}
}

// writeDeploy writes the scripts that run the files in order.
func (r *Result) writeDeploy(dir string, files []outFile) error {
	client := r.psqlClient()
	if r.mysql() {
		client = mysqlClient
	}
	parts := map[string]*strings.Builder{}
	for _, name := range []string{preDataFile, dataFile, postDataFile, scriptsFile} {
		parts[name] = &strings.Builder{}
		parts[name].WriteString(client.head)
	}
	pre := parts[preDataFile]
	pre.WriteString(client.first)
	for _, s := range r.schemas() {
		pre.WriteString(r.makeSchema(s))
	}
	for i := range files {
		f := &files[i]
		to := parts[postDataFile]
		switch {
		case f.phase == gen.PhaseScript:
			to = parts[scriptsFile]
		case f.phase == gen.PhaseData:
			to = parts[dataFile]
		case f.phase <= gen.PhaseTable:
			to = pre
		}
		to.WriteString(client.run(f))
	}
	for name, b := range parts {
		if err := writeFile(filepath.Join(dir, name), []byte(b.String())); err != nil {
			return err
		}
	}
	all := client.usage + "-- Queries and calls that the scripts hold are in " + scriptsFile + ", which is not run.\n"
	for _, name := range []string{preDataFile, dataFile, postDataFile} {
		all += client.part + name + "\n"
	}
	return writeFile(filepath.Join(dir, deployFile), []byte(all))
}

// include runs a file. What cannot be made without an extension or a package of Oracle's is left out, loudly, where that
// is absent; routines can be made without.
func (f *outFile) include() string {
	line := "\\ir " + f.name + "\n"
	needs := f.needs()
	if len(needs) == 0 {
		return line
	}
	var quoted []string
	for _, n := range needs {
		quoted = append(quoted, quote.Literal(n))
	}
	return "SELECT count(*) = 0 AS landfall_has FROM unnest(ARRAY[" + strings.Join(quoted, ", ") + "]) AS n\n" +
		" WHERE NOT EXISTS (SELECT FROM pg_extension WHERE extname = n) AND NOT EXISTS (SELECT FROM pg_namespace WHERE nspname = n) \\gset\n" +
		"\\if :landfall_has\n" + line + "\\else\n\\warn left out, needs " + strings.Join(needs, ", ") + ": " + f.name + "\n\\endif\n"
}

// needs are the extensions without which a file cannot be run, sorted; routines can be made without.
func (f *outFile) needs() []string {
	if f.phase == gen.PhaseRoutine || f.phase == gen.PhaseTrigger || f.phase == gen.PhaseEarly {
		return nil
	}
	var needs []string
	for _, o := range f.outputs {
		needs = append(needs, o.Needs...)
	}
	slices.Sort(needs)
	return slices.Compact(needs)
}

// extensions are those that outputs need, sorted.
func (r *Result) extensions() []string {
	need := map[string]bool{}
	for _, o := range r.Outputs {
		for _, name := range o.Needs {
			need[name] = true
		}
	}
	list := slices.Collect(maps.Keys(need))
	for _, name := range r.supportUsed() {
		list = append(list, support.Needs(name)...)
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// extensionBlock makes the extensions that the server has and that are not there yet.
func extensionBlock(list []string) string {
	var quoted []string
	for _, n := range list {
		quoted = append(quoted, quote.Literal(n))
	}
	return "DO $$\nDECLARE\n    name text;\nBEGIN\n    FOR name IN SELECT e.name FROM pg_available_extensions AS e\n" +
		"        WHERE e.name IN (" + strings.Join(quoted, ", ") + ") AND e.installed_version IS NULL\n    LOOP\n" +
		"        EXECUTE format('CREATE EXTENSION IF NOT EXISTS %I', name);\n    END LOOP;\nEND $$;\n"
}
