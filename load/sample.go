package load

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"

	ora "landfall/internal/oracle/value"
	"landfall/internal/postgres/quote"
	"landfall/internal/postgres/value"
	"landfall/load/ledger"
	"landfall/load/query"
	"landfall/load/source"
	"landfall/load/target"
)

// sample compares some rows of a table as texts: what Oracle's TO_CHAR makes of them with what is read out of the target. The fingerprints
// show that what was encoded has arrived; one encoder made both sides of them, so they cannot show that it was right.
func (v *verifier) sample(ctx context.Context, o *opened, known *ledger.Verifying, verdict *ledger.TableVerdict) error {
	if !query.CanCut(o.plan) {
		verdict.Note = strings.TrimPrefix(verdict.Note+"; no key that rows could be found by: no texts were compared", "; ")
		return nil
	}
	places := max(5, v.opt.Samples/20) // chunks that rows are taken from
	var filled []*ledger.Copied        // small tables have their rows in few of their blocks
	for i := range known.Chunks {
		if c := &known.Chunks[i]; c.Source != nil && c.Source.Rows > 0 {
			filled = append(filled, c)
		}
	}
	step := max(1, (len(filled)+places-1)/places)
	each := max(1, v.opt.Samples/min(places, max(1, len(filled))))
	for i := 0; i < len(filled); i += step {
		c := filled[i]
		q, at := query.Sample(o.plan, &c.Chunk, v.plan.SCN, o.target.Source, each)
		var rows [][]*string
		err := v.ask(ctx, o.plan.SourceName(), func(s source.Session) error {
			rows = nil
			return each2(ctx, s, q, &rows)
		})
		if err != nil {
			return fmt.Errorf("texts of some rows: %w", err)
		}
		for _, row := range rows {
			if err := v.compareTexts(ctx, o, known, row, at, verdict); err != nil {
				return err
			}
		}
	}
	return nil
}

// each2 collects rows of texts; NULL is nil. A row with bytes that are no text is none of them: it was refused, or a policy has changed it,
// which is counted elsewhere.
func each2(ctx context.Context, s source.Session, q query.Query, rows *[][]*string) error {
	return eachSound(ctx, s, q, func(row [][]byte) error {
		list := make([]*string, len(row))
		for i, b := range row {
			if b != nil {
				t := string(b)
				list[i] = &t
			}
		}
		*rows = append(*rows, list)
		return nil
	}, func(*source.ValueError) error { return nil })
}

