package assess

import (
	"context"
	"errors"
	"fmt"
	"time"

	"landfall/assess/checks"
	"landfall/convert"
	"landfall/convert/gen"
	"landfall/convert/rules"
	"landfall/internal/model"
	"landfall/internal/oracle/dict"
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/scripts"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/printer"
	"landfall/internal/parallel"
	"landfall/internal/project"
)

// Options say what is assessed and for which target.
type Options struct {
	Dir     string          // folder of scripts, or one script
	Name    string          // what the reports call the source; the folder's name when empty
	Target  *rules.Profile  // nil is PostgreSQL
	Table   []*rules.Rule   // nil is the whole table
	Lang    string          // language of titles and advice: en, zh
	Scripts scripts.Options // how the scripts are read
	Jobs    int             // statements looked at at the same time; 0 is one
	Version string          // of the program, for the report
	Policy  gen.Policy      // of the conversion
	// Workload says what is known of the programs that use the source; the zero value says nothing.
	Workload WorkloadOptions
	// Estate is the source where it was read already, of a bundle or a database; nil reads Dir.
	Estate *scripts.Estate
	// Facts is what is known of the database; nil for scripts alone, whose checks say what they would need.
	Facts *dict.Facts
	// Figures are numbers of the method that the project sets otherwise, by name; see FigureNames.
	Figures map[string]Range
	// Baseline is an earlier report to compare with, Waivers what somebody answers for, judged on Today, and Gates what has
	// to hold; each nil: none.
	Baseline *Earlier
	Waivers  []project.Waiver
	Today    time.Time
	Gates    *project.Gates
	// Measured are rates that other stages found; nil: none yet.
	Measured *Measured
	// Prove has the conversion judged, so that objects climb above converted; nil leaves them there.
	Prove func(ctx context.Context, r *convert.Result, progress func(phase string, done, total int)) error
	// Sides keeps the source and the conversion of every object in the result.
	Sides bool
	// NoTexts leaves out Result.Texts, of which no report but the HTML page shows anything.
	NoTexts bool
	// Progress is told how far a phase ("reading", "converting", "proving") is, one call at a time; nil says nothing.
	Progress func(phase string, done, total int)
}

// Run reads the scripts, builds the catalog, looks at every statement and object with the rule table, converts it all
// with the same table, reads the rungs off that, and gives the finished result. What cannot be read is in the result (NotCovered), not an error: an error means that
// there is no result, because the folder is not there, holds no script or ctx has ended.
func Run(ctx context.Context, opt Options) (*Result, error) {
	if opt.Target == nil {
		opt.Target = rules.PostgreSQL()
	}
	if opt.Table == nil {
		opt.Table = rules.Table()
	}
	if opt.Progress == nil {
		opt.Progress = func(string, int, int) {}
	}
	opt.Scripts.Progress = func(done, total int, _ string) { opt.Progress("reading", done, total) }
	estate, err := opt.Estate, error(nil)
	if estate == nil {
		estate, err = scripts.Load(ctx, opt.Dir, opt.Scripts)
	}
	switch {
	case err != nil:
		return nil, err
	case len(estate.Files) == 0:
		return nil, nothingToRead(opt.Dir, estate)
	}
	engine := rules.NewEngine(opt.Target, opt.Table)
	r := &Result{
		Tool:   Tool{Name: "landfall", Version: opt.Version},
		Target: Target{Profile: opt.Target.Name, Title: opt.Target.Title, Version: opt.Target.Version},
	}
	r.Source = sourceOf(estate, opt)
	if opt.Baseline != nil { // before the long part
		if err := opt.Baseline.fits(r); err != nil {
			return nil, err
		}
	}
	looked := make([]look, len(estate.Units))
	copt := convert.Options{
		Target: opt.Target, Policy: opt.Policy, Jobs: max(1, opt.Jobs), Progress: func(done, total int) { opt.Progress("converting", done, total) },
		Resolved: func(i int, info *resolve.Info) { looked[i] = lookAt(estate.Catalog, info, estate.Units[i], engine) },
	}
	words := phrases(opt.Lang)
	beside := startAside(r, estate, looked, opt, words)
	defer beside.all.Wait()
	copt.Converted = beside.start
	copt.Brief = opt.NoTexts && !opt.Sides && opt.Prove == nil && opt.Target.Family != rules.MySQL
	copt.Engine = convert.NewEngine(estate, copt)
	converted, err := convert.Run(ctx, estate, copt)
	if err != nil {
		return nil, err
	}
	<-beside.listed
	r.Findings = collectFindings(objectFindings(estate, engine), looked, refusals(converted), opt.Jobs)
	sent, err := newWorkload(ctx, estate, copt.Engine, engine, opt)
	if err != nil {
		return nil, err
	}
	if opt.Prove != nil {
		asked := sent.ask(converted)
		if err := opt.Prove(ctx, converted, opt.Progress); err != nil {
			return nil, err
		}
		asked()
	}
	r.take(converted, estate, opt.Target.Family)
	if !opt.NoTexts {
		r.Texts = objectTexts(r, converted, estate)
	}
	if err := describe(r, opt); err != nil {
		return nil, err
	}
	beside.all.Wait()
	r.Inputs, r.Datatypes, r.Features = beside.inputs, beside.datatypes, beside.features
	r.Dependencies, r.NotCovered, r.Checks = beside.graph, beside.notCovered, beside.checks
	if err := sent.finish(r, opt.Lang); err != nil {
		return nil, err
	}
	r.Links = linksOut(r, estate, opt.Facts)
	r.Method = method(opt, r)
	beside.all.Go(func() { hashSources(r, estate, looked, opt.Jobs) })
	model.SortFindings(r.Findings) // Finish finds them in order then
	beside.all.Wait()
	r.Finish()
	if err := r.score(opt); err != nil {
		return nil, err
	}
	if opt.Sides {
		r.Sides = r.sides(converted, estate)
	}
	return r, nil
}

