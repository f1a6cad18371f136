package scripts

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

// key is what makes an object unique.
type key struct {
	kind         model.ObjectKind
	schema, name string
}

// made is one CREATE.
type made struct {
	obj                  *model.Object
	unit                 *Unit
	replace, ifNotExists bool
	// members and methods are what a body brings into its specification.
	members *bodyMembers
	methods []*model.Routine
}

// change is one statement (or a part of one) that alters what others create. Run says whether it could be applied;
// it is tried again after the others, and last with final set, where it must do what is left to do.
type change struct {
	unit *Unit
	pos  model.Pos
	on   []key // objects it is about: the first that exists counts
	run  func(fd *folder, o *model.Object, final bool) bool
	what string // the words of the action, for messages
	// implied is what an object that nothing creates is taken for; "" leaves it out.
	implied model.ObjectKind
	quiet   bool // not worth a Problem when the object is not there
}

// dropped is one DROP.
type dropped struct {
	key  key
	unit *Unit
	pos  model.Pos
}

// folder gathers statements and makes the catalog of them.
type folder struct {
	est     *Estate
	made    map[key][]*made
	drops   map[key][]dropped
	changes []*change
	grants  []granted
	derived []derived

	objects map[key]*model.Object
	keyOf   map[*model.Object]key
	born    map[*model.Object]place
	lost    map[key]place // objects dropped later in the run that created them
	wiped   map[key]place // the last DROP before the CREATE that counts
	renamed map[key]key
	added   map[*model.Constraint]bool // by ALTER
	late    bool                       // changes are being applied

	keepDropped bool // Options.KeepDropped

	whole *folder // of a part that was taken: see extract
}

func newFolder(est *Estate, keepDropped bool) *folder {
	return &folder{
		est: est, keepDropped: keepDropped, made: map[key][]*made{}, drops: map[key][]dropped{},
		objects: map[key]*model.Object{}, keyOf: map[*model.Object]key{}, born: map[*model.Object]place{},
		lost: map[key]place{}, wiped: map[key]place{}, renamed: map[key]key{}, added: map[*model.Constraint]bool{},
	}
}

// extract takes what every unit says, many units at a time: each run of units into a folder of its own, and those into this one in
// their order.
func (fd *folder) extract(jobs int) {
	units := fd.est.Units
	parts := make([]*folder, (len(units)+unitsAtOnce-1)/unitsAtOnce)
	each(context.Background(), len(parts), jobs, func(i int) {
		parts[i] = newFolder(&Estate{}, fd.keepDropped)
		for _, u := range units[i*unitsAtOnce : min((i+1)*unitsAtOnce, len(units))] {
			x := &extractor{fd: parts[i], u: u, f: u.Source.Parsed, schema: u.Schema}
			x.statement(u.Stmt)
		}
	})
	for _, p := range parts {
		fd.take(p)
	}
}

// unitsAtOnce is how many units one goroutine takes.
const unitsAtOnce = 256

// take adds what a part has gathered.
func (fd *folder) take(p *folder) {
	for k, list := range p.made {
		fd.made[k] = append(fd.made[k], list...)
	}
	for k, list := range p.drops {
		fd.drops[k] = append(fd.drops[k], list...)
	}
	fd.changes = append(fd.changes, p.changes...)
	fd.grants = append(fd.grants, p.grants...)
	fd.derived = append(fd.derived, p.derived...)
	fd.est.Problems = append(fd.est.Problems, p.est.Problems...)
	p.whole = fd
}

// root is the folder that everything ends in.
func (fd *folder) root() *folder {
	if fd.whole != nil {
		return fd.whole
	}
	return fd
}

