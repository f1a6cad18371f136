package checks

import (
	"slices"

	"landfall/internal/model"
	"landfall/internal/oracle/dict"
)

var forceLogging = &Check{
	Code: "DC0201", Name: "force-logging", Scope: ScopeChange, Needs: []string{"database", "tables", "lobs"},
	Facts: func(in *Input) Outcome {
		o := Outcome{Of: 1}
		force := in.Facts.Instance.ForceLogging
		o.fact("force_logging", "%s", force)
		if force == "YES" {
			o.Verdict, o.Message = Pass, say("force logging is on: every change is in the redo")
			return o
		}
		for _, t := range in.dataTables() {
			o.Of++
			if t.Logging == "NO" {
				o.item(tableID(t.Key), "NOLOGGING: direct-path inserts leave no redo")
			}
		}
		for _, l := range in.Facts.LOBs {
			if l.Logging == "NO" && !ownedByOracle(l.Table.Owner) {
				o.item(tableID(l.Table), "LOB column %s is NOLOGGING", l.Column)
			}
		}
		o.Verdict, o.Message = Warning, say("force logging is off: a direct-path insert into a NOLOGGING object is lost for change capture")
		if len(o.Items) > 0 {
			o.Message = say("force logging is off, and %d objects are NOLOGGING: their direct-path inserts are lost for change capture", len(o.Items))
		}
		o.sql("ALTER DATABASE FORCE LOGGING;")
		return o
	},
}

var supplementalLogging = &Check{
	Code: "DC0202", Name: "supplemental-logging", Scope: ScopeChange, Needs: []string{"database", "log_groups", "tables", "constraints"},
	Facts: func(in *Input) Outcome {
		d := in.Facts.Instance
		o := Outcome{Of: 1}
		o.fact("minimal", "%s", d.SupplementalMin)
		o.fact("primary keys", "%t", d.SupplementalPK)
		o.fact("all columns", "%t", d.Supplemental)
		minimal := d.SupplementalMin == "YES" || d.SupplementalMin == "IMPLICIT"
		if !minimal {
			o.sql("ALTER DATABASE ADD SUPPLEMENTAL LOG DATA;")
		}
		if !d.SupplementalPK && !d.Supplemental {
			o.sql("ALTER DATABASE ADD SUPPLEMENTAL LOG DATA (PRIMARY KEY) COLUMNS;")
		}
		if !d.Supplemental {
			for _, t := range in.dataTables() {
				o.Of++
				if t.LogGroup || t.PrimaryKey {
					continue
				}
				o.item(tableID(t.Key), "no primary key and no supplemental log group: updates and deletes do not tell which row")
				o.sql("ALTER TABLE %s ADD SUPPLEMENTAL LOG DATA (ALL) COLUMNS;", model.CatalogName(t.Owner, t.Name))
			}
		}
		switch {
		case !minimal:
			o.Verdict, o.Message = Warning, say("minimal supplemental logging is off: change capture cannot start")
		case !d.SupplementalPK && !d.Supplemental:
			o.Verdict, o.Message = Warning, say("keys are not logged with every change")
		case len(o.Items) > 0:
			o.Verdict, o.Message = Warning, say("%d tables without primary key log no columns by which their rows could be found", len(o.Items))
		default:
			o.Verdict, o.Message = Pass, say("supplemental logging names every row that changes")
		}
		return o
	},
}

