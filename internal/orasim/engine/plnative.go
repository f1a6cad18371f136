package engine

import (
	"strings"
	"time"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/orasim/engine/plsql"
	"landfall/internal/orasim/ora"
	"landfall/internal/orasim/session"
	"landfall/internal/orasim/value/number"
)

// Native implements plsql.Host: routines of Oracle's packages that are about the session.
func (h plHost) Native(name string) *plsql.Native {
	if f := plNatives[name]; f != nil {
		return f(h.s)
	}
	return nil
}

// plNatives are made for a session when a block calls them.
var plNatives map[string]func(s *Session) *plsql.Native

func init() {
	client := func(params string, what session.ClientFields, set func(a []*plsql.Bound) session.Client) func(s *Session) *plsql.Native {
		return func(s *Session) *plsql.Native {
			return plsql.Procedure(params, func(_ *plsql.Run, a []*plsql.Bound) error {
				s.SetClient(what, set(a))
				return nil
			})
		}
	}
	nothing := func(params string) func(s *Session) *plsql.Native {
		return func(*Session) *plsql.Native {
			return plsql.Procedure(params, func(*plsql.Run, []*plsql.Bound) error { return nil })
		}
	}
	value := func(t string, v []byte) func(s *Session) *plsql.Native {
		return func(*Session) *plsql.Native {
			return plsql.Function(t, "", func(*plsql.Run, []*plsql.Bound) (any, error) { return v, nil })
		}
	}
	sleep := func(*Session) *plsql.Native { return plsql.Procedure("seconds:NUMBER", sleepFor) }
	stats := " estimate_percent?ANY block_sample?ANY method_opt?ANY degree?ANY granularity?ANY cascade?ANY stattab?ANY statid?ANY"
	plNatives = map[string]func(s *Session) *plsql.Native{
		"DBMS_APPLICATION_INFO.SET_MODULE": client("module_name:VARCHAR2 action_name:VARCHAR2", session.Module|session.Action, func(a []*plsql.Bound) session.Client {
			return session.Client{Module: a[0].Text(), Action: a[1].Text()}
		}),
		"DBMS_APPLICATION_INFO.SET_ACTION":      client("action_name:VARCHAR2", session.Action, func(a []*plsql.Bound) session.Client { return session.Client{Action: a[0].Text()} }),
		"DBMS_APPLICATION_INFO.SET_CLIENT_INFO": client("client_info:VARCHAR2", session.ClientInfo, func(a []*plsql.Bound) session.Client { return session.Client{Info: a[0].Text()} }),
		"DBMS_SESSION.SET_IDENTIFIER":           client("client_id:VARCHAR2", session.Identifier, func(a []*plsql.Bound) session.Client { return session.Client{Identifier: a[0].Text()} }),
		"DBMS_SESSION.SET_NLS": func(s *Session) *plsql.Native {
			return plsql.Procedure("param:VARCHAR2 value:VARCHAR2", func(_ *plsql.Run, a []*plsql.Bound) error {
				c := &compiler{s: s, f: &ast.File{}}
				return s.set(c, nil2{}, upper(a[0].Text()), strings.Trim(a[1].Text(), "'"))
			})
		},
		"DBMS_SESSION.SET_CONTEXT": func(s *Session) *plsql.Native {
			return plsql.Procedure("namespace:VARCHAR2 attribute:VARCHAR2 value:VARCHAR2", func(_ *plsql.Run, a []*plsql.Bound) error {
				return contextError(s.setContext(a[0].Text(), false, map[string]string{a[1].Text(): a[2].Text()}))
			})
		},
		"DBMS_SESSION.CLEAR_ALL_CONTEXT": func(s *Session) *plsql.Native {
			return plsql.Procedure("namespace:VARCHAR2", func(_ *plsql.Run, a []*plsql.Bound) error {
				return contextError(s.setContext(a[0].Text(), true, nil))
			})
		},
		"DBMS_LOCK.SLEEP": sleep, "DBMS_SESSION.SLEEP": sleep,
		"DBMS_STATS.GATHER_TABLE_STATS":   nothing("ownname:VARCHAR2 tabname:VARCHAR2 partname?ANY" + stats + " statown?ANY no_invalidate?ANY stattype?ANY force?ANY"),
		"DBMS_STATS.GATHER_SCHEMA_STATS":  nothing("ownname:VARCHAR2" + stats + " options?ANY statown?ANY no_invalidate?ANY force?ANY"),
		"DBMS_STATS.AUTO_SAMPLE_SIZE":     value("NUMBER", count(0)),
		"DBMS_STATS.AUTO_CASCADE":         value("BOOLEAN", nil),
		"DBMS_STATS.AUTO_DEGREE":          value("NUMBER", count(32768)),
		"DBMS_METADATA.SESSION_TRANSFORM": value("NUMBER", count(-1)),
		"DBMS_METADATA.SET_TRANSFORM_PARAM": func(s *Session) *plsql.Native {
			return plsql.Procedure("transform_handle:NUMBER name:VARCHAR2 value?ANY object_type?VARCHAR2", func(_ *plsql.Run, a []*plsql.Bound) error {
				if i, ok, err := a[0].Int(); err != nil || !ok || i != -1 {
					return ora.Unsupported("a transform that is not the session's")
				}
				on := true
				if a[2].Given() {
					if a[2].Type.Scalar.(typ).kind != kBool || a[2].Bytes() == nil {
						return ora.Unsupported("a transform parameter that is not TRUE or FALSE")
					}
					on = a[2].Bytes()[0] == 1
				}
				return s.setTransform(a[1].Text(), on)
			})
		},
		"DBMS_FLASHBACK.DISABLE": func(s *Session) *plsql.Native {
			return plsql.Procedure("", func(*plsql.Run, []*plsql.Bound) error {
				s.serial2 = 0
				return nil
			})
		},
		"DBMS_UTILITY.GET_TIME": func(s *Session) *plsql.Native {
			return plsql.Function("NUMBER", "", func(*plsql.Run, []*plsql.Bound) (any, error) {
				return count(int(s.db.clock().UnixMilli() / 10 & 0x7fffffff)), nil
			})
		},
	}
}

// contextError says that a context may not be set by who is no package of its own.
func contextError(ok bool) error {
	if !ok {
		return ora.New(1031)
	}
	return nil
}

// sleepFor waits, and ends when the client cancels.
func sleepFor(r *plsql.Run, a []*plsql.Bound) error {
	if a[0].Bytes() == nil {
		return ora.New(6502, "")
	}
	d, err := number.Decode(a[0].Bytes())
	if err != nil {
		return numErr(err)
	}
	t := time.NewTimer(time.Duration(d.Float() * float64(time.Second)))
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-r.Ctx.Done():
		return ora.New(1013)
	}
}
