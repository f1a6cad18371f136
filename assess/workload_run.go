package assess

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"landfall/convert"
	"landfall/convert/gen"
	"landfall/convert/rules"
	"landfall/internal/model"
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/scripts"
	"landfall/internal/workload"
)

// workloadRun is the workload part of an assessment between reading and proof.
type workloadRun struct {
	workloadReader
	judge  *statementJudge
	opt    Options
	groups []WorkloadGroup
	proven map[*gen.Output]int // outputs that judges are asked about -> group
}

// newWorkload reads and converts the workload. It gives nil when none was given.
func newWorkload(ctx context.Context, estate *scripts.Estate, engine *convert.Engine, table *rules.Engine, opt Options) (*workloadRun, error) {
	if !opt.Workload.given() {
		return nil, nil
	}
	w := &workloadRun{opt: opt, workloadReader: workloadReader{
		result: &Workload{}, grouper: workload.NewGrouper(), schema: strings.ToUpper(opt.Scripts.DefaultSchema), words: phrases(opt.Lang),
	}}
	w.judge = &statementJudge{catalog: estate.Catalog, names: resolve.NewEstate(estate.Catalog), rules: table, engine: engine, words: phrases(opt.Lang), family: opt.Target.Family}
	if err := w.readWorkload(ctx, opt.Workload, func(done, total int) { opt.Progress("reading workload", done, total) }); err != nil {
		return nil, err
	}
	apps, err := w.readApps(ctx, opt.Workload, func(done, total int) { opt.Progress("reading application", done, total) })
	if err != nil {
		return nil, err
	}
	groups := w.grouper.Groups()
	w.grouper = nil
	var proof func(*WorkloadGroup, verdict) *gen.Output
	if opt.Prove != nil {
		proof = func(g *WorkloadGroup, v verdict) *gen.Output { return proofOf(g, v, opt.Target.Family) }
	}
	made, asked, err := w.judge.judgeGroups(ctx, groups, opt.Jobs, proof, func(done, total int) { opt.Progress("converting workload", done, total) })
	if err != nil {
		return nil, err
	}
	w.groups = made
	w.proven = map[*gen.Output]int{}
	for i, o := range asked {
		switch g := &w.groups[i]; {
		case o != nil:
			w.proven[o] = i
		case proof != nil && g.Why == "" && !g.Refused:
			g.Why = w.words.Say("not tried on the server: only queries and DML can be prepared without running them")
		}
	}
	if opt.Workload.Patch {
		for _, a := range apps {
			list, diff, err := w.judge.patches(ctx, a, w.schema, opt.Jobs, func(done, total int) { opt.Progress("patching", done, total) })
			if err != nil {
				return nil, err
			}
			w.result.Patches = append(w.result.Patches, list...)
			w.result.Diffs = append(w.result.Diffs, WorkloadDiff{Root: a.root, Text: diff})
		}
	}
	for i := range w.groups {
		g := &w.groups[i]
		if g.Class != SQLUnread {
			continue
		}
		n := NotCovered{Kind: NotParsed, Reason: w.words.Say("statement of the workload: %s", g.Why), Head: head(g.Text)}
		if len(g.Places) > 0 {
			n.File, n.Line = g.Places[0].File, g.Places[0].Line
		}
		w.missing = append(w.missing, n)
	}
	return w, nil
}

// proofOf is the statement by which judges are asked: PREPARE takes a query or DML as a driver would send it, and runs
// nothing. Calls are not asked about: to try one is to run it.
func proofOf(g *WorkloadGroup, v verdict, family string) *gen.Output {
	first, _, _ := strings.Cut(strings.TrimLeft(v.sent, " (\n\t"), " ")
	switch strings.ToUpper(strings.TrimSpace(strings.SplitN(first, "\n", 2)[0])) {
	case "SELECT", "WITH", "INSERT", "UPDATE", "DELETE", "MERGE":
	default:
		return nil
	}
	types := ""
	if len(v.params) > 0 {
		var list []string
		for _, p := range v.params {
			list = append(list, cmp.Or(p.Type, "unknown"))
		}
		types = " (" + strings.Join(list, ", ") + ")"
	}
	sql := "PREPARE w" + g.ID + strings.ToLower(plainWord(g.Schema)) + types + " AS\n" + v.sent + ";\n"
	if family == rules.MySQL {
		sql = v.sent + ";\n" // its judge is a parser, which runs nothing and takes parameters as they are
	}
	return &gen.Output{
		ID: model.NewObjectID(model.KindStatement, model.CatalogName("", "workload "+g.ID+" "+g.Schema)), Kind: model.KindStatement, Phase: gen.PhaseScript,
		SQL: sql, Needs: v.needs, DependsOn: v.depends,
	}
}

// plainWord leaves letters and digits of a name.
func plainWord(s string) string {
	return strings.Map(func(c rune) rune {
		if c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' {
			return c
		}
		return -1
	}, s)
}

