package gen

import (
	"landfall/internal/oracle/resolve"
)

// keysOf is the class of the keys of a collection that is kept as jsonb: ClassText or ClassInteger. ClassUnknown is for
// those kept as arrays, and for all other types.
func (g *gen) keysOf(t resolve.Type) resolve.TypeClass { return t.Keys() }
