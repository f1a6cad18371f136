package checks

import (
	"maps"
	"slices"
	"strings"
	"time"

	"landfall/internal/model"
)

var charset = &Check{
	Code: "DC0101", Name: "charset", Scope: ScopeDatabase, Needs: []string{"nls"},
	Facts: func(in *Input) Outcome {
		cs := in.Facts.NLS["NLS_CHARACTERSET"]
		o := Outcome{Of: 1}
		o.fact("NLS_CHARACTERSET", "%s", cs)
		switch cs {
		case "AL32UTF8":
			o.Verdict, o.Message = Pass, say("the database is in AL32UTF8, which is UTF-8")
		case "UTF8":
			o.Verdict, o.Message = Informational, say("the database is in UTF8 (CESU-8): characters outside the basic plane are stored as pairs and become one character each")
		case "US7ASCII":
			o.Verdict, o.Message = Warning, say("the database is in US7ASCII: bytes above 127 were stored unchecked, and nobody but their writers knows what they mean")
		case "":
			o.Verdict, o.Message = Warning, say("the character set is not named among the NLS parameters")
		default:
			o.Verdict, o.Message = Warning, say("the database is in %s: text is converted to UTF-8, where characters take other numbers of bytes", cs)
		}
		return o
	},
}

var ncharset = &Check{
	Code: "DC0102", Name: "national-charset", Scope: ScopeDatabase, Needs: []string{"nls", "columns"},
	Facts: func(in *Input) Outcome {
		o := Outcome{}
		for _, c := range in.Facts.Columns {
			if c.Hidden || ownedByOracle(c.Table.Owner) {
				continue
			}
			o.Of++
			switch c.Type {
			case "NCHAR", "NVARCHAR2", "NCLOB":
				o.item(tableID(c.Table), "column %s is %s", c.Name, c.Type)
			}
		}
		o.fact("NLS_NCHAR_CHARACTERSET", "%s", in.Facts.NLS["NLS_NCHAR_CHARACTERSET"])
		return o.some(Informational, say("%d columns are in the national character set %s; they become ordinary text", len(o.Items), in.Facts.NLS["NLS_NCHAR_CHARACTERSET"]), say("no column is in the national character set"))
	},
	Scripts: func(in *Input) Outcome {
		o := Outcome{}
		eachColumn(in, func(t *model.Object, c *model.Column) {
			o.Of++
			switch c.Type.Name {
			case "NCHAR", "NVARCHAR2", "NCLOB":
				o.item(t.ID(), "column %s is %s", c.Name, c.Type.Name)
			}
		})
		return o.some(Informational, say("%d columns are in the national character set; they become ordinary text", len(o.Items)), say("no column is in the national character set"))
	},
}

// eachColumn visits the columns of the tables that the source creates.
func eachColumn(in *Input, visit func(t *model.Object, c *model.Column)) {
	for _, t := range in.created(model.KindTable) {
		if t.Table == nil {
			continue
		}
		for _, c := range t.Table.Columns {
			visit(t, c)
		}
	}
}

var timeZoneFile = &Check{
	Code: "DC0103", Name: "time-zone-file", Scope: ScopeDatabase, Needs: []string{"timezone_file"},
	Facts: func(in *Input) Outcome {
		v := in.Facts.TimeZone
		o := Outcome{Of: 1}
		o.fact("version", "%d", v)
		zoned := 0
		for _, c := range in.Facts.Columns {
			if strings.HasSuffix(c.Type, "WITH TIME ZONE") && !ownedByOracle(c.Table.Owner) {
				zoned++
				o.item(tableID(c.Table), "column %s is %s", c.Name, c.Type)
			}
		}
		// 32 came with 19c (2019); rules of zones that changed since are not in older files.
		switch {
		case v == 0:
			o.Verdict, o.Message = Warning, say("the version of the time-zone file could not be read")
		case v < 32 && zoned > 0:
			o.Verdict, o.Message = Warning, say("time-zone file version %d is older than that of 19c, and %d columns hold times with a zone by name", v, zoned)
		case v < 32:
			o.Verdict, o.Message = Informational, say("time-zone file version %d is older than that of 19c", v)
		default:
			o.Verdict, o.Message = Pass, say("time-zone file version %d", v)
		}
		return o
	},
}

