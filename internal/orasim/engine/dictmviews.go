package engine

import (
	"strings"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

func dictMviews(s *Session, put putRow) {
	for _, o := range s.db.sorted(0, func(o *object) bool { return o.kind == "MATERIALIZED VIEW" }) {
		n, ok := o.stmt.(*ast.CreateMView)
		if !ok {
			continue
		}
		mode, method := "DEMAND", "FORCE"
		if r := n.Refresh; r != nil {
			switch {
			case r.Never:
				mode, method = "NEVER", "NEVER"
			case r.Method != 0:
				method = r.Method.String()
			}
			if r.On != 0 && !r.Never {
				mode = r.On.String()
			}
		}
		build := "IMMEDIATE"
		switch {
		case n.Prebuilt:
			build = "PREBUILT"
		case n.Build != 0:
			build = n.Build.String()
		}
		put("owner", o.owner, "mview_name", o.name, "container_name", o.name, "query", o.text, "query_len", len(o.text), "updatable", yn(n.ForUpdate), "rewrite_enabled", yn(n.Rewrite == token.ENABLE), "rewrite_capability", "GENERAL",
			"refresh_mode", mode, "refresh_method", method, "build_mode", build, "fast_refreshable", "NO", "last_refresh_type", word(build == "DEFERRED", "NA", "COMPLETE"), "last_refresh_date", o.created,
			"last_refresh_end_time", o.created, "staleness", "UNKNOWN", "after_fast_refresh", "NA", "unknown_prebuilt", yn(n.Prebuilt), "compile_state", "VALID", "use_no_index", yn(n.NoIndex))
	}
}

func dictMviewLogs(s *Session, put putRow) {
	for _, o := range s.db.sorted('m', func(*object) bool { return true }) {
		n, ok := o.stmt.(*ast.CreateMViewLog)
		if !ok {
			continue
		}
		primary := n.PrimaryKey || !n.RowID && !n.ObjectID
		name := o.name
		if len(name) > 20 {
			name = name[:20]
		}
		put("log_owner", o.owner, "master", o.name, "log_table", "MLOG$_"+name, "rowids", n.RowID, "primary_key", primary, "object_id", n.ObjectID, "filter_columns", len(n.Columns) > 0, "sequence", n.Sequence,
			"include_new_values", n.NewValues == token.INCLUDING, "purge_asynchronous", "NO", "purge_deferred", "NO", "commit_scn_based", n.CommitSCN)
	}
}

func dictExternalTables(s *Session, put putRow) {
	for _, o := range s.db.tables() {
		n, ok := o.stmt.(*ast.CreateTable)
		if !ok || n.External == nil {
			continue
		}
		x, f := n.External, o.file
		driver, dir, reject, params := "ORACLE_LOADER", "", "0", ""
		if x.Driver != nil {
			driver = f.Last(x.Driver)
		}
		if x.Directory != nil {
			dir = f.Last(x.Directory)
		}
		if x.Reject != nil {
			reject = strings.ToUpper(f.Source(x.Reject))
		}
		if x.Access != nil {
			text := f.Source(x.Access)
			if i, j := strings.IndexByte(text, '('), strings.LastIndexByte(text, ')'); i >= 0 && j > i {
				params = strings.TrimSpace(text[i+1 : j])
			}
		}
		put("owner", o.owner, "table_name", o.name, "type_owner", "SYS", "type_name", driver, "default_directory_owner", "SYS", "default_directory_name", dir, "reject_limit", reject, "access_type", "CLOB",
			"access_parameters", short(params), "property", "ALL")
	}
}
