package engine

import (
	"context"
	"crypto/md5"
	"encoding/binary"
	"hash/fnv"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"landfall/internal/oracle/syntax/printer"
	"landfall/internal/orasim/session"
)

// cursorCache keeps what statements were run and how much they did, for V$SQLAREA and V$SQL_BIND_CAPTURE.
type cursorCache struct {
	mu       sync.Mutex
	list     map[string]*cachedCursor // by text and schema
	counters struct{ logons, commits, rollbacks, parses, executions atomic.Uint64 }
}

// cachedCursors is how many statements are kept; what comes later is not.
const cachedCursors = 20000

// cachedCursor is one statement. Its figures are under cursorCache.mu.
type cachedCursor struct {
	text, schema, module, action string
	id                           string
	signature, exact             uint64
	command                      int
	first, last                  time.Time
	executions, rows, fetches    uint64
	parses                       uint64
	elapsed                      time.Duration
	binds                        []capturedBind
	captured                     time.Time
}

// capturedBind is one bind with the value that it had when it was last looked at.
type capturedBind struct {
	name, kind, value string
	size              int
}

// sqlID is the id that Oracle gives a text: the last 8 bytes of the MD5 of the text and a zero byte, in base 32.
func sqlID(text string) string {
	sum := md5.Sum(append([]byte(text), 0))
	n := uint64(binary.LittleEndian.Uint32(sum[8:]))<<32 | uint64(binary.LittleEndian.Uint32(sum[12:]))
	const digits = "0123456789abcdfghjkmnpqrstuvwxyz"
	var b [13]byte
	for i := 12; i >= 0; i-- {
		b[i] = digits[n&31]
		n >>= 5
	}
	return string(b[:])
}

// commandTypes are V$SQLCOMMAND's numbers.
var commandTypes = map[session.Kind]int{session.Query: 3, session.Insert: 2, session.Update: 6, session.Delete: 7, session.Merge: 189, session.Block: 47, session.Declare: 47, session.CallStmt: 170, session.Explain: 50}

// cursor enters a statement that was parsed; nil when it is none that is kept.
func (s *Session) cursor(st *Statement, text string) *cachedCursor {
	c := &s.db.cache
	c.counters.parses.Add(1)
	command, ok := commandTypes[st.kind]
	if !ok || s.loading {
		return nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	key := s.schema + "\x00" + text
	k := c.list[key]
	if k == nil {
		if len(c.list) >= cachedCursors {
			return nil
		}
		s.clientMu.Lock()
		client := s.client
		s.clientMu.Unlock()
		k = &cachedCursor{text: text, schema: s.schema, module: client.Module, action: client.Action, id: sqlID(text), command: command, first: s.db.clock(), exact: signature(strings.Join(strings.Fields(text), " "))}
		if k.module == "" {
			k.module = s.login.Program
		}
		_, k.signature = printer.Fingerprint(st.f, st.stmt)
		if c.list == nil {
			c.list = map[string]*cachedCursor{}
		}
		c.list[key] = k
	}
	k.parses++
	return k
}

func signature(text string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(text))
	return h.Sum64()
}

// ran notes an execution.
func (c *cursorCache) ran(k *cachedCursor, st *Statement, call *session.Call, took time.Duration, rows uint64) {
	c.counters.executions.Add(1)
	if k == nil {
		return
	}
	now := st.s.db.clock()
	c.mu.Lock()
	defer c.mu.Unlock()
	k.executions++
	k.elapsed += took
	k.rows += rows
	k.last = now
	if len(call.Binds) > 0 && (k.captured.IsZero() || now.Sub(k.captured) > 15*time.Minute) { // as often as Oracle looks
		k.captured = now
		k.binds = nil
		for i, b := range call.Binds {
			x := capturedBind{name: st.bindName(i), size: b.Size}
			t := bindType(b)
			x.kind, _, _, _ = t.dictType(1)
			if t.kind.text() {
				x.kind += "(" + itoa(b.Size) + ")"
			}
			if len(call.Rows) > 0 && call.Rows[0][i] != nil && !t.kind.lob() {
				if v, err := st.s.bindValue(b, call.Rows[0][i]); err == nil {
					to := toText(t.kind)
					if to == nil {
						x.value = string(v)
					} else if text, err := to(&env{ex: st.s.execution(context.Background())}, v); err == nil {
						x.value = string(text)
					}
				}
			}
			k.binds = append(k.binds, x)
		}
	}
}

