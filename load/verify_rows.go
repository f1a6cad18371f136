package load

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strings"

	"landfall/internal/postgres/copyin"
	"landfall/internal/postgres/value"
	"landfall/load/ledger"
	"landfall/load/plan"
	"landfall/load/source"
)

// comparison finds the rows in which a table differs: by key where it has one, else rows as a whole. What is held in memory is a pass: the
// rows whose key falls to it.
type comparison struct {
	v       *verifier
	o       *opened
	chunks  []*ledger.Copied // of the source that are not known to be equal
	skip    map[uint32]bool  // transactions whose rows in the target are
	verdict *ledger.TableVerdict

	key     []int // columns of the key; nil compares whole rows
	sure    bool  // the target cannot have a key twice
	place   []int // of each column of the key, among those of the key in the table's order
	encoder *value.Encoder
	tuple   []byte
}

// hashed stands for the key of a row.
type hashed [16]byte

// sourceRow is a row of the source that has not been found in the target yet.
type sourceRow struct {
	hash  uint64
	chunk int32 // place in comparison.chunks
	count int32 // of equal rows, without a key
}

// found is a difference before it is told.
type found struct {
	kind  string
	key   hashed
	chunk int // place in comparison.chunks, of missing and different
	leaf  string
	ctid  string
}

func (c *comparison) run(ctx context.Context) error {
	if err := c.keys(); err != nil {
		return err
	}
	var rows int64
	for _, x := range c.chunks {
		rows += max(x.Source.Rows, x.Target.Rows)
	}
	passes := rows/c.v.opt.PassRows + 1
	list, err := c.passes(ctx, uint64(passes))
	if errors.Is(err, errAlike) { // NULLs in it, or a key that landfall.yaml names
		c.verdict.Note = fmt.Sprintf("rows of the source are alike in the key (%s): they are compared as a whole", strings.Join(c.o.plan.Key, ", "))
		c.key = nil
		list, err = c.passes(ctx, uint64(passes))
	}
	if err != nil {
		return err
	}
	if len(list) > c.v.opt.Most {
		list, c.verdict.More = list[:c.v.opt.Most], true
	}
	if len(list) == 0 {
		return errors.New("the sums differ, and no row does: the rows of one side have changed meanwhile")
	}
	place := func(f found) int { return slices.Index(ledger.RepairOrder, f.kind) }
	slices.SortStableFunc(list, func(a, b found) int { return place(a) - place(b) })
	return c.tell(ctx, list)
}

// errAlike says that the key does not tell the rows of the source apart.
var errAlike = errors.New("two rows of the source have the same key")

// passes compares everything, and ends when there are more differences than are listed.
func (c *comparison) passes(ctx context.Context, n uint64) (list []found, err error) {
	for i := uint64(0); i < n && len(list) <= c.v.opt.Most; i++ {
		more, err := c.pass(ctx, i, n)
		if err != nil {
			return nil, err
		}
		list = append(list, more...)
	}
	return list, nil
}

// keys finds the columns of the key among those that are loaded, and an encoder for them alone: rows with a long value have no
// tuple to take the key from.
func (c *comparison) keys() error {
	var columns []value.Column
	for _, k := range c.o.plan.Key {
		i := slices.IndexFunc(c.o.target.Source, func(col plan.Column) bool { return col.Source == k })
		if i < 0 {
			c.key, columns = nil, nil
			break
		}
		c.key, columns = append(c.key, i), append(columns, c.o.target.Encoder[i])
	}
	if c.key == nil {
		return nil
	}
	ordered := slices.Sorted(slices.Values(c.key))
	for _, k := range c.key {
		c.place = append(c.place, slices.Index(ordered, k))
	}
	var err error
	c.encoder, err = value.Plan(columns, c.v.zones)
	return err
}

func (c *comparison) sourceKey(row [][]byte, hash uint64) (hashed, error) {
	if c.key == nil {
		return whole(hash), nil
	}
	cols := make([][]byte, len(c.key))
	for i, k := range c.key {
		cols[i] = row[k]
	}
	var err error
	if c.tuple, err = c.encoder.AppendTuple(c.tuple[:0], cols); err != nil {
		return hashed{}, err
	}
	sum := sha256.Sum256(c.tuple)
	return hashed(sum[:16]), nil
}

func whole(hash uint64) (h hashed) {
	binary.BigEndian.PutUint64(h[:], hash)
	return h
}

// targetKey builds the tuple of the key out of its columns, which come in the table's order.
func (c *comparison) targetKey(r *targetRow) hashed {
	if c.key == nil {
		return whole(r.hash)
	}
	b := binary.BigEndian.AppendUint16(c.tuple[:0], uint16(len(c.key)))
	for _, at := range c.place {
		if r.keys[at] == nil {
			b = binary.BigEndian.AppendUint32(b, 1<<32-1)
			continue
		}
		b = append(binary.BigEndian.AppendUint32(b, uint32(len(r.keys[at]))), r.keys[at]...)
	}
	c.tuple = b
	sum := sha256.Sum256(b)
	return hashed(sum[:16])
}

func (h hashed) in(pass, passes uint64) bool {
	return (binary.BigEndian.Uint64(h[:8])^binary.BigEndian.Uint64(h[8:]))%passes == pass
}

// pass compares the rows whose key falls to it.
func (c *comparison) pass(ctx context.Context, pass, passes uint64) ([]found, error) {
	rows := map[hashed]sourceRow{}
	for i, chunk := range c.chunks {
		err := c.v.ask(ctx, c.o.plan.SourceName(), func(s source.Session) error {
			d := copyin.NewDigest(c.o.encoder.Clone(), c.v.runner.opt.TempDir)
			mine := map[hashed]sourceRow{} // of this try
			err := c.v.eachSource(ctx, s, c.o, chunk, d, func(row [][]byte, hash uint64) error {
				k, err := c.sourceKey(row, hash)
				if err != nil || !k.in(pass, passes) {
					return err
				}
				r := mine[k]
				if c.key != nil && r.count > 0 {
					return errAlike
				}
				mine[k] = sourceRow{hash, int32(i), r.count + 1}
				return nil
			})
			if err != nil {
				return err
			}
			for k, r := range mine {
				r.count += rows[k].count
				if c.key != nil && r.count > 1 {
					return errAlike
				}
				rows[k] = r
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	var list []found
	err := c.v.eachRow(ctx, c.o, c.key, func(t *targetRow) error {
		if c.skip[t.xid] {
			return nil
		}
		k := c.targetKey(t)
		if !k.in(pass, passes) {
			return nil
		}
		r, ok := rows[k]
		switch {
		case !ok && len(list) > c.v.opt.Most: // there can be as many as the table has rows
		case !ok:
			list = append(list, found{kind: "extra", key: k, leaf: t.leaf, ctid: t.ctid})
		case r.hash != t.hash:
			list = append(list, found{kind: "different", key: k, chunk: int(r.chunk), leaf: t.leaf, ctid: t.ctid})
			delete(rows, k)
		case r.count > 1:
			r.count--
			rows[k] = r
		default:
			delete(rows, k)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	for k, r := range rows {
		for range r.count {
			list = append(list, found{kind: "missing", key: k, chunk: int(r.chunk)})
		}
	}
	return list, nil
}
