package checks

import (
	"strings"

	"landfall/assess/phrase"
	"landfall/internal/model"
	"landfall/internal/oracle/dict"
)

var linksOut = &Check{
	Code: "DC0407", Name: "database-links", Scope: ScopeSchema, Needs: []string{"db_links"},
	Facts: func(in *Input) Outcome {
		o := Outcome{Of: 1}
		used := map[string]int{}
		for _, s := range in.Facts.Synonyms {
			if s.Link != "" {
				used[s.Link]++
			}
		}
		for _, d := range in.Facts.Depends {
			if d.Link != "" {
				used[d.Link]++
			}
		}
		for _, l := range in.Facts.Links {
			if l.Owner == "SYS" {
				continue
			}
			o.item(object(model.KindDatabaseLink, l.Owner, l.Name), "leads to %s as %s; named by %d synonyms and objects", orUnknown(l.Host), orUnknown(l.User), used[l.Name])
		}
		return leadsOut(o)
	},
	Scripts: func(in *Input) Outcome {
		o := Outcome{}
		for _, x := range in.created(model.KindDatabaseLink) {
			o.Of++
			using := ""
			if x.Link != nil {
				using = x.Link.Using
			}
			o.item(x.ID(), "leads to %s", orUnknown(using))
		}
		return leadsOut(o)
	},
}

func leadsOut(o Outcome) Outcome {
	return o.some(Warning, say("%d database links lead out: what they reach has to move together, or to be reached in another way", len(o.Items)), say("no database link"))
}

func orUnknown(s string) phrase.Text {
	if strings.TrimSpace(s) == "" {
		return say("(not told)")
	}
	return phrase.Plain(strings.TrimSpace(s))
}

var jobs = &Check{
	Code: "DC0408", Name: "jobs", Scope: ScopeSchema, Needs: []string{"jobs", "scheduler_jobs"},
	Facts: func(in *Input) Outcome {
		o := Outcome{Of: 1}
		v := Informational
		for _, j := range in.Facts.Jobs {
			if ownedByOracle(j.Owner) {
				continue
			}
			state := say("enabled")
			if !j.Enabled {
				state = say("not enabled")
			}
			switch j.Type {
			case "EXECUTABLE", "EXTERNAL_SCRIPT", "CHAIN", "BACKUP_SCRIPT", "SQL_SCRIPT":
				v = Warning
			}
			o.item(object(model.KindJob, j.Owner, j.Name), "%s, %s, repeats %s", strings.ToLower(j.Type), state, orUnknown(j.Repeat+j.Schedule))
		}
		return o.some(v, say("%d jobs have to be scheduled on the target", len(o.Items)), say("no job"))
	},
	Scripts: func(in *Input) Outcome {
		o := Outcome{}
		v := Informational
		for _, x := range in.created(model.KindJob) {
			o.Of++
			typ, repeat := "", ""
			if x.Job != nil {
				typ, repeat = x.Job.Type, x.Job.Repeat+x.Job.Schedule
			}
			if typ == "EXECUTABLE" || typ == "CHAIN" || typ == "EXTERNAL_SCRIPT" {
				v = Warning
			}
			o.item(x.ID(), "%s, repeats %s", strings.ToLower(typ), orUnknown(repeat))
		}
		return o.some(v, say("%d jobs have to be scheduled on the target", len(o.Items)), say("no job"))
	},
}

var queues = &Check{
	Code: "DC0409", Name: "queues", Scope: ScopeSchema, Needs: []string{"queues"},
	Facts: func(in *Input) Outcome {
		o := Outcome{Of: 1}
		for _, q := range in.Facts.Queues {
			if !ownedByOracle(q.Owner) && q.Type != "EXCEPTION_QUEUE" {
				o.item(object(model.KindQueue, q.Owner, q.Name), "payload %s, %s consumers", orUnknown(q.Payload), orUnknown(strings.ToLower(q.Recipients)))
			}
		}
		return o.some(Warning, say("%d queues of Advanced Queuing", len(o.Items)), say("no queue"))
	},
	Scripts: func(in *Input) Outcome {
		o := Outcome{}
		for _, x := range in.created(model.KindQueue) {
			o.Of++
			o.item(x.ID(), "queue")
		}
		for _, x := range in.created(model.KindTable) {
			if x.Table != nil && x.Table.Queue != "" {
				o.Of++
				o.item(x.ID(), "queue table with payload %s", x.Table.Queue)
			}
		}
		return o.some(Warning, say("%d queues and queue tables of Advanced Queuing", len(o.Items)), say("no queue"))
	},
}

