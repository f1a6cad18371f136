package reports

import (
	"fmt"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"

	"landfall/assess"
	"landfall/assess/fleet"
	"landfall/internal/model"
)

// WriteFleetXLSX writes the roll-up of many databases as a workbook: a summary, a row a database, groups, waves, servers,
// schemas that are alike, links, and what failed. The same result gives the same bytes.
func WriteFleetXLSX(w io.Writer, r *fleet.Result, o Options) error {
	t, err := textsFor(o.Lang)
	if err == nil {
		err = writeFleetXLSX(w, r, t)
	}
	if err != nil {
		return &model.Error{Code: "RP0011", Op: "write fleet.xlsx", Err: err}
	}
	return nil
}

func writeFleetXLSX(w io.Writer, r *fleet.Result, t texts) (err error) {
	b, err := newBook(t, sheetRows)
	if err != nil {
		return err
	}
	defer func() {
		if e := b.f.Close(); err == nil {
			err = e
		}
	}()
	if err := b.f.SetSheetName("Sheet1", t.get("sheet.summary")); err != nil {
		return err
	}
	for _, write := range []func(*book, *fleet.Result) error{fleetDatabases, fleetWaves, fleetClusters, fleetSchemas, fleetLinks, fleetFailed, fleetMethod, fleetSummary} {
		if err := write(b, r); err != nil {
			return err
		}
	}
	return b.save(w)
}

// fill opens a sheet, fills it and ends it. add keeps the first error.
func (b *book) fill(key string, cols []column, rows func(add func(values ...any))) error {
	s, err := b.open(key, cols)
	if err != nil {
		return err
	}
	rows(func(values ...any) {
		if err == nil {
			err = s.add("fleet.json", values...)
		}
	})
	if err != nil {
		return err
	}
	return s.end()
}

// ends are both ends of a range in a unit, empty cells where it is not known.
func ends(v *assess.Range, by float64) (low, high any) {
	if v == nil {
		return nil, nil
	}
	return v.Low / by, v.High / by
}

func fleetDatabases(b *book, r *fleet.Result) error {
	return b.fill("sheet.fleet", []column{
		{head: "col.database", width: 24, style: "text"},
		{head: "col.wave", width: 8, style: "int"},
		{head: "col.group", width: 8, style: "int"},
		{head: "col.server", width: 8, style: "int"},
		{head: "effort.complexity", width: 12, style: "text"},
		{head: "col.size", width: 12, style: "text"},
		{head: "col.gate", width: 10, style: "text", cond: true},
		{head: "col.objects", width: 10, style: "int", bar: true},
		{head: "col.lines", width: 12, style: "int", bar: true},
		{head: "rung.refused", width: 10, style: "int"},
		{head: "score.objects", width: 12, style: "pct"},
		{head: "score.lines", width: 12, style: "pct"},
		{head: "score.executions", width: 12, style: "pct"},
		{head: "col.blocker", width: 9, style: "int", hot: true},
		{head: "col.high", width: 8, style: "int", hot: true},
		{head: "col.medium", width: 9, style: "int"},
		{head: "col.low", width: 8, style: "int"},
		{head: "col.hourslow", width: 12, style: "hours"},
		{head: "col.hourshigh", width: 12, style: "hours"},
		{head: "col.gblow", width: 10, style: "hours"},
		{head: "col.gbhigh", width: 10, style: "hours"},
		{head: "col.loadhigh", width: 12, style: "hours"},
		{head: "col.cutoverhigh", width: 14, style: "hours"},
		{head: "col.blockedby", width: 30, style: "text"},
		{head: "col.applications", width: 30, style: "text"},
		{head: "sheet.notcovered", width: 11, style: "int"},
		{head: "method.source", width: 40, style: "text"},
	}, func(add func(...any)) {
		for i := range r.Databases {
			d := &r.Databases[i]
			score := map[string]any{}
			for _, s := range d.Scores {
				score[s.Name] = s.Percent() / 100
			}
			gate := ""
			if d.Gate != "" {
				gate = b.t.passed(d.Gate == "passed")
			}
			low, high := ends(d.Bytes, gib)
			_, load := ends(d.LoadHours, 1)
			_, cut := ends(d.Cutover, 1)
			add(d.Name, lineOrNil(d.Wave), lineOrNil(d.Group), lineOrNil(d.Cluster), d.Level, d.Size, gate, d.Objects, d.Lines, d.Refused, score[assess.ScoreObjects], score[assess.ScoreLines], score[assess.ScoreExecutions],
				d.Findings.Blocker, d.Findings.High, d.Findings.Medium, d.Findings.Low, d.Hours.Low, d.Hours.High, low, high, load, cut, strings.Join(d.Blocked, ", "), strings.Join(d.Applications, ", "), d.NotCovered, d.Source.Kind+": "+d.Source.Name)
		}
	})
}

