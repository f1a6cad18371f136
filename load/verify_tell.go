package load

import (
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"landfall/internal/postgres/copyin"
	"landfall/internal/postgres/quote"
	"landfall/internal/postgres/value"
	"landfall/load/ledger"
	"landfall/load/source"
	"landfall/load/target"
)

// tell finds out the keys of differing rows, the columns that differ, and the SQL that would mend them. The rows of the source go into a
// temporary table: the server itself then says what they are as text.
func (c *comparison) tell(ctx context.Context, list []found) error {
	conn, err := c.v.pool.Acquire(ctx)
	if err != nil {
		return err
	}
	defer conn.Release()
	return pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
		var err error
		if c.sure, err = c.unique(ctx, tx); err != nil {
			return err
		}
		_, err = tx.Exec(ctx, "CREATE TEMP TABLE landfall_rows ON COMMIT DROP AS SELECT 0 AS landfall_n, "+join(c.o.columns)+" FROM "+target.Name(c.o.plan)+" WITH NO DATA")
		if err != nil {
			return err
		}
		if err := c.fetch(ctx, tx, list); err != nil {
			return err
		}
		for i := range list {
			d, err := c.one(ctx, tx, i, &list[i])
			if err != nil {
				return err
			}
			c.verdict.Differences = append(c.verdict.Differences, d)
		}
		return nil
	})
}

// fetch reads the rows of the source that are wanted once more, and puts them into the temporary table by their place in the list.
func (c *comparison) fetch(ctx context.Context, tx pgx.Tx, list []found) error {
	wanted := map[hashed][]int{}
	chunks := map[int]bool{}
	for i, f := range list {
		if f.kind != "extra" {
			wanted[f.key] = append(wanted[f.key], i)
			chunks[f.chunk] = true
		}
	}
	var frame []byte
	for i := range c.chunks {
		if !chunks[i] {
			continue
		}
		var mine []byte
		err := c.v.ask(ctx, c.o.plan.SourceName(), func(s source.Session) error {
			mine = nil
			taken := map[hashed]int{}
			d := copyin.NewDigest(c.o.encoder.Clone(), c.v.runner.opt.TempDir)
			return c.v.eachSource(ctx, s, c.o, c.chunks[i], d, func(row [][]byte, hash uint64) error {
				k, err := c.sourceKey(row, hash)
				if err != nil {
					return err
				}
				at := wanted[k]
				tuple := d.Tuple()
				if len(at) <= taken[k] || tuple == nil { // a row with a long value is told without its text
					return nil
				}
				n := at[taken[k]]
				taken[k]++
				mine = binary.BigEndian.AppendUint16(mine, binary.BigEndian.Uint16(tuple)+1)
				mine = binary.BigEndian.AppendUint32(mine, 4)
				mine = binary.BigEndian.AppendUint32(mine, uint32(n))
				mine = append(mine, tuple[2:]...)
				return nil
			})
		})
		if err != nil {
			return err
		}
		frame = append(frame, mine...)
	}
	stream := io.MultiReader(strings.NewReader(string(value.AppendHeader(nil))), strings.NewReader(string(frame)), strings.NewReader(string(value.AppendTrailer(nil))))
	_, err := tx.Conn().PgConn().CopyFrom(ctx, stream, "COPY landfall_rows (landfall_n, "+join(c.o.columns)+") FROM STDIN (FORMAT binary)")
	return err
}

// keyText is an expression that shows the key of a row of alias a, and one whose value is a condition that finds the row f in the target, and no other.
func (c *comparison) keyText(a string, f *found) (shown, where string) {
	var show, find []string
	for _, k := range c.key {
		col := c.o.columns[k]
		show = append(show, quote.Literal(col+"=")+" || quote_nullable("+a+"."+col+"::text)")
		find = append(find, "CASE WHEN "+a+"."+col+" IS NULL THEN "+quote.Literal(col+" IS NULL")+" ELSE "+quote.Literal(col+" = ")+" || quote_literal("+a+"."+col+"::text) END")
	}
	if !c.sure && f.ctid != "" { // nothing keeps the target from having the key twice
		at := "ctid = '" + f.ctid + "'"
		if c.o.target.Partitioned {
			at = "tableoid = " + quote.Literal(f.leaf) + "::regclass AND " + at
		}
		find = append(find, quote.Literal(at))
	}
	return strings.Join(show, " || ', ' || "), strings.Join(find, " || ' AND ' || ")
}

