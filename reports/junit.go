package reports

import (
	"bufio"
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"landfall/assess"
	"landfall/assess/checks"
	"landfall/internal/model"
)

// junitSuite is one testsuite element; cases are made twice, once to be counted and once to be written, so that none has to
// be kept.
type junitSuite struct {
	name  string
	cases func(yield func(junitCase))
}

// junitCase is one testcase. It passes when kind is empty.
type junitCase struct {
	class, name string
	kind        string // "failure", "error"
	sort        string // attribute type: "refused", "finding" ...
	message     string
	detail      string
}

// junitPlaces is how many findings a failed case spells out; what is more is counted in its text.
const junitPlaces = 20

// WriteJUnit writes the result as JUnit XML: a case for every rule that reported something, for every object and for every
// group of workload statements, every check and every gate. A case fails when it has a finding of severity high or blocker that
// is neither waived nor in the baseline, when the conversion refuses
// it or when it is manual work; what could not be read is an error. The form is the one that Ant's and Jenkins's schemas share:
// it has a time stamp and a host, which say nothing, so that the same result gives the same bytes.
func WriteJUnit(w io.Writer, r *assess.Result, _ Options) error {
	b := bufio.NewWriterSize(w, 1<<16)
	b.WriteString("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n")
	for i, s := range junitSuites(r) {
		tests, failures, errs := 0, 0, 0
		s.cases(func(c junitCase) {
			tests++
			switch c.kind {
			case "failure":
				failures++
			case "error":
				errs++
			}
		})
		fmt.Fprintf(b, "<testsuite name=\"%s\" package=\"landfall\" id=\"%d\" timestamp=\"2000-01-01T00:00:00\" hostname=\"localhost\" tests=\"%d\" failures=\"%d\" errors=\"%d\" time=\"0\">\n", attr(s.name), i, tests, failures, errs)
		fmt.Fprintf(b, "<properties><property name=\"source\" value=\"%s\"/><property name=\"target\" value=\"%s\"/><property name=\"version\" value=\"%s\"/></properties>\n",
			attr(r.Source.Name), attr(r.Target.Profile+" "+r.Target.Version), attr(r.Tool.Version))
		s.cases(func(c junitCase) { writeCase(b, c) })
		b.WriteString("<system-out/><system-err/>\n</testsuite>\n")
	}
	b.WriteString("</testsuites>\n")
	if err := b.Flush(); err != nil { // it keeps the first error of all writes
		return &model.Error{Code: "RP0009", Op: "write report.junit.xml", Err: err}
	}
	return nil
}

func writeCase(b *bufio.Writer, c junitCase) {
	fmt.Fprintf(b, `<testcase classname="%s" name="%s" time="0"`, attr(c.class), attr(c.name))
	if c.kind == "" {
		b.WriteString("/>\n")
		return
	}
	fmt.Fprintf(b, `><%s type="%s" message="%s">`, c.kind, attr(c.sort), attr(c.message))
	_ = xml.EscapeText(b, []byte(visible(c.detail))) // b keeps the error
	fmt.Fprintf(b, "</%s></testcase>\n", c.kind)
}

// attr escapes the value of an attribute; line breaks become character references.
func attr(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(visible(s))) // a Builder takes everything
	return b.String()
}