func fleetWaves(b *book, r *fleet.Result) error {
	because := map[int]fleet.Group{}
	for _, g := range r.Groups {
		because[g.Number] = g
	}
	return b.fill("sheet.waves", []column{
		{head: "col.wave", width: 8, style: "int"},
		{head: "col.group", width: 8, style: "int"},
		{head: "col.databases", width: 60, style: "wrap"},
		{head: "col.hourslow", width: 12, style: "hours"},
		{head: "col.hourshigh", width: 12, style: "hours"},
		{head: "col.why", width: 80, style: "wrap"},
	}, func(add func(...any)) {
		for _, w := range r.Waves {
			add(w.Number, nil, strings.Join(w.Databases, ", "), w.Hours.Low, w.Hours.High, b.t.get("fleet.wave"))
			for _, n := range w.Groups {
				g := because[n]
				add(w.Number, n, strings.Join(g.Databases, ", "), g.Hours.Low, g.Hours.High, strings.Join(g.Because, "; "))
			}
		}
	})
}

func fleetClusters(b *book, r *fleet.Result) error {
	if len(r.Clusters)+len(r.Unsized) == 0 {
		return nil
	}
	return b.fill("sheet.servers", []column{
		{head: "col.server", width: 8, style: "int"},
		{head: "col.databases", width: 60, style: "wrap"},
		{head: "col.gblow", width: 12, style: "hours"},
		{head: "col.gbhigh", width: 12, style: "hours"},
		{head: "size.cores", width: 10, style: "hours"},
		{head: "col.sessions", width: 10, style: "int"},
		{head: "col.full", width: 16, style: "text"},
		{head: "col.collisions", width: 60, style: "wrap"},
	}, func(add func(...any)) {
		for _, c := range r.Clusters {
			var names []string
			for _, x := range c.Collisions {
				names = append(names, fmt.Sprintf("%s: %s (%d)", x.Schema, strings.Join(x.Databases, ", "), x.Names))
			}
			add(c.Number, strings.Join(c.Databases, ", "), c.Bytes.Low/gib, c.Bytes.High/gib, c.Cores, c.Sessions, c.Full, joined(names, cellItems))
		}
		if len(r.Unsized) > 0 {
			add(nil, strings.Join(r.Unsized, ", "), nil, nil, nil, nil, b.t.get("unknown"), "")
		}
	})
}

func fleetSchemas(b *book, r *fleet.Result) error {
	return b.fill("sheet.alike", []column{
		{head: "col.database", width: 24, style: "text"},
		{head: "col.schema", width: 24, style: "text"},
		{head: "col.objects", width: 10, style: "int"},
		{head: "col.database", width: 24, style: "text"},
		{head: "col.schema", width: 24, style: "text"},
		{head: "col.objects", width: 10, style: "int"},
		{head: "col.overlap", width: 12, style: "pct", bar: true},
	}, func(add func(...any)) {
		for _, p := range r.Similar {
			add(p.A.Database, p.A.Schema, p.A.Objects, p.B.Database, p.B.Schema, p.B.Objects, p.Overlap)
		}
		if r.SimilarMore > 0 {
			add(b.t.get("fleet.more", group(r.SimilarMore)))
		}
	})
}

