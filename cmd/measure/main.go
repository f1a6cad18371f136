// Measure counts what a converter makes of folders of Oracle scripts, by what a real PostgreSQL takes.
//
// Input -> output: folders of scripts (one a corpus) and a converter in; for each corpus how many of the routines,
// package members, methods, triggers, tables, keys, indexes, comments and sequences of the INPUT exist in the
// database after the load, how many of them plpgsql_check finds clean, what it cost, and why the rest is not there.
// The denominator is counted by our parser and is the same for every tool. It downloads nothing. A run uses one
// scratch PostgreSQL of its own; several runs may go on at once when their work folders differ.
//
//	measure count  FOLDER                                   what is in a folder of scripts
//	measure run    -tool estate -corpora DIR -work DIR      convert, load, look up, check; corpora are the folders in DIR
//	measure report -work DIR                                the tables
//	measure speed  -corpora DIR -work DIR                   cpu seconds a megabyte, landfall beside ora2pg
//	measure witness -kind ivorysql|orafce|mariadb -suite DIR -work DIR    published results beside those of the conversion
//	measure sql -suite orafce|mariadb -dir DIR -work DIR    published results beside those of the embedded Oracle
//	measure loading -rows 2000000 -rounds 3                 ways to get rows in and to compare them; no corpora
//	measure volume -mb 280 -sample testdata/insurance -out DIR    a big estate out of a small one
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"landfall/cmd/measure/loadspeed"
	"landfall/internal/postgres/scratch"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Args[1:])
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "measure:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	if len(args) == 0 {
		return errors.New("say count, run, report, speed, witness, sql, loading or volume")
	}
	flags := flag.NewFlagSet(args[0], flag.ContinueOnError)
	var (
		corpora = flags.String("corpora", "", "folder whose subfolders are the corpora")
		only    = flags.String("only", "", "names of corpora, files of a suite or ways to load, with commas; all without")
		work    = flags.String("work", "", "folder for what the converters put out, and for the results")
		name    = flags.String("tool", "estate", "estate (landfall, the whole folder), type (landfall, one object type at a time), ora2pg (by object type) or ora2pg-each (by object)")
		bin     = flags.String("landfall", "bin/landfall", "the landfall binary")
		conf    = flags.String("ora2pg-conf", "/etc/ora2pg/ora2pg.conf", "configuration of ora2pg; STOP_ON_ERROR 0 is added")
		limit   = flags.Duration("limit", 20*time.Minute, "longest time for one call of a converter")
		reload  = flags.Bool("reload", false, "load what an earlier run has converted, without converting again")
		typ     = flags.String("type", "PACKAGE", "object type whose conversion is timed")
		mb      = flags.Int("mb", 280, "megabytes of the estate")
		sample  = flags.String("sample", "testdata/insurance", "estate to multiply")
		out     = flags.String("out", "", "folder to write")
		kind    = flags.String("kind", "", "whose suite it is: ivorysql, orafce or mariadb")
		rows    = flags.Int("rows", 2000000, "rows to load")
		lobs    = flags.Int("lobs", 1024, "megabytes of LOBs to load; 0 for none")
		rounds  = flags.Int("rounds", 3, "how often each way is timed")
		suite   = flags.String("suite", "", "folder of a suite: sql and expected, or t and r; of measure sql its name, orafce or mariadb")
		dir     = flags.String("dir", "", "folder of the suite that is run in the embedded Oracle")
	)
	if err := flags.Parse(args[1:]); err != nil {
		return err
	}
	switch args[0] {
	case "count":
		in, err := readInput(ctx, flags.Arg(0))
		if err != nil {
			return err
		}
		n := tally(in.Items)
		for _, k := range sortedKeys(n) {
			fmt.Printf("%7d %s\n", n[k], k)
		}
		apart := lacking(in.Items)
		for _, k := range sortedKeys(apart) {
			fmt.Printf("%7d %s, counted apart: the input lacks what it stands on\n", apart[k], k)
		}
		fmt.Printf("%7d queries\n%7d units unread\n%7d wrapped\n%7.2f MB\n", in.Queries, len(in.Unread), in.Wrapped, float64(in.Bytes)/1e6)
		return nil
	case "run":
		m := &measurement{corpora: *corpora, work: *work, reload: *reload, tool: tool{name: *name, landfall: *bin, limit: *limit}}
		if !slices.Contains([]string{"ora2pg", "ora2pg-each", "type", "estate"}, *name) {
			return fmt.Errorf("no tool is called %q", *name)
		}
		return m.run(ctx, *conf, *only)
	case "speed":
		m := &measurement{corpora: *corpora, work: *work, tool: tool{landfall: *bin, limit: *limit}}
		return m.runSpeed(ctx, *conf, *only, *typ)
	case "report":
		return report(os.Stdout, *work)
	case "witness":
		return runWitness(ctx, *kind, *suite, *work, *only)
	case "sql":
		return runSQL(ctx, *suite, *dir, *work, *only)
	case "loading":
		return loadspeed.Run(ctx, os.Stdout, os.Stderr, *rows, *rounds, *lobs, *only)
	case "volume":
		return volume(*sample, *out, *mb)
	}
	return fmt.Errorf("%q is not count, run, report, speed, witness, sql, loading or volume", args[0])
}

// measurement is one run of one tool over a folder of corpora.
type measurement struct {
	corpora, work string
	reload        bool
	tool          tool
	server        *scratch.Server
}

