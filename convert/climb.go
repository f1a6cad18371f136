package convert

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"landfall/convert/rules"
	"landfall/convert/support"
	"landfall/internal/model"
	mysqlgrammar "landfall/internal/mysql/grammar"
	"landfall/internal/postgres/grammar"
	"landfall/internal/postgres/prove"
)

// ClimbOptions say by whom a result is judged.
type ClimbOptions struct {
	Target  *rules.Profile  // no check goes beyond its ceiling
	Grammar grammar.Checker // nil leaves rung 3 out
	URL     string          // of a server to prove on; "" leaves rung 4 out
	Own     bool            // the server is a throw-away one
	// Progress is told how far a phase ("checking", "proving") is, one call at a time; nil says nothing.
	Progress func(phase string, done, total int)
}

// Proof says what a result was proven by.
type Proof struct {
	Grammar    string         `json:"grammar,omitempty"`    // whose grammar accepted, with its version
	Server     string         `json:"server,omitempty"`     // who compiled, with its version: claims hold for that one only
	Extensions []string       `json:"extensions,omitempty"` // that were there, with versions
	Absent     []string       `json:"absent,omitempty"`     // that were asked for and were not there
	Needs      map[string]int `json:"needs,omitempty"`      // objects that stop at accepted for want of an extension, by extension
	Nothing    int            `json:"nothing"`              // objects of which nothing is left to create; compiled with the rest
	NotClean   int            `json:"not_clean"`            // objects that were created and that plpgsql_check complains about
	Late       int            `json:"late"`                 // files that were taken only after what is deployed behind them: deploy.sql has them too early
	Ceiling    string         `json:"ceiling,omitempty"`    // of the target, where no server of it can be asked
}

// standardExtensions are made on every server that has them: converted code may use them.
var standardExtensions = []string{"orafce", "dblink", "pgcrypto", "plpgsql_check", "tablefunc", "fuzzystrmatch"}

// judged is what the judges said about one output.
type judged struct {
	accepted bool
	outcome  *prove.Outcome
	problems []grammar.Problem
	broken   []grammar.Problem // of statements that are refused for them
}

// Climb has the outputs judged, enters the evidence and lets objects and members climb. A refused object stays where
// it is, though its stub is created, so that what calls it compiles. What fails is evidence, never an error.
func (r *Result) Climb(ctx context.Context, opt ClimbOptions) error {
	r.Proof = &Proof{}
	if opt.Target != nil && opt.Target.Ceiling < model.RungAccepted {
		r.Proof.Ceiling = fmt.Sprintf("%s: no grammar and no server of it is at hand; the highest rung is %s", opt.Target.Title, opt.Target.Ceiling)
		return nil
	}
	if opt.Progress == nil {
		opt.Progress = func(string, int, int) {}
	}
	if opt.Target != nil && opt.Target.Family == rules.MySQL {
		if opt.Grammar != nil || opt.URL != "" {
			return fmt.Errorf("%s is judged by its own grammar and by no server of PostgreSQL", opt.Target.Title)
		}
		r.Proof.Ceiling = fmt.Sprintf("%s: its own parser is asked, no server is at hand; the highest rung is %s", opt.Target.Title, opt.Target.Ceiling)
		opt.Grammar = tidbGrammar{mysqlgrammar.New()}
	}
	all := make([]judged, len(r.Outputs))
	if opt.Grammar != nil {
		r.Proof.Grammar = opt.Grammar.Name()
		for i, o := range r.Outputs {
			if err := ctx.Err(); err != nil {
				return err
			}
			opt.Progress("checking", i, len(r.Outputs))
			all[i].problems = opt.Grammar.Check(ServerText(o))
			all[i].accepted = len(all[i].problems) == 0
			r.refuseBroken(o, &all[i], opt.Grammar)
		}
		model.SortFindings(r.Findings)
		model.SetFingerprints(r.Findings)
		opt.Progress("checking", len(r.Outputs), len(r.Outputs))
	}
	if opt.URL != "" {
		report, err := prove.Run(ctx, r.units(), prove.Options{
			URL: opt.URL, Own: opt.Own, Extensions: standardExtensions, Before: support.All(), Settings: support.NoSecondSessions(), BeforeChecks: support.InitialisationDone,
			Progress: func(done, total int) { opt.Progress("proving", done, total) },
		})
		if err != nil {
			return err
		}
		r.Proof.Server, r.Proof.Extensions, r.Proof.Absent = report.Server, report.Extensions, report.Absent
		for i := range all {
			all[i].outcome = &report.Outcomes[i]
		}
	}
	r.enter(all)
	r.climb(all)
	r.count()
	return nil
}

// units are the outputs as a server gets them.
func (r *Result) units() []prove.Unit {
	units := make([]prove.Unit, len(r.Outputs))
	for i, o := range r.Outputs {
		units[i] = prove.Unit{Key: string(o.ID), Schema: o.Schema, SQL: ServerText(o), Needs: o.Needs}
		for _, d := range o.DependsOn {
			units[i].DependsOn = append(units[i].DependsOn, string(d))
		}
	}
	return units
}