func fold(est *Estate, opt Options) {
	fd := gather(est, opt)
	fd.create()
	fd.mergeBodies()
	fd.apply()
	fd.foldGrants()
	fd.finish()
	est.Catalog = &model.Catalog{}
	for _, o := range fd.objects {
		est.Catalog.Objects = append(est.Catalog.Objects, o)
	}
	for _, g := range fd.grants {
		est.Catalog.Grants = append(est.Catalog.Grants, g.Grant)
	}
	est.Catalog.Freeze()
	for _, u := range est.Units {
		if u.obj != nil && fd.objects[fd.keyOf[u.obj]] == u.obj {
			u.Object, u.Kind = u.obj.ID(), u.obj.Kind
		}
	}
}

func (fd *folder) problem(p Problem) {
	fd = fd.root()
	fd.est.Problems = append(fd.est.Problems, p)
}

func sortedKeys[V any](m map[key]V) []key {
	keys := make([]key, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, compareKeys)
	return keys
}

func compareKeys(a, b key) int {
	return cmp.Or(cmp.Compare(a.kind, b.kind), cmp.Compare(a.schema, b.schema), cmp.Compare(a.name, b.name))
}

// create settles, object by object, which CREATE counts.
func (fd *folder) create() {
	for _, k := range sortedKeys(fd.made) {
		list := fd.made[k]
		slices.SortStableFunc(list, func(a, b *made) int {
			return cmp.Or(cmp.Compare(a.unit.at.run, b.unit.at.run), cmp.Compare(a.unit.at.step, b.unit.at.step))
		})
		last, rest := fd.settle(k, list)
		if last == nil {
			continue
		}
		for _, m := range rest {
			last.obj.Again = append(last.obj.Again, m.obj.Pos)
			m.unit.obj = last.obj
		}
		fd.made[k] = []*made{last}
		fd.add(k, last.obj, last.unit)
	}
}

func (fd *folder) add(k key, o *model.Object, u *Unit) {
	fd.objects[k], fd.keyOf[o], fd.born[o] = o, k, u.at
}

// settle picks the CREATE that counts: the last that Oracle would carry out. It is nil when the run that creates
// the object drops it in the end, unless such objects are kept.
func (fd *folder) settle(k key, list []*made) (cur *made, rest []*made) {
	drops := fd.drops[k]
	droppedIn := func(after, before place) (dropped, bool) {
		for i := len(drops) - 1; i >= 0; i-- {
			if at := drops[i].unit.at; at.run == after.run && !at.before(after) && at.before(before) {
				return drops[i], true
			}
		}
		return dropped{}, false
	}
	for _, m := range list {
		if cur == nil {
			cur = m
			continue
		}
		same := cur.unit.at.run == m.unit.at.run
		_, gone := droppedIn(cur.unit.at, m.unit.at)
		switch {
		case incomplete(m.obj):
			rest = append(rest, m)
		case m.ifNotExists && !gone, same && !m.replace && !gone && !incomplete(cur.obj):
			rest = append(rest, m)
			if !m.ifNotExists {
				fd.problem(Problem{
					Kind: ProblemAgain, Pos: m.obj.Pos, Note: true, Msg: objectName(k) + " was created before at " + cur.obj.Pos.String(),
					Hint: "Oracle would refuse this one (ORA-00955); the first counts",
				})
			}
		default:
			rest = append(rest, cur)
			if !incomplete(cur.obj) && !same {
				fd.problem(Problem{
					Kind: ProblemAgain, Pos: m.obj.Pos, Note: true, Msg: objectName(k) + " is also created at " + cur.obj.Pos.String(),
					Hint: "the last one counts",
				})
			}
			cur = m
		}
	}
	end := place{cur.unit.at.run, int(^uint(0) >> 1)}
	if d, ok := droppedIn(cur.unit.at, end); ok && !fd.keepDropped {
		fd.lost[k] = d.unit.at
		fd.problem(Problem{
			Kind: ProblemDrop, Pos: d.pos, Note: true, Msg: objectName(k) + " is created at " + cur.obj.Pos.String() + " and dropped here",
			Hint: "it is not in the catalog",
		})
		return nil, nil
	}
	if d, ok := droppedIn(place{cur.unit.at.run, 0}, cur.unit.at); ok {
		fd.wiped[k] = d.unit.at
	}
	return cur, rest
}

