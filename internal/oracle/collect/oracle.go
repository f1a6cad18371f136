package collect

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"landfall/internal/model"
	"landfall/internal/oracle/bundle"
	"landfall/internal/oracle/bundle/sqlplus"
	"landfall/internal/oracle/connect"
)

// OracleOptions say what of a live database is collected.
type OracleOptions struct {
	Schemas   []string // folded names; none: all but Oracle's own
	Days      int      // of history; 0 is 30
	Container string   // pluggable database to go into from the root
	// What must be paid for, or is large, is read only when it is said so.
	Diagnostics, Statspack, Audit bool
	Limit                         time.Duration // after which no further extract is begun; 0 is none
}

// Oracle is the source of a live database. It reads over one session, in a read-only transaction, so that the extracts fit each other as far
// as the dictionary is kept in tables.
type Oracle struct {
	src     *connect.Source
	opt     OracleOptions
	se      *connect.Session
	facts   *connect.Facts
	version int
	until   time.Time
	views   map[string]error // whether a view may be read
	done    map[string]Rows  // extracts that the manifest needed
}

// NewOracle logs in. The source must be closed.
func NewOracle(ctx context.Context, src *connect.Source, opt OracleOptions) (*Oracle, error) {
	o := &Oracle{src: src, opt: opt, views: map[string]error{}, done: map[string]Rows{}}
	if opt.Limit > 0 {
		o.until = time.Now().Add(opt.Limit)
	}
	if err := o.login(ctx); err != nil {
		return nil, err
	}
	var err error
	if o.facts, err = o.se.Facts(ctx); err != nil {
		return nil, errors.Join(err, o.Close())
	}
	if o.version = o.facts.VersionNumber(); o.version == 0 {
		why := o.facts.Unknown["version"]
		return nil, errors.Join(o.fault(fmt.Errorf("the release of the database is not known: %s", why), ""), o.Close())
	}
	if o.version < bundle.Versions[0] {
		return nil, errors.Join(o.fault(fmt.Errorf("the database is Oracle %s", o.facts.Version), "11.2 is the oldest that can be read"), o.Close())
	}
	if o.facts.Container == "CDB$ROOT" {
		return nil, errors.Join(o.fault(errors.New("this is the root of a container database: it holds no application"), "name the service of a pluggable database, or --pdb NAME"), o.Close())
	}
	return o, nil
}

func (o *Oracle) fault(err error, hint string) error {
	return &model.Error{Code: bundle.CodeLive, Op: "collect from " + o.src.Target().String(), Err: err, Hint: hint}
}

// login opens the session and the read-only transaction.
func (o *Oracle) login(ctx context.Context) (err error) {
	if o.se, err = o.src.Session(ctx); err != nil {
		return err
	}
	if o.opt.Container != "" {
		err = o.se.Exec(ctx, "ALTER SESSION SET CONTAINER = "+model.QuoteOracle(o.opt.Container))
	}
	if err == nil {
		err = o.se.Exec(ctx, sqlplus.Transforms)
		if e := (*connect.OracleError)(nil); errors.As(err, &e) && e.Code != 0 && o.se.Broken() == nil {
			err = nil // DBMS_METADATA may not be called: the definitions will say so one by one
		}
	}
	if err == nil {
		err = o.se.ReadOnly(ctx)
	}
	if err != nil {
		return errors.Join(err, o.Close())
	}
	return nil
}

// Close logs off.
func (o *Oracle) Close() error {
	if o.se == nil {
		return nil
	}
	err := o.se.Close()
	o.se = nil
	return err
}

// Manifest is made of what the extracts say of the database.
func (o *Oracle) Manifest(ctx context.Context) (bundle.Manifest, error) {
	m := bundle.Manifest{Origin: bundle.FromOracle, Schemas: o.opt.Schemas, Days: cmp.Or(o.opt.Days, 30)}
	for _, name := range []string{"session", "database", "versions", "nls"} {
		r, err := o.Rows(ctx, bundle.Find(name))
		var absent *Absent
		if errors.As(err, &absent) {
			continue
		}
		if err != nil {
			return m, err
		}
		o.done[name] = r
	}
	identify(&m, func(extract string) [][]string { return o.done[extract].Rows })
	if err := o.known(ctx); err != nil {
		return m, err
	}
	m.Level = "all"
	if o.facts.Catalog {
		m.Level = "dba"
	}
	return m, nil
}

