package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"landfall/assess"
	"landfall/internal/project"
)

// compareOptions are the flags that hold an assessment against an earlier one, against waivers and against gates.
type compareOptions struct {
	baseline, waivers, gates, date, name string
}

func (o *compareOptions) bind(fl *pflag.FlagSet) {
	fl.StringVar(&o.baseline, "baseline", "", "report.json of an earlier run: every finding is new, unchanged or resolved")
	fl.StringVar(&o.waivers, "waivers", "", "file of findings that somebody answers for (default: waivers.yaml of the project, where there is one)")
	fl.StringVar(&o.gates, "gates", "", "file of limits; exit code 5 when one is not kept (default: gates.yaml of the project, where there is one)")
	fl.StringVar(&o.date, "date", "", "day on which waivers are judged, as 2026-12-31 (default: today)")
	fl.StringVar(&o.name, "name", "", "what the reports call the source (default: its folder or database)")
}

// compareInput is what the flags and the files that they name say.
type compareInput struct {
	baseline *assess.Earlier
	waivers  []project.Waiver
	gates    *project.Gates
	today    time.Time
	name     string
	figures  map[string]assess.Range
}

// read reads the files. Those of the project folder may be absent, those that were named may not.
func (o compareOptions) read(dir string, figures map[string][2]float64) (in compareInput, err error) {
	in.name, in.today = o.name, time.Now()
	if o.date != "" {
		if in.today, err = time.Parse(time.DateOnly, o.date); err != nil {
			return in, usageError("year, month, day: 2026-12-31", "--date cannot be %q", o.date)
		}
	}
	for name, f := range figures {
		if in.figures == nil {
			in.figures = map[string]assess.Range{}
		}
		in.figures[name] = assess.Range{Low: f[0], High: f[1]}
	}
	name, data, err := named(o.gates, dir, project.GatesFile)
	if err == nil && data != nil {
		in.gates, err = project.ParseGates(name, data, assess.GateNames())
	}
	if err != nil {
		return in, &Error{Code: ExitUsage, Err: err}
	}
	name, data, err = named(o.waivers, dir, project.WaiversFile)
	if err == nil && data != nil {
		in.waivers, err = project.ParseWaivers(name, data)
	}
	if err != nil {
		return in, &Error{Code: ExitUsage, Err: err}
	}
	if o.baseline != "" {
		f, err := os.Open(o.baseline)
		if err != nil {
			return in, &Error{Code: ExitFailed, Err: err, Hint: "name the report.json of an earlier run"}
		}
		defer f.Close()
		in.baseline, err = assess.ReadBaseline(o.baseline, f)
		if err != nil {
			return in, err
		}
	}
	return in, nil
}

// named reads the file that a flag names or, where it names none, the one of the project; nil when that is not there.
func named(flag, dir, usual string) (name string, data []byte, err error) {
	if flag != "" {
		data, err = os.ReadFile(flag)
		if err == nil && data == nil {
			data = []byte{}
		}
		return flag, data, err
	}
	name = filepath.Join(dir, usual)
	data, err = os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return name, nil, nil
	}
	return name, data, err
}

// tellCompared says on stderr what expired and what the gates say; it gives the exit code, 0 where nothing is wrong.
func tellCompared(io *IOStreams, r *assess.Result, quiet bool) int {
	for _, w := range r.Waivers {
		what := w.Fingerprint
		if what == "" {
			what = w.Code + " " + w.Object
		}
		switch {
		case w.Expired && w.Findings > 0:
			fmt.Fprintf(io.Err, "landfall: waiver of %s (line %d, %s) expired on %s: its %d findings count again\n", what, w.Line, w.Owner, w.Until, w.Findings)
		case w.Expired:
			fmt.Fprintf(io.Err, "landfall: waiver of %s (line %d, %s) expired on %s; it matches no finding and can go\n", what, w.Line, w.Owner, w.Until)
		case w.Findings == 0 && !quiet:
			fmt.Fprintf(io.Err, "landfall: waiver of %s (line %d, %s) matches no finding\n", what, w.Line, w.Owner)
		}
	}
	if r.Baseline != nil && !quiet {
		for _, m := range r.Baseline.Remarks {
			fmt.Fprintf(io.Err, "landfall: %s\n", m)
		}
	}
	if r.Gates == nil {
		return ExitOK
	}
	for _, g := range r.Gates.Gates {
		verdict := "passed"
		if !g.Passed {
			verdict = "FAILED"
		} else if quiet {
			continue
		}
		fmt.Fprintf(io.Err, "gate %s %s: %s\n", g.Gate, verdict, g.Message)
	}
	if !r.Gates.Passed {
		return ExitGate
	}
	return ExitOK
}

// printScores writes the lines of scores, checks and comparison.
func printScores(b *strings.Builder, r *assess.Result) {
	if c := r.Complexity; c != nil {
		fmt.Fprintf(b, "complexity: %s (%s)\n", c.Level, c.Size)
	}
	for _, s := range r.Totals.Scores {
		if s.Of > 0 && s.Name != assess.ScoreStatements {
			fmt.Fprintf(b, "compatible by %s: %.1f %%\n", s.Name, s.Percent())
		}
	}
	if e := r.Estimate; e != nil {
		fmt.Fprintf(b, "effort: %.0f to %.0f hours, %.0f to %.0f person-days\n", e.Hours.Low, e.Hours.High, e.PersonDays.Low, e.PersonDays.High)
	}
	if len(r.Checks) > 0 {
		b.WriteString("checks:")
		for i, v := range r.Totals.Checks {
			if i > 0 {
				b.WriteString(",")
			}
			fmt.Fprintf(b, " %d %s", v.Checks, strings.ToLower(string(v.Verdict)))
		}
		b.WriteString("\n")
		if need := r.NeedBundle(); len(need) > 0 {
			fmt.Fprintf(b, "checks that scripts cannot answer, and a bundle of the database can: %s\n", strings.Join(need, " "))
		}
	}
	if s := r.Sizing; s != nil && s.Bytes != nil {
		fmt.Fprintf(b, "target storage: %.0f to %.0f GB\n", s.Bytes.Low/(1<<30), s.Bytes.High/(1<<30))
	}
	if w := r.Window; w != nil && w.Load != nil {
		fmt.Fprintf(b, "load: %.1f to %.1f hours; ", w.Load.Low, w.Load.High)
	}
	if w := r.Window; w != nil && w.Cutover != nil {
		fmt.Fprintf(b, "cutover: %.0f to %.0f minutes without writes\n", w.Cutover.Low, w.Cutover.High)
	}
	if l := r.Baseline; l != nil {
		fmt.Fprintf(b, "against %s: %d new, %d unchanged, %d resolved\n", l.File, l.New.Total(), l.Unchanged.Total(), l.Resolved.Total())
	}
	if n := r.Totals.Waived; n > 0 {
		fmt.Fprintf(b, "waived: %d findings\n", n)
	}
}