func incomplete(o *model.Object) bool { return o.Type != nil && o.Type.Form == model.FormIncomplete }

func objectName(k key) string {
	return strings.ToLower(string(k.kind)) + " " + model.CatalogName(k.schema, k.name).String()
}

// find gives an object by key, following renames where the name is no longer taken.
func (fd *folder) find(k key) *model.Object {
	for range 16 {
		if o := fd.objects[k]; o != nil {
			return o
		}
		next, ok := fd.renamed[k]
		if !ok {
			return nil
		}
		k = next
	}
	return nil
}

func (fd *folder) findAny(keys []key) *model.Object {
	for _, k := range keys {
		if o := fd.objects[k]; o != nil {
			return o
		}
	}
	for _, k := range keys {
		if o := fd.find(k); o != nil {
			return o
		}
	}
	return nil
}

// apply carries out the changes in the order of the scripts; what has no object or column yet waits for the rest.
func (fd *folder) apply() {
	fd.late = true
	slices.SortStableFunc(fd.changes, func(a, b *change) int {
		return cmp.Or(cmp.Compare(a.unit.at.run, b.unit.at.run), cmp.Compare(a.unit.at.step, b.unit.at.step))
	})
	todo := fd.changes
	for final, derived := false, false; ; {
		var left []*change
		for _, c := range todo {
			if fd.overtaken(c) {
				continue
			}
			if !fd.try(c, final) {
				left = append(left, c)
			}
		}
		switch {
		case final || len(left) == 0 && derived:
			return
		case len(left) < len(todo) && len(left) > 0:
		case !derived: // comments may wait for columns that a query makes
			derived = true
			fd.deriveColumns()
		default:
			final = true
		}
		todo = left
	}
}

// overtaken reports whether the object that a change is about was dropped behind it in the same run.
func (fd *folder) overtaken(c *change) bool {
	for _, k := range c.on {
		if at, ok := fd.lost[k]; ok && fd.objects[k] == nil && at.run == c.unit.at.run && c.unit.at.before(at) {
			return true
		}
		if at, ok := fd.wiped[k]; ok && at.run == c.unit.at.run && c.unit.at.before(at) {
			return true
		}
	}
	return false
}

func (fd *folder) try(c *change, final bool) bool {
	o := fd.findAny(c.on)
	if o == nil {
		if !final {
			return false
		}
		if c.implied == "" {
			if !c.quiet {
				fd.problem(Problem{
					Kind: ProblemChange, Pos: c.pos, Note: true, Msg: "nothing creates " + objectName(c.on[0]) + ", which this statement changes",
					Hint: "give the folder that holds its CREATE statement",
				})
			}
			return true
		}
		o = fd.imply(key{c.implied, c.on[0].schema, c.on[0].name}, c)
	}
	if !c.run(fd, o, final) {
		if final && !c.quiet && !o.Implied {
			fd.problem(Problem{
				Kind: ProblemChange, Pos: c.pos, Note: true, Msg: objectName(fd.keyOf[o]) + " has not what this statement changes: " + c.what,
				Hint: "the column, constraint or partition that it names is not in the scripts",
			})
		}
		return false
	}
	if c.pos != o.Pos && !slices.Contains(o.Also, c.pos) {
		o.Also = append(o.Also, c.pos)
	}
	if c.unit.obj == nil {
		c.unit.obj = o
	}
	return true
}

// imply makes an object that is only changed, never created.
func (fd *folder) imply(k key, c *change) *model.Object {
	o := &model.Object{Kind: k.kind, Schema: k.schema, Name: k.name, Pos: c.pos, Implied: true}
	detail(o)
	fd.add(k, o, c.unit)
	return o
}