var externalTables = &Check{
	Code: "DC0410", Name: "external-tables", Scope: ScopeSchema, Needs: []string{"external_tables", "directories"},
	Facts: func(in *Input) Outcome {
		o := Outcome{Of: 1}
		for _, e := range in.Facts.External {
			if !ownedByOracle(e.Owner) {
				o.item(tableID(e.Key), "external table, %s, directory %s", e.Driver, e.Directory)
			}
		}
		tables := len(o.Items)
		for _, d := range in.Facts.Dirs {
			if !oracleDirectory(d) {
				o.item(object(model.KindDirectory, "", d.Name), "directory %s", d.Path)
			}
		}
		v := Informational
		if tables > 0 {
			v = Warning
		}
		return o.some(v, say("%d external tables and %d directories: their files lie on the database server", tables, len(o.Items)-tables), say("no external table, no directory beyond Oracle's own"))
	},
	Scripts: func(in *Input) Outcome {
		o := Outcome{}
		v := Informational
		for _, x := range in.created(model.KindTable) {
			if x.Table != nil && x.Table.External {
				o.Of++
				v = Warning
				o.item(x.ID(), "external table")
			}
		}
		for _, x := range in.created(model.KindDirectory) {
			o.Of++
			o.item(x.ID(), "directory")
		}
		return o.some(v, say("%d external tables and directories: their files lie on the database server", len(o.Items)), say(""))
	},
}

// oracleDirectory tells directories that every database has.
func oracleDirectory(d dict.Directory) bool {
	for _, p := range []string{"ORACLE_", "OPATCH_", "DATA_PUMP_DIR", "XMLDIR", "XSDDIR", "DBMS_OPTIM_", "SDO_DIR_", "JAVA$JOX$", "PREUPGRADE_DIR", "ORACLECLRDIR"} {
		if strings.HasPrefix(d.Name, p) {
			return true
		}
	}
	return false
}

var viewLogs = &Check{
	Code: "DC0411", Name: "materialized-view-logs", Scope: ScopeSchema, Needs: []string{"mview_logs"},
	Facts: func(in *Input) Outcome {
		o := Outcome{Of: 1}
		for _, l := range in.Facts.ViewLogs {
			if !ownedByOracle(l.Master.Owner) {
				o.item(tableID(l.Master), "has the log %s", l.Log)
			}
		}
		return o.some(Informational, say("%d materialized view logs: views are refreshed fast in Oracle, as a whole in PostgreSQL", len(o.Items)), say("no materialized view log"))
	},
	Scripts: func(in *Input) Outcome {
		o := Outcome{}
		for _, x := range in.created(model.KindMaterializedViewLog) {
			o.Of++
			o.item(x.ID(), "log of a table")
		}
		return o.some(Informational, say("%d materialized view logs: views are refreshed fast in Oracle, as a whole in PostgreSQL", len(o.Items)), say(""))
	},
}

var lifecycle = &Check{
	Code: "DC0412", Name: "lifecycle-policies", Scope: ScopeSchema, Needs: []string{"ilm_objects"},
	Facts: func(in *Input) Outcome {
		o := Outcome{Of: 1}
		for _, l := range in.Facts.Lifecycle {
			state := say("enabled")
			if !l.Enabled {
				state = say("not enabled")
			}
			o.item(object(model.ObjectKind(strings.TrimSuffix(l.Type, " PARTITION")), l.Owner, l.Name), "policy %s %s, %s", l.Policy, l.Sub, state)
		}
		return o.some(Warning, say("%d objects are under policies that compress or move them", len(o.Items)), say("no policy of information lifecycle management"))
	},
}

var rowPolicies = &Check{
	Code: "DC0413", Name: "row-policies", Scope: ScopeSecurity, Needs: []string{"policies"},
	Facts: func(in *Input) Outcome {
		o := Outcome{Of: 1}
		for _, p := range in.Facts.Policies {
			if !ownedByOracle(p.Object.Owner) {
				o.item(tableID(p.Object), "policy %s by %s.%s", p.Name, p.FunctionOwner, p.Function)
			}
		}
		return o.some(Warning, say("%d policies of row-level security: a snapshot as another user than an exempt one misses rows", len(o.Items)), say("no policy of row-level security"))
	},
	Scripts: func(in *Input) Outcome {
		o := Outcome{}
		for _, x := range in.created(model.KindVPDPolicy) {
			o.Of++
			what := say("policy")
			if x.Policy != nil {
				what = say("policy on %s by %s", x.Policy.Table, orUnknown(x.Policy.Function))
			}
			o.item(x.ID(), "%s", what)
		}
		return o.some(Warning, say("%d policies of row-level security: a snapshot as another user than an exempt one misses rows", len(o.Items)), say(""))
	},
}