// compareTexts looks one row up in the target by its key.
func (v *verifier) compareTexts(ctx context.Context, o *opened, known *ledger.Verifying, row []*string, at []query.Probe, verdict *ledger.TableVerdict) error {
	n := len(o.plan.Key)
	var conds, shown []string
	args := []any{pgx.QueryResultFormats{pgx.BinaryFormatCode}}
	for k := range n {
		i := slices.Index(columnNames(o), o.plan.Key[k])
		if row[k] == nil || i < 0 {
			return nil // rows with a NULL in the key cannot be told apart
		}
		conds = append(conds, fmt.Sprintf("%s = $%d::text::%s", o.columns[i], k+1, typeName(o.target.Columns[i].Target)))
		text := query.KeyText(o.plan, k, *row[k])
		args = append(args, keyLiteral(o.target.Encoder[i].Source.Type, text))
		shown = append(shown, o.plan.Key[k]+"="+strings.TrimSpace(text))
	}
	// of long values only the front is compared, and fetched
	list := slices.Clone(o.columns)
	for i, c := range o.target.Encoder {
		switch {
		case c.Source.Type == ora.CLOB && c.Target.Name == "text":
			list[i] = "left(" + list[i] + ", 2000)"
		case c.Source.Type == ora.BLOB && c.Target.Name == "bytea":
			list[i] = "substring(" + list[i] + " FROM 1 FOR 2000)"
		}
	}
	places, columns := make([]int, len(at)), make([]value.Column, len(at)) // -1 is nowhere
	for j, p := range at {
		places[j], columns[j] = p.Column, o.target.Encoder[p.Column]
		if o.target.Source[p.Column].Object == nil {
			continue
		}
		expr, col, ok := within(o.columns[p.Column], columns[j], p)
		if !ok {
			places[j] = -1
			continue
		}
		places[j], columns[j] = len(list), col
		list = append(list, expr)
	}
	rows, err := v.pool.Query(ctx, "SELECT "+join(list)+" FROM "+target.Name(o.plan)+" WHERE "+strings.Join(conds, " AND ")+" LIMIT 2", args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	if !rows.Next() {
		// a row that was refused, or one that the fingerprints have told of already
		return rows.Err()
	}
	var fields [][]byte
	for _, f := range rows.RawValues() {
		fields = append(fields, bytes.Clone(f))
	}
	if rows.Next() {
		return nil // a key that several rows have: which is the one is not known
	}
	if err := rows.Err(); err != nil {
		return err
	}
	verdict.Sampled++
	for j, p := range at {
		i, want := p.Column, row[n+j]
		if known.Changed[o.target.Source[i].Source] || places[j] < 0 {
			continue // a policy may have changed the value, which is counted elsewhere
		}
		same, got, err := sameText(columns[j], want, fields[places[j]])
		if err != nil {
			return fmt.Errorf("column %s: %w", o.target.Source[i].Source, err)
		}
		if !same {
			shownWant := "NULL"
			if want != nil {
				shownWant = *want
			}
			verdict.Differences = append(verdict.Differences, ledger.Difference{
				Kind: "text", Place: strings.Join(shown, ", "), Columns: []string{o.target.Source[i].Source}, Note: fmt.Sprintf("Oracle shows %.200q, PostgreSQL %.200q", shownWant, got),
			})
		}
	}
	return nil
}

func columnNames(o *opened) []string {
	var names []string
	for _, c := range o.target.Source {
		names = append(names, c.Source)
	}
	return names
}

func typeName(t value.Target) string {
	if s, name, ok := strings.Cut(t.Name, "."); ok {
		return pgx.Identifier{s, name}.Sanitize()
	}
	return pgx.Identifier{"pg_catalog", t.Name}.Sanitize()
}

// keyLiteral is the text of a key as PostgreSQL reads it.
func keyLiteral(t ora.Type, s string) string {
	switch t {
	case ora.Raw:
		return `\x` + s
	case ora.Date, ora.Timestamp:
		return strings.TrimSpace(s)
	}
	return s
}

// sameText compares what Oracle says of a value with what the target has of it.
func sameText(c value.Column, want *string, field []byte) (same bool, got string, err error) {
	if want == nil || field == nil {
		// an empty LOB is no NULL, and DBMS_LOB.SUBSTR of it is
		return want == nil && (field == nil || c.Source.Type.LOB() && len(field) == 0), string(field), nil
	}
	b, err := value.AppendValueText(nil, c.Target, field)
	if err != nil {
		return true, "", nil // a type that has no such text: composite values, arrays
	}
	got = string(b)
	switch c.Source.Type {
	case ora.Number:
		x, ok1 := new(big.Rat).SetString(strings.TrimSpace(*want))
		y, ok2 := new(big.Rat).SetString(got)
		if !ok1 || !ok2 { // infinities; a boolean
			return strings.Contains(*want, "~") == strings.Contains(got, "Inf") || got == "true" || got == "false", got, nil
		}
		if strings.HasPrefix(c.Target.Name, "float") {
			return near(x, y, 1e-6), got, nil
		}
		return x.Cmp(y) == 0, got, nil
	case ora.BinaryFloat, ora.BinaryDouble:
		bits := 64
		if c.Source.Type == ora.BinaryFloat {
			bits = 32 // the smallest ones are shown with one digit by PostgreSQL, and with nine by Oracle
		}
		x, err1 := strconv.ParseFloat(strings.TrimSpace(*want), bits)
		y, err2 := strconv.ParseFloat(got, bits)
		if err := errors.Join(err1, err2); err != nil {
			return strings.EqualFold(*want, got), got, nil // Inf, Nan
		}
		return near(new(big.Rat).SetFloat64(x), new(big.Rat).SetFloat64(y), 1e-6), got, nil
	case ora.Date, ora.Timestamp, ora.TimestampTZ, ora.TimestampLTZ:
		if c.Target.Name == "timestamptz" && (c.Source.Type == ora.Date || c.Source.Type == ora.Timestamp) {
			return true, got, nil // moved by the time zone of the project
		}
		text := strings.TrimSpace(*want)
		if whole, fraction, ok := strings.Cut(text, "."); ok {
			if fraction = strings.TrimRight(fraction[:min(6, len(fraction))], "0"); fraction != "" {
				whole += "." + fraction
			}
			text = whole
		}
		return text == got, got, nil
	case ora.IntervalYM, ora.IntervalDS:
		none := func(s string) bool { return strings.Trim(s, "+-0: .") == "" } // of no months PostgreSQL keeps no form
		return interval(*want) == interval(got) || none(*want) && none(got), got, nil
	case ora.CLOB, ora.BLOB:
		return strings.HasPrefix(got, *want), got, nil
	case ora.Char:
		return strings.TrimRight(*want, " ") == strings.TrimRight(got, " "), got, nil
	}
	if c.Target.Name == "bool" || c.Target.Name == "uuid" || c.Target.Name == "jsonb" {
		return true, got, nil // other spellings of the same
	}
	return *want == got, got, nil
}

// interval takes leading zeros and those behind a fraction away.
func interval(s string) string {
	if s == "" {
		return s
	}
	sign, rest := s[:1], strings.TrimLeft(s[1:], "0")
	if strings.Contains(rest, ".") {
		rest = strings.TrimSuffix(strings.TrimRight(rest, "0"), ".")
	}
	if rest == "" || rest[0] < '0' || rest[0] > '9' {
		rest = "0" + rest
	}
	return sign + rest
}

func near(x, y *big.Rat, part float64) bool {
	if x == nil || y == nil {
		return x == y
	}
	d := new(big.Rat).Abs(new(big.Rat).Sub(x, y))
	limit := new(big.Rat).Mul(new(big.Rat).Abs(x), new(big.Rat).SetFloat64(part))
	return d.Cmp(limit) <= 0
}

// within is what a probe asks of a column of objects in the target: an attribute, or how many elements there are. In JSON only numbers and
// texts are written as Oracle writes them.
func within(expr string, col value.Column, p query.Probe) (string, value.Column, bool) {
	to, json := col.Target, false
	for _, part := range p.Path {
		if !json {
			if json = to.Name == "jsonb" || to.Name == "json"; json {
				expr += "::jsonb"
			}
		}
		if json {
			expr = "(" + expr + " -> " + quote.Literal(part.Key) + ")"
			continue
		}
		i := slices.IndexFunc(to.Attributes, func(a value.Attribute) bool { return a.Name == part.Key })
		if i < 0 {
			return "", col, false // text, in which nothing is looked for
		}
		expr, to = "("+expr+")."+quote.Ident(part.Key), to.Attributes[i].Target
	}
	switch {
	case p.Count && to.Element != nil && !json:
		return "cardinality(" + expr + ")", value.Column{Source: ora.Column{Type: ora.Number}, Target: value.Target{Name: "int4", Typmod: -1}}, true
	case p.Count && (json || to.Name == "jsonb" || to.Name == "json"):
		return "CASE WHEN jsonb_typeof(" + expr + "::jsonb) = 'array' THEN jsonb_array_length(" + expr + "::jsonb) END", value.Column{Source: ora.Column{Type: ora.Number}, Target: value.Target{Name: "int4", Typmod: -1}}, true
	case p.Count:
		return "", col, false
	}
	src, err := ora.Of(p.Path[len(p.Path)-1].Type)
	if err != nil {
		return "", col, false
	}
	if json {
		if src.Type != ora.Number && src.Type != ora.Varchar2 && src.Type != ora.Char {
			return "", col, false
		}
		return "(" + expr + " #>> '{}')", value.Column{Source: src, Target: value.Target{Name: "text", Typmod: -1}}, true
	}
	return expr, value.Column{Source: src, Target: to}, true
}
