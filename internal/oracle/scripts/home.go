package scripts

import (
	"fmt"

	"landfall/internal/model"
)

// Estates are exported with the owner's name before each object, and changed later by scripts without one: the owner runs them.
// Where such scripts create what others create under an owner, that owner is the schema of all that name none. Otherwise the
// objects would exist twice, and half of the code would not see the types and tables of the other half.

// homeObjects is how many objects must be there in both ways before they tell the owner: a few are a coincidence, since examples
// and tests use the same short names.
const homeObjects = 10

// homeKinds are objects whose names are no coincidence. Indexes are named like their tables', synonyms are for other users.
var homeKinds = map[model.ObjectKind]bool{
	model.KindTable: true, model.KindView: true, model.KindMaterializedView: true, model.KindSequence: true, model.KindType: true,
	model.KindPackage: true, model.KindFunction: true, model.KindProcedure: true, model.KindTrigger: true,
}

// home is the schema whose objects scripts create that name no schema, "" where none has nine of ten of them.
func (fd *folder) home() (schema string, both int) {
	by := map[string]int{}
	total := 0
	for k := range fd.made {
		if k.schema == "" || !homeKinds[k.kind] || len(fd.made[key{k.kind, "", k.name}]) == 0 {
			continue
		}
		by[k.schema]++
		total++
	}
	for s, n := range by {
		if n >= homeObjects && n*10 >= total*9 {
			return s, n
		}
	}
	return "", 0
}

// gather takes the statements of all units to a folder. Those that name no schema are taken home where one shows.
func gather(est *Estate, opt Options) *folder {
	told := len(est.Problems)
	fd := newFolder(est, opt.KeepDropped)
	fd.extract(opt.Jobs)
	if opt.DefaultSchema != "" {
		return fd
	}
	schema, both := fd.home()
	if schema == "" {
		return fd
	}
	first := (*Unit)(nil)
	for _, u := range est.Units {
		u.obj = nil // of the first gathering
		if u.Schema == "" {
			u.Schema = schema
			if first == nil {
				first = u
			}
		}
	}
	if first == nil {
		return fd
	}
	est.Problems = est.Problems[:told]
	fd = newFolder(est, opt.KeepDropped)
	fd.extract(opt.Jobs)
	fd.problem(Problem{
		Kind: ProblemSchema, Pos: model.Pos{File: first.Source.Name, Line: 1, Col: 1}, Note: true,
		Msg:  fmt.Sprintf("this and other scripts name no schema and create %d objects of %s: they are read as run by %s", both, schema, schema),
		Hint: "say --schema if they are another's",
	})
	return fd
}
