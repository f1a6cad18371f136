package engine

import (
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/orasim/session"
	"landfall/internal/orasim/store"
	"landfall/internal/orasim/value/charset"
)

// Database is one simulated database.
type Database struct {
	info  session.Info
	set   *charset.Set // NLS_CHARACTERSET
	store *store.DB
	start time.Time

	mu          sync.RWMutex // guards the catalog below
	users       map[string]*user
	objects     map[objectName]*object
	nextID      uint32
	version     atomic.Uint64 // of the catalog: statements compiled against another one are compiled again
	sessions    map[uint32]*Session
	nextSID     uint32
	growing     sync.Mutex // held while a partition is added by an interval
	clock       func() time.Time
	scnTimes    []scnTime
	rights      rights
	newer       map[string]bool   // dictionary views that the release does not have yet
	dictColumns map[string]string // columns of all forms of a view of the dictionary
	spaces      []*tablespace
	// supplemental is what ALTER DATABASE ADD SUPPLEMENTAL LOG DATA has turned on: MIN, PK, UI, FK, ALL.
	supplemental map[string]bool
	mostSessions int
	cache        cursorCache
}

// tablespace is where segments lie.
type tablespace struct {
	name     string
	contents string // PERMANENT, UNDO, TEMPORARY
	big      bool
	files    *store.Files // nil where no segments are kept
}

// scnTime says when an SCN was current.
type scnTime struct {
	scn uint64
	at  time.Time
}

type user struct {
	name     string
	id       uint32
	password string
	created  time.Time
	locked   bool
	space    string // default tablespace
	temp     string
	profile  string
}

// objectName is the name of a schema object. Namespaces: tables, views, sequences, synonyms and routines share one;
// indexes, constraints and triggers have their own.
type objectName struct {
	owner, name string
	space       byte // 0 objects, 'i' indexes, 'c' constraints, 't' triggers, 'b' bodies
}

// object is an entry of the catalog. Exactly one of the details is set for kinds that the engine works with.
type object struct {
	objectName
	id       uint32
	kind     string // as in ALL_OBJECTS.OBJECT_TYPE
	created  time.Time
	changed  time.Time
	table    *table
	view     *view
	sequence *sequence
	synonym  *synonym
	index    *index
	trigger  *trigger
	text     string // of PL/SQL units, as written
	stmt     ast.Stmt
	file     *ast.File         // of stmt
	facts    *model.Object     // what the script says of an object that is only kept
	comments map[string]string // of a view, by column; "" is the view's own
	system   bool
	mistakes []unitMistake // of a unit that is INVALID
}

// table is one state of a table's definition. It does not change: ALTER makes another one.
type table struct {
	owner, name string
	id          uint32
	cols        []*column
	keys        []*key
	checks      []*check
	foreign     []*foreign
	seg         *store.Segment
	parts       []*partition
	partBy      *partitioning
	temporary   string // "", TRANSACTION, SESSION
	iot         bool
	external    bool
	notLoadable string // why rows of it cannot be held
	since       uint64 // SCN of the last change of its definition
	lock        *store.TableLock
	shared      *tableShared
	dict        *dictTable // of a dictionary view
	space       *tablespace
	comment     string
	mview       bool
	logging     bool
	movement    bool   // ENABLE ROW MOVEMENT
	ofType      string // type of an object table
	ofOwner     string
	logGroups   []*logGroup
	cluster     string
}

// tableShared is what all states of a definition have in common.
type tableShared struct {
	triggers   map[string]bool // name -> enabled, under Database.mu
	deleteRows bool            // ON COMMIT DELETE ROWS, of a temporary table
}

// column is a column of a table.
type column struct {
	name     string
	id       int // COLUMN_ID, from 1
	internal int // place in the row
	typ      typ
	notNull  bool
	nnName   string // of the NOT NULL constraint
	nnGen    bool
	def      ast.Expr // DEFAULT, in file
	virtual  ast.Expr
	defText  string
	file     *ast.File
	onNull   bool
	hidden   bool
	unused   bool
	identity *sequence
	always   bool   // GENERATED ALWAYS AS IDENTITY
	missing  []byte // what rows have that are older than the column
	comment  string

	isVirtual bool // also where we cannot compute it
	system    bool // made for an index
	encrypted bool
}

// key is a primary key, unique constraint or unique index.
type key struct {
	since                uint64 // SCN from which on the index has all rows: it was built then
	types                []typ
	name                 string
	generated            bool
	primary              bool
	constraint           bool   // not only an index
	cols                 []int  // places of the columns
	exprs                []expr // of a function-based index: instead of cols
	indexName            string
	disabled             bool
	deferrable, deferred bool
	novalidate           bool
	rely                 bool
	ix                   *store.Index
}

