package rules

import (
	"fmt"
	"regexp"

	"landfall/internal/model"
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
)

var dictionaryView = &Rule{
	Code: "CV0332", Name: "dictionary-view", Since: first, Group: groupQuery, Severity: model.High, Effort: model.Manual,
	Before: `SELECT table_name FROM user_tables`,
	After:  `SELECT table_name FROM information_schema.tables`,
	On:     []Matcher{Node(dictionaryViewTable)},
}

var dictionaryNames = regexp.MustCompile(`^(ALL|DBA|USER|CDB)_(TABLES?|TAB_|OBJECTS?|SOURCE|VIEWS|IND|INDEXES|CONS|CONSTRAINTS|COL|SEQUENCES|SYNONYMS|TRIGGERS|USERS|ROLE|SYS_PRIVS|SEGMENTS|EXTENTS|FREE_SPACE|DATA_FILES|TABLESPACES|TS_QUOTAS|JOBS|SCHEDULER_|PROCEDURES|ARGUMENTS|ERRORS|DEPENDENCIES|TYPES|TYPE_|COLL_TYPES|LOBS|PART_|MVIEWS|MVIEW_|SNAPSHOTS|DB_LINKS|DIRECTORIES|RECYCLEBIN|POLICIES|NESTED_TABLES|EXTERNAL_|HIST_|PLSQL_|REFS|IDENTIFIERS|CLUSTERS|PROFILES|AUDIT_|UPDATABLE_COLUMNS|CATALOG|CONTEXT|QUEUES|QUEUE_|XML_|JSON_|SUBPART_)|^(GV|V)_?\$|^(DICTIONARY|DICT|SESSION_PRIVS|SESSION_ROLES|SESSION_CONTEXT|NLS_(SESSION|DATABASE|INSTANCE)_PARAMETERS|GLOBAL_NAME|PRODUCT_COMPONENT_VERSION|TAB|CAT|COLS|OBJ|X\$\w+|PLAN_TABLE|(OBJ|TAB|COL|USER)\$)$`)

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