// known refuses a schema that is not there: most likely it is misspelt.
func (o *Oracle) known(ctx context.Context) error {
	if len(o.opt.Schemas) == 0 {
		return nil
	}
	rows, err := o.text(ctx, "SELECT username FROM all_users")
	if err != nil {
		return err
	}
	seen := map[string]bool{}
	for _, r := range rows.rows {
		seen[r[0]] = true
	}
	for _, s := range o.opt.Schemas {
		if !seen[s] {
			return &model.Error{Code: bundle.CodeUnknownName, Op: "collect", Err: fmt.Errorf("there is no user %s", s), Hint: "users: " + strings.Join(sortedKeys(seen), ", ")}
		}
	}
	return nil
}

// Rows asks for an extract with the richest views that may be read.
func (o *Oracle) Rows(ctx context.Context, e *bundle.Extract) (Rows, error) {
	if r, ok := o.done[e.Name]; ok {
		return r, nil
	}
	switch {
	case e.Only == bundle.FromFiles:
		return Rows{}, &Absent{Reason: bundle.ReasonOrigin, Detail: "only scripts have it"}
	case e.Pack == bundle.Diagnostics && !o.opt.Diagnostics, e.Pack == bundle.Statspack && !o.opt.Statspack, e.Pack == bundle.Audit && !o.opt.Audit:
		return Rows{}, &Absent{Reason: bundle.ReasonPack, Detail: string(e.Pack) + " was not asked for"}
	case !o.until.IsZero() && time.Now().After(o.until):
		return Rows{}, &Absent{Reason: bundle.ReasonTime}
	}
	queries := sqlplus.Queries(e, sqlplus.Options{Schemas: o.opt.Schemas, Days: o.opt.Days}, o.version)
	if len(queries) == 0 {
		return Rows{}, &Absent{Reason: bundle.ReasonVersion, Detail: o.facts.Version}
	}
	var why error
	for i := range queries {
		q := &queries[i]
		denied, err := o.readable(ctx, q)
		if err != nil {
			return Rows{}, err
		}
		if denied != nil {
			why = cmp.Or(why, denied)
			continue
		}
		return o.again(ctx, func() (Rows, error) {
			if e.Form == bundle.FormDDL {
				return o.ddl(ctx, q)
			}
			return o.extract(ctx, e, q)
		})
	}
	reason := bundle.ReasonFailed
	if errors.Is(why, connect.ErrNoRights) {
		reason = bundle.ReasonPrivilege
	}
	return Rows{}, &Absent{Reason: reason, Detail: oracleText(why)}
}

func oracleText(err error) string {
	var e *connect.OracleError
	if errors.As(err, &e) {
		return e.Text
	}
	return err.Error()
}

// readable says why the views of a query cannot be read; nil is that they can.
func (o *Oracle) readable(ctx context.Context, q *sqlplus.Query) (denied, err error) {
	for _, v := range q.Views {
		was, known := o.views[v]
		if !known {
			_, err := o.again(ctx, func() (Rows, error) {
				_, err := o.text(ctx, "SELECT NULL FROM "+v+" WHERE 1 = 0")
				return Rows{}, err
			})
			var absent *Absent
			switch {
			case errors.As(err, &absent):
				was = absent.cause
			case err != nil:
				return nil, err
			}
			o.views[v] = was
		}
		if was != nil {
			return was, nil
		}
	}
	return nil, nil
}

// again runs something that reads. An error of the database is why an extract is absent; a lost session is opened anew, and
// a snapshot that is too old begun anew, once.
func (o *Oracle) again(ctx context.Context, f func() (Rows, error)) (Rows, error) {
	for try := 0; ; try++ {
		r, err := f()
		var e *connect.OracleError
		switch {
		case err == nil:
			return r, nil
		case ctx.Err() != nil:
			return r, ctx.Err()
		case try == 0 && (o.se.Broken() != nil || errors.Is(err, connect.ErrLost)):
			_ = o.Close()
			if err := o.login(ctx); err != nil {
				return r, err
			}
		case try == 0 && errors.Is(err, connect.ErrSnapshotTooOld):
			if err := errors.Join(o.se.EndReadOnly(ctx), o.se.ReadOnly(ctx)); err != nil {
				return r, err
			}
		case o.se.Broken() == nil && errors.As(err, &e):
			a := &Absent{Reason: bundle.ReasonFailed, Detail: e.Text, cause: err}
			if errors.Is(err, connect.ErrNoRights) {
				a.Reason = bundle.ReasonPrivilege
			}
			return r, a
		default:
			return r, err
		}
	}
}