// check is a check constraint.
type check struct {
	name                 string
	generated            bool
	text                 string
	disabled             bool
	novalidate           bool
	unknown              bool // we cannot compile it: no rows are written
	rely                 bool
	deferrable, deferred bool
	expr                 ast.Expr
	file                 *ast.File
	cols                 []int
}

// foreign is a foreign key.
type foreign struct {
	name                 string
	generated            bool
	cols                 []int
	refOwner             string
	refTable             string
	refCols              []string
	refKey               string // constraint
	onDelete             string // "", CASCADE, SET NULL
	disabled             bool
	novalidate           bool
	rely                 bool
	deferrable, deferred bool
	ix                   *store.Index // children by key
}

type partitioning struct {
	kind     string
	cols     []int
	interval ast.Expr
	sub      *partitioning
	template []*ast.PartitionDef // of sub-partitions, where a partition names none
	count    int                 // ... or how many hash sub-partitions there are
	ref      string              // of REFERENCE: the foreign key whose parent decides
	file     *ast.File
}

type partition struct {
	made   bool // by an interval
	name   string
	seg    *store.Segment
	bound  [][]byte   // RANGE: values, nil element is MAXVALUE
	values [][][]byte // LIST
	def    bool       // DEFAULT of LIST
	text   string
	subs   []*partition // sub-partitions: they hold the rows, and seg is nil
	space  *tablespace
	of     uint32 // of REFERENCE: data object of the parent's partition
}

// leaves are what holds the rows of a partition: its sub-partitions, or itself.
func (p *partition) leaves() []*partition {
	if p.subs != nil {
		return p.subs
	}
	return []*partition{p}
}

type view struct {
	stars        map[*ast.Name]map[string]bool // the columns that each * stood for when the view was created
	owner, name  string
	query        *ast.Select
	file         *ast.File
	cols         []string
	text         string
	readOnly     bool
	check        bool
	checkName    string
	materialized bool
	broken       error
	ofType       string // of an object view
	ofOwner      string
}

// logGroup is a group of columns that supplemental logging writes.
type logGroup struct {
	name      string
	kind      string // USER LOG GROUP, PRIMARY KEY LOGGING, UNIQUE KEY LOGGING, FOREIGN KEY LOGGING, ALL COLUMN LOGGING
	always    bool
	generated bool
	cols      []string
	nolog     map[string]bool
}

type synonym struct {
	owner, name, link string
	public            bool
}

type index struct {
	name      string
	table     objectName
	unique    bool
	cols      []string
	desc      []bool
	kind      string
	keyName   string
	generated bool
	space     *tablespace
	reverse   bool
	invisible bool
	unusable  bool
	join      bool // bitmap join index
	prefix    int  // columns that COMPRESS takes
	local     bool
	global    *ast.Partitioning
	typeOwner string // of a domain index
	typeName  string
	params    string

	globalCount int
}

type trigger struct {
	table   objectName
	enabled bool
	text    string
}

const noRowID = -2

// New makes an empty database with its system accounts. The clock is what SYSDATE shows.
func New(info session.Info, clock func() time.Time) *Database {
	if clock == nil {
		clock = time.Now
	}
	db := &Database{
		info: info, set: setOf(info.Charset), store: store.New(), start: clock(), clock: clock,
		users: map[string]*user{}, objects: map[objectName]*object{}, sessions: map[uint32]*Session{}, nextID: 70000, nextSID: 100,
		rights: newRights(), newer: map[string]bool{}, supplemental: map[string]bool{},
	}
	db.spaces = []*tablespace{
		{name: "SYSTEM", contents: "PERMANENT"},
		{name: "SYSAUX", contents: "PERMANENT"},
		{name: "UNDOTBS1", contents: "UNDO"},
		{name: "TEMP", contents: "TEMPORARY"},
		{name: "USERS", contents: "PERMANENT", files: db.store.DefaultFiles()},
	}
	for i, name := range []string{"SYS", "SYSTEM", "PUBLIC"} {
		db.users[name] = &user{name: name, id: uint32(i), created: db.start}
	}
	db.scnTimes = append(db.scnTimes, scnTime{db.store.SCN(), db.start})
	db.addDual()
	db.addDictionary()
	return db
}

func (db *Database) addDual() {
	t := &table{owner: "SYS", name: "DUAL", id: 142, lock: &store.TableLock{}, shared: &tableShared{}}
	t.cols = []*column{{name: "DUMMY", id: 1, typ: typ{kind: kVarchar, size: 1}}}
	t.seg = db.store.NewSegment(142)
	tx := db.store.Begin()
	tx.Insert(t.seg, store.Encode([][]byte{[]byte("X")}))
	tx.Commit()
	db.rights.objects = append(db.rights.objects, objectGrant{grantee: "PUBLIC", grantor: "SYS", privilege: "SELECT", object: objectName{owner: "SYS", name: "DUAL"}, option: true})
	db.put(&object{objectName: objectName{owner: "SYS", name: "DUAL"}, id: 142, kind: "TABLE", table: t, system: true})
	db.put(&object{objectName: objectName{owner: "PUBLIC", name: "DUAL"}, id: 143, kind: "SYNONYM", synonym: &synonym{owner: "SYS", name: "DUAL", public: true}, system: true})
}