// nlsDefaults are the settings under which text sorts and compares as PostgreSQL's collation "C" does.
var nlsDefaults = []struct{ name, value, says string }{
	{"NLS_COMP", "BINARY", "comparisons follow a language"},
	{"NLS_SORT", "BINARY", "text is sorted by a language"},
	{"NLS_LENGTH_SEMANTICS", "", "VARCHAR2(n) without BYTE or CHAR counts characters"},
	{"NLS_NCHAR_CONV_EXCP", "FALSE", "characters that have no counterpart raise an error"},
}

var nlsSettings = &Check{
	Code: "DC0104", Name: "nls-settings", Scope: ScopeDatabase, Needs: []string{"nls"},
	Facts: func(in *Input) Outcome {
		o := Outcome{}
		for _, n := range slices.Sorted(maps.Keys(in.Facts.NLS)) {
			o.Of++
			o.fact(n, "%s", in.Facts.NLS[n])
		}
		for _, d := range nlsDefaults {
			v := in.Facts.NLS[d.name]
			if d.name == "NLS_LENGTH_SEMANTICS" {
				if v == "CHAR" {
					o.named(d.name, "CHAR: %s", say(d.says))
				}
			} else if v != "" && v != d.value {
				o.named(d.name, "%s: %s", v, say(d.says))
			}
		}
		if o.Of == 0 {
			return Outcome{Verdict: NotCollected, Message: say("the extract nls is empty")}
		}
		return o.some(Warning, say("%d settings of language change how text is compared, sorted or measured", len(o.Items)), say("text is compared and sorted in binary order"))
	},
}

// support is until when Oracle supports a release: end of premier and of extended support, by Oracle's published
// lifetime support policy as of 2025. Zero: not announced, or none.
var support = []struct {
	release           string
	premier, extended string // year and month
}{
	{"9.", "2007-07", "2010-07"},
	{"10.", "2010-07", "2013-07"},
	{"11.1", "2012-08", "2015-08"},
	{"11.2", "2015-01", "2020-12"},
	{"12.1", "2018-07", "2022-07"},
	{"12.2", "2020-11", ""},
	{"18.", "2021-06", ""},
	{"19.", "2029-12", "2032-12"},
	{"21.", "2027-07", ""},
	{"23.", "2031-12", ""},
}

var endOfSupport = &Check{
	Code: "DC0105", Name: "end-of-support", Scope: ScopeDatabase, Needs: []string{"session"},
	Facts: func(in *Input) Outcome {
		v := in.Facts.Instance.Version
		if v == "" {
			v = in.Facts.Database.Version
		}
		o := Outcome{Of: 1}
		o.fact("version", "%s", v)
		for _, s := range support {
			if !strings.HasPrefix(v, s.release) {
				continue
			}
			last := s.extended
			if last == "" {
				last = s.premier
			}
			o.fact("premier support until", "%s", s.premier)
			if s.extended != "" {
				o.fact("extended support until", "%s", s.extended)
			}
			end, err := time.Parse("2006-01", last)
			switch {
			case err != nil || in.Facts.Collected.IsZero():
				o.Verdict, o.Message = Informational, say("Oracle %s; its support ends or ended %s", v, last)
			case in.Facts.Collected.After(end.AddDate(0, 1, 0)):
				o.Verdict, o.Message = Warning, say("Oracle %s was out of support when the facts were collected (since %s)", v, last)
			default:
				o.Verdict, o.Message = Pass, say("Oracle %s is supported until %s", v, last)
			}
			return o
		}
		o.Verdict, o.Message = Informational, say("Oracle %q: its support dates are not known here", v)
		return o
	},
}

