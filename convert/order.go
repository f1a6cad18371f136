package convert

import (
	"cmp"
	"slices"
	"strings"

	"landfall/convert/gen"
	"landfall/internal/model"
)

// order puts outputs into the order of deployment: by phase and, inside a phase, as the source has them; what a
// statement needs when it is run comes before it. With sourceOrder the order of the source is kept as far as that
// allows. Routines may call each other in circles: their bodies are looked at when they run.
func order(outputs []*Output, sourceOrder bool) []*Output {
	list := slices.Clone(outputs)
	if !sourceOrder {
		slices.SortStableFunc(list, func(a, b *Output) int {
			return cmp.Or(cmp.Compare(a.Phase, b.Phase), cmp.Compare(stateLast(a), stateLast(b)))
		})
	}
	s := sorter{byID: map[model.ObjectID][]*Output{}, state: map[*Output]visitState{}, sourceOrder: sourceOrder}
	for _, o := range list {
		if defines(o) {
			for _, id := range namesOf(o.ID) {
				s.byID[id] = append(s.byID[id], o)
			}
		}
	}
	for _, o := range list {
		s.visit(o, nil)
	}
	return s.done
}

// namesOf are the ids under which others depend on an output: a body stands for its specification.
func namesOf(id model.ObjectID) []model.ObjectID {
	list := []model.ObjectID{id}
	switch id.Kind() {
	case model.KindPackageBody:
		list = append(list, model.ObjectID("package:"+id.Name()))
	case model.KindTypeBody:
		list = append(list, model.ObjectID("type:"+id.Name()))
	}
	return list
}

type visitState uint8

const (
	unvisited visitState = iota
	visiting
	visited
)

type sorter struct {
	byID        map[model.ObjectID][]*Output
	state       map[*Output]visitState
	done        []*Output
	sourceOrder bool
}

// defines reports whether an output makes something that others can need when they are created.
func defines(o *Output) bool {
	switch o.Phase {
	case gen.PhaseType, gen.PhaseSequence, gen.PhaseEarly, gen.PhaseTable, gen.PhaseView, gen.PhaseRoutine:
		return true
	}
	return false
}

// needsFirst reports whether what an output depends on must be there when it is run. Bodies of routines need only the
// types of their parameters, which come in earlier phases.
func needsFirst(o *Output) bool {
	switch o.Phase {
	case gen.PhaseType, gen.PhaseTable, gen.PhaseIndex, gen.PhaseKey, gen.PhaseView:
		return true
	}
	return false
}

// visit emits what o needs, then o. by is the output that needs it, nil when its turn has come. A routine that a view calls
// comes ahead of the other views, and may be declared by the columns of some: those go first.
func (s *sorter) visit(o, by *Output) {
	if s.state[o] != unvisited {
		return
	}
	s.state[o] = visiting
	forView := by != nil && by.Phase == gen.PhaseView && o.Phase == gen.PhaseRoutine
	if needsFirst(o) || s.sourceOrder && o.Phase == gen.PhaseRoutine || forView {
		for _, id := range o.DependsOn {
			for _, d := range s.byID[id] {
				if d.ID != o.ID && (s.wanted(d, o) || forView && d.Phase == gen.PhaseView) {
					s.visit(d, o)
				}
			}
		}
	}
	s.state[o] = visited
	if by != nil && !s.sourceOrder && o.Phase == gen.PhaseRoutine && by.Phase < gen.PhaseView {
		o.Phase = gen.PhaseEarly
	}
	s.done = append(s.done, o)
}

// wanted reports whether d, which o depends on, has to come before it: a table never waits for a view that reads it
// through a routine.
func (s *sorter) wanted(d, o *Output) bool {
	if d.Phase == gen.PhaseRoutine && typeOnly(o) { // types need types only
		return false
	}
	if o.Phase == gen.PhaseRoutine { // only the types of its parameters have to be there
		return d.Phase == gen.PhaseType
	}
	if d.Phase == gen.PhaseView {
		return o.Phase == gen.PhaseView || s.sourceOrder
	}
	return true
}

// typeOnly reports whether an output makes nothing but a type: one of SQL or of a package.
func typeOnly(o *Output) bool {
	switch o.ID.Kind() {
	case model.KindPackage, model.KindPackageBody:
		return o.Phase < gen.PhaseRoutine && o.Phase != gen.PhaseEarly
	}
	return o.Phase == gen.PhaseType
}

// stateLast puts the state of packages in front of other routines: defaults of parameters read it, and they are looked at when
// the routine is made. A trigger that a script turns off and on is there first.
func stateLast(o *Output) int {
	if o.Phase == gen.PhaseTrigger && !strings.Contains(o.SQL, "CREATE ") {
		return 1
	}
	if o.Phase == gen.PhaseRoutine && o.ID.Kind() != model.KindPackage {
		return 1
	}
	return 0
}
