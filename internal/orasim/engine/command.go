package engine

import (
	"context"
	"slices"
	"strings"
	"time"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
	"landfall/internal/orasim/ora"
	"landfall/internal/orasim/session"
	"landfall/internal/orasim/store"
	"landfall/internal/orasim/value/datetime"
	"landfall/internal/orasim/value/number"
)

// command executes what is neither query nor DML.
func (s *Session) command(ctx context.Context, st *Statement, call *session.Call) (*session.Result, error) {
	c := &compiler{s: s, schema: s.schema, f: st.f, bindOf: st.bindOf}
	done := &session.Result{}
	if st.broken != nil {
		err := s.createBroken(ctx, c, st.broken)
		if err == nil {
			done.Warning = seam(ora.New(24344)).(*session.Error)
		}
		return done, err
	}
	switch n := st.stmt.(type) {
	case *ast.Commit:
		if len(n.Force) > 0 {
			return nil, c.unsupported(n, "COMMIT FORCE")
		}
		return done, s.commit(ctx)
	case *ast.Rollback:
		if n.Force != nil {
			return nil, c.unsupported(n, "ROLLBACK FORCE")
		}
		if n.To != nil {
			return done, s.rollbackTo(c.f.Last(n.To))
		}
		s.rollback()
		return done, nil
	case *ast.Savepoint:
		s.savepoint(c.f.Last(n.Name))
		return done, nil
	case *ast.SetTransaction:
		return done, s.setTransaction(c, n)
	case *ast.SetConstraints:
		return done, s.setConstraints(ctx, c, n)
	case *ast.LockTable:
		return done, s.lockTable(ctx, c, n)
	case *ast.AlterSession:
		return done, s.alterSession(c, n)
	case *ast.SetRole:
		return done, nil
	case *ast.SQLCall, *ast.ExplainPlan:
		return nil, c.unsupported(n, "statement")
	case *ast.Block:
		return s.block(ctx, st, n, call)
	}
	if c.f.Pos(st.stmt).Line > 0 && st.nbinds > 0 {
		return nil, ora.New(1027)
	}
	// DDL commits what was there before it, and itself
	if err := s.commit(ctx); err != nil {
		return nil, err
	}
	err := s.ddl(ctx, c, st.stmt)
	return done, err
}

// savepoint marks a place in the transaction; an older one of the name is gone.
func (s *Session) savepoint(name string) {
	tx := s.transaction()
	for i, p := range s.savepoints {
		if p.name == name {
			s.savepoints = append(s.savepoints[:i], s.savepoints[i+1:]...)
			break
		}
	}
	s.savepoints = append(s.savepoints, savepoint{name, tx.Mark(), s.deferred})
}

func (s *Session) rollbackTo(name string) error {
	for i := len(s.savepoints) - 1; i >= 0; i-- {
		if p := s.savepoints[i]; p.name == name && s.tx != nil {
			s.tx.RollbackTo(p.mark)
			s.deferred = p.deferred
			s.savepoints = s.savepoints[:i+1]
			return nil
		}
	}
	return ora.New(1086, name)
}

func (s *Session) setTransaction(c *compiler, n *ast.SetTransaction) error {
	if s.InTransaction() {
		return c.fail(n, 1453)
	}
	switch n.Mode {
	case token.ONLY:
		s.readOnly, s.serial2 = true, s.db.store.SCN()
	case token.SERIALIZABLE:
		s.serial2 = s.db.store.SCN()
	case token.WRITE, token.COMMITTED, 0:
	default:
		return c.unsupported(n, "SET TRANSACTION")
	}
	return nil
}

func (s *Session) setConstraints(ctx context.Context, c *compiler, n *ast.SetConstraints) error {
	if n.All {
		clear(s.constraintMode)
		s.constraintMode[""] = n.Deferred
	}
	for _, name := range n.Names {
		s.constraintMode[c.f.Last(name)] = n.Deferred
	}
	if n.Deferred || s.tx == nil {
		return nil
	}
	// made immediate: what is pending must hold now
	p := s.deferred
	if err := s.verify(s.execution(ctx), s.tx, &p, true); err != nil {
		return err
	}
	s.deferred = pending{}
	return nil
}

func (s *Session) lockTable(ctx context.Context, c *compiler, n *ast.LockTable) error {
	words := upper(c.f.Source(n.Mode))
	modes := map[string]store.LockMode{
		"ROW SHARE": store.RowShare, "SHARE UPDATE": store.RowShare, "ROW EXCLUSIVE": store.RowExclusive, "SHARE": store.Share,
		"SHARE ROW EXCLUSIVE": store.ShareRowExclusive, "EXCLUSIVE": store.Exclusive,
	}
	mode, ok := modes[strings.Join(strings.Fields(words), " ")]
	if !ok {
		return c.unsupported(n, "LOCK TABLE")
	}
	wait := store.WaitForever
	if n.NoWait {
		wait = store.Wait{}
	} else if n.Wait != nil {
		x, err := c.expr(n.Wait)
		if err != nil {
			return err
		}
		v, err := x.eval(c.still())
		if err != nil {
			return err
		}
		d, err := number.Decode(v)
		if err != nil {
			return numErr(err)
		}
		k, _ := d.Int()
		wait = store.Wait{Limit: time.Duration(k) * time.Second}
	}
	for _, target := range n.Tables {
		o := s.db.lookup(s.schema, c.f.Parts(target.Table))
		if o == nil || o.table == nil || o.table.dict != nil {
			return c.fail(target.Table, 942)
		}
		if !slices.ContainsFunc([]string{"SELECT", "INSERT", "UPDATE", "DELETE", "LOCK"}, func(p string) bool { return s.may(o.objectName, p) }) {
			return c.fail(target.Table, s.permit(o, "LOCK"))
		}
		if target.Part != 0 {
			return c.unsupported(target, "LOCK TABLE")
		}
		if err := s.transaction().LockTable(ctx, o.table.lock, mode, wait); err != nil {
			if ora.Code(err) == 30006 {
				return ora.New(54)
			}
			return err
		}
	}
	return nil
}