// enter writes the judges' words down, by output.
func (r *Result) enter(all []judged) {
	codes := r.codesByLine()
	for i, o := range r.Outputs {
		sum := sha256.Sum256([]byte(o.SQL))
		base := model.Evidence{Object: o.ID, Hash: hex.EncodeToString(sum[:])}
		add := func(rung model.Rung, check, by string, ok bool, line int, detail string) {
			e := base
			e.Rung, e.Check, e.By, e.OK, e.Detail = rung, check, by, ok, detail
			if source := o.SourceLine(line); !ok && line > 0 && source > 0 {
				e.Pos = model.Pos{File: o.Pos.File, Line: source, Col: 1}
				e.Codes = codes[place{o.Pos.File, source}]
			}
			r.Evidence = append(r.Evidence, e)
		}
		j := all[i]
		if r.Proof.Grammar != "" {
			for _, p := range slices.Concat(j.broken, j.problems) {
				add(model.RungAccepted, "grammar", r.Proof.Grammar, false, p.Line, fmt.Sprintf("line %d: %s", p.Line, p.Message))
			}
			if j.accepted {
				add(model.RungAccepted, "grammar", r.Proof.Grammar, true, 0, "")
			}
		}
		if j.outcome == nil {
			continue
		}
		switch {
		case len(j.outcome.Missing) > 0:
			add(model.RungCompiled, "create", r.Proof.Server, false, 0, "needs "+strings.Join(j.outcome.Missing, ", "))
		case j.outcome.NotRun != "":
			add(model.RungCompiled, "create", r.Proof.Server, false, 0, "not run: "+j.outcome.NotRun)
		case j.outcome.Created && j.outcome.Late:
			add(model.RungCompiled, "create", r.Proof.Server, true, 0, "only after what is deployed behind it")
			r.Proof.Late++
		case j.outcome.Created:
			add(model.RungCompiled, "create", r.Proof.Server, true, 0, "")
		}
		for _, f := range j.outcome.Failures {
			if len(j.outcome.Missing) == 0 {
				add(model.RungCompiled, "create", r.Proof.Server, false, f.Line, fmt.Sprintf("line %d: %s", f.Line, f))
			}
		}
		if len(j.outcome.Missing) == 0 {
			r.enterChecks(j.outcome, add)
		}
	}
}

func (r *Result) enterChecks(o *prove.Outcome, add func(rung model.Rung, check, by string, ok bool, line int, detail string)) {
	checked, clean, aside := false, true, 0
	for _, routine := range o.Routines {
		for _, f := range routine.Problems {
			add(model.RungCompiled, "plpgsql_check", r.Proof.Server, false, f.Line, fmt.Sprintf("%s, line %d: %s", routine.Name, f.Line, f))
		}
		if routine.Created && !routine.Checked {
			add(model.RungCompiled, "plpgsql_check", r.Proof.Server, false, routine.Line, routine.Name+": not checked: needs plpgsql_check, and for a trigger function its trigger")
		}
		aside += len(routine.Aside)
		checked = checked || routine.Checked
		clean = clean && (routine.Clean() || !routine.Created)
	}
	if checked && clean {
		detail := ""
		if aside > 0 {
			detail = fmt.Sprintf("%d alarms left aside that plpgsql_check calls false: records that dynamic SQL fills", aside)
		}
		add(model.RungCompiled, "plpgsql_check", r.Proof.Server, true, 0, detail)
	}
}

// tidbGrammar gives what TiDB's parser says in the words of PostgreSQL's.
type tidbGrammar struct{ *mysqlgrammar.Checker }

func (g tidbGrammar) Check(sql string) (found []grammar.Problem) {
	for _, p := range g.Checker.Check(sql) {
		found = append(found, grammar.Problem{Line: p.Line, Col: p.Col, Message: p.Message})
	}
	return found
}

type place struct {
	file string
	line int
}

func (r *Result) codesByLine() map[place][]string {
	m := map[place][]string{}
	for _, f := range r.Findings {
		p := place{f.Pos.File, f.Pos.Line}
		if !slices.Contains(m[p], f.Code) {
			m[p] = append(m[p], f.Code)
		}
	}
	for _, list := range m {
		slices.Sort(list)
	}
	return m
}

// rungOf is how high the judges let an output climb. Compiled does not ask for accepted: the server is the judge.
func rungOf(j judged) model.Rung {
	switch {
	case j.outcome != nil && j.outcome.Clean():
		return model.RungCompiled
	case j.accepted:
		return model.RungAccepted
	}
	return model.RungConverted
}

