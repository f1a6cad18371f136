package plsql

import "landfall/internal/oracle/syntax/ast"

// A LOB in a variable is a value here, as a temporary LOB is in Oracle. One that came out of a row is a locator of that row there, and
// writing through it changes the row. Which variables may hold such ones is worked out from the source: DBMS_LOB does not write to those.

// lobWrite is a place that DBMS_LOB writes to.
type lobWrite struct {
	v *value
	n ast.Node
}

// lobOfRow notes that SQL puts values into a variable.
func (c *compiler) lobOfRow(v *value) {
	if v.root == nil {
		return
	}
	if c.lobSources == nil {
		c.lobSources = map[*entry]bool{}
	}
	c.lobSources[v.root] = true
}

// lobFlow notes that a value goes from one variable to another.
func (c *compiler) lobFlow(from ast.Expr, to *value) {
	if to.root == nil || to.typ.scalar() && to.typ.class() != ClassLOB {
		return
	}
	if v, err := c.resolve(from); err == nil && v != nil && v.root != nil {
		c.lobFlows = append(c.lobFlows, [2]*entry{v.root, to.root})
	}
}

// lob stands for a parameter, or by "" for the result of a routine.
func (r *routine) lob(param string) *entry {
	if r.lobs == nil {
		r.lobs = map[string]*entry{}
	}
	if r.lobs[param] == nil {
		r.lobs[param] = &entry{}
	}
	return r.lobs[param]
}

func (c *compiler) lobArgument(r *routine, p *param, v *value) {
	if v.root == nil || v.typ.scalar() && v.typ.class() != ClassLOB {
		return
	}
	c.lobFlows = append(c.lobFlows, [2]*entry{v.root, r.lob(p.name)})
	if p.out {
		c.lobFlows = append(c.lobFlows, [2]*entry{r.lob(p.name), v.root})
	}
}

// checkLOBs refuses what would have to write to a row.
func (c *compiler) checkLOBs() {
	for more := true; more; {
		more = false
		for _, f := range c.lobFlows {
			if c.lobSources[f[0]] && !c.lobSources[f[1]] {
				c.lobSources[f[1]], more = true, true
			}
		}
	}
	for _, w := range c.lobWrites {
		bad := w.v.root == nil || c.lobSources[w.v.root]
		if w.v.bind != nil {
			bad = !w.v.bind.made
		}
		if bad {
			c.note(w.n, c.unsupported(w.n, "DBMS_LOB writing to a LOB of a row or of the client"), "")
		}
	}
}