var archiveLog = &Check{
	Code: "DC0106", Name: "archive-log-mode", Scope: ScopeChange, Needs: []string{"database"},
	Facts: func(in *Input) Outcome {
		o := Outcome{Of: 1}
		o.fact("log_mode", "%s", in.Facts.Instance.LogMode)
		if in.Facts.Instance.LogMode == "ARCHIVELOG" {
			o.Verdict, o.Message = Pass, say("redo is archived")
			return o
		}
		o.Verdict, o.Message = Blocker, say("log mode is %q: redo is overwritten, so changes cannot be captured; only a move with the database closed is possible", in.Facts.Instance.LogMode)
		o.sql("-- needs a restart of the database")
		o.sql("SHUTDOWN IMMEDIATE\nSTARTUP MOUNT\nALTER DATABASE ARCHIVELOG;\nALTER DATABASE OPEN;")
		return o
	},
}

var cluster = &Check{
	Code: "DC0107", Name: "cluster", Scope: ScopeDatabase, Needs: []string{"instances"},
	Facts: func(in *Input) Outcome {
		n := in.Facts.Instance.Instances
		o := Outcome{Of: n}
		o.fact("instances", "%d", n)
		switch {
		case n > 1:
			o.Verdict, o.Message = Warning, say("a cluster of %d instances: redo of every thread has to be read, and the target has one writer", n)
		case n == 1:
			o.Verdict, o.Message = Pass, say("one instance")
		default:
			o.Verdict, o.Message = NotCollected, say("the extract instances is empty")
		}
		return o
	},
}

var containers = &Check{
	Code: "DC0108", Name: "containers", Scope: ScopeDatabase, Needs: []string{"database"},
	Facts: func(in *Input) Outcome {
		o := Outcome{Of: 1}
		o.fact("container", "%s", in.Facts.Database.Container)
		for _, c := range in.Facts.Containers {
			if c.Name != "PDB$SEED" {
				o.named(c.Name, "pluggable database, %s", c.OpenMode)
			}
		}
		switch {
		case in.Facts.Database.Container == "CDB$ROOT":
			o.Verdict, o.Message = Warning, say("collected from the root of a container database: schemas of pluggable databases are not in it")
		case in.Facts.Instance.CDB:
			o.Verdict, o.Message = Informational, say("a pluggable database of a container database: redo is that of the whole container")
		default:
			o.Verdict, o.Message = Pass, say("not a container database")
		}
		return o
	},
}

var standby = &Check{
	Code: "DC0112", Name: "standby", Scope: ScopeDatabase, Needs: []string{"database"},
	Facts: func(in *Input) Outcome {
		o := Outcome{Of: 1}
		d := in.Facts.Instance
		o.fact("database_role", "%s", d.Role)
		o.fact("open_mode", "%s", d.OpenMode)
		if d.Role == "PRIMARY" || d.Role == "" && strings.HasPrefix(d.OpenMode, "READ WRITE") {
			o.Verdict, o.Message = Pass, say("collected from the primary database")
			return o
		}
		o.Verdict, o.Message = Warning, say("collected from a %s that is open %s: its workload and sessions are not those of the primary", strings.ToLower(d.Role), d.OpenMode)
		return o
	},
}

