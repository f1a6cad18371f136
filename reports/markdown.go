package reports

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"landfall/assess"
	"landfall/assess/checks"
	"landfall/internal/model"
)

// markdownRows is how many rules and findings the summary lists.
const markdownRows = 15

// WriteMarkdown writes a summary for a merge request or the summary of a build step: figures, findings by severity, the rules
// that matter most, what is worst. It is GitHub's Markdown; texts of the source can make no markup in it.
func WriteMarkdown(w io.Writer, r *assess.Result, o Options) error {
	t, err := textsFor(o.Lang)
	if err != nil {
		return err
	}
	m := &markdown{b: bufio.NewWriterSize(w, 1<<16), t: t}
	m.summary(r)
	m.targets(r)
	m.gates(r)
	m.baseline(r)
	m.estimate(r)
	m.workload(r)
	m.checks(r)
	m.rules(r)
	m.worst(r, o)
	fmt.Fprintf(m.b, "\n%s\n", escapeMarkdown(t.get("md.more")))
	if err := m.b.Flush(); err != nil { // it keeps the first error of all writes
		return &model.Error{Code: "RP0010", Op: "write report.md", Err: err}
	}
	return nil
}

type markdown struct {
	b *bufio.Writer
	t texts
}

// head begins a table. A heading that ends in ":" is of numbers.
func (m *markdown) head(keys ...string) {
	var line strings.Builder
	for _, k := range keys {
		name, number := strings.CutSuffix(k, ":")
		m.b.WriteString("| " + escapeMarkdown(m.t.get(name)) + " ")
		if line.WriteString("|---"); number {
			line.WriteString(":")
		}
	}
	m.b.WriteString("|\n" + line.String() + "|\n")
}

func (m *markdown) row(cells ...string) {
	for _, c := range cells {
		m.b.WriteString("| " + c + " ")
	}
	m.b.WriteString("|\n")
}

func (m *markdown) section(key string) {
	fmt.Fprintf(m.b, "\n### %s\n\n", escapeMarkdown(m.t.get(key)))
}

func (m *markdown) summary(r *assess.Result) {
	t := m.t
	fmt.Fprintf(m.b, "## %s: %s\n\n", escapeMarkdown(t.get("title")), escapeMarkdown(t.get("subtitle", r.Source.Name, strings.TrimSpace(r.Target.Title+" "+r.Target.Version))))
	m.head("col.what", "col.value:", "col.note")
	for _, f := range figures(r, t) {
		m.row(escapeMarkdown(f.label), f.Text(), escapeMarkdown(f.note))
	}
	m.section("sum.severity")
	m.head("severity.blocker:", "severity.high:", "severity.medium:", "severity.low:", "severity.info:")
	var cells []string
	for _, s := range model.Severities() {
		cells = append(cells, group(r.Totals.Findings.Of(s)))
	}
	m.row(cells...)
}

func (m *markdown) gates(r *assess.Result) {
	if r.Gates == nil {
		return
	}
	m.section("sheet.gates")
	m.head("col.gate", "col.result", "col.limit:", "col.value:", "col.message")
	for _, g := range r.Gates.Gates {
		value := number(g.Value)
		if !g.Known {
			value = escapeMarkdown(m.t.get("unknown"))
		}
		m.row(escapeMarkdown(g.Gate), escapeMarkdown(m.t.passed(g.Passed)), number(g.Limit), value, escapeMarkdown(g.Message))
	}
}

func (m *markdown) baseline(r *assess.Result) {
	b := r.Baseline
	if b == nil {
		return
	}
	m.section("sum.baseline")
	m.head("col.state", "severity.blocker:", "severity.high:", "severity.medium:", "severity.low:", "severity.info:")
	for _, line := range []struct {
		status string
		n      assess.SeverityCounts
	}{{assess.StatusNew, b.New}, {assess.StatusUnchanged, b.Unchanged}, {assess.StatusResolved, b.Resolved}} {
		cells := []string{escapeMarkdown(m.t.statusWord(line.status))}
		for _, s := range model.Severities() {
			cells = append(cells, group(line.n.Of(s)))
		}
		m.row(cells...)
	}
	fmt.Fprintf(m.b, "\n%s\n", escapeMarkdown(m.t.get("md.baseline", b.File, group(r.Totals.Waived))))
}