func (m *measurement) run(ctx context.Context, conf, only string) (err error) {
	if err := m.prepare(); err != nil {
		return err
	}
	if strings.HasPrefix(m.tool.name, "ora2pg") {
		if err := m.writeConf(conf); err != nil {
			return err
		}
	}
	names, err := m.names(only)
	if err != nil {
		return err
	}
	if m.server, err = scratch.Start(ctx, scratch.Options{}); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, m.server.Stop()) }()
	for _, need := range []string{"orafce", "plpgsql_check"} {
		if !slices.Contains(m.server.Extensions(), need) {
			return fmt.Errorf("PostgreSQL lacks the extension %s", need)
		}
	}
	for _, name := range names {
		if err := m.corpus(ctx, name); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

// prepare makes the folders and names absolute, and the folder for the results.
func (m *measurement) prepare() (err error) {
	for _, dir := range []*string{&m.corpora, &m.work, &m.tool.landfall} {
		if *dir, err = filepath.Abs(*dir); err != nil {
			return err
		}
	}
	return os.MkdirAll(m.work, 0o755)
}

// names are the corpora to measure: the folders, or those of them that only names.
func (m *measurement) names(only string) ([]string, error) {
	entries, err := os.ReadDir(m.corpora)
	if err != nil {
		return nil, err
	}
	var list []string
	for _, e := range entries {
		if e.IsDir() && (only == "" || slices.Contains(strings.Split(only, ","), e.Name())) {
			list = append(list, e.Name())
		}
	}
	return list, nil
}

func (m *measurement) corpus(ctx context.Context, name string) error {
	in, err := readInput(ctx, filepath.Join(m.corpora, name))
	if err != nil {
		return err
	}
	r := &Result{
		Tool: m.tool.name, Corpus: name, MB: float64(in.Bytes) / 1e6, In: tally(in.Items), Lacking: lacking(in.Items), Accepted: map[string]int{},
		Refused: map[string]int{}, Queries: in.Queries, Unread: len(in.Unread), Wrapped: in.Wrapped,
	}
	results := filepath.Join(m.work, "results", m.tool.name)
	var load []string
	dir := filepath.Join(m.work, "runs", m.tool.name, name)
	if m.reload {
		old, err := readResult(filepath.Join(results, name+".json"))
		if err != nil {
			return err
		}
		r.Steps = old.Steps
		load = loadable(m.tool.name, dir)
	} else if r.Steps, load, err = m.tool.convert(ctx, filepath.Join(m.corpora, name), in, dir); err != nil {
		return err
	}
	db := "m_" + strings.ReplaceAll(name, "-", "_")
	errs, err := loadAll(ctx, m.server, db, load)
	if err != nil {
		return err
	}
	target, err := readTarget(ctx, m.server, db)
	if err != nil {
		return err
	}
	out := outcomes(in.Items, target)
	if err := m.judge(ctx, r, db, out, errs); err != nil {
		return err
	}
	r.row(os.Stdout)
	if err := m.server.DropDatabase(ctx, db); err != nil {
		return err
	}
	return r.save(results)
}

// judge counts the outcomes, checks the code among them and writes down what is to do.
func (m *measurement) judge(ctx context.Context, r *Result, db string, out []Outcome, errs []LoadError) error {
	var procs []Proc
	for _, o := range out {
		switch {
		case o.Lacks != "": // the input cannot make it either
		case o.Accepted:
			r.Accepted[o.Kind]++
			procs = append(procs, o.Procs...)
		case o.Refused != "":
			r.Refused[o.Kind]++
		}
	}
	bad, err := checkProcs(ctx, m.server, db, procs)
	if err != nil {
		return err
	}
	made := map[string]bool{}
	for _, o := range out {
		if o.Kind == "table" || o.Kind == "view" {
			made[strings.ToLower(o.Name)] = true
		}
	}
	for _, o := range out {
		if !o.Accepted || len(o.Procs) == 0 {
			continue
		}
		r.Checked++
		clean, absent := true, true
		for _, p := range o.Procs {
			if c, is := bad[p]; is {
				clean = false
				absent = absent && notOfInput(c.Absent, made)
			}
		}
		if clean {
			r.Clean++
		} else if absent {
			r.Absent++
		}
	}
	r.Errors = len(errs)
	said, err := readSaid(filepath.Join(m.work, "runs", m.tool.name, r.Corpus, "out"))
	if err != nil {
		return err
	}
	todo := filepath.Join(m.work, "todo", m.tool.name)
	if err := os.MkdirAll(todo, 0o755); err != nil {
		return err
	}
	list, err := os.Create(filepath.Join(todo, r.Corpus+".tsv"))
	if err != nil {
		return err
	}
	defer list.Close()
	r.Reasons, r.Checks = reasons(list, out, errs, said), unclean(out, bad)
	f, err := os.Create(filepath.Join(todo, r.Corpus+".txt"))
	if err != nil {
		return err
	}
	defer f.Close()
	writeTable(f, []*Result{r})
	writeReasons(f, "Not accepted", r.Reasons, 80)
	writeReasons(f, "Accepted, but not clean for plpgsql_check", r.Checks, 60)
	return f.Close()
}

// notOfInput reports whether these are relations, some at least, none of which the input makes.
func notOfInput(relations []string, made map[string]bool) bool {
	for _, name := range relations {
		if made[strings.ToLower(name[strings.LastIndexByte(name, '.')+1:])] {
			return false
		}
	}
	return len(relations) > 0
}
