package engine

import (
	"slices"
	"strings"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// changeViews say how changes are logged.
var changeViews []dictView

// systemViews are tables of Oracle's own schemas that collections read.
var systemViews []dictView

func init() {
	changeViews = []dictView{
		{name: "LOG_GROUPS", of: "owner table_name", rows: dictLogGroups, columns: "owner:i log_group_name:i table_name:i log_group_type:i always:i generated:i"},
		{name: "LOG_GROUP_COLUMNS", of: "owner table_name", rows: dictLogGroupColumns, columns: "owner:i log_group_name:i table_name:i column_name:v position:n logging_property:i"},
		{
			name: "TAB_MODIFICATIONS", of: "table_owner table_name", rows: dictNothing, // statistics are always those of now
			columns: "table_owner:i table_name:i partition_name:i subpartition_name:i inserts:n updates:n deletes:n timestamp:d truncated:i drop_segments:n",
		},
		{name: "LOGSTDBY_UNSUPPORTED", forms: "DBA", rows: dictUnsupported, columns: "owner:i table_name:i column_name:i data_type:i attributes:i"},
		{name: "ILMOBJECTS", forms: "DBA USER", of: "object_owner", since: 1201, rows: dictNothing, columns: "policy_name:i object_owner:i object_name:i subobject_name:i object_type:i inherited_from:i tbs_inherited_from:i enabled:i deleted:i"},
	}
	systemViews = []dictView{
		{name: "V$RMAN_BACKUP_JOB_DETAILS", rows: dictNothing, columns: "session_key:n session_recid:n input_type:i status:i start_time:d end_time:d elapsed_seconds:n input_bytes:n output_bytes:n output_device_type:i con_id:n@12.1"},
		{name: "SYSTEM.LOGSTDBY$SKIP_SUPPORT", columns: "action:n name:i name2:i name3:i name4:i name5:i reg:n", rows: func(_ *Session, put putRow) {
			for _, name := range []string{"SYS", "SYSTEM"} {
				put("action", 0, "name", name)
			}
		}},
	}
}

func dictLogGroups(s *Session, put putRow) {
	for _, o := range s.db.tables() {
		for _, g := range o.table.logGroups {
			put("owner", o.owner, "log_group_name", g.name, "table_name", o.name, "log_group_type", g.kind, "always", word(g.always, "ALWAYS", "CONDITIONAL"), "generated", word(g.generated, "GENERATED NAME", "USER NAME"))
		}
	}
}

func dictLogGroupColumns(s *Session, put putRow) {
	for _, o := range s.db.tables() {
		for _, g := range o.table.logGroups {
			for i, c := range g.cols {
				put("owner", o.owner, "log_group_name", g.name, "table_name", o.name, "column_name", c, "position", i+1, "logging_property", word(g.nolog[c], "NO LOG", "LOG"))
			}
		}
	}
}

// dictUnsupported are columns of types that SQL apply does not carry (Data Guard Concepts, "Unsupported Data Types").
func dictUnsupported(s *Session, put putRow) {
	for _, o := range s.db.tables() {
		for _, col := range o.table.cols {
			switch kind, _, _, _ := col.typ.dictType(1); {
			case col.unused || col.hidden:
			case col.typ.kind == kOther, col.typ.kind == kRowID && kind == "ROWID":
				put("owner", o.owner, "table_name", o.name, "column_name", col.name, "data_type", kind, "attributes", word(o.table.ofType != "", "Object Table", ""))
			}
		}
	}
}

// supplemental reads ADD SUPPLEMENTAL LOG GROUP name (cols) ALWAYS, and ADD SUPPLEMENTAL LOG DATA (ALL) COLUMNS, which stand in
// CREATE TABLE and ALTER TABLE (SQL Language Reference, "supplemental_logging_props").
func (m *tableMaker) supplemental(n ast.Node, drop bool) {
	c, t := m.c, m.t
	var words []string
	var cols []string
	nolog := map[string]bool{}
	inside := false
	span := n.Range()
	for i := range c.f.Significant(span) {
		switch tok := c.f.Tokens[i]; {
		case tok.Kind == token.LParen:
			inside = true
		case tok.Kind == token.RParen:
			inside = false
		case tok.Kind == token.Comma:
			if inside && len(words) > 0 && words[0] != "GROUP" {
				words = append(words, ",")
			}
		case inside && len(words) > 1 && words[0] == "GROUP":
			if name := c.f.Ident(i); tok.Is(token.NO) || tok.Is(token.LOG) {
				if tok.Is(token.NO) && len(cols) > 0 {
					nolog[cols[len(cols)-1]] = true
				}
			} else {
				cols = append(cols, name)
			}
		case tok.Is(token.ADD), tok.Is(token.DROP), tok.Is(token.SUPPLEMENTAL), tok.Is(token.LOG):
		default:
			words = append(words, c.f.Ident(i))
		}
	}
	if len(words) == 0 {
		return
	}
	t.logGroups = slices.Clone(t.logGroups)
	remove := func(match func(*logGroup) bool) { t.logGroups = slices.DeleteFunc(t.logGroups, match) }
	if words[0] == "GROUP" && len(words) > 1 {
		remove(func(g *logGroup) bool { return g.name == words[1] })
		if !drop {
			t.logGroups = append(t.logGroups, &logGroup{name: words[1], kind: "USER LOG GROUP", always: slices.Contains(words, "ALWAYS"), cols: cols, nolog: nolog})
		}
		return
	}
	text := strings.Join(words, " ")
	for _, k := range [][2]string{{"ALL", "ALL COLUMN LOGGING"}, {"PRIMARY KEY", "PRIMARY KEY LOGGING"}, {"UNIQUE", "UNIQUE KEY LOGGING"}, {"FOREIGN KEY", "FOREIGN KEY LOGGING"}} {
		if !strings.Contains(text, k[0]) {
			continue
		}
		remove(func(g *logGroup) bool { return g.kind == k[1] })
		if !drop {
			t.logGroups = append(t.logGroups, &logGroup{name: m.s.db.generated("SYS_C"), kind: k[1], always: k[0] == "ALL" || k[0] == "PRIMARY KEY", generated: true})
		}
	}
}
