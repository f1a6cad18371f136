package project

// Policy says how a team wants Oracle's shapes to come over where more than one way is right. The zero value is
// not usable; DefaultPolicy is what holds where landfall.yaml says nothing.
type Policy struct {
	Number      Number      // what NUMBER without scale becomes
	Date        Date        // what DATE becomes
	EmptyString EmptyString // what '' means in converted code
	Case        Case        // of names that Oracle folded to upper case
	Packages    Packages    // where the members of a package go
	Synonyms    Synonyms
	Authid      Authid
	Autonomous  Autonomous
	Hints       Hints
	Tablespaces Tablespaces

	// Schemas renames: Oracle's schema, folded as Oracle does, to PostgreSQL's.
	Schemas map[string]string
	// TablespaceMap renames tablespaces where Tablespaces is TablespaceMapped.
	TablespaceMap map[string]string
	// Columns gives columns a type of their own: "HR.EMP.EMPNO" to "bigint".
	Columns map[string]string
	// PartitionsAhead is how many partitions are made ahead for a table that makes its own in Oracle (INTERVAL).
	PartitionsAhead int
	// Features says for single rules, by name or code, what to do instead of converting.
	Features map[string]Action
}

// Number is the mapping of NUMBER and NUMBER(p).
type Number string

// Mappings of NUMBER.
const (
	NumberNumeric     Number = "numeric"      // numeric always: nothing is lost, nothing is rounded
	NumberInteger     Number = "integer"      // NUMBER(p) by precision, and NUMBER without precision bigint
	NumberSampled     Number = "sampled"      // as by-precision, and NUMBER bigint where all values that the scripts insert are whole numbers
	NumberByPrecision Number = "by-precision" // NUMBER(p) smallint, integer or bigint where p digits fit; NUMBER stays numeric
)

// Date is the mapping of DATE.
type Date string

// Mappings of DATE.
const (
	DateTimestamp Date = "timestamp0" // timestamp(0): DATE has hours, minutes and seconds
	DateDate      Date = "date"       // date: only where no time of day is stored
)

// EmptyString says what the text of no length is.
type EmptyString string

// Meanings of ”.
const (
	EmptyStringNull EmptyString = "null" // Oracle's: '' is NULL in every expression
	EmptyStringKeep EmptyString = "keep" // PostgreSQL's: '' is a text; comparisons and concatenations are left as they are
)

// Case says how names that need no quotes in Oracle are written.
type Case string

// Cases of names.
const (
	CaseLower Case = "lower" // emp: unquoted everywhere
	CaseKeep  Case = "keep"  // "EMP": as in Oracle's dictionary, quoted everywhere
)

// Packages is the layout of packages.
type Packages string

// Layouts of packages.
const (
	PackagesSchema Packages = "schema" // a schema of the package's name: pkg.proc
	PackagesPrefix Packages = "prefix" // the owner's schema, the package's name in front: owner.pkg_proc
)

// Synonyms is the way of synonyms for tables and views.
type Synonyms string

// Ways of synonyms.
const (
	SynonymsViews      Synonyms = "views"       // a view of the synonym's name
	SynonymsSearchPath Synonyms = "search_path" // nothing: the code names the target, sessions have its schema in search_path
)

// Authid says with whose rights routines run.
type Authid string

// Rights.
const (
	AuthidCaller Authid = "caller" // SECURITY INVOKER always
	AuthidOracle Authid = "oracle" // SECURITY DEFINER where Oracle used the definer's, INVOKER for AUTHID CURRENT_USER
)

// Autonomous is the way of autonomous transactions.
type Autonomous string

// Ways of autonomous transactions.
const (
	AutonomousDblink       Autonomous = "dblink"
	AutonomousPgBackground Autonomous = "pg_background"
	AutonomousRefuse       Autonomous = "refuse"
)

// Hints is the way of optimizer hints.
type Hints string

// Ways of hints.
const (
	HintsComment    Hints = "comment"      // kept as an ordinary comment
	HintsPgHintPlan Hints = "pg_hint_plan" // translated to the extension's where it has the like
	HintsDrop       Hints = "drop"
)

// Tablespaces is the way of TABLESPACE clauses.
type Tablespaces string

// Ways of tablespaces.
const (
	TablespacesIgnore Tablespaces = "ignore"
	TablespacesKeep   Tablespaces = "keep"
	TablespacesMapped Tablespaces = "map" // by TablespaceMap; what is not in it is a finding
)

// Action is what is done with a feature instead of converting it.
type Action string

// Actions.
const (
	Convert Action = "convert" // the default: rewrite, or refuse
	Keep    Action = "keep"    // leave as it is, the target is said to take it
	Ignore  Action = "ignore"  // leave out on purpose, with a line in the ledger
	Fail    Action = "error"   // refuse the object that uses it
)

// aYear is enough for a maintenance job to come around, with monthly partitions.
const aYear = 12

// DefaultPolicy is the policy of docs/conversion-model.md.
func DefaultPolicy() Policy {
	return Policy{
		Number: NumberNumeric, Date: DateTimestamp, EmptyString: EmptyStringNull, Case: CaseLower, Packages: PackagesSchema,
		Synonyms: SynonymsViews, Authid: AuthidCaller, Autonomous: AutonomousDblink, Hints: HintsComment, Tablespaces: TablespacesIgnore,
		Schemas: map[string]string{}, TablespaceMap: map[string]string{}, Columns: map[string]string{}, Features: map[string]Action{},
		PartitionsAhead: aYear,
	}
}

// Action is what the policy says about a rule, by its name or its code; Convert where it says nothing.
func (p Policy) Action(name, code string) Action {
	for _, key := range []string{name, code} {
		if a, ok := p.Features[key]; ok {
			return a
		}
	}
	return Convert
}
