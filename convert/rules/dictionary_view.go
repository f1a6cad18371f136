package rules

import (
	"fmt"
	"regexp"

	"landfall/internal/model"
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
)

var dictionaryView = &Rule{
	Code: "CV0332", Name: "dictionary-view", Since: first, Group: groupQuery, Severity: model.High, Effort: model.Manual, Needs: FeatureDictionaryViews,
	Before: `SELECT table_name FROM user_tables`,
	After:  `SELECT table_name FROM information_schema.tables`,
	On:     []Matcher{Node(dictionaryViewTable)},
}

// dictionaryNames are views of the Database Reference, "Static Data Dictionary Views" and "Dynamic Performance Views".
var dictionaryNames = regexp.MustCompile(`^(?:(?:ALL|DBA|USER|CDB)_(?:TABLES|TAB_[A-Z_]+|ALL_TABLES|OBJECTS|OBJECT_SIZE|SOURCE|VIEWS|INDEXES|IND_[A-Z]+|CONSTRAINTS|CONS_COLUMNS|COL_[A-Z_]+|` +
	`SEQUENCES|SYNONYMS|TRIGGERS|TRIGGER_COLS|USERS|ROLES|ROLE_PRIVS|SYS_PRIVS|SEGMENTS|EXTENTS|FREE_SPACE|DATA_FILES|TEMP_FILES|TABLESPACES|TS_QUOTAS|JOBS|JOBS_RUNNING|` +
	`SCHEDULER_[A-Z_]+|PROCEDURES|ARGUMENTS|ERRORS|DEPENDENCIES|TYPES|TYPE_[A-Z]+|COLL_TYPES|LOBS|PART_[A-Z_]+|SUBPART_[A-Z_]+|MVIEWS|MVIEW_[A-Z_]+|SNAPSHOTS|DB_LINKS|` +
	`DIRECTORIES|RECYCLEBIN|POLICIES|NESTED_TABLES|EXTERNAL_[A-Z]+|HIST_[A-Z_0-9]+|PLSQL_[A-Z_]+|REFS|IDENTIFIERS|CLUSTERS|PROFILES|AUDIT_[A-Z_]+|UPDATABLE_COLUMNS|CATALOG|` +
	`CONTEXT|QUEUES|QUEUE_[A-Z]+|XML_[A-Z_]+|JSON_COLUMNS)|G?V_?\$[A-Z0-9_$]+|X\$[A-Z0-9_]+|DICTIONARY|DICT|DICT_COLUMNS|SESSION_PRIVS|SESSION_ROLES|SESSION_CONTEXT|` +
	`NLS_(?:SESSION|DATABASE|INSTANCE)_PARAMETERS|GLOBAL_NAME|PRODUCT_COMPONENT_VERSION|COLS|OBJ|RECYCLEBIN|(?:OBJ|TAB|COL|USER|SEG|AUD)\$)$`)

// DictionaryView reports whether a folded name is that of a view of Oracle's dictionary.
func DictionaryView(name string) bool { return dictionaryNames.MatchString(name) }

func dictionaryViewTable(p *Pass, t *ast.TableName) {
	ref := p.Info.Ref(t.Name)
	if t.Name.Link != 0 || ref.Kind == resolve.Query || ref.Object != nil && !ref.Object.Implied {
		return
	}
	parts := p.File.Parts(t.Name)
	if len(parts) == 0 || len(parts) == 2 && parts[0] != "SYS" || !dictionaryNames.MatchString(parts[len(parts)-1]) {
		return
	}
	p.Report(t, fmt.Sprintf("%s is a view of Oracle's dictionary; information_schema, pg_catalog or pg_stat views hold the like under other names and columns", p.name(t.Name)))
}
