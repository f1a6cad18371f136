package assess

import (
	"landfall/assess/phrase"
	"landfall/internal/model"
	"landfall/internal/oracle/dict"
)

// window says how long load and cutover take. Rates are assumptions until they are measured, and named as such.
func (r *Result) window(f *dict.Facts, n figures, measured *Measured, words phrase.Table) {
	w := &Window{Steps: []WindowStep{}, Assumptions: []string{}, Basis: []CheckedFact{}, Missing: []MissingExtract{}}
	r.Window = w
	say := words.Say
	rate := func(name, what, unit string, scale, known float64) Range {
		v := n.of(name)
		if known > 0 {
			v = Range{known, known}
			w.Assumptions = append(w.Assumptions, say("%s: %.0f %s, measured by %s", say(what), known/scale, say(unit), measured.By))
			return v
		}
		w.Assumptions = append(w.Assumptions, say("%s: %.0f to %.0f %s (%s), not measured", say(what), v.Low/scale, v.High/scale, say(unit), name))
		return v
	}
	var m Measured
	if measured != nil {
		m = *measured
	}
	load := rate("load.bytes.hour", "load", "GB an hour", 1e9, m.LoadBytesPerHour)
	build := rate("load.index.bytes.hour", "index build", "GB an hour", 1e9, 0)
	verify := rate("load.verify.bytes.hour", "comparison", "GB an hour", 1e9, 0)
	apply := rate("apply.redo.second", "apply", "MB of redo a second", 1e6, m.ApplyBytesPerSec)
	reload := rate("cutover.key.bytes.hour", "load of tables without a key at cutover", "GB an hour", 1e9, m.LoadBytesPerHour)

	if !without(&w.Missing, f, "load", "segments", "tables") {
		var data, index float64
		for _, t := range f.TablesInOrder() {
			data += t.Bytes.Value + t.LOBBytes.Value
			index += t.IndexBytes.Value
		}
		l := Range{data/load.High + index/build.High + data/verify.High, data/load.Low + index/build.Low + data/verify.Low}
		l = Range{round(l.Low, 2), round(l.High, 2)}
		w.Load = &l
		w.Basis = append(w.Basis, CheckedFact{say("rows and LOBs"), gigabytes(data), "segments"}, CheckedFact{say("indexes"), gigabytes(index), "segments"})
	}
	defer func() { missingInWords(w.Missing, words) }()
	w.catchUp(f, apply, words)
	r.cutover(w, f, n, reload, words)
	if w.Load != nil && w.Cutover != nil {
		off := Range{round(w.Load.Low+w.Cutover.Low/60, 2), round(w.Load.High+w.Cutover.High/60, 2)}
		w.Offline = &off
	}
}

// catchUp is how long it takes to apply what was written during the load: the backlog shrinks by the difference of the
// rates.
func (w *Window) catchUp(f *dict.Facts, apply Range, words phrase.Table) {
	if without(&w.Missing, f, "catch-up", "redo_per_hour") || w.Load == nil {
		return
	}
	days, _ := f.RedoPerDay()
	if len(days) == 0 {
		w.Missing = append(w.Missing, MissingExtract{"redo_per_hour", "empty", "catch-up"})
		return
	}
	var most float64
	for _, d := range days {
		most = max(most, float64(d.Bytes))
	}
	comes := most / 24 / 3600
	w.Basis = append(w.Basis, CheckedFact{words.Say("redo of the busiest day"), gigabytes(most), "redo_per_hour"})
	if comes >= apply.High {
		w.Assumptions = append(w.Assumptions, words.Say("redo comes at %.1f MB/s on the busiest day, no slower than it is applied: the target would never catch up. Leave tables out, or measure the rate", comes/1e6))
		return
	}
	c := Range{Low: round(w.Load.Low*comes/(apply.High-comes), 2)}
	if comes >= apply.Low {
		w.Assumptions = append(w.Assumptions, words.Say("redo comes at %.1f MB/s on the busiest day, faster than the low rate of apply: at that rate the target would never catch up, so both ends of catch-up stand on the high rate", comes/1e6))
		c.High = round(w.Load.High*comes/(apply.High-comes), 2)
	} else {
		c.High = round(w.Load.High*comes/(apply.Low-comes), 2)
	}
	w.CatchUp = &c
}

// cutover lists the steps during which writes stand still.
func (r *Result) cutover(w *Window, f *dict.Facts, n figures, reload Range, words phrase.Table) {
	say := words.Say
	step := func(name string, m Range, basis string) {
		w.Steps = append(w.Steps, WindowStep{Step: say(name), Minutes: Range{round(m.Low, 2), round(m.High, 2)}, Basis: basis})
	}
	each := func(figure string, count int) Range {
		v := n.of(figure)
		return Range{v.Low * float64(count) / 60, v.High * float64(count) / 60}
	}
	tables, sequences := 0, 0
	for i := range r.Objects {
		switch r.Objects[i].Kind {
		case model.KindTable:
			tables++
		case model.KindSequence:
			sequences++
		}
	}
	step("stop writes", n.of("cutover.stop"), "cutover.stop")
	step("apply what is left", n.of("cutover.lag"), "cutover.lag")
	step("set sequences", each("cutover.sequence", sequences), say("%d sequences, cutover.sequence", sequences))
	if !without(&w.Missing, f, "tables without a key", "segments", "tables", "constraints", "indexes") {
		var keyless float64
		count := 0
		for _, t := range f.TablesInOrder() {
			if t.Listed && !t.Temporary && !t.External && !t.PrimaryKey && t.UniqueKeys == 0 {
				keyless += t.Bytes.Value + t.LOBBytes.Value
				count++
			}
		}
		if count > 0 {
			step("load tables without a key again", Range{keyless / reload.High * 60, keyless / reload.Low * 60}, say("%d tables of %s, cutover.key.bytes.hour", count, gigabytes(keyless)))
		}
	}
	step("last comparison", each("cutover.table", tables), say("%d tables, cutover.table", tables))
	step("decide", n.of("cutover.decide"), "cutover.decide")
	step("switch applications", n.of("cutover.switch"), "cutover.switch")
	var sum Range
	for _, s := range w.Steps {
		sum = sum.plus(s.Minutes)
	}
	sum = Range{round(sum.Low, 2), round(sum.High, 2)}
	w.Cutover = &sum
}