func junitSuites(r *assess.Result) []junitSuite {
	byRule, byObject, unowned := map[string][]int{}, map[int][]int{}, 0
	owner := r.Owners()
	for i := range r.Findings {
		f := &r.Findings[i]
		if level(f.Severity) != "error" || settled(f) {
			continue
		}
		byRule[f.Code] = append(byRule[f.Code], i)
		if at, ok := owner(f.Object); ok {
			byObject[at] = append(byObject[at], i)
		} else {
			unowned++
		}
	}
	suites := []junitSuite{
		{"rules", func(yield func(junitCase)) {
			for _, u := range ruleTexts(r) {
				if u.Count == 0 && len(byRule[u.Code]) == 0 {
					continue // of the workload only
				}
				c := junitCase{class: "landfall.rules", name: u.Code + " " + u.Title}
				yield(c.failFor(r, byRule[u.Code]))
			}
		}},
		{"objects", func(yield func(junitCase)) {
			for i := range r.Objects {
				yield(junitObject(r, i, byObject[i]))
			}
		}},
	}
	if len(r.Checks) > 0 {
		suites = append(suites, junitSuite{"checks", func(yield func(junitCase)) {
			for i := range r.Checks {
				yield(junitCheck(&r.Checks[i], r.Baseline != nil))
			}
		}})
	}
	if r.Gates != nil {
		suites = append(suites, junitSuite{"gates", func(yield func(junitCase)) {
			for _, g := range r.Gates.Gates {
				c := junitCase{class: "landfall.gates", name: g.Gate}
				if !g.Passed {
					c.kind, c.sort, c.message, c.detail = "failure", "gate", g.Message, fmt.Sprintf("limit %s, value %s", number(g.Limit), number(g.Value))
					if !g.Known {
						c.detail = fmt.Sprintf("limit %s, value not known", number(g.Limit))
					}
				}
				yield(c)
			}
		}})
	}
	if r.Workload != nil {
		suites = append(suites, junitSuite{"workload", func(yield func(junitCase)) {
			for i := range r.Workload.Groups {
				yield(junitStatement(&r.Workload.Groups[i]))
			}
		}})
	}
	return suites
}

// junitCheck fails for a blocker, unless the baseline has the same verdict. What was not collected passes nothing and fails
// nothing: it is told in the name.
func junitCheck(c *checks.Checked, based bool) junitCase {
	k := junitCase{class: "landfall.checks", name: c.Code + " " + c.Title}
	switch {
	case c.Verdict == checks.NotCollected:
		k.name += " (not collected)"
	case c.Verdict == checks.Blocker && !(based && c.Was == ""):
		k.kind, k.sort, k.message = "failure", "blocker", c.Message
		k.detail = joined(append([]string{c.Advice}, itemLines(c)...), junitPlaces+1)
	}
	return k
}

// failFor fails a case for findings, if there are any.
func (c junitCase) failFor(r *assess.Result, at []int) junitCase {
	if len(at) == 0 {
		return c
	}
	c.kind, c.sort = "failure", "finding"
	c.message = fmt.Sprintf("%d findings of severity high or blocker", len(at))
	var b strings.Builder
	for _, i := range at[:min(len(at), junitPlaces)] {
		f := &r.Findings[i]
		fmt.Fprintf(&b, "%s: %s %s: %s [%s]\n", f.Pos.String(), f.Code, f.Object.Name(), f.Message, f.Fingerprint)
	}
	if more := len(at) - junitPlaces; more > 0 {
		fmt.Fprintf(&b, "and %d more in report.json\n", more)
	}
	c.detail = b.String()
	return c
}

func junitObject(r *assess.Result, i int, at []int) junitCase {
	o := &r.Objects[i]
	c := junitCase{class: "landfall.objects." + strings.ReplaceAll(strings.ToLower(string(o.Kind)), " ", "_"), name: o.ID.Name()}.failFor(r, at)
	switch {
	case o.Class() == assess.ObjectUnassessed:
		c.kind, c.sort, c.message = "error", "not assessable", "it could not be read"
		if o.Wrapped {
			c.message = "its source is wrapped"
		}
	case o.Refused:
		c.kind, c.sort, c.message = "failure", "refused", o.Why
	}
	if c.kind != "" && c.detail == "" {
		c.detail = fmt.Sprintf("%s:%d: %s", o.File, o.Line, c.message)
	}
	return c
}

func junitStatement(g *assess.WorkloadGroup) junitCase {
	c := junitCase{class: "landfall.workload", name: g.ID + " " + short(strings.Join(strings.Fields(g.Text), " "), 100)}
	switch g.Class {
	case assess.SQLUnread:
		c.kind, c.sort, c.message = "error", "unread", g.Why
	case assess.SQLManual:
		c.kind, c.sort, c.message = "failure", "manual", g.Why
	default:
		return c
	}
	var b strings.Builder
	for _, p := range g.Places {
		fmt.Fprintf(&b, "%s:%d %s\n", p.File, p.Line, p.Origin)
	}
	for _, f := range g.Findings {
		if f.Effort == model.Manual || level(f.Severity) == "error" {
			fmt.Fprintf(&b, "%s: %s\n", f.Code, f.Message)
		}
	}
	b.WriteString(g.Text + "\n")
	c.detail = b.String()
	return c
}