var externalCode = &Check{
	Code: "DC0414", Name: "external-code", Scope: ScopeSchema, Needs: []string{"libraries", "objects"},
	Facts: func(in *Input) Outcome {
		o := Outcome{Of: 1}
		for _, l := range in.Facts.Libraries {
			if !ownedByOracle(l.Owner) {
				o.item(object(model.KindLibrary, l.Owner, l.Name), "library %s", l.File)
			}
		}
		for _, x := range in.Facts.Objects {
			if (strings.HasPrefix(x.Type, "JAVA ") || strings.HasPrefix(x.Type, "MLE ")) && !ownedByOracle(x.Owner) {
				o.item(object(model.ObjectKind(x.Type), x.Owner, x.Name), "%s", strings.ToLower(x.Type))
			}
		}
		return foreignCode(o)
	},
	Scripts: func(in *Input) Outcome {
		o := Outcome{}
		for _, x := range in.created(model.KindLibrary, model.KindJavaSource, model.KindJavaClass, model.KindJavaResource, model.KindMLEModule) {
			o.Of++
			o.item(x.ID(), "%s", strings.ToLower(string(x.Kind)))
		}
		return foreignCode(o)
	},
}

func foreignCode(o Outcome) Outcome {
	return o.some(Warning, say("%d libraries and units in other languages than PL/SQL", len(o.Items)), say("no code in other languages"))
}

var xmlStorage = &Check{
	Code: "DC0415", Name: "xml-storage", Scope: ScopeTable, Needs: []string{"xml_columns"},
	Facts: func(in *Input) Outcome {
		o := Outcome{Of: 1}
		for _, x := range in.Facts.XML {
			if !ownedByOracle(x.Table.Owner) {
				o.item(tableID(x.Table), "column %s, stored as %s, schema %s", x.Column, strings.ToLower(x.Storage), orUnknown(x.Schema))
			}
		}
		v := Informational
		for _, x := range in.Facts.XML {
			if !ownedByOracle(x.Table.Owner) && (strings.HasPrefix(x.Storage, "OBJECT") || x.Schema != "") {
				v = Warning
			}
		}
		return o.some(v, say("%d columns hold XML", len(o.Items)), say("no column holds XML"))
	},
	Scripts: func(in *Input) Outcome {
		o := Outcome{}
		eachColumn(in, func(t *model.Object, c *model.Column) {
			if c.Type.Name == "XMLTYPE" {
				o.Of++
				o.item(t.ID(), "column %s", c.Name)
			}
		})
		return o.some(Informational, say("%d columns hold XML", len(o.Items)), say(""))
	},
}

var constraintStates = &Check{
	Code: "DC0416", Name: "constraint-states", Scope: ScopeTable,
	Scripts: func(in *Input) Outcome {
		o := Outcome{}
		for _, t := range in.created(model.KindTable) {
			if t.Table == nil {
				continue
			}
			for _, c := range t.Table.Constraints {
				o.Of++
				switch {
				case c.Disabled:
					o.item(t.ID(), "%s %s is disabled: rows may break it", c.Kind, c.Name)
				case c.NoValidate:
					o.item(t.ID(), "%s %s is not validated: old rows may break it", c.Kind, c.Name)
				}
			}
		}
		return o.some(Warning, say("%d of %d constraints are not held for all rows", len(o.Items), o.Of), say("all %d constraints hold for all rows", o.Of))
	},
}

var domainIndexes = &Check{
	Code: "DC0417", Name: "domain-indexes", Scope: ScopeTable, Needs: []string{"indexes"},
	Facts: func(in *Input) Outcome {
		o := Outcome{Of: max(1, len(in.Facts.Indexes))}
		for _, x := range in.Facts.Indexes {
			if x.Type == "DOMAIN" && !ownedByOracle(x.Owner) {
				o.item(object(model.KindIndex, x.Owner, x.Name), "of type %s.%s on %s", x.TypeOwner, x.TypeName, x.Table.Name)
			}
		}
		return domains(o)
	},
	Scripts: func(in *Input) Outcome {
		o := Outcome{}
		for _, x := range in.created(model.KindIndex) {
			if x.Index != nil && x.Index.Kind == "DOMAIN" {
				o.Of++
				o.item(x.ID(), "of type %s on %s", x.Index.IndexType, x.Index.Table)
			}
		}
		return domains(o)
	},
}

func domains(o Outcome) Outcome {
	return o.some(Warning, say("%d indexes of Oracle Text, Spatial or other cartridges", len(o.Items)), say("no domain index"))
}

var recycleBin = &Check{
	Code: "DC0418", Name: "recycle-bin", Scope: ScopeSchema, Needs: []string{"objects"},
	Facts: func(in *Input) Outcome {
		o := Outcome{Of: max(1, len(in.Facts.Objects))}
		for _, x := range in.Facts.Objects {
			if strings.HasPrefix(x.Name, "BIN$") {
				o.item(object(model.ObjectKind(x.Type), x.Owner, x.Name), "dropped, but still in the recycle bin")
			}
		}
		o = o.some(Informational, say("%d dropped objects take space and stand in statistics", len(o.Items)), say("the recycle bin is empty"))
		if len(o.Items) > 0 {
			o.sql("PURGE DBA_RECYCLEBIN;")
		}
		return o
	},
}
