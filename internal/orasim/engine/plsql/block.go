package plsql

import (
	"landfall/internal/oracle/syntax/ast"
)

// block compiles a block with its declarations and handlers.
func (c *compiler) block(n *ast.Block) stmt {
	s := c.push()
	defer c.pop(s)
	if len(n.Labels) > 0 {
		s.label = c.f.Last(n.Labels[0])
	} else if c.current != nil && s.up != nil && s.up.routine == c.current && n == c.current.def.Body {
		s.label = c.current.name // variables are qualified by the name of their routine
	}
	inits := c.decls(n.Decls)
	body := c.list(n.Stmts)
	type handler struct {
		others bool
		defs   []*exceptionDef
		do     stmt
	}
	var handlers []handler
	c.handlers++
	for _, h := range n.Handlers {
		k := handler{others: h.Others}
		for _, name := range h.Names {
			if h.Others {
				break
			}
			d, err := c.exceptionNamed(name)
			if err != nil {
				c.note(n, err, "Statement ignored")
				continue
			}
			k.defs = append(k.defs, d)
		}
		k.do = c.list(h.Stmts)
		handlers = append(handlers, k)
	}
	c.handlers--
	return func(fr *Frame) (*jump, error) {
		for _, init := range inits {
			if _, err := init(fr); err != nil {
				return nil, err // handlers of the block do not see errors of its declarations
			}
		}
		j, err := body(fr)
		if err == nil || len(handlers) == 0 {
			return j, err
		}
		x := caught(err)
		if x == nil {
			return nil, err
		}
		for i := range handlers {
			h := &handlers[i]
			hit := h.others
			for _, d := range h.defs {
				hit = hit || d.is(x)
			}
			if !hit {
				continue
			}
			was := fr.Run.handled
			fr.Run.handled = x
			j, err := h.do(fr)
			fr.Run.handled = was
			return j, err
		}
		return nil, err
	}
}
