package plsql

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/orasim/ora"
)

func (c *compiler) ifStmt(n *ast.If) (stmt, error) {
	type arm struct {
		cond func(*Frame) (bool, error)
		then stmt
		line int
	}
	var arms []arm
	for _, a := range n.Arms {
		k, err := c.condition(a.Cond)
		if err != nil {
			c.note(n, err, "Statement ignored")
		}
		arms = append(arms, arm{k, c.list(a.Then), c.line(a.Cond)})
	}
	var otherwise stmt
	if n.HasElse {
		otherwise = c.list(n.Else)
	}
	return func(fr *Frame) (*jump, error) {
		for _, a := range arms {
			ok, err := a.cond(fr)
			if err != nil {
				return nil, raiseAt(err, fr, a.line)
			}
			if ok {
				return a.then(fr)
			}
		}
		if otherwise != nil {
			return otherwise(fr)
		}
		return nil, nil
	}, nil
}

// caseStmt is the statement CASE: without ELSE, what no arm takes is ORA-06592.
func (c *compiler) caseStmt(n *ast.CaseStmt) (stmt, error) {
	var arms []stmt
	var conds []func(*Frame) (bool, error)
	var operand *entry
	var set func(*Frame) (any, error)
	s := c.push()
	defer c.pop(s)
	if n.Operand != nil {
		x, err := c.scalar(n.Operand)
		if err != nil {
			return nil, err
		}
		operand = &entry{kind: isVar, typ: ScalarType(x.Type), slot: c.newSlot()}
		set = func(fr *Frame) (any, error) { return x.Eval(fr) }
	}
	for _, a := range n.Arms {
		if len(a.Choices) != 1 {
			return nil, c.unsupported(a, "CASE with lists")
		}
		var k func(*Frame) (bool, error)
		var err error
		if operand == nil {
			k, err = c.condition(a.Choices[0])
		} else {
			k, err = c.equals(a.Choices[0], c.variable(operand, s))
		}
		if err != nil {
			return nil, err
		}
		conds, arms = append(conds, k), append(arms, c.list(a.Then))
	}
	var otherwise stmt
	if n.HasElse {
		otherwise = c.list(n.Else)
	}
	return func(fr *Frame) (*jump, error) {
		if set != nil {
			v, err := set(fr)
			if err != nil {
				return nil, err
			}
			fr.slots[operand.slot] = v
		}
		for i, k := range conds {
			ok, err := k(fr)
			if err != nil {
				return nil, err
			}
			if ok {
				return arms[i](fr)
			}
		}
		if otherwise == nil {
			return nil, ora.New(6592)
		}
		return otherwise(fr)
	}, nil
}

// equals compares an expression with a value as = does.
func (c *compiler) equals(e ast.Expr, v *value) (func(*Frame) (bool, error), error) {
	y, err := c.scalar(e)
	if err != nil {
		return nil, err
	}
	k, err := c.host.Equal(c.f, e, v.expr(), y)
	if err != nil {
		return nil, c.fromHost(e, err, false)
	}
	return k, nil
}