// detail gives an object without source text the part that its kind has.
func detail(o *model.Object) {
	switch o.Kind {
	case model.KindTable:
		o.Table = &model.Table{}
	case model.KindIndex:
		o.Index = &model.Index{}
	case model.KindView:
		o.View = &model.View{}
	case model.KindMaterializedView:
		o.View = &model.View{Materialized: true}
	case model.KindSequence:
		o.Sequence = &model.Sequence{}
	case model.KindPackage:
		o.Package = &model.Package{}
	case model.KindType:
		o.Type = &model.Type{Name: o.Name, Form: model.FormObject}
	case model.KindTrigger:
		o.Trigger = &model.Trigger{}
	}
}

// finish derives what follows from the whole.
func (fd *folder) finish() {
	for _, k := range sortedKeys(fd.objects) {
		o := fd.objects[k]
		if o.Table != nil {
			fd.finishTable(o)
		}
		if o.Trigger == nil || o.Trigger.Table == "" {
			continue
		}
		if t := fd.objects[key{model.KindTable, o.Trigger.TableSchema, o.Trigger.Table}]; t != nil {
			t.Table.Triggers = append(t.Table.Triggers, o.Name)
		} else if fd.findAny(relationKeys(o.Trigger.TableSchema, o.Trigger.Table)[1:]) != nil {
			o.Trigger.On = "VIEW"
		}
	}
}

// finishTable makes primary key columns NOT NULL and fills in the key that a foreign key without columns refers
// to, as the dictionary shows them, and counts partitions. Constraints that ALTER adds stand behind the others, in
// an order that does not depend on that of the files.
func (fd *folder) finishTable(o *model.Object) {
	slices.SortStableFunc(o.Table.Constraints, func(a, b *model.Constraint) int {
		if !fd.added[a] || !fd.added[b] {
			switch {
			case fd.added[b]:
				return -1
			case fd.added[a]:
				return 1
			}
			return 0
		}
		return cmp.Or(cmp.Compare(constraintRank[a.Kind], constraintRank[b.Kind]), cmp.Compare(a.Name, b.Name),
			slices.Compare(a.Columns, b.Columns), cmp.Compare(a.Expr, b.Expr))
	})
	for _, c := range o.Table.Constraints {
		if c.Kind == model.ForeignKey && len(c.RefColumns) == 0 {
			c.RefColumns = fd.primaryKey(c.RefSchema, c.RefTable, len(c.Columns))
		}
		if c.Kind != model.PrimaryKey || c.Disabled {
			continue
		}
		for _, name := range c.Columns {
			if col := o.Table.Column(name); col != nil {
				col.NotNull = true
			}
		}
	}
	if p := o.Table.Partition; p != nil && len(p.Partitions) > 0 {
		p.Count = len(p.Partitions)
	}
}

var constraintRank = map[model.ConstraintKind]int{model.PrimaryKey: 1, model.Unique: 2, model.ForeignKey: 3, model.Check: 4}

// primaryKey gives the columns of a table's primary key when it has that many.
func (fd *folder) primaryKey(schema, table string, n int) []string {
	o := fd.find(key{model.KindTable, schema, table})
	if o == nil || o.Table == nil {
		return nil
	}
	for _, c := range o.Table.Constraints {
		if c.Kind == model.PrimaryKey && len(c.Columns) == n {
			return slices.Clone(c.Columns)
		}
	}
	return nil
}

// relationKeys are the kinds that a name of a table or view may stand for.
func relationKeys(schema, name string) []key {
	return []key{{model.KindTable, schema, name}, {model.KindView, schema, name}, {model.KindMaterializedView, schema, name}}
}

// extractor reads one statement.
type extractor struct {
	fd     *folder
	u      *Unit
	f      *ast.File
	schema string // current schema; of CREATE SCHEMA its own
	// from is where f's text stands when it is the text of dynamic SQL; its own positions count in that text.
	from *model.Pos
}

func (x *extractor) pos(n ast.Node) model.Pos {
	if x.from != nil {
		return *x.from
	}
	return x.f.Pos(n)
}

func (x *extractor) lines(n ast.Node) int { return linesOf(x.f, n) }
