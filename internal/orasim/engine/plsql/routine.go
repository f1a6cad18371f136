package plsql

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// routine is a procedure or function that a block declares.
type routine struct {
	name   string
	params []param
	ret    *Type // nil of a procedure
	level  int   // of its body
	frame  int   // slots
	body   stmt
	lobs   map[string]*entry // its parameters, "" its result: see lobflow.go
	def    *ast.Routine
	have   bool // its body was compiled, or is being
}

type param struct {
	name    string
	typ     *Type
	in, out bool
	def     func(*Frame) (any, error) // in the frame around the routine
	given   bool
}

// maxDepth is how deep routines may call each other before there is no memory left for them.
const maxDepth = 2000

// declareRoutine enters a routine; one that was announced before gets its body.
func (c *compiler) declareRoutine(n *ast.Routine) (*routine, error) {
	if n.CallSpec != nil || len(n.Props) > 0 && c.unservedProps(n) {
		return nil, c.unsupported(n, "routine")
	}
	name := c.f.Last(n.Name)
	r := &routine{name: name, level: c.scope.level + 1, def: n}
	for _, p := range n.Params {
		t, err := c.typeOf(p.Type, false)
		if err != nil {
			return nil, err
		}
		q := param{name: c.f.Last(p.Name), typ: t, in: p.In || !p.Out, out: p.Out, given: p.Default != nil}
		if p.Default != nil {
			if q.out {
				return nil, c.wrong(p, 230, "OUT and IN OUT formal parameters may not have default expressions")
			}
			if q.def, err = c.into(p.Default, t); err != nil {
				return nil, err
			}
		}
		r.params = append(r.params, q)
	}
	if n.Kind == token.FUNCTION {
		if n.Return == nil {
			return nil, c.unsupported(n, "function")
		}
		t, err := c.typeOf(n.Return, false)
		if err != nil {
			return nil, err
		}
		r.ret = t
	}
	for _, e := range c.scope.entries {
		if e.name != name {
			continue
		}
		if e.kind != isRoutine {
			return nil, c.wrong(n.Name, 371, "at most one declaration for '%s' is permitted", name)
		}
		for _, x := range e.routine {
			if !sameParams(x, r) {
				continue
			}
			if x.have || n.Body == nil {
				return nil, c.wrong(n.Name, 305, "previous use of '%s' conflicts with this use", name)
			}
			for i := range r.params { // defaults stand in the announcement
				if r.params[i].def == nil {
					r.params[i].def, r.params[i].given = x.params[i].def, x.params[i].given
				}
			}
			x.params, x.def, x.have = r.params, n, true
			return x, nil
		}
		e.routine = append(e.routine, r)
		r.have = n.Body != nil
		return r, nil
	}
	r.have = n.Body != nil
	c.scope.entries = append(c.scope.entries, &entry{name: name, kind: isRoutine, routine: []*routine{r}})
	return r, nil
}

func (c *compiler) unservedProps(n *ast.Routine) bool {
	for _, p := range n.Props {
		switch p.Kind {
		case token.DETERMINISTIC, token.RESULT_CACHE, token.PARALLEL_ENABLE:
		default:
			return true
		}
	}
	return false
}

func sameParams(a, b *routine) bool {
	if len(a.params) != len(b.params) || (a.ret == nil) != (b.ret == nil) {
		return false
	}
	for i := range a.params {
		x, y := a.params[i].typ, b.params[i].typ
		if a.params[i].name != b.params[i].name || x != y && !(x.scalar() && y.scalar() && x.Scalar == y.Scalar) {
			return false
		}
	}
	return true
}

// routineBody compiles the body of a routine, in a level of its own.
func (c *compiler) routineBody(r *routine) {
	n := r.def
	if n.Body == nil {
		return
	}
	wasCurrent, wasLoops, wasLabels, wasHandlers := c.current, c.loops, c.labels, c.handlers
	s := c.push()
	s.level, s.label, s.routine = r.level, r.name, r
	c.current, c.loops, c.labels, c.handlers = r, nil, nil, 0
	c.slots = append(c.slots, 0)
	for i := range r.params {
		p := &r.params[i]
		e := &entry{name: p.name, kind: isVar, typ: p.typ, slot: c.newSlot(), readonly: !p.out}
		c.lobFlows = append(c.lobFlows, [2]*entry{r.lob(p.name), e}, [2]*entry{e, r.lob(p.name)})
		if err := c.declare(n.Params[i], e); err != nil {
			c.note(n, err, "Item ignored")
		}
	}
	r.body = c.block(n.Body)
	r.frame = c.slots[len(c.slots)-1]
	c.slots = c.slots[:len(c.slots)-1]
	c.pop(s)
	c.current, c.loops, c.labels, c.handlers = wasCurrent, wasLoops, wasLabels, wasHandlers
}

func (r *routine) param(name string) int {
	for i := range r.params {
		if r.params[i].name == name {
			return i
		}
	}
	return -1
}