var noKey = &Check{
	Code: "DC0203", Name: "no-key", Scope: ScopeTable, Needs: []string{"tables", "constraints", "indexes"},
	Facts: func(in *Input) Outcome {
		o := Outcome{}
		for _, t := range in.dataTables() {
			o.Of++
			if !t.PrimaryKey && t.UniqueKeys == 0 {
				rows := say("rows unknown")
				if t.Rows.Known {
					rows = say("%d rows", t.Rows.Int())
				}
				o.item(tableID(t.Key), "no primary key and no unique index, %s", rows)
			}
		}
		if o.Of == 0 {
			o.Verdict, o.Message = Pass, say("there are no tables")
			return o
		}
		return o.some(Warning, say("%d of %d tables have no key: their rows cannot be found again one by one", len(o.Items), o.Of), say("all %d tables have a key", o.Of))
	},
	Scripts: func(in *Input) Outcome {
		o := Outcome{}
		unique := map[dict.Key]bool{}
		for _, x := range in.created(model.KindIndex) {
			if x.Index != nil && x.Index.Kind == "UNIQUE" {
				unique[dict.Key{Owner: x.Index.TableSchema, Name: x.Index.Table}] = true
			}
		}
		for _, t := range in.created(model.KindTable) {
			if t.Table == nil || t.Table.Temporary != "" || t.Table.External {
				continue
			}
			o.Of++
			key := unique[dict.Key{Owner: t.Schema, Name: t.Name}] || slices.ContainsFunc(t.Table.Constraints, func(c *model.Constraint) bool {
				return (c.Kind == model.PrimaryKey || c.Kind == model.Unique) && !c.Disabled
			})
			if !key {
				o.item(t.ID(), "no primary key and no unique constraint or index")
			}
		}
		return o.some(Warning, say("%d of %d tables have no key: their rows cannot be found again one by one", len(o.Items), o.Of), say("all %d tables have a key", o.Of))
	},
}

var noCapture = &Check{
	Code: "DC0204", Name: "no-capture", Scope: ScopeChange, Needs: []string{"unsupported_capture"},
	Facts: func(in *Input) Outcome {
		o := Outcome{Of: 1}
		for _, c := range in.Facts.NoCapture {
			if !ownedByOracle(c.Table.Owner) {
				o.item(tableID(c.Table), "column %s %s %s", c.Column, c.Type, c.Attributes)
			}
		}
		return o.some(Warning, say("changes of %d columns are not carried by Oracle's own SQL apply; LogMiner tells them in part or not at all", len(o.Items)), say("Oracle's own SQL apply carries every column"))
	},
}

var redoVolume = &Check{
	Code: "DC0205", Name: "redo-volume", Scope: ScopeChange, Needs: []string{"redo_per_hour"},
	Facts: func(in *Input) Outcome {
		o := Outcome{}
		days, _ := in.Facts.RedoPerDay()
		o.Of = len(days)
		if o.Of == 0 {
			return Outcome{Verdict: NotCollected, Message: say("no redo was archived in the window that was collected")}
		}
		var most, sum float64
		for _, d := range days {
			o.fact(d.Day.Format("2006-01-02"), "%s", bytesText(float64(d.Bytes)))
			most, sum = max(most, float64(d.Bytes)), sum+float64(d.Bytes)
		}
		peak, hour, _ := in.Facts.PeakRedo()
		o.fact("peak hour", "%s at %s", bytesText(float64(peak)), hour.Format("2006-01-02 15:04"))
		o.Verdict, o.Message = Pass, say("%s of redo on the busiest of %d days, %s in the busiest hour", bytesText(most), len(days), bytesText(float64(peak)))
		if most > in.Limits.RedoPerDay || float64(peak) > in.Limits.RedoPeakHour {
			o.Verdict = Warning
		}
		return o
	},
}

var logSwitches = &Check{
	Code: "DC0206", Name: "log-switches", Scope: ScopeChange, Needs: []string{"log_switches", "redo_logs"},
	Facts: func(in *Input) Outcome {
		o := Outcome{Of: len(in.Facts.Switches)}
		if o.Of == 0 {
			return Outcome{Verdict: NotCollected, Message: say("no log switch in the window that was collected")}
		}
		most := in.Facts.Switches[0]
		for _, s := range in.Facts.Switches {
			if s.Switches > most.Switches {
				most = s
			}
		}
		for _, l := range in.Facts.RedoLogs {
			o.factOf(say("thread %d, group %d", l.Thread, l.Group), "%s, %d members", bytesText(float64(l.Bytes)), l.Members)
		}
		o.Verdict, o.Message = Pass, say("at most %d log switches an hour", most.Switches)
		if float64(most.Switches) > in.Limits.SwitchesPerHour {
			o.Verdict, o.Message = Warning, say("%d log switches in the hour of %s: mining has to open a file every few minutes; larger redo logs help", most.Switches, most.Hour.Format("2006-01-02 15:04"))
		}
		return o
	},
}