func (m *markdown) estimate(r *assess.Result) {
	if r.Estimate == nil {
		return
	}
	m.section("sum.estimate")
	level := ""
	if r.Complexity != nil {
		level = r.Complexity.Level + ", " + r.Complexity.Size
	}
	m.head("effort.work:", "effort.days:", "effort.complexity")
	m.row(span(r.Estimate.Hours.Low, r.Estimate.Hours.High), span(r.Estimate.PersonDays.Low, r.Estimate.PersonDays.High), escapeMarkdown(level))
}

func (m *markdown) checks(r *assess.Result) {
	var list []*checks.Checked
	for _, v := range []checks.Verdict{checks.Blocker, checks.Warning} {
		for i := range r.Checks {
			if r.Checks[i].Verdict == v && len(list) < markdownRows {
				list = append(list, &r.Checks[i])
			}
		}
	}
	if len(list) == 0 {
		return
	}
	m.section("sheet.checks")
	m.head("col.verdict", "col.code", "col.title", "col.message")
	for _, c := range list {
		m.row(escapeMarkdown(m.t.verdict(c.Verdict)), c.Code, escapeMarkdown(c.Title), escapeMarkdown(c.Message))
	}
}

func (m *markdown) workload(r *assess.Result) {
	if r.Workload == nil {
		return
	}
	m.section("sum.workload")
	m.head("col.standing", "col.groups:", "col.executions:")
	for _, c := range r.Workload.Totals.Classes {
		m.row(m.t.classOf(c.Class), group(c.Groups), group(int(c.Executions)))
	}
}

func (m *markdown) rules(r *assess.Result) {
	top := topRules(r, markdownRows)
	if len(top) == 0 {
		return
	}
	m.section("sum.rules")
	m.head("col.severity", "col.code", "col.title", "col.effort", "col.count:", "col.objects:")
	for _, u := range top {
		m.row(m.t.severity(u.Severity), u.Code, escapeMarkdown(u.Title), m.t.effort(u.Effort), group(u.Count), group(u.Objects))
	}
}

// worst lists the first findings of the worst severities.
func (m *markdown) worst(r *assess.Result, o Options) {
	var at []int
	for _, s := range []model.Severity{model.Blocker, model.High} {
		for i := range r.Findings {
			if len(at) < markdownRows && r.Findings[i].Severity == s && !settled(&r.Findings[i]) {
				at = append(at, i)
			}
		}
	}
	if len(at) == 0 {
		return
	}
	m.section("md.worst")
	m.head("col.severity", "col.code", "col.object", "col.message", "col.file")
	for _, i := range at {
		f := &r.Findings[i]
		where := ""
		if file, made := o.place(f.Pos.File, string(f.Object)); !made {
			where = escapeMarkdown(fmt.Sprintf("%s:%d", file, f.Pos.Line))
		}
		m.row(m.t.severity(f.Severity), f.Code, escapeMarkdown(f.Object.Name()), escapeMarkdown(f.Message), where)
	}
	all := 0
	for i := range r.Findings {
		if f := &r.Findings[i]; level(f.Severity) == "error" && !settled(f) {
			all++
		}
	}
	if all > len(at) {
		fmt.Fprintf(m.b, "\n%s\n", escapeMarkdown(m.t.get("md.worst.of", group(len(at)), group(all))))
	}
}

var markdownMarks = strings.NewReplacer(`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "{", `\{`, "}", `\}`, "[", `\[`, "]", `\]`, "<", "&lt;", ">", "&gt;", "&", "&amp;", "#", `\#`, "|", `\|`, "~", `\~`, "@", "@\u200b", "!", `\!`, "\n", " ", "\t", " ")

// escapeMarkdown makes a text stand for itself in a cell or a line; an @ calls nobody.
func escapeMarkdown(s string) string { return markdownMarks.Replace(visible(s)) }
