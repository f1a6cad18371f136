package engine

import (
	"context"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
	"landfall/internal/orasim/store"
)

// createMView makes a table of a materialized view, with the rows of now. It is not refreshed.
func (s *Session) createMView(ctx context.Context, c *compiler, n *ast.CreateMView) error {
	owner, name := c.newName(n.Name)
	if n.Prebuilt || n.OfType != nil || n.Query == nil || n.ForUpdate {
		return c.unsupported(n, "materialized view")
	}
	sub := *c
	sub.ddl, sub.schema = false, owner
	q, err := sub.query(n.Query)
	if err != nil {
		return err
	}
	if len(n.Columns) > 0 && len(n.Columns) != len(q.cols) {
		return c.fail(n, 1730)
	}
	t := &table{
		owner: owner, name: name, lock: &store.TableLock{}, shared: &tableShared{triggers: map[string]bool{}}, logging: true,
		since: s.db.store.Advance(), seg: s.db.newSegment(), mview: true,
	}
	for i, col := range q.cols {
		k := &column{name: col.name, id: i + 1, internal: i, typ: asColumn(col.typ)}
		if len(n.Columns) > 0 {
			k.name = c.f.Last(n.Columns[i].Name)
		}
		t.cols = append(t.cols, k)
	}
	o := &object{objectName: objectName{owner: owner, name: name}, kind: "MATERIALIZED VIEW", table: t, text: c.f.Source(n.Query), stmt: n, file: c.f}
	if err := s.create(c, n.Name, o, false, n.IfNotExists); err != nil {
		return err
	}
	t.id = o.id
	if n.Build == token.DEFERRED {
		return nil
	}
	t.mview = false // as long as it is filled
	err = s.fill(ctx, &sub, n, t, q)
	t.mview = true
	if err != nil {
		s.db.mu.Lock()
		delete(s.db.objects, o.objectName)
		s.db.version.Add(1)
		s.db.mu.Unlock()
	}
	return err
}