// markers name schemas by which packaged applications are known.
var markers = []struct{ schema, application string }{
	{"APPS", "Oracle E-Business Suite"},
	{"APPLSYS", "Oracle E-Business Suite"},
	{"SIEBEL", "Siebel CRM"},
	{"SYSADM", "PeopleSoft"},
	{"PEOPLE", "PeopleSoft"},
	{"SAPSR3", "SAP"},
	{"SAPSR3DB", "SAP Java"},
	{"SAPR3", "SAP R/3"},
	{"SAPERP", "SAP"},
	{"JDEDATA", "JD Edwards"},
	{"PRODDTA", "JD Edwards"},
	{"SYS7333", "JD Edwards"},
	{"RETEK", "Oracle Retail"},
	{"RMS", "Oracle Retail"},
	{"HYPERION", "Oracle Hyperion"},
	{"DEV_BIPLATFORM", "Oracle BI"},
	{"DEV_MDS", "Oracle Fusion Middleware"},
	{"PROD_SOAINFRA", "Oracle SOA Suite"},
	{"DEV_SOAINFRA", "Oracle SOA Suite"},
	{"FLEXCUBE", "Oracle FLEXCUBE"},
	{"FCUBS", "Oracle FLEXCUBE"},
	{"MAXIMO", "IBM Maximo"},
	{"WINDCHILL", "PTC Windchill"},
	{"INFODBA", "Siemens Teamcenter"},
	{"ARADMIN", "BMC Remedy"},
	{"AGILE", "Oracle Agile"},
	{"DOCUMENTUM", "Documentum"},
	{"SDE", "Esri ArcSDE"},
}

var applications = &Check{
	Code: "DC0113", Name: "applications", Scope: ScopeDatabase, Needs: []string{"objects"},
	Facts: func(in *Input) Outcome {
		o := Outcome{}
		owners := map[string]int{}
		for _, x := range in.Facts.Objects {
			owners[x.Owner]++
		}
		for _, u := range in.Facts.Users {
			owners[u.Name] += 0
		}
		o.Of = len(owners)
		for _, m := range markers {
			if n, ok := owners[m.schema]; ok {
				o.named(m.schema, "looks like %s (%d objects)", m.application, n)
			}
		}
		for _, owner := range slices.Sorted(maps.Keys(owners)) {
			if (strings.HasPrefix(owner, "APEX_") || strings.HasPrefix(owner, "FLOWS_")) && owner != "APEX_PUBLIC_USER" && owner != "FLOWS_FILES" {
				o.named(owner, "Oracle Application Express (%d objects)", owners[owner])
			}
		}
		return o.some(Warning, say("schemas of packaged applications: their vendors decide which databases they run on"), say("no schema of a known packaged application"))
	},
}

var sessions = &Check{
	Code: "DC0114", Name: "sessions", Scope: ScopeDatabase, Needs: []string{"resource_limits"},
	Facts: func(in *Input) Outcome {
		o := Outcome{}
		most := 0.0
		for _, l := range in.Facts.Limits {
			if l.Name == "sessions" || l.Name == "processes" {
				o.Of++
				o.factOf(say("%s, instance %d", l.Name, l.Instance), "%.0f of %s", l.Max.Value, l.Limit)
			}
			if l.Name == "sessions" {
				most += l.Max.Value
			}
		}
		switch {
		case o.Of == 0:
			o.Verdict, o.Message = NotCollected, say("the extract resource_limits has no sessions")
		case most > in.Limits.Sessions:
			o.Verdict, o.Message = Warning, say("up to %.0f sessions at a time: PostgreSQL has a process for each, so a connection pool is needed", most)
		default:
			o.Verdict, o.Message = Pass, say("up to %.0f sessions at a time", most)
		}
		return o
	},
}

var editions = &Check{
	Code: "DC0115", Name: "editions", Scope: ScopeDatabase, Needs: []string{"objects"},
	Facts: func(in *Input) Outcome {
		o := Outcome{Of: max(1, len(in.Facts.Objects))}
		count := map[string]int{}
		for _, x := range in.Facts.Objects {
			if x.Edition != "" && !ownedByOracle(x.Owner) {
				count[x.Edition]++
			}
		}
		if len(count) > 1 {
			for _, e := range slices.Sorted(maps.Keys(count)) {
				o.named(e, "%d objects", count[e])
			}
		}
		return o.some(Warning, say("objects live in %d editions; PostgreSQL has one version of each", len(count)), say("no object has versions in several editions"))
	},
}
