package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	stdio "io"
	"os"
	"path/filepath"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"landfall/convert/rules"
	"landfall/internal/postgres/probe"
	"landfall/internal/project"
)

type doctorOptions struct {
	target, project, passwordFile string
	live                          doctorLive
	json, quiet                   bool
}

func newDoctor(io *IOStreams) *cobra.Command {
	var opt doctorOptions
	cmd := &cobra.Command{
		Use:   "doctor {--target URL | --source oracle://...}",
		Short: "Ask a server what it is and what it can do",
		Long: `With --target, logs in to a server of the PostgreSQL family and tells its kind and version, its settings and extensions that
matter to a move, and what of Oracle's language it takes by itself: each question is asked in a database of its
own, which is dropped at the end. Nothing that exists is touched.

The answers are written to probe.json in the project folder and stand above what the documents of the vendor say
when landfall converts for that target.

With --source, logs in to an Oracle database as its reader and holds it against what this program takes Oracle to be: session,
characters, types at their edges, LOBs, AS OF SCN, every statement of a collection, cancelling, and how fast rows come. It only reads,
and says of each question what was expected and what came (docs/live-check.md).

The password of a target comes from PGPASSWORD, ~/.pgpass, the URL or --password-file, and is never shown.`,
		Example: `  landfall doctor --target postgres://me@db.example.com:5432/app
  landfall doctor --target postgres://me@polardb.example.com:1521/app --password-file ~/.polardb --project ./move
  landfall doctor --target postgres://me@db.example.com/app --json | jq .server.kind
  landfall doctor --source oracle://reader@db1:1521/ERP --source-password-file ~/.erp --schemas ERP
  landfall doctor --source oracle://reader@db1:1521/ERP --json > live-check.json`,
		Args:        noArgs,
		Annotations: exits(ExitOK, ExitFailed, ExitUsage, ExitPartly, ExitDifferences, ExitLogin, ExitCancelled),
		RunE: func(cmd *cobra.Command, _ []string) error {
			switch {
			case opt.live.source != "" && opt.target != "":
				return usageError("ask them one after the other", "--source and --target do not go together")
			case opt.live.source != "":
				return runDoctorLive(cmd.Context(), opt.live, io, opt.json, opt.quiet)
			}
			return runDoctor(cmd.Context(), opt, io)
		},
	}
	fl := cmd.Flags()
	fl.StringVar(&opt.target, "target", "", "server to ask: postgres://user@host:port/database")
	fl.StringVar(&opt.project, "project", ".", "folder that probe.json is written to")
	fl.StringVar(&opt.passwordFile, "password-file", "", "file whose first line is the password")
	fl.BoolVar(&opt.json, "json", false, "write everything as JSON")
	fl.BoolVarP(&opt.quiet, "quiet", "q", false, "say nothing but errors")
	opt.live.bind(fl)
	return cmd
}

// doctorReport is the JSON of landfall doctor (docs/json.md).
type doctorReport struct {
	Server  *probe.Server  `json:"server"`
	Target  string         `json:"target"`  // profile that fits
	Remarks []string       `json:"remarks"` // what stands in the way, worst first
	Answers []doctorAnswer `json:"answers"`
	Counts  map[string]int `json:"counts"`  // yes, no, open, surprises
	Written string         `json:"written"` // probe.json
}

// doctorAnswer is an answer beside what the profile's table says.
type doctorAnswer struct {
	project.ProbeAnswer
	Table     string   `json:"table"`           // native, partial, absent, unknown
	Pages     []string `json:"pages,omitempty"` // that the table stands on
	Surprise  bool     `json:"surprise"`        // the server says otherwise
	Resulting string   `json:"resulting"`       // what holds for conversion now
}

func runDoctor(ctx context.Context, opt doctorOptions, io *IOStreams) error {
	to, err := opt.login()
	if err != nil {
		return err
	}
	server, err := to.Identify(ctx)
	var refused *probe.LoginError
	switch {
	case errors.As(err, &refused) && ctx.Err() == nil:
		return &Error{Code: ExitLogin, Msg: "log in to " + redactURL(opt.target), Err: err, Hint: "PGPASSWORD, ~/.pgpass or --password-file can hold the password"}
	case err != nil:
		return err
	}
	report := doctorReport{Server: server, Target: server.Profile(), Remarks: server.Remarks(), Counts: map[string]int{}}
	if report.Remarks == nil {
		report.Remarks = []string{}
	}
	target, known := rules.ProfileNamed(report.Target)
	if !known {
		name, _, _ := strings.Cut(report.Target, ":")
		if target, known = rules.ProfileNamed(name); !known {
			return fmt.Errorf("no profile is called %q", report.Target)
		}
	}
	answers, err := to.Ask(ctx, probesOf(target))
	if err != nil {
		return err
	}
	report.compare(target, answers)
	file := project.Probe{Target: report.Target, Product: server.Product}
	for _, a := range report.Answers {
		file.Answers = append(file.Answers, a.ProbeAnswer)
	}
	name := filepath.Join(opt.project, project.ProbeFile)
	report.Written = filepath.ToSlash(name)
	if err := writeWhole(name, func(w stdio.Writer) error { _, err := w.Write(file.Encode()); return err }); err != nil {
		return &Error{Code: ExitFailed, Msg: "write " + name, Err: err}
	}
	switch {
	case opt.json:
		err = json.NewEncoder(io.Out).Encode(report)
	case !opt.quiet:
		_, err = stdio.WriteString(io.Out, report.text())
	}
	if err != nil {
		return err
	}
	if len(report.Remarks) > 0 || report.Counts[project.AnswerOpen] > 0 {
		return done(ExitPartly)
	}
	return nil
}