// score makes what follows from findings, objects and facts. It takes a finished result and leaves one.
func (r *Result) score(opt Options) error {
	words := phrases(opt.Lang)
	r.waive(opt.Waivers, opt.Today)
	if opt.Baseline != nil {
		if err := r.compare(opt.Baseline, words); err != nil {
			return err
		}
	}
	n := figuresWith(opt.Figures)
	facts := databaseFacts(opt.Facts)
	r.estimate(n, opt.Measured, words)
	r.complexity(n, words)
	r.sizing(facts, n, words)
	r.window(facts, n, opt.Measured, words)
	r.Totals = r.totals()
	if opt.Gates != nil {
		r.judge(opt.Gates, words)
	}
	return nil
}

// nothingToRead is the error of a source without a single script; it says why when something stood in the way.
func nothingToRead(dir string, estate *scripts.Estate) error {
	if len(estate.Problems) > 0 {
		p := estate.Problems[0]
		return &model.Error{Code: "AS0001", Op: "read scripts", Pos: model.Pos{File: dir}, Err: errors.New(p.Msg), Hint: p.Hint}
	}
	return &model.Error{Code: "AS0001", Op: "read scripts", Pos: model.Pos{File: dir}, Err: errors.New("no Oracle scripts here"), Hint: "name the folder that holds them, or add file endings with --ext"}
}

// look is what was found out about one unit (statement) of the estate.
type look struct {
	object   model.ObjectID // that findings and figures belong to
	findings []model.Finding
	depends  []model.Dependency
	census   census
	whole    bool  // read without an error
	misprint error // why it does not print back, nil when it does
}

// collectFindings puts the findings of all units behind first; the units do without them then. It leaves room for more.
func collectFindings(first []model.Finding, looked []look, more, jobs int) []model.Finding {
	at := make([]int, len(looked)+1) // where those of a unit begin
	at[0] = len(first)
	for i := range looked {
		at[i+1] = at[i] + len(looked[i].findings)
	}
	list := make([]model.Finding, at[len(looked)], at[len(looked)]+more)
	copy(list, first)
	_ = parallel.Each(context.Background(), len(looked), jobs, nil, func(i int) { // which only fails when its context ends
		copy(list[at[i]:], looked[i].findings)
		looked[i].findings = nil
	})
	return list
}

// lookAt runs the rules over a unit that is resolved.
func lookAt(cat *model.Catalog, info *resolve.Info, u *scripts.Unit, engine *rules.Engine) look {
	l := look{object: u.Object, whole: u.Err == nil}
	if l.object == "" {
		l.object = scriptID(u.Source.Name)
	}
	f := u.Source.Parsed
	l.misprint = printer.Check(f, u.Stmt)
	if _, bad := u.Stmt.(*ast.BadStmt); bad {
		return l
	}
	l.findings = engine.Statement(cat, info, l.object)
	l.depends = info.Depends
	l.census = takeCensus(f, u.Stmt)
	return l
}

// objectFindings runs the rules that look at catalog objects rather than at statements.
func objectFindings(estate *scripts.Estate, engine *rules.Engine) []model.Finding {
	var list []model.Finding
	creators := make(map[model.ObjectID]*scripts.Unit, len(estate.Units))
	for _, u := range estate.Units {
		if u.Object != "" && creators[u.Object] == nil {
			creators[u.Object] = u
		}
	}
	for _, o := range estate.Catalog.Objects {
		var (
			f *ast.File
			s ast.Stmt
		)
		if u := creators[o.ID()]; u != nil {
			f, s = u.Source.Parsed, u.Stmt
		}
		list = append(list, engine.Object(estate.Catalog, o, f, s)...)
	}
	return list
}

// describe gives the rules that reported something their texts, and the findings their advice.
func describe(r *Result, opt Options) error {
	used := map[string]bool{}
	for i := range r.Findings {
		used[r.Findings[i].Code] = true
	}
	advice := map[string]string{}
	for _, rule := range opt.Table {
		if !used[rule.Code] {
			continue
		}
		text, ok := rules.Text(orEnglish(opt.Lang), rule.Code)
		if !ok {
			return fmt.Errorf("rule %s has no text in language %q", rule.Code, opt.Lang)
		}
		advice[rule.Code] = text.Advice
		r.Rules = append(r.Rules, RuleUse{
			Code: rule.Code, Name: rule.Name, Title: text.Title, Doc: text.Why, Before: rule.Before, After: rule.After,
			Severity: rule.Severity, Effort: rule.Effort,
		})
	}
	for i := range r.Findings {
		if r.Findings[i].Advice == "" {
			r.Findings[i].Advice = advice[r.Findings[i].Code]
		}
	}
	return nil
}

// runChecks judges the database as a whole.
func runChecks(estate *scripts.Estate, opt Options) []checks.Checked {
	return checks.Run(checks.Input{Catalog: estate.Catalog, Facts: opt.Facts, Limits: figuresWith(opt.Figures).limits(), Schemas: opt.Policy.Schemas}, orEnglish(opt.Lang))
}

func orEnglish(lang string) string {
	if lang == "" {
		return "en"
	}
	return lang
}