// climb gives outputs, objects and members their rungs. An object stands where the lowest of its outputs does; one of
// which nothing is left to create stands where the whole does: it is deployed when the rest is.
func (r *Result) climb(all []judged) {
	lowest := map[model.ObjectID]model.Rung{}
	missing := map[model.ObjectID][]string{}
	unclean := map[model.ObjectID]bool{}
	members := map[model.ObjectID][]MemberStanding{}
	r.Rungs = make(map[*Output]model.Standing, len(r.Outputs))
	for i, o := range r.Outputs {
		rung := rungOf(all[i])
		s := model.Standing{Rung: rung}
		if o.Refused {
			s = s.Refuse()
		}
		r.Rungs[o] = s
		if was, ok := lowest[o.ID]; !ok || rung < was {
			lowest[o.ID] = rung
		}
		members[o.ID] = append(members[o.ID], memberStandings(o, all[i])...)
		if out := all[i].outcome; out != nil {
			for _, m := range out.Missing {
				if !slices.Contains(missing[o.ID], m) {
					missing[o.ID] = append(missing[o.ID], m)
				}
			}
			unclean[o.ID] = unclean[o.ID] || out.Created && len(out.Missing) == 0 && !out.Clean()
		}
	}
	top := model.RungConverted
	switch {
	case r.Proof.Server != "":
		top = model.RungCompiled
	case r.Proof.Grammar != "":
		top = model.RungAccepted
	}
	r.Proof.Needs = map[string]int{}
	for i := range r.Objects {
		o := &r.Objects[i]
		o.Members = members[o.ID]
		o.Needs = missing[o.ID]
		slices.Sort(o.Needs)
		if o.Standing.Refused || o.Standing.Rung < model.RungConverted {
			continue
		}
		rung, ok := lowest[o.ID]
		if !ok {
			rung = top
			r.Proof.Nothing++
		}
		o.Standing = o.Standing.Reach(rung)
		for _, need := range o.Needs {
			r.Proof.Needs[need]++
		}
		if unclean[o.ID] {
			r.Proof.NotClean++
		}
	}
}

// MemberStanding is one routine of a package or type and where it stands.
type MemberStanding struct {
	Member
	Standing model.Standing `json:"standing"`
}

// fileStanding is that of the lowest output of a file.
func (r *Result) fileStanding(f outFile) model.Standing {
	s := model.Standing{Rung: model.RungEqual}
	for _, o := range f.outputs {
		rung := model.RungConverted
		if got, ok := r.Rungs[o]; ok {
			rung = got.Rung
		}
		s.Rung = min(s.Rung, rung)
		s.Refused = s.Refused || o.Refused
	}
	if s.Refused {
		return s.Refuse()
	}
	return s
}

// listMembers gives objects their members as far as the conversion itself tells.
func (r *Result) listMembers() {
	members := map[model.ObjectID][]MemberStanding{}
	for _, o := range r.Outputs {
		members[o.ID] = append(members[o.ID], memberStandings(o, judged{})...)
	}
	for i := range r.Objects {
		r.Objects[i].Members = members[r.Objects[i].ID]
	}
}

// memberStandings finds each member's routine among those that the output creates: by name, overloads in order.
func memberStandings(o *Output, j judged) []MemberStanding {
	var list []MemberStanding
	var heads []prove.Head
	if j.accepted || j.outcome != nil || j.problems != nil {
		heads = prove.Heads(o.SQL)
	}
	nth := map[string]int{}
	for _, m := range o.Members {
		s := MemberStanding{Member: m, Standing: model.Standing{Rung: model.RungConverted}}
		if m.Refused {
			s.Standing = s.Standing.Refuse()
		}
		name := foldTarget(m.Target)
		seen := 0
		for _, h := range heads {
			if h.Name != name {
				continue
			}
			if seen++; seen <= nth[name] {
				continue
			}
			nth[name]++
			s.Standing = s.Standing.Reach(memberRung(h, j))
			break
		}
		if seen == 0 && len(heads) > 0 { // what makes no routine of its name: an aggregate
			s.Standing = s.Standing.Reach(rungOf(j))
		}
		list = append(list, s)
	}
	return list
}

func memberRung(h prove.Head, j judged) model.Rung {
	if j.outcome != nil {
		for _, routine := range j.outcome.Routines {
			if routine.Line == h.Line && routine.Name == h.Name && routine.Clean() {
				return model.RungCompiled
			}
		}
	}
	if j.accepted || j.problems != nil && !slices.ContainsFunc(j.problems, func(p grammar.Problem) bool { return p.Line >= h.Line && p.Line <= h.To }) {
		return model.RungAccepted
	}
	return model.RungConverted
}

// foldTarget is a quoted and qualified name as PostgreSQL's catalog has it: pay."Run" is pay.Run.
func foldTarget(name string) string {
	var b strings.Builder
	quoted := false
	for i := 0; i < len(name); i++ {
		switch {
		case name[i] == '"' && quoted && i+1 < len(name) && name[i+1] == '"':
			b.WriteByte('"')
			i++
		case name[i] == '"':
			quoted = !quoted
		case quoted:
			b.WriteByte(name[i])
		default:
			b.WriteString(strings.ToLower(name[i : i+1]))
		}
	}
	return b.String()
}