// alterSession sets what changes results, takes what does not, and refuses the rest.
func (s *Session) alterSession(c *compiler, n *ast.AlterSession) error {
	if n.Words != nil {
		text := upper(c.f.Source(n))
		for _, harmless := range []string{"PARALLEL DML", "PARALLEL DDL", "PARALLEL QUERY", "RESUMABLE", "COMMIT IN PROCEDURE"} {
			if strings.Contains(text, harmless) {
				return nil
			}
		}
		return c.unsupported(n, "ALTER SESSION")
	}
	for _, set := range n.Settings {
		name := upper(c.f.Last(set.Name))
		if len(set.Values) != 1 {
			return c.unsupported(set, "ALTER SESSION")
		}
		value := ""
		switch v := set.Values[0].(type) {
		case *ast.Name:
			value = c.f.Last(v)
		case *ast.Literal:
			value = c.f.Source(v)
			if v.Kind == ast.LitString {
				text, err := c.stringToken(v.Lo)
				if err != nil {
					return err
				}
				value = text
			}
		default:
			value = strings.TrimSpace(c.f.Source(v))
		}
		if err := s.set(c, set, name, value); err != nil {
			return err
		}
	}
	return nil
}

func (s *Session) set(c *compiler, n ast.Node, name, value string) error {
	up := upper(value)
	switch name {
	case "CURRENT_SCHEMA":
		s.db.mu.RLock()
		_, ok := s.db.users[value]
		s.db.mu.RUnlock()
		if !ok {
			return c.fail(n, 1435)
		}
		s.schema = value
		s.schemaSet++
		return nil
	case "TIME_ZONE":
		if up == "LOCAL" || up == "DBTIMEZONE" {
			s.zone = datetime.Zone{}
			return nil
		}
		z, err := parseZone(value)
		if err != nil {
			return err
		}
		s.zone = z
		return nil
	case "ERROR_ON_OVERLAP_TIME":
		s.overlapFails = up == "TRUE"
		return nil
	case "NLS_DATE_FORMAT":
		s.nls.Date = value
	case "NLS_TIMESTAMP_FORMAT":
		s.nls.Timestamp = value
	case "NLS_TIMESTAMP_TZ_FORMAT":
		s.nls.TimestampTZ = value
	case "NLS_DATE_LANGUAGE":
		s.nls.DateLanguage = up
		value = up
	case "NLS_NUMERIC_CHARACTERS":
		if len(value) != 2 || value[0] == value[1] {
			return c.fail(n, 12705)
		}
		s.nls.Decimal, s.nls.Group = value[0], value[1]
	case "NLS_CURRENCY":
		s.nls.Currency = value
	case "NLS_DUAL_CURRENCY":
		s.nls.DualCurrency = value
	case "NLS_LENGTH_SEMANTICS":
		s.charSem = up == "CHAR"
		value = up
	case "NLS_LANGUAGE":
		// names of days and months in other languages are refused where they are needed
		s.nls.DateLanguage = up
		s.params["NLS_DATE_LANGUAGE"] = up
		value = up
	case "NLS_TERRITORY":
		if up != "AMERICA" {
			return c.unsupported(n, "territory")
		}
	case "NLS_SORT", "NLS_COMP":
		if up != "BINARY" {
			return c.unsupported(n, "linguistic sorting")
		}
	case "NLS_CALENDAR":
		if up != "GREGORIAN" {
			return c.unsupported(n, "calendar")
		}
	case "NLS_ISO_CURRENCY", "NLS_TIME_FORMAT", "NLS_TIME_TZ_FORMAT", "NLS_NCHAR_CONV_EXCP":
		if name == "NLS_ISO_CURRENCY" && up != "AMERICA" {
			return c.unsupported(n, "currency")
		}
	case "ISOLATION_LEVEL":
		if up == "SERIALIZABLE" {
			return c.unsupported(n, "ALTER SESSION")
		}
		return nil
	case "STATISTICS_LEVEL", "OPTIMIZER_MODE", "OPTIMIZER_GOAL", "CURSOR_SHARING", "SQL_TRACE", "TRACEFILE_IDENTIFIER", "EVENTS", "DB_FILE_MULTIBLOCK_READ_COUNT",
		"PLSQL_OPTIMIZE_LEVEL", "PLSQL_WARNINGS", "DDL_LOCK_TIMEOUT", "RESULT_CACHE_MODE", "WORKAREA_SIZE_POLICY", "SORT_AREA_SIZE", "HASH_AREA_SIZE", "PARALLEL_DEGREE_POLICY",
		"_SERIAL_DIRECT_READ", "OPTIMIZER_DYNAMIC_SAMPLING", "SKIP_UNUSABLE_INDEXES", "TIMED_STATISTICS", "MAX_DUMP_FILE_SIZE":
		return nil
	default:
		return c.unsupported(n, "ALTER SESSION")
	}
	if _, ok := s.params[name]; ok {
		s.params[name] = value
	}
	s.db.version.Add(1) // lengths and formats are compiled in
	return nil
}
