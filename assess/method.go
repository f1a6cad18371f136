package assess

import (
	"runtime"
	"strings"

	"landfall/assess/checks"
	"landfall/assess/phrase"
	"landfall/internal/oracle/bundle"
)

// method says how the figures were made and what they do not tell. It names no clock and no machine.
func method(opt Options, r *Result) Method {
	say := phrases(opt.Lang).Say
	m := Method{
		Steps: []string{
			say("Every file of the source was decoded and read with Landfall's own parser for Oracle SQL, DDL, PL/SQL and SQL*Plus scripts. Each statement was printed back from its tree and compared token for token with the source; a statement that fails either step is listed under Not covered and keeps its object at rung 0 (unread)."),
			say("The statements were folded into one catalog: ALTERs, comments, separate constraints and grants are part of the object they change, in whatever order the files are read."),
			say("The names of every statement were resolved over that catalog, and expressions were typed as far as the source tells."),
			say("The rule table for %s (%d rules) was run over every statement and object. A finding names the place, the consequence and the advice; its severity is about the outcome, its effort about who does the work.", opt.Target.Title, len(opt.Table)),
			converted(r, phrases(opt.Lang)),
			say("Dependencies are what statements name. Waves follow from them: the objects of a wave need only earlier waves, and each other where they form a cycle."),
			say("%d checks look at the database as a whole. A check whose facts the source does not hold has the verdict NOT COLLECTED and is never passed.", len(r.Checks)),
			say("Effort, complexity, sizing and windows are ranges made of findings, of what the conversion did to every object, and of figures that are listed with their reasons; those that the project changed are marked."),
		},
		Limits: []string{
			limit(r, phrases(opt.Lang)),
			asked(opt, r),
			say("Text that is put together at run time is judged only where it is constant."),
			say("Objects that the source only mentions, but does not create, are named as external in the dependencies."),
		},
		Versions: []Version{{Name: "Landfall", Version: opt.Version}, {Name: say("rule table"), Version: say("%d rules", len(opt.Table))}, {Name: say("target profile"), Version: opt.Target.Name + " " + opt.Target.Version}, {Name: "Go", Version: goVersion()}},
	}
	if n := r.notUTF8(); n > 0 {
		m.Limits = append(m.Limits, say("%d files were not in UTF-8; their character set was told or found out, see the inputs.", n))
	}
	return m
}

// asked says what is known of the database itself.
func asked(opt Options, r *Result) string {
	say, silent := phrases(opt.Lang).Say, 0
	for _, c := range r.Checks {
		if c.Verdict == checks.NotCollected {
			silent++
		}
	}
	s := say("No database was asked: sizes, row counts, statistics, invalid objects, and code that is not in the source are unknown.")
	if f := opt.Facts; f != nil && f.Origin != bundle.FromFiles {
		s = say("Facts of the database are those of the bundle %s; what it does not hold is named where it is missed.", f.Bundle)
	}
	return s + say(" %d of %d checks have no verdict for want of facts.", silent, len(r.Checks))
}

// converted says what the rungs stand on.
func converted(r *Result, words phrase.Table) string {
	c, say := r.Conversion, words.Say
	s := say("All %d statements were converted with the same rule table: %d converted, %d of them with changed meaning, %d refused, %d left out on purpose. What the conversion refuses keeps its object at rung 1, is counted as refused and is manual work.",
		c.Statements, c.Converted+c.Changed, c.Changed, c.Refused, c.Ignored)
	if c.Grammar != "" {
		s += say(" The result was held against the grammar of %s (rung 3).", c.Grammar)
	}
	if c.Server != "" {
		s += say(" It was created on %s with %s and checked by plpgsql_check (rung 4).", c.Server, orNone(c.Extensions, say("no extension")))
	}
	return s
}

// limit says what the rungs do not tell.
func limit(r *Result, words phrase.Table) string {
	c, say := r.Conversion, words.Say
	switch {
	case c.Ceiling != "":
		return say("Rungs: %s.", c.Ceiling)
	case c.Server != "":
		return say("Rungs: what compiled did so on %s; nothing is claimed for other versions. That it gives the same results is shown by replay only (rung 5).", c.Server)
	}
	return say("Rungs: no server was asked, so no object is above rung 3, and no promise is made about what a server would take (--prove asks one).")
}

func orNone(list []string, none string) string {
	if len(list) == 0 {
		return none
	}
	return strings.Join(list, ", ")
}

func (r *Result) notUTF8() (n int) {
	for _, in := range r.Inputs {
		if in.Charset != "" && !strings.EqualFold(in.Charset, "UTF-8") {
			n++
		}
	}
	return n
}

func goVersion() string { return strings.TrimPrefix(runtime.Version(), "go") }