func fleetLinks(b *book, r *fleet.Result) error {
	return b.fill("sheet.links", []column{
		{head: "col.database", width: 24, style: "text"}, {head: "col.name", width: 30, style: "text"}, {head: "col.to", width: 24, style: "text"}, {head: "col.host", width: 40, style: "text"}, {head: "col.how", width: 24, style: "text"}, {head: "col.count", width: 8, style: "int"},
	}, func(add func(...any)) {
		for _, l := range r.Links {
			to := l.To
			if to == "" {
				to = b.t.get("unknown")
			}
			add(l.From, l.Name, to, l.Host, l.By, l.Uses)
		}
	})
}

func fleetFailed(b *book, r *fleet.Result) error {
	if len(r.Failed)+len(r.Problems) == 0 {
		return nil
	}
	return b.fill("sheet.failed", []column{
		{head: "col.database", width: 24, style: "text"}, {head: "method.source", width: 44, style: "text"}, {head: "col.reason", width: 80, style: "wrap"}, {head: "col.hint", width: 60, style: "wrap"},
	}, func(add func(...any)) {
		for _, f := range r.Failed {
			add(f.Name, f.Source, f.Error, f.Hint)
		}
		for _, p := range r.Problems {
			add(nil, nil, p, nil)
		}
	})
}

func fleetMethod(b *book, r *fleet.Result) error {
	return b.fill("sheet.method", []column{{head: "col.no", width: 8, style: "int"}, {head: "col.meaning", width: 120, style: "wrap"}}, func(add func(...any)) {
		for i, m := range r.Method {
			add(i+1, m)
		}
	})
}

// fleetSummary has the totals, the databases by complexity and the hours of the waves as charts.
func fleetSummary(b *book, r *fleet.Result) error {
	s := newSummary(b)
	s.merge(2, 2, summaryColumns, "title", b.t.get("fleet.title"))
	t := r.Totals
	s.merge(2, 3, summaryColumns, "subtitle", b.t.get("made.by", r.Tool.Name, r.Tool.Version))
	row := 5
	line := func(key string, v any, note string) {
		s.set(2, row, "text", b.t.get(key))
		s.merge(3, row, 2, "text", v)
		s.merge(5, row, summaryColumns-3, "text", note)
		row++
	}
	line("col.databases", group(t.Databases), b.t.get("fleet.assessed", group(t.Assessed), group(t.Failed), group(t.Partly)))
	line("col.objects", group(t.Objects), b.t.get("fig.objects.of", group(t.Lines)))
	line("col.findings", group(t.Findings.Total()), b.t.get("fig.findings.of", group(t.Findings.Blocker), group(t.Findings.High)))
	line("effort.work", span(t.Hours.Low, t.Hours.High), b.t.get("fleet.learning", span(t.HoursAlone.Low, t.HoursAlone.High), span(t.Learning.Low, t.Learning.High)))
	if t.Bytes != nil {
		line("fleet.gb", span(t.Bytes.Low/gib, t.Bytes.High/gib), b.t.get("fleet.sized", group(t.Sized)))
	}
	if t.GatesFail > 0 {
		line("sheet.gates", b.t.get("gate.failed"), group(t.GatesFail))
	}
	row = s.section(row+1, "effort.complexity")
	s.heads(row, "col.size", "col.databases")
	first := row + 1
	for _, c := range t.Sizes {
		row++
		s.set(2, row, "text", c.Name)
		s.set(3, row, "int", c.Databases)
	}
	colours := []string{"1E8E5A", "DE9A1B", "C4401C"}
	s.chart(first, row, excelize.Doughnut, "G", first-1, "effort.complexity", colours[:min(len(colours), len(t.Sizes))])
	row = s.section(max(row, first+chartRows)+2, "sheet.waves")
	s.heads(row, "col.wave", "col.databases", "col.hourslow", "col.hourshigh")
	for _, w := range r.Waves {
		row++
		s.set(2, row, "int", w.Number)
		s.set(3, row, "int", len(w.Databases))
		s.set(4, row, "hours", w.Hours.Low)
		s.set(5, row, "hours", w.Hours.High)
	}
	return s.err
}
