package engine

import (
	"bytes"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/orasim/ora"
)

// jsonMembersState is JSON_OBJECTAGG: a member for each row, in their order. NULL where the group has no rows. Keys that are NULL or come
// twice, and objects all of whose members are left out, are ORA-03001: the manual does not tell.
type jsonMembersState struct {
	key    expr
	item   jsonItem
	absent bool
	to     typ
	seen   map[string]bool
	list   [][]byte
	rows   int
}

func (s *jsonMembersState) add(e *env) error {
	s.rows++
	key, err := s.key.eval(e)
	if err != nil {
		return err
	}
	if key == nil {
		return ora.Unsupported("a NULL as a key of JSON")
	}
	if s.seen[string(key)] {
		return ora.Unsupported("a key of JSON that comes twice")
	}
	s.seen[string(key)] = true
	b, skip, err := s.item.append(e, append(appendJSONString(nil, key), ':'), s.absent)
	if err == nil && !skip {
		s.list = append(s.list, b)
	}
	return err
}

func (s *jsonMembersState) result(e *env) ([]byte, error) {
	switch {
	case s.rows == 0:
		return nil, nil
	case len(s.list) == 0:
		return nil, ora.Unsupported("JSON_OBJECTAGG without members")
	}
	return jsonResult(append(append([]byte{'{'}, bytes.Join(s.list, []byte{','})...), '}'), s.to, e.ex.s.db.set)
}

func aggJSONObject(c *compiler, n *ast.Call, args []expr) (*aggregate, error) {
	to, absent, err := c.jsonClauses(n, false)
	if err != nil {
		return nil, err
	}
	if len(args) != 1 || n.Distinct != 0 || len(n.Args[0].Keys) != 1 || n.Options != nil && n.Options.OrderBy != nil {
		return nil, c.unsupported(n, "aggregate")
	}
	key, err := c.expr(n.Args[0].Keys[0])
	if err != nil {
		return nil, err
	}
	if !key.typ.kind.text() || key.null {
		return nil, c.unsupported(n, "JSON")
	}
	item, err := c.jsonValue(n.Args[0])
	if err != nil {
		return nil, err
	}
	return &aggregate{to, func() aggState {
		return &jsonMembersState{key: key, item: item, absent: absent, to: to, seen: map[string]bool{}}
	}}, nil
}
