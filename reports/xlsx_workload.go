package reports

import (
	"fmt"
	"strings"

	"landfall/assess"
)

// writeWorkload makes the sheet of the SQL that programs send, the heaviest first. Without a workload there is no sheet.
func writeWorkload(b *book, r *assess.Result, _ *findingIndex) error {
	if r.Workload == nil {
		return nil
	}
	s, err := b.open("sheet.workload", []column{
		{head: "col.no", width: 8, style: "int"},
		{head: "col.standing", width: 15, style: "text", cond: true},
		{head: "col.status", width: 12, style: "text", cond: true},
		{head: "col.effort", width: 10, style: "text", cond: true},
		{head: "col.executions", width: 13, style: "int", bar: true},
		{head: "col.elapsed", width: 14, style: "hours", bar: true},
		{head: "col.elapsedshare", width: 12, style: "pct"},
		{head: "col.rows", width: 12, style: "int"},
		{head: "col.statements", width: 12, style: "int"},
		{head: "col.text", width: 70, style: "code"},
		{head: "col.converted", width: 70, style: "code"},
		{head: "col.why", width: 50, style: "wrap"},
		{head: "col.findings", width: 60, style: "wrap"},
		{head: "col.schema", width: 12, style: "text"},
		{head: "col.module", width: 24, style: "text"},
		{head: "col.sqlid", width: 18, style: "code"},
		{head: "col.place", width: 44, style: "text"},
		{head: "col.origin", width: 28, style: "text"},
		{head: "col.binds", width: 40, style: "text"},
		{head: "col.fingerprint", width: 20, style: "code"},
	})
	if err != nil {
		return err
	}
	all := r.Workload.Totals.ElapsedMS
	for i := range r.Workload.Groups {
		g := &r.Workload.Groups[i]
		var share any
		if all > 0 {
			share = g.ElapsedMS / all
		}
		first := assess.WorkloadPlace{}
		if len(g.Places) > 0 {
			first = g.Places[0]
		}
		if err := s.add(b.t.get("cut.here"), i+1, b.t.classOf(g.Class), b.t.standing(g.Standing()), b.t.effort(g.Effort), g.Executions, g.ElapsedMS, share, g.Rows, g.Statements,
			g.Text, g.Converted, g.Why, groupFindings(g), g.Schema, strings.Join(g.Modules, ", "), strings.Join(g.SQLIDs, ", "), placesOf(g), first.Origin, bindsOf(g), g.ID); err != nil {
			return err
		}
	}
	return s.end()
}

// groupFindings are the findings of a statement, one a line.
func groupFindings(g *assess.WorkloadGroup) string {
	var lines []string
	for _, f := range g.Findings {
		lines = append(lines, fmt.Sprintf("%s %d:%d %s", f.Code, f.Line, f.Col, f.Message))
	}
	return strings.Join(lines, "\n")
}

func placesOf(g *assess.WorkloadGroup) string {
	var list []string
	for _, p := range g.Places {
		list = append(list, placeOf(p))
	}
	if g.MorePlaces > 0 {
		list = append(list, fmt.Sprintf("+%d", g.MorePlaces))
	}
	return strings.Join(list, ", ")
}

// placeOf names a place, of dynamic SQL with the combination of branches.
func placeOf(p assess.WorkloadPlace) string {
	s := p.File
	if p.Line > 0 {
		s = fmt.Sprintf("%s:%d", p.File, p.Line)
	}
	if p.Branches > 1 {
		s += fmt.Sprintf(" (%d/%d)", p.Branch, p.Branches)
	}
	return s
}

func bindsOf(g *assess.WorkloadGroup) string {
	var list []string
	for _, v := range g.Binds {
		list = append(list, ":"+v.Name+" "+strings.TrimSpace(v.Type+" "+strings.Join(v.Values, " | ")))
	}
	return strings.Join(list, ", ")
}

// writePatches makes the sheet of the places of application source that hold SQL.
func writePatches(b *book, r *assess.Result, _ *findingIndex) error {
	if r.Workload == nil || len(r.Workload.Patches) == 0 {
		return nil
	}
	s, err := b.open("sheet.patches", []column{
		{head: "col.file", width: 50, style: "text"},
		{head: "col.line", width: 8, style: "int"},
		{head: "col.unit", width: 40, style: "text"},
		{head: "col.state", width: 16, style: "text"},
		{head: "col.edits", width: 8, style: "int"},
		{head: "col.branches", width: 10, style: "int"},
		{head: "col.why", width: 80, style: "wrap"},
	})
	if err != nil {
		return err
	}
	for _, p := range r.Workload.Patches {
		if err := s.add(fmt.Sprintf("%s:%d", p.File, p.Line), p.File, lineOrNil(p.Line), p.Unit, b.t.get("patch."+p.State), lineOrNil(p.Edits), lineOrNil(p.Branches), p.Why); err != nil {
			return err
		}
	}
	return s.end()
}