// ask adds the statements to those that a conversion is judged by; the function it gives takes them out again, with what
// the judges said.
func (w *workloadRun) ask(c *convert.Result) func() {
	if w == nil || len(w.proven) == 0 {
		return func() {}
	}
	own := len(c.Outputs)
	list := make([]*gen.Output, 0, len(w.proven))
	for o := range w.proven {
		list = append(list, o)
	}
	slices.SortFunc(list, func(a, b *gen.Output) int { return cmp.Compare(w.proven[a], w.proven[b]) })
	c.Outputs = append(slices.Clip(c.Outputs), list...)
	return func() {
		byID := map[model.ObjectID]int{}
		for o, i := range w.proven {
			byID[o.ID] = i
			if s, ok := c.Rungs[o]; ok && !w.groups[i].Refused {
				w.groups[i].Rung = max(w.groups[i].Rung, s.Rung)
			}
		}
		for _, e := range c.Evidence {
			if i, ok := byID[e.Object]; ok && !e.OK && e.Rung > w.groups[i].Rung && w.groups[i].Why == "" {
				w.groups[i].Why = e.Check + ": " + e.Detail
			}
		}
		c.Evidence = slices.DeleteFunc(c.Evidence, func(e model.Evidence) bool { _, ok := byID[e.Object]; return ok })
		c.Outputs = c.Outputs[:own]
	}
}

// finish makes the section of the result.
func (w *workloadRun) finish(r *Result, lang string) error {
	if w == nil {
		return nil
	}
	res := w.result
	res.Groups = w.groups
	slices.SortStableFunc(res.Groups, func(a, b WorkloadGroup) int {
		return cmp.Or(cmp.Compare(b.ElapsedMS, a.ElapsedMS), cmp.Compare(b.Executions, a.Executions), cmp.Compare(b.Statements, a.Statements), strings.Compare(a.ID, b.ID), strings.Compare(a.Schema, b.Schema))
	})
	res.Totals = res.count()
	res.Totals.NotCovered = len(w.missing)
	rulesUsed, err := res.rules(lang)
	if err != nil {
		return err
	}
	res.Rules = rulesUsed
	res.Sources, res.Groups, res.Rules, res.Patches = list(res.Sources), list(res.Groups), list(res.Rules), list(res.Patches)
	r.Workload = res
	r.NotCovered = append(r.NotCovered, w.missing...)
	return nil
}

// count makes the totals from the groups.
func (w *Workload) count() WorkloadTotals {
	t := WorkloadTotals{Sources: len(w.Sources), Groups: len(w.Groups)}
	for _, c := range SQLClasses() {
		t.Classes = append(t.Classes, WorkloadClassCount{Class: c})
	}
	for _, r := range model.Rungs() {
		t.Rungs = append(t.Rungs, WorkloadRungCount{Rung: r})
	}
	sql, runs, elapsed := Score{Name: ScoreSQL}, Score{Name: ScoreExecutions}, Score{Name: ScoreElapsed}
	for i := range w.Groups {
		g := &w.Groups[i]
		t.Statements += g.Statements
		t.Executions += g.Executions
		t.ElapsedMS += g.ElapsedMS
		c := &t.Classes[slices.Index(SQLClasses(), g.Class)]
		c.Groups++
		c.Executions += g.Executions
		c.ElapsedMS += g.ElapsedMS
		if g.Effort == model.Review {
			c.Review++
		}
		if g.Refused {
			t.Refused++
		} else {
			t.Rungs[g.Rung].Groups++
			t.Rungs[g.Rung].Executions += g.Executions
		}
		for _, f := range g.Findings {
			t.Findings.Add(f.Severity)
		}
		ms := int(min(g.ElapsedMS, maxMilliseconds))
		sql.Of++
		runs.Of += int(g.Executions)
		elapsed.Of += ms
		if g.Class == SQLCompatible || g.Class == SQLConverted {
			sql.Part++
			runs.Part += int(g.Executions)
			elapsed.Part += ms
		}
	}
	t.Scores = []Score{sql, runs, elapsed}
	return t
}

// maxMilliseconds bounds the time of one group, some 280 years of processors: sums of all groups stay whole numbers.
const maxMilliseconds = 1 << 43

// rules counts what the rules said, with their titles.
func (w *Workload) rules(lang string) ([]WorkloadRule, error) {
	byCode := map[string]*WorkloadRule{}
	for i := range w.Groups {
		g := &w.Groups[i]
		seen := map[string]bool{}
		for _, f := range g.Findings {
			u := byCode[f.Code]
			if u == nil {
				text, ok := rules.Text(orEnglish(lang), f.Code)
				if !ok {
					return nil, fmt.Errorf("rule %s has no text in language %q", f.Code, lang)
				}
				u = &WorkloadRule{Code: f.Code, Name: f.Rule, Title: text.Title, Advice: text.Advice}
				byCode[f.Code] = u
			}
			u.Severity, u.Effort = max(u.Severity, f.Severity), max(u.Effort, f.Effort)
			if !seen[f.Code] {
				seen[f.Code] = true
				u.Groups++
				u.Executions += g.Executions
			}
		}
	}
	used := make([]WorkloadRule, 0, len(byCode))
	for _, u := range byCode {
		used = append(used, *u)
	}
	slices.SortFunc(used, func(a, b WorkloadRule) int { return strings.Compare(a.Code, b.Code) })
	return used, nil
}

// milliseconds are rounded to microseconds, which is what Oracle counts in.
func milliseconds(d time.Duration) float64 { return float64(d/time.Microsecond) / 1000 }
