package gen

import (
	"landfall/internal/model"
)

// routineTarget is the PostgreSQL name, unquoted, of a routine of a package.
func (e *Estate) routineTarget(p *packageFacts, m *model.Routine, name string) string {
	return e.names.fold(name)
}
