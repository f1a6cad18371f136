package checks

import (
	"cmp"
	"slices"
	"strings"

	"landfall/assess/phrase"
	"landfall/internal/oracle/bundle"
)

// Run judges every check of the table. lang is that of titles and advice: en or zh.
func Run(in Input, lang string) []Checked {
	// A bundle that was made of scripts knows what scripts know: the catalog has all of it, and its silence is theirs.
	fromScripts := in.Facts == nil || in.Facts.Origin == bundle.FromFiles
	list := make([]Checked, 0, len(table))
	words := phrases(lang)
	for _, c := range table {
		r := c.run(&in, fromScripts, words)
		t, _ := Text(lang, c.Code)
		r.Title, r.Why, r.Advice = t.Title, t.Why, t.Advice
		slices.SortStableFunc(r.Items, func(a, b CheckItem) int {
			return cmp.Or(cmp.Compare(a.Object, b.Object), strings.Compare(a.Name, b.Name), strings.Compare(a.What, b.What))
		})
		list = append(list, r)
	}
	return list
}

func (c *Check) run(in *Input, fromScripts bool, words phrase.Table) Checked {
	r := Checked{Code: c.Code, Name: c.Name, Scope: c.Scope, Verdict: NotCollected}
	r.Missing = c.missing(in, fromScripts)
	if c.Facts != nil && !fromScripts && len(r.Missing) == 0 {
		r.take(c.Facts(in), "bundle", words)
		r.doubt(c, in, words)
		return r
	}
	if c.Scripts != nil {
		if o := c.Scripts(in); o.Of > 0 {
			r.take(o, "definitions", words)
			return r
		}
	}
	r.Message = words.In(c.silence(r.Missing))
	return r
}

func (r *Checked) take(o Outcome, from string, words phrase.Table) {
	r.Verdict, r.Message, r.From, r.Of, r.Script = o.Verdict, words.In(o.Message), from, o.Of, o.Script
	for _, f := range o.Facts {
		r.Facts = append(r.Facts, CheckFact{words.In(f.name), words.In(f.value)})
	}
	for _, x := range o.Items {
		r.Items = append(r.Items, CheckItem{Object: x.id, Name: x.name, What: words.In(x.what)})
	}
}

// missing lists what was not collected of what the check needs.
func (c *Check) missing(in *Input, fromScripts bool) []MissingFacts {
	var list []MissingFacts
	for _, name := range c.Needs {
		switch {
		case fromScripts:
			list = append(list, MissingFacts{Extract: name, Reason: string(bundle.ReasonOrigin)})
		case !in.Facts.Known(name):
			why := in.Facts.Why(name)
			list = append(list, MissingFacts{Extract: name, Reason: string(why.Reason), Detail: why.Detail})
		}
	}
	return list
}

// silence says why there is no verdict.
func (c *Check) silence(missing []MissingFacts) phrase.Text {
	if len(missing) == 0 {
		return say("the source holds nothing that this check looks at")
	}
	names := make([]string, len(missing))
	for i, m := range missing {
		names[i] = m.Extract
	}
	if missing[0].Reason == string(bundle.ReasonOrigin) {
		if c.Scripts != nil {
			return say("the scripts hold none; whether the database does is known from a bundle with %s", strings.Join(names, ", "))
		}
		return say("scripts do not tell; needs a bundle with %s", strings.Join(names, ", "))
	}
	return say("not in the bundle: %s (%s)", strings.Join(names, ", "), missing[0].Reason)
}

// doubt takes PASS back where the facts are known to lack something, or show only what one user may see.
func (r *Checked) doubt(c *Check, in *Input, words phrase.Table) {
	if r.Verdict != Pass {
		return
	}
	for _, name := range c.Needs {
		if why := in.Facts.Why(name); why.Detail != "" {
			r.Verdict, r.Message = Informational, words.Say("%s; but the extract %s is incomplete: %s", r.Message, name, why.Detail)
			return
		}
		if in.Facts.Level(name) == "all" {
			r.Verdict, r.Message = Informational, words.Say("%s; but the extract %s shows only what the collecting user may see", r.Message, name)
			return
		}
	}
}

// Codes lists the codes of the table, sorted.
func Codes() []string {
	list := make([]string, len(table))
	for i, c := range table {
		list[i] = c.Code
	}
	return list
}

// NeedsBundle lists the checks that scripts alone can never answer, by code.
func NeedsBundle() []string {
	var list []string
	for _, c := range table {
		if c.Scripts == nil {
			list = append(list, c.Code)
		}
	}
	return list
}