// extract runs the statement of an extract.
func (o *Oracle) extract(ctx context.Context, e *bundle.Extract, q *sqlplus.Query) (Rows, error) {
	got, err := o.text(ctx, q.SQL)
	if err != nil {
		return Rows{}, err
	}
	out := Rows{Level: q.Level, Damaged: got.damaged, Rows: make([][]string, 0, len(got.rows))}
	for _, r := range got.rows {
		row := make([]string, len(e.Columns))
		for i, at := range q.Columns {
			if err := bundle.CheckField(e.Columns[at], r[i]); err != nil {
				return Rows{}, fmt.Errorf("extract %s: column %s: %w", e.Name, e.Columns[at].Name, err)
			}
			row[at] = r[i]
		}
		out.Rows = append(out.Rows, row)
	}
	if e.Fold != "" {
		out.Rows = fold(e, out.Rows)
	}
	return out, nil
}

// fold joins rows that are lines of one text, in the order of their numbers.
func fold(e *bundle.Extract, rows [][]string) [][]string {
	_, line := e.Column(e.Fold)
	_, text := e.LongColumn()
	type folded struct {
		row   []string
		lines [][2]string
	}
	index := map[string]*folded{}
	var order []*folded
	for _, r := range rows {
		l := [2]string{r[line], r[text]}
		r[line], r[text] = "", ""
		key := strings.Join(r, "\x00")
		f := index[key]
		if f == nil {
			f = &folded{row: r}
			index[key] = f
			order = append(order, f)
		}
		f.lines = append(f.lines, l)
	}
	out := make([][]string, len(order))
	for i, f := range order {
		slices.SortStableFunc(f.lines, func(a, b [2]string) int { return cmp.Or(cmp.Compare(len(a[0]), len(b[0])), cmp.Compare(a[0], b[0])) })
		var b strings.Builder
		for _, l := range f.lines {
			b.WriteString(l[1])
		}
		f.row[text] = b.String()
		out[i] = f.row
	}
	return out
}

// ddl asks DBMS_METADATA object by object: it fails for single ones.
func (o *Oracle) ddl(ctx context.Context, q *sqlplus.Query) (Rows, error) {
	list, err := o.text(ctx, q.SQL)
	if err != nil {
		return Rows{}, err
	}
	out := Rows{Level: q.Level}
	var refused []string
	for _, r := range list.rows {
		owner, kind, name := r[0], r[1], r[2]
		got, err := o.text(ctx, "SELECT DBMS_METADATA.GET_DDL(:1, :2, :3) FROM dual", sqlplus.DDLKind(kind), name, owner)
		var e *connect.OracleError
		switch {
		case errors.As(err, &e) && o.se.Broken() == nil && !errors.Is(err, connect.ErrCancelled) && !errors.Is(err, connect.ErrSnapshotTooOld):
			refused = append(refused, kind+" "+owner+"."+name+": "+strings.Join(strings.Fields(e.Text), " "))
			continue
		case err != nil:
			return Rows{}, err
		}
		text := ""
		if len(got.rows) > 0 {
			text = got.rows[0][0]
		}
		out.Damaged += got.damaged
		out.Rows = append(out.Rows, []string{owner, kind, name, pad(1), text})
		if !o.until.IsZero() && time.Now().After(o.until) {
			out.Incomplete = fmt.Sprintf("out of time after %d of %d objects", len(out.Rows), len(list.rows))
			return out, nil
		}
	}
	if len(refused) > 0 {
		out.Incomplete = fmt.Sprintf("%d objects without a definition, the first: %s", len(refused), refused[0])
	}
	return out, nil
}

// answer is a result as text.
type answer struct {
	rows    [][]string
	damaged int
}

// text runs a query of text columns; NULL is "". Bytes that are no text become U+FFFD and are counted.
func (o *Oracle) text(ctx context.Context, sql string, args ...any) (answer, error) {
	var a answer
	rows, err := o.se.QueryWith(ctx, connect.Query{AllText: connect.ReplaceText, FetchRows: 500}, sql, args...)
	if err != nil {
		return a, err
	}
	for rows.Next(ctx) {
		row := make([]string, len(rows.Values()))
		for i, v := range rows.Values() {
			switch v := v.(type) {
			case nil:
			case string:
				row[i] = v
			default:
				return a, errors.Join(fmt.Errorf("%s is no text", rows.Columns()[i].Name), rows.Close())
			}
		}
		a.rows = append(a.rows, row)
	}
	for _, f := range rows.TextFaults() {
		a.damaged += f.Values
	}
	return a, errors.Join(rows.Err(), rows.Close())
}
