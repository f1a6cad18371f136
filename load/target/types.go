package target

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"landfall/internal/postgres/value"
)

// columns reads the columns of a table by name. Of a domain it is the type behind it that is sent.
func columns(ctx context.Context, q Querier, table uint32) (map[string]Column, error) {
	types := typeReader{ctx: ctx, q: q}
	type raw struct {
		Name                                  string
		Type                                  uint32
		Mod                                   int32
		NotNull, Generated, Identity, Default bool
	}
	rows, err := q.Query(ctx, `SELECT attname, atttypid, atttypmod, attnotnull, attgenerated <> '', attidentity <> '', atthasdef
		FROM pg_attribute WHERE attrelid = $1 AND attnum > 0 AND NOT attisdropped ORDER BY attnum`, table)
	if err != nil {
		return nil, err
	}
	list, err := pgx.CollectRows(rows, pgx.RowToStructByPos[raw])
	if err != nil {
		return nil, err
	}
	out := map[string]Column{}
	for _, r := range list {
		t, err := types.read(r.Type, r.Mod, 0)
		if err != nil {
			return nil, err
		}
		out[r.Name] = Column{Name: r.Name, Target: t, NotNull: r.NotNull, Generated: r.Generated, Identity: r.Identity, Default: r.Default}
	}
	return out, nil
}

type typeReader struct {
	ctx context.Context
	q   Querier
}

// read follows domains to the type that is sent, and takes composites and arrays apart.
func (r *typeReader) read(oid uint32, mod int32, depth int) (value.Target, error) {
	if depth > 20 {
		return value.Target{}, fmt.Errorf("type %d is nested too deeply", oid)
	}
	var name, schema, kind string
	var base, element, class uint32
	var baseMod int32
	err := r.q.QueryRow(r.ctx, `SELECT t.typname, n.nspname, t.typtype::text, t.typbasetype, t.typtypmod, CASE WHEN t.typcategory = 'A' THEN t.typelem ELSE 0 END, t.typrelid
		FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace WHERE t.oid = $1`, oid).Scan(&name, &schema, &kind, &base, &baseMod, &element, &class)
	if err != nil {
		return value.Target{}, err
	}
	if kind == "d" {
		if baseMod >= 0 {
			mod = baseMod
		}
		t, err := r.read(base, mod, depth+1)
		t.OID = oid // which arrays and composite values name
		return t, err
	}
	if schema != "pg_catalog" {
		name = schema + "." + name
	}
	t := value.Target{OID: oid, Name: name, Typmod: mod}
	switch {
	case element != 0:
		e, err := r.read(element, mod, depth+1) // an array's modifier is its element's
		if err != nil {
			return t, err
		}
		t.Element = &e
	case kind == "c":
		rows, err := r.q.Query(r.ctx, "SELECT attname, atttypid, atttypmod FROM pg_attribute WHERE attrelid = $1 AND attnum > 0 AND NOT attisdropped ORDER BY attnum", class)
		if err != nil {
			return t, err
		}
		type part struct {
			Name string
			Type uint32
			Mod  int32
		}
		parts, err := pgx.CollectRows(rows, pgx.RowToStructByPos[part])
		if err != nil {
			return t, err
		}
		for _, p := range parts {
			a, err := r.read(p.Type, p.Mod, depth+1)
			if err != nil {
				return t, err
			}
			t.Attributes = append(t.Attributes, value.Attribute{Name: p.Name, Target: a})
		}
	}
	return t, nil
}