// unique reports whether an index of the target keeps it from having a key twice.
func (c *comparison) unique(ctx context.Context, q target.Querier) (sure bool, err error) {
	if c.key == nil {
		return false, nil
	}
	names := []string{} // not NULL
	for _, k := range c.key {
		if col := &c.o.target.Columns[k]; col.NotNull {
			names = append(names, col.Name)
		}
	}
	err = q.QueryRow(ctx, `SELECT EXISTS (SELECT FROM pg_index i WHERE indrelid = $1 AND indisunique AND indisvalid AND indpred IS NULL AND indexprs IS NULL
		AND NOT EXISTS (SELECT FROM generate_series(0, indnkeyatts - 1) n JOIN pg_attribute a ON a.attrelid = indrelid AND a.attnum = indkey[n] WHERE a.attname <> ALL ($2)))`, c.o.target.OID, names).Scan(&sure)
	return sure, err
}

// one tells one difference.
func (c *comparison) one(ctx context.Context, tx pgx.Tx, n int, f *found) (d ledger.Difference, err error) {
	d.Kind = f.kind
	name := target.Name(c.o.plan)
	switch {
	case f.kind == "extra" && c.key == nil:
		d.Place = f.leaf + " " + f.ctid
		d.Repair = "DELETE FROM " + f.leaf + " WHERE ctid = '" + f.ctid + "'; -- as long as nothing else has changed the table"
		return d, nil
	case f.kind == "extra":
		show, find := c.keyText("t", f)
		err = tx.QueryRow(ctx, "SELECT "+show+", "+quote.Literal("DELETE FROM "+name+" WHERE ")+" || "+find+" || ';' FROM "+f.leaf+" t WHERE t.ctid = $1::text::tid", f.ctid).Scan(&d.Place, &d.Repair)
		return d, err
	}
	// of a row with a long value nothing is there
	var there bool
	if err := tx.QueryRow(ctx, "SELECT EXISTS (SELECT FROM landfall_rows WHERE landfall_n = $1)", n).Scan(&there); err != nil {
		return d, err
	}
	if !there {
		d.Place = fmt.Sprintf("a row of chunk %d", c.chunks[f.chunk].No)
		d.Note = "the row has a LOB that is too large to be shown"
		if f.ctid != "" {
			d.Place = f.leaf + " " + f.ctid
		}
		return d, nil
	}
	values := make([]string, len(c.o.columns))
	for i, col := range c.o.columns {
		values[i] = "quote_nullable(s." + col + "::text)"
	}
	if f.kind == "missing" {
		show := "'all of it'"
		if c.key != nil {
			show, _ = c.keyText("s", f)
		}
		override := ""
		if slices.ContainsFunc(c.o.target.Columns, func(x target.Column) bool { return x.Identity }) {
			override = " OVERRIDING SYSTEM VALUE"
		}
		err = tx.QueryRow(ctx, "SELECT "+show+", "+quote.Literal("INSERT INTO "+name+" ("+join(c.o.columns)+")"+override+" VALUES (")+" || "+strings.Join(values, " || ', ' || ")+" || ');' FROM landfall_rows s WHERE landfall_n = $1", n).Scan(&d.Place, &d.Repair)
		return d, err
	}
	show, find := c.keyText("s", f)
	var names, sets []string
	for i, col := range c.o.columns {
		differ := "CASE WHEN s." + col + "::text IS DISTINCT FROM t." + col + "::text THEN "
		names = append(names, differ+quote.Literal(c.o.target.Source[i].Source)+" END")
		sets = append(sets, differ+quote.Literal(col+" = ")+" || "+values[i]+" END")
	}
	err = tx.QueryRow(ctx, "SELECT "+show+", array_remove(ARRAY["+strings.Join(names, ", ")+"], NULL), "+quote.Literal("UPDATE "+name+" SET ")+" || array_to_string(array_remove(ARRAY["+strings.Join(sets, ", ")+
		"], NULL), ', ') || ' WHERE ' || "+find+" || ';' FROM landfall_rows s, "+f.leaf+" t WHERE s.landfall_n = $1 AND t.ctid = $2::text::tid", n, f.ctid).Scan(&d.Place, &d.Columns, &d.Repair)
	return d, err
}
