package reports

import (
	"cmp"
	"path"
	"strings"

	"landfall/assess"
	"landfall/assess/checks"
	"landfall/internal/model"
)

// annotation is one finding of any part of the result as tools of continuous integration take it: SARIF results, lines of
// GitHub, cases of JUnit.
type annotation struct {
	code, name  string
	severity    model.Severity
	effort      string
	object      model.ObjectID
	file        string // as the reader's checkout names it; a path made up of the object's id where there is none
	made        bool   // file is made up
	line, col   int    // 0: not known
	message     string
	advice      string
	fingerprint string
	status      string        // against the baseline: new, unchanged, resolved; "" without one
	waiver      *model.Waiver // somebody answers for it
}

// settled says that it asks nothing of a build: it is waived, or the baseline has it.
func (a annotation) settled() bool { return a.waiver != nil || a.status == assess.StatusUnchanged }

// level is the word of SARIF for a severity; GitHub and JUnit follow it.
func level(s model.Severity) string {
	switch s {
	case model.Blocker, model.High:
		return "error"
	case model.Medium:
		return "warning"
	}
	return "note"
}

// annotations calls yield for every finding of objects, every check that warns, then every finding of workload statements, in
// report order, until it gives an error.
func annotations(r *assess.Result, o Options, yield func(annotation) error) error {
	for i := range r.Findings {
		f := &r.Findings[i]
		a := annotation{
			status: f.Status, waiver: f.Waiver,
			code: f.Code, name: f.Rule, severity: f.Severity, effort: f.Effort.String(), object: f.Object,
			line: f.Pos.Line, col: f.Pos.Col, message: f.Message, advice: f.Advice, fingerprint: f.Fingerprint,
		}
		a.file, a.made = o.place(f.Pos.File, string(f.Object))
		if a.made {
			a.line, a.col = 0, 0
		}
		if err := yield(a); err != nil {
			return err
		}
	}
	for i := range r.Checks {
		c := &r.Checks[i]
		if c.Verdict != checks.Blocker && c.Verdict != checks.Warning {
			continue
		}
		a := annotation{code: c.Code, name: c.Name, severity: c.Severity(), effort: model.Manual.String(), message: c.Title + ": " + c.Message, advice: c.Advice, fingerprint: c.Code}
		a.file, a.made = o.place("", "")
		if r.Baseline != nil && c.Was == "" { // Was is told only where it was another
			a.status = assess.StatusUnchanged
		}
		if err := yield(a); err != nil {
			return err
		}
	}
	if r.Workload == nil {
		return nil
	}
	advice := map[string]string{}
	for _, u := range r.Workload.Rules {
		advice[u.Code] = u.Advice
	}
	seen := map[string]int{}
	for i := range r.Workload.Groups {
		g := &r.Workload.Groups[i]
		for _, f := range g.Findings {
			a := annotation{code: f.Code, name: f.Rule, severity: f.Severity, effort: f.Effort.String(), message: f.Message, advice: advice[f.Code]}
			a.file, a.made = "workload/"+g.ID, true
			if len(g.Places) > 0 && g.Places[0].Line > 0 {
				// The statement's place: positions of its findings count in its own text, which the file need not hold as it is.
				a.file, a.made, a.line = g.Places[0].File, false, g.Places[0].Line
			}
			if f.File != "" { // the reader of application source knows the very line
				a.file, a.made, a.line = f.File, false, f.FileLine
			}
			if !a.made { // named from where the command ran, as --app and --workload name it
				a.file = path.Clean(a.file)
			}
			key := g.ID + "/" + f.Code
			a.fingerprint = key + "/" + itoa(seen[key])
			seen[key]++
			if err := yield(a); err != nil {
				return err
			}
		}
	}
	return nil
}

// place is where a file of the source stands in the reader's checkout. What stands in no file gets a path that says which
// object it is: objects/package_body/INS.PKG_CLAIM.
func (o Options) place(file, object string) (name string, made bool) {
	switch {
	case file != "":
		return path.Join(o.SourcePath, file), false
	case object != "":
		kind, bare, _ := strings.Cut(object, ":")
		return "objects/" + kind + "/" + strings.TrimPrefix(bare, "."), true
	}
	return "database", true
}

// sayMore is the message with the advice behind it.
func (a annotation) sayMore() string {
	if a.advice == "" {
		return visible(a.message)
	}
	return visible(a.message) + "\n" + visible(a.advice)
}

// ruleTexts are the records behind the codes of all annotations: those of objects, then those that only workload statements
// have.
func ruleTexts(r *assess.Result) []assess.RuleUse {
	list := make([]assess.RuleUse, 0, len(r.Rules))
	known := map[string]bool{}
	add := func(u assess.RuleUse) {
		if !known[u.Code] {
			known[u.Code] = true
			u.Title = cmp.Or(u.Title, u.Name, u.Code)
			list = append(list, u)
		}
	}
	for _, u := range r.Rules {
		add(u)
	}
	for i := range r.Checks {
		if c := &r.Checks[i]; c.Verdict == checks.Blocker || c.Verdict == checks.Warning {
			add(assess.RuleUse{Code: c.Code, Name: c.Name, Title: c.Title, Doc: c.Why, Severity: c.Severity(), Effort: model.Manual})
		}
	}
	if w := r.Workload; w != nil {
		for _, u := range w.Rules {
			add(assess.RuleUse{Code: u.Code, Name: u.Name, Title: u.Title, Doc: u.Advice, Severity: u.Severity, Effort: u.Effort})
		}
	}
	for i := range r.Findings { // findings whose rule has no record
		f := &r.Findings[i]
		if !known[f.Code] {
			add(assess.RuleUse{Code: f.Code, Name: f.Rule, Severity: f.Severity, Effort: f.Effort})
		}
	}
	return list
}