// login is where to go. The error of a URL that cannot be read never shows it whole.
func (o doctorOptions) login() (*probe.Target, error) {
	switch {
	case o.target == "":
		return nil, usageError("--target postgres://user@host:port/database, or --source oracle://user@host:1521/service", "landfall doctor needs --target or --source")
	case !strings.HasPrefix(o.target, "postgres://") && !strings.HasPrefix(o.target, "postgresql://"):
		return nil, usageError("postgres://user@host:port/database", "--target cannot be %q", redactURL(o.target))
	}
	password := ""
	if o.passwordFile != "" {
		b, err := os.ReadFile(o.passwordFile)
		if err != nil {
			return nil, usageError("", "--password-file: %v", err)
		}
		password, _, _ = strings.Cut(strings.ReplaceAll(string(b), "\r\n", "\n"), "\n")
	}
	to, err := probe.NewTarget(o.target, password)
	if err != nil {
		return nil, usageError("postgres://user@host:port/database", "--target cannot be %q", redactURL(o.target))
	}
	return to, nil
}

func probesOf(target *rules.Profile) []probe.Probe {
	var list []probe.Probe
	for _, p := range rules.Probes(target) {
		list = append(list, probe.Probe{Name: p.Name, Feature: string(p.Feature), Setup: p.Setup, SQL: p.SQL, Want: p.Want, Fails: p.Fails})
	}
	return list
}

// compare puts the answers beside the table.
func (r *doctorReport) compare(target *rules.Profile, answers []probe.Answer) {
	r.Answers = []doctorAnswer{}
	states := map[rules.Feature]rules.State{}
	for _, a := range answers {
		d := doctorAnswer{ProbeAnswer: project.ProbeAnswer{Name: a.Name, Feature: a.Feature, Answer: project.AnswerNo, Want: a.Want, Got: a.Got}}
		switch {
		case a.Open != "":
			d.Answer, d.Got = project.AnswerOpen, a.Open
		case a.Yes:
			d.Answer = project.AnswerYes
		}
		f := rules.Feature(a.Feature)
		c := target.Capability(f)
		d.Table, d.Pages = c.State.String(), c.Pages
		state, answered := rules.Answered(c.State, d.Answer == project.AnswerYes), d.Answer != project.AnswerOpen
		if !answered {
			state = c.State
		} else {
			states[f] = state
		}
		d.Resulting = state.String()
		d.Surprise = answered && (state >= rules.Partial) != (c.State >= rules.Partial)
		r.Counts[d.Answer]++
		if d.Surprise {
			r.Counts["surprises"]++
		}
		r.Answers = append(r.Answers, d)
	}
}

func (r *doctorReport) text() string {
	var b strings.Builder
	s := r.Server
	kind := map[string]string{probe.PostgreSQL: "PostgreSQL", probe.PolarDBPostgreSQL: "PolarDB for PostgreSQL", probe.PolarDBOracle: "PolarDB for PostgreSQL (Compatible with Oracle) " + s.Level}[s.Kind]
	fmt.Fprintf(&b, "%s, PostgreSQL %s, database %s in %s, collation %s\n", kind, s.Version, s.Database, s.Encoding, s.Collate)
	fmt.Fprintf(&b, "target profile %s\n", r.Target)
	for _, m := range r.Remarks {
		fmt.Fprintf(&b, "in the way: %s\n", m)
	}
	w := tabwriter.NewWriter(&b, 0, 4, 2, ' ', 0)
	fmt.Fprintln(w, "\nSETTING\tVALUE\tMATTERS FOR")
	for _, v := range s.Settings {
		fmt.Fprintf(w, "%s\t%s\t%s\n", v.Name, orElse(v.Value, "-"), v.What)
	}
	fmt.Fprintln(w, "\nEXTENSION\tINSTALLED\tAVAILABLE\tMATTERS FOR")
	for _, e := range s.Extensions {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", e.Name, orElse(e.Installed, "-"), orElse(e.Available, "-"), e.What)
	}
	fmt.Fprintln(w, "\nFEATURE\tPROBE\tTABLE\tSERVER\tHOLDS\tANSWER")
	for _, a := range r.Answers {
		mark := ""
		if a.Surprise {
			mark = " !"
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s%s\t%s\t%s\n", a.Feature, a.Name, a.Table, a.Answer, mark, a.Resulting, short(a.Got))
	}
	_ = w.Flush() // into memory
	fmt.Fprintf(&b, "\n%d yes, %d no, %d not asked; %d otherwise than the table says\n%s\n", r.Counts[project.AnswerYes], r.Counts[project.AnswerNo], r.Counts[project.AnswerOpen], r.Counts["surprises"], r.Written)
	return b.String()
}

// short keeps a message of a server inside its column.
func short(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if len(s) > 100 {
		s = strings.ToValidUTF8(s[:100], "") + "..."
	}
	return s
}
