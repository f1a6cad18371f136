package reports

import (
	"fmt"
	"strings"

	"landfall/assess"
)

// writeEffort makes the sheet of the estimate: by part and role, what decided the complexity, and every figure with its reason.
func writeEffort(b *book, r *assess.Result, _ *findingIndex) error {
	if r.Estimate == nil && r.Complexity == nil {
		return nil
	}
	s, err := b.open("sheet.effort", []column{
		{head: "col.group", width: 26, style: "text"},
		{head: "col.what", width: 36, style: "text"},
		{head: "col.count", width: 10, style: "int"},
		{head: "col.lowest", width: 12, style: "hours"},
		{head: "col.highest", width: 12, style: "hours"},
		{head: "col.inunit", width: 16, style: "text"},
		{head: "col.note", width: 90, style: "wrap"},
	})
	if err != nil {
		return err
	}
	row := func(group, what string, count any, low, high float64, unit, note string) {
		if err == nil {
			err = s.add(b.t.get("cut.here"), group, what, count, low, high, unit, note)
		}
	}
	hours := b.t.get("unit.hours")
	if e := r.Estimate; e != nil {
		row(b.t.get("effort.total"), b.t.get("effort.work"), nil, e.Hours.Low, e.Hours.High, hours, "")
		row(b.t.get("effort.total"), b.t.get("effort.days"), nil, e.PersonDays.Low, e.PersonDays.High, b.t.get("unit.days"), "")
		for _, p := range e.Parts {
			row(b.t.get("effort.part"), b.t.get("part."+p.Part), p.Count, p.Hours.Low, p.Hours.High, hours, "")
		}
		for _, p := range e.Roles {
			row(b.t.get("effort.role"), b.t.get("role."+p.Role), nil, p.Hours.Low, p.Hours.High, hours, "")
		}
	}
	if c := r.Complexity; c != nil {
		row(b.t.get("effort.complexity"), c.Level, nil, 0, 0, c.Size, "")
		for _, f := range c.Facts {
			note := ""
			if f.Calls != "" {
				note = b.t.get("complexity.calls", f.Calls)
			}
			if f.Decided {
				note += b.t.get("complexity.decided")
			}
			row(b.t.get("effort.fact"), f.Name, nil, f.Value, f.Limit, b.t.get("complexity.limit"), note)
		}
	}
	if e := r.Estimate; e != nil {
		for _, f := range e.Figures {
			note := f.Reason
			if f.Changed {
				note += " " + b.t.get("figure.changed")
			}
			row(b.t.get("effort.figure"), f.Name, nil, f.Low, f.High, f.Unit, note)
		}
	}
	if err != nil {
		return err
	}
	return s.end()
}

// sizeRow is one line of sizing or window, the same in every report.
type sizeRow struct {
	group, what string
	known       bool
	low, high   float64
	unit, note  string
}

// sizeRows are all lines of sizing and window. What could not be estimated is there too, with what it lacks.
func sizeRows(r *assess.Result, t texts) []sizeRow {
	var list []sizeRow
	add := func(group, what string, v *assess.Range, by float64, unit, note string) {
		if v != nil {
			list = append(list, sizeRow{t.get(group), t.get(what), true, v.Low / by, v.High / by, t.get(unit), note})
		}
	}
	missing := func(ms []assess.MissingExtract) {
		for _, m := range ms {
			list = append(list, sizeRow{group: t.get("size.missing"), what: m.Extract, note: strings.TrimPrefix(m.For+": "+m.Reason, ": ")})
		}
	}
	basis := func(fs []assess.CheckedFact) {
		for _, f := range fs {
			list = append(list, sizeRow{group: t.get("size.basis"), what: f.Name, note: strings.TrimSuffix(f.Value+" ("+f.From+")", " ()")})
		}
	}
	if z := r.Sizing; z != nil {
		for _, p := range z.Storage {
			list = append(list, sizeRow{t.get("size.storage"), p.What, true, p.Target.Low / gib, p.Target.High / gib, t.get("unit.gb"), t.get("size.source", number(p.Source/gib))})
		}
		add("size.storage", "size.all", z.Bytes, gib, "unit.gb", "")
		add("size.machine", "size.memory", z.Memory, gib, "unit.gb", "")
		add("size.machine", "size.cores", z.Cores, 1, "unit.cores", "")
		if z.Connections > 0 {
			n := float64(z.Connections)
			list = append(list, sizeRow{t.get("size.machine"), t.get("size.connections"), true, n, n, "", ""})
		}
		add("size.machine", "size.pool", z.Pool, 1, "", "")
		if z.Partitions > 0 {
			n := float64(z.Partitions)
			list = append(list, sizeRow{t.get("size.storage"), t.get("size.partitions"), true, n, n, "", ""})
		}
		add("size.machine", "size.wal", z.WALPerDay, gib, "unit.gbday", "")
		basis(z.Basis)
		missing(z.Missing)
	}
	if w := r.Window; w != nil {
		add("size.window", "window.load", w.Load, 1, "unit.hours", "")
		add("size.window", "window.catchup", w.CatchUp, 1, "unit.hours", "")
		add("size.window", "window.cutover", w.Cutover, 1, "unit.minutes", "")
		add("size.window", "window.offline", w.Offline, 1, "unit.hours", "")
		for _, s := range w.Steps {
			list = append(list, sizeRow{t.get("size.steps"), s.Step, true, s.Minutes.Low, s.Minutes.High, t.get("unit.minutes"), s.Basis})
		}
		for i, a := range w.Assumptions {
			list = append(list, sizeRow{group: t.get("size.assumed"), what: fmt.Sprint(i + 1), note: a})
		}
		basis(w.Basis)
		missing(w.Missing)
	}
	return list
}

// writeSizing makes the sheet of sizing and window.
func writeSizing(b *book, r *assess.Result, _ *findingIndex) error {
	rows := sizeRows(r, b.t)
	if len(rows) == 0 {
		return nil
	}
	s, err := b.open("sheet.sizing", []column{
		{head: "col.group", width: 26, style: "text"},
		{head: "col.what", width: 44, style: "text"},
		{head: "col.lowest", width: 14, style: "hours"},
		{head: "col.highest", width: 14, style: "hours"},
		{head: "col.inunit", width: 14, style: "text"},
		{head: "col.note", width: 90, style: "wrap"},
	})
	if err != nil {
		return err
	}
	for _, l := range rows {
		var low, high any
		if l.known {
			low, high = l.low, l.high
		}
		if err := s.add(b.t.get("cut.here"), l.group, l.what, low, high, l.unit, l.note); err != nil {
			return err
		}
	}
	return s.end()
}