// put enters an object. The catalog must be locked, or not be in use yet.
func (db *Database) put(o *object) {
	o.created = db.clock()
	o.changed = o.created
	db.objects[o.objectName] = o
	db.version.Add(1)
}

// newID hands out object numbers. The catalog must be locked.
func (db *Database) newID() uint32 {
	db.nextID++
	return db.nextID
}

// lookup finds an object by a name as a session says it: its own schema, then public synonyms. Synonyms are followed.
func (db *Database) lookup(schema string, parts []string) *object {
	db.mu.RLock()
	defer db.mu.RUnlock()
	return db.find(schema, parts, 0)
}

func (db *Database) find(schema string, parts []string, depth int) *object {
	if depth > 16 {
		return nil
	}
	var o *object
	switch len(parts) {
	case 1:
		if o = db.objects[objectName{owner: schema, name: parts[0]}]; o == nil {
			o = db.objects[objectName{owner: "PUBLIC", name: parts[0]}]
		}
		if o == nil && schema == "SYS" {
			return nil
		}
	case 2:
		o = db.objects[objectName{owner: parts[0], name: parts[1]}]
	default:
		return nil
	}
	if o != nil && o.synonym != nil {
		if o.synonym.link != "" {
			return nil
		}
		owner := o.synonym.owner
		if owner == "" {
			owner = o.owner
		}
		return db.find(owner, []string{owner, o.synonym.name}, depth+1)
	}
	return o
}

// column finds a column by name, nil when there is none.
func (t *table) column(name string) *column {
	for _, col := range t.cols {
		if col.name == name && !col.unused {
			return col
		}
	}
	return nil
}

// visible are the columns that * stands for, in order.
func (t *table) visible() []*column {
	var cols []*column
	for _, col := range t.cols {
		if !col.hidden && !col.unused {
			cols = append(cols, col)
		}
	}
	return cols
}

// width is how many places a row has.
func (t *table) width() int { return len(t.cols) }

// segments are all segments of a table for a session: its own for temporary tables.
func (t *table) segments(s *Session) []*store.Segment {
	if t.temporary != "" {
		return []*store.Segment{s.temporary(t)}
	}
	if t.parts == nil {
		return []*store.Segment{t.seg}
	}
	segs := make([]*store.Segment, 0, len(t.parts))
	for _, p := range t.parts {
		for _, l := range p.leaves() {
			segs = append(segs, l.seg)
		}
	}
	return segs
}

// children are the foreign keys that point at a table, with the tables that have them.
func (db *Database) children(t *table) []child {
	db.mu.RLock()
	defer db.mu.RUnlock()
	var list []child
	for _, o := range db.objects {
		if o.table == nil {
			continue
		}
		for _, f := range o.table.foreign {
			if f.refOwner == t.owner && f.refTable == t.name && !f.disabled {
				list = append(list, child{o.table, f})
			}
		}
	}
	slices.SortFunc(list, func(a, b child) int {
		if a.foreign.name < b.foreign.name {
			return -1
		}
		return 1
	})
	return list
}

type child struct {
	table   *table
	foreign *foreign
}

// enabledTriggers reports whether DML on the table would fire any.
func (db *Database) enabledTriggers(t *table) string {
	db.mu.RLock()
	defer db.mu.RUnlock()
	for name, on := range t.shared.triggers {
		if on {
			return name
		}
	}
	return ""
}

// current is the newest state of a table, nil when it is gone.
func (db *Database) current(t *table) *table {
	db.mu.RLock()
	defer db.mu.RUnlock()
	o := db.objects[objectName{owner: t.owner, name: t.name}]
	if o == nil || o.table == nil || o.table.shared != t.shared {
		return nil
	}
	return o.table
}

// SCN is that of the last commit.
func (db *Database) SCN() uint64 { return db.store.SCN() }

// ForgetUndo makes snapshots before an SCN fail with ORA-01555 where they need a row that has changed since.
func (db *Database) ForgetUndo(before uint64) { db.store.Forget(before) }

// ForgetOlder is ForgetUndo for what is older than a time.
func (db *Database) ForgetOlder(age time.Duration) {
	limit := db.clock().Add(-age)
	scn := uint64(0)
	db.mu.RLock()
	for _, p := range db.scnTimes {
		if p.at.After(limit) {
			break
		}
		scn = p.scn
	}
	db.mu.RUnlock()
	if scn > 0 {
		db.store.Forget(scn)
	}
}
