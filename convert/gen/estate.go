package gen

import (
	"landfall/convert/rules"
	"landfall/internal/model"
	"landfall/internal/oracle/scripts"
	"landfall/internal/oracle/syntax/ast"
)

// Estate is what the conversion of any statement may ask about the whole source. It is read-only after NewEstate.
type Estate struct {
	Catalog *model.Catalog
	Profile *rules.Profile
	Policy  Policy

	engine  *rules.Engine
	names   *namer
	units   []*scripts.Unit
	creator map[model.ObjectID]*scripts.Unit // the unit that creates an object
	rule    map[string]*rules.Rule           // by name

	packages map[*model.Object]*packageFacts
}

// NewEstate prepares the conversion of everything a source holds.
func NewEstate(source *scripts.Estate, profile *rules.Profile, policy Policy) *Estate {
	e := &Estate{
		Catalog: source.Catalog, Profile: profile, Policy: policy, engine: rules.NewEngine(profile, rules.Table()),
		units: source.Units, creator: map[model.ObjectID]*scripts.Unit{}, rule: map[string]*rules.Rule{},
	}
	for _, r := range rules.Table() {
		e.rule[r.Name] = r
	}
	for _, u := range source.Units {
		if u.Object != "" && e.creator[u.Object] == nil && creates(u.Stmt) {
			e.creator[u.Object] = u
		}
	}
	e.names = newNamer(e)
	e.packageFacts()
	return e
}

// Creator is the statement that creates an object, nil when the source has none.
func (e *Estate) Creator(id model.ObjectID) *scripts.Unit { return e.creator[id] }

func creates(s ast.Stmt) bool {
	switch s.(type) {
	case *ast.Alter, *ast.Comment, *ast.Grant, *ast.Drop, *ast.Rename:
		return false
	}
	return true
}
