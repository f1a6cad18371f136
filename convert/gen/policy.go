package gen

// Policy holds the choices that a project can make. The zero value is the default of every one.
type Policy struct {
	Number        string            // "" or numeric; by-precision: NUMBER(p) becomes smallint, integer, bigint where p allows; integer: NUMBER bigint, too; sampled: NUMBER bigint where the rows of the scripts say so
	Date          string            // "" or timestamp0; date: DATE columns become date
	DateFormat    string            // NLS_DATE_FORMAT of the source; "" is DD-MON-RR
	Schemas       map[string]string // Oracle schema, folded -> PostgreSQL schema
	PackagePrefix bool              // the members of a package go to its owner's schema, the package's name in front of theirs
	KeepCase      bool              // keep Oracle's upper case in quotes instead of folding to lower case
	Tablespaces   bool              // keep TABLESPACE clauses
	MaxPartitions int               // interval partitions created ahead; 0 is 12
	Autonomous    string            // "" or dblink; pg_background; refuse
	Synonyms      string            // "" or views; ignore
	AuthID        string            // "" or invoker; definer: SECURITY DEFINER where Oracle uses the definer's rights
	Hints         string            // "" or comment; pg_hint_plan; drop
	KeepEmptyText bool              // '' is a text as PostgreSQL has it, not NULL
	TablespaceMap map[string]string // Oracle tablespace, folded -> PostgreSQL's; what is not in it keeps its name
	Columns       map[string]string // SCHEMA.TABLE.COLUMN -> type in PostgreSQL's words
	Features      map[string]string // rule by name -> error: its objects are refused; ignore: its statements are left out
}
