package gen

import (
	"context"
	"sync"

	"landfall/convert/rules"
	"landfall/internal/model"
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/scripts"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
	"landfall/internal/parallel"
)

// Estate is what the conversion of any statement may ask about the whole source. It is read-only after NewEstate.
type Estate struct {
	Catalog *model.Catalog
	Profile *rules.Profile
	Policy  Policy
	// SourceOrder says that one script is converted by itself: DROPs and repeated CREATEs stay as they are.
	SourceOrder bool

	resolver *resolve.Estate
	engine   *rules.Engine
	names    *namer
	units    []*scripts.Unit
	creator  map[model.ObjectID]*scripts.Unit // the unit that creates an object
	rule     map[string]*rules.Rule           // by name

	packages    map[*model.Object]*packageFacts
	created     map[objectKey]bool // what the source creates, and again without its schema
	absent      map[objectKey]*absentTable
	absentTypes map[absentColumnKey]string       // what stands for types that the source does not have, "" for nothing
	standIns    map[*scripts.Unit][]*absentTable // those that a statement is the first to need
	types       map[*model.Object]*typeFacts
	objects     map[model.ObjectID]*model.Object
	sampled     map[columnKey]int   // columns that are bigint by their values, see sampledColumns
	bigint      map[columnKey]bool  // columns that are bigint, see bigintColumns
	roles       map[string]bool     // roles of the source
	indexed     map[routineKey]bool // routines that indexes and virtual columns call

	ahead      sync.Map // *scripts.Unit that are open because what they resolve to is kept
	exceptions exceptionFacts
	calls      callFacts
}

// NewEstate prepares the conversion of everything a source holds.
func NewEstate(source *scripts.Estate, profile *rules.Profile, policy Policy) *Estate {
	e := &Estate{
		Catalog: source.Catalog, Profile: profile, Policy: policy, resolver: resolve.NewEstate(source.Catalog), engine: rules.NewEngine(profile, rules.Table()),
		units: source.Units, creator: map[model.ObjectID]*scripts.Unit{}, rule: map[string]*rules.Rule{},
		objects: map[model.ObjectID]*model.Object{}, roles: map[string]bool{},
	}
	e.resolver.KeepAhead(source.MaxTrees)
	for _, r := range rules.Table() {
		e.rule[r.Name] = r
	}
	for _, o := range source.Catalog.Objects {
		e.objects[o.ID()] = o
		if o.Kind == model.KindRole {
			e.roles[o.Name] = true
		}
	}
	e.created = map[objectKey]bool{}
	for _, o := range source.Catalog.Objects {
		if !o.Implied && o.Kind != model.KindSynonym {
			e.created[objectKey{o.Schema, o.Name}], e.created[objectKey{"", o.Name}] = true, true
		}
	}
	if policy.Number == "sampled" {
		e.sampled = sampledColumns(source.Catalog, source.Units)
	}
	e.bigint = bigintColumns(source.Catalog, e.sampled)
	for _, u := range source.Units {
		if o := e.objects[u.Object]; o != nil && creates(u.Stmt) && (holds(u, o.Pos) || e.creator[u.Object] == nil && !isBlock(u.Stmt)) {
			e.creator[u.Object] = u
		}
	}
	e.names = newNamer(e)
	e.findIndexed()
	e.packageFacts()
	e.typeFacts()
	e.refer()
	e.readBodies()
	return e
}

// Creator is the statement that creates an object, nil when the source has none.
func (e *Estate) Creator(id model.ObjectID) *scripts.Unit { return e.creator[id] }

// holds reports whether a place lies in a unit.
func holds(u *scripts.Unit, p model.Pos) bool {
	return p.File == u.Pos.File && p.Line >= u.Pos.Line && p.Line < u.Pos.Line+max(u.Lines, 1)
}

// isBlock reports whether a statement is a block: it may create objects, but may as well only change some.
func isBlock(s ast.Stmt) bool {
	_, ok := s.(*ast.Block)
	return ok
}

func creates(s ast.Stmt) bool {
	switch x := s.(type) {
	case *ast.AdminStmt:
		return x.Verb == token.CREATE
	case *ast.Alter, *ast.Comment, *ast.Grant, *ast.Drop, *ast.Rename:
		return false
	}
	return true
}

// eachUnit does something for every unit, several at a time: facts that a unit's own tree tells.
func (e *Estate) eachUnit(do func(i int, u *scripts.Unit)) {
	_ = parallel.Each(context.Background(), len(e.units), 0, nil, func(i int) {
		e.units[i].Open()
		do(i, e.units[i])
		e.units[i].Close()
	}) // which only fails when its context ends
}