// fetched notes the rows that a client took of a query.
func (c *cursorCache) fetched(k *cachedCursor, rows uint64) {
	if k == nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	k.rows += rows
	k.fetches++
}

// bindName is :NAME of a bind by its place.
func (st *Statement) bindName(i int) string {
	for tok, at := range st.bindOf {
		if at == i {
			return ":" + strings.TrimPrefix(st.f.Ident(tok), ":")
		}
	}
	return ""
}

// cursorViews are statements in memory.
var cursorViews []dictView

func init() {
	area := "sql_text:v sql_fulltext:c sql_id:i version_count:n loaded_versions:n fetches:n executions:n parse_calls:n disk_reads:n buffer_gets:n direct_writes:n sorts:n rows_processed:n command_type:n cpu_time:n elapsed_time:n module:i action:i parsing_user_id:n parsing_schema_id:n parsing_schema_name:i first_load_time:i last_load_time:d last_active_time:d plan_hash_value:n force_matching_signature:n exact_matching_signature:n program_id:n program_line#:n con_id:n@12.1"
	cursorViews = []dictView{
		{name: "V$SQLAREA", columns: area, rows: func(s *Session, put putRow) { dictSQL(s, put) }},
		{name: "V$SQL", columns: area + " child_number:n", rows: func(s *Session, put putRow) { dictSQL(s, put, "child_number", 0) }},
		{
			name: "V$SQL_BIND_CAPTURE", rows: dictBinds,
			columns: "sql_id:i child_number:n name:i position:n dup_position:n datatype:n datatype_string:i character_sid:n precision:n scale:n max_length:n was_captured:i last_captured:d value_string:v con_id:n@12.1",
		},
	}
}

// sorted are the statements by id and schema.
func (c *cursorCache) sorted() []cachedCursor {
	c.mu.Lock()
	defer c.mu.Unlock()
	list := make([]cachedCursor, 0, len(c.list))
	for _, k := range c.list {
		list = append(list, *k)
	}
	slices.SortFunc(list, func(a, b cachedCursor) int { return strings.Compare(a.id+a.schema, b.id+b.schema) })
	return list
}

func dictSQL(s *Session, put putRow, more ...any) {
	for _, k := range s.db.cache.sorted() {
		short := k.text
		for len(short) > 1000 {
			short = short[:len(short)-1]
		}
		micros := uint64(k.elapsed.Microseconds())
		put(append([]any{
			"sql_text", strings.ToValidUTF8(short, ""), "sql_fulltext", k.text, "sql_id", k.id, "version_count", 1, "loaded_versions", 1, "fetches", k.fetches, "executions", k.executions, "parse_calls", k.parses, "disk_reads", 0,
			"direct_writes", 0, "rows_processed", k.rows, "command_type", k.command, "cpu_time", micros, "elapsed_time", micros, "module", k.module, "action", k.action, "parsing_schema_name", k.schema,
			"first_load_time", k.first.UTC().Format("2006-01-02/15:04:05"), "last_load_time", k.first, "last_active_time", k.last, "force_matching_signature", k.signature, "exact_matching_signature", k.exact,
			"program_id", 0, "program_line#", 0, "con_id", 0,
		}, more...)...)
	}
}

func dictBinds(s *Session, put putRow) {
	for _, k := range s.db.cache.sorted() {
		for i, b := range k.binds {
			put("sql_id", k.id, "child_number", 0, "name", b.name, "position", i+1, "datatype_string", b.kind, "max_length", b.size, "was_captured", "YES", "last_captured", k.captured, "value_string", b.value, "con_id", 0)
		}
	}
}
