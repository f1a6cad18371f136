package workload

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// trace reads SQL trace files (event 10046, DBMS_MONITOR.SESSION_TRACE_ENABLE). A cursor is named by a number, which is
// used again for another statement when it is closed: what was counted for it is handed on then. Records it knows:
// PARSING IN CURSOR ... END OF STMT, PARSE, EXEC, FETCH, BINDS, CLOSE; WAIT, STAT, XCTEND and the rest are passed over.
// (My Oracle Support 39817.1, "Interpreting Raw SQL_TRACE output".)
type trace struct {
	l       *lines
	sink    Sink
	cursors map[string]*cursor
	module  string
	sys     int64 // statements of SYS itself
	lost    int64 // records of cursors whose text is not in the file
	err     error
}

type cursor struct {
	s       Statement
	names   []string
	named   bool
	sys     bool
	touched bool
}

// maxCursors is how many are kept; an Oracle session has far fewer open (OPEN_CURSORS).
const maxCursors = 1 << 16

var (
	parsing = regexp.MustCompile(`^PARSING IN CURSOR #(\d+) len=(\d+) dep=(\d+) uid=(\d+) oct=(\d+) lid=(\d+)`)
	call    = regexp.MustCompile(`^(PARSE|EXEC|FETCH|CLOSE|BINDS) #(\d+):(.*)$`)
	refused = regexp.MustCompile(`^PARSE ERROR #(\d+):len=(\d+).* err=(\d+)`)
	sqlid   = regexp.MustCompile(`sqlid='([0-9a-z]{13})'`)
	module  = regexp.MustCompile(`^\*\*\* MODULE NAME:\(([^)]*)\)`)
	bindNo  = regexp.MustCompile(`^ ?Bind#(\d+)`)
	dty     = regexp.MustCompile(`oacdty=(\d+)(?: mxl=(\d+))?`)
)

// traceTypes are Oracle's numbers of data types (Call Interface Programmer's Guide, "Data Types").
var traceTypes = map[string]string{
	"1": "VARCHAR2", "2": "NUMBER", "3": "NUMBER", "4": "NUMBER", "5": "VARCHAR2", "8": "LONG", "9": "VARCHAR2", "11": "ROWID", "12": "DATE", "23": "RAW", "24": "LONG RAW",
	"96": "CHAR", "97": "CHAR", "100": "BINARY_FLOAT", "101": "BINARY_DOUBLE", "102": "REF CURSOR", "112": "CLOB", "113": "BLOB", "180": "TIMESTAMP", "181": "TIMESTAMP WITH TIME ZONE", "187": "TIMESTAMP", "188": "TIMESTAMP WITH TIME ZONE",
	"178": "DATE", "208": "UROWID", "231": "TIMESTAMP WITH LOCAL TIME ZONE", "252": "BOOLEAN",
}

func readTrace(l *lines, sink Sink) error {
	t := &trace{l: l, sink: sink, cursors: map[string]*cursor{}}
	for t.err == nil && l.next() {
		t.line(l.text)
	}
	if t.err != nil || l.failure() != nil {
		return t.err
	}
	for _, c := range t.inOrder() {
		t.give(c)
	}
	pos := l.pos()
	pos.Line = 1
	if t.sys > 0 {
		sink.Problem(Problem{Pos: pos, Kind: Assumed, Reason: fmt.Sprintf("%d statements of SYS, which the server runs for itself, are left out", t.sys)})
	}
	if t.lost > 0 {
		sink.Problem(Problem{Pos: pos, Kind: Malformed, Reason: fmt.Sprintf("%d calls are of cursors whose text is not in the file", t.lost), Hint: "they were parsed before the trace began, or max_dump_file_size cut it"})
	}
	return t.err
}

// inOrder are the cursors by their place.
func (t *trace) inOrder() []*cursor {
	list := make([]*cursor, 0, len(t.cursors))
	for _, c := range t.cursors {
		list = append(list, c)
	}
	sortBy(list, func(c *cursor) int { return c.s.Pos.Line })
	return list
}

func (t *trace) line(text string) {
	switch {
	case strings.HasPrefix(text, "PARSING IN CURSOR"):
		t.parsing(text)
	case strings.HasPrefix(text, "PARSE ERROR"):
		t.refused(text)
	case strings.HasPrefix(text, "*** MODULE"):
		if m := module.FindStringSubmatch(text); m != nil {
			t.module = m[1]
		}
	default:
		if m := call.FindStringSubmatch(text); m != nil {
			t.call(m[1], m[2], m[3])
		}
	}
}

func (t *trace) parsing(text string) {
	m := parsing.FindStringSubmatch(text)
	pos := t.l.pos()
	if m == nil {
		t.sink.Problem(Problem{Pos: pos, Kind: Malformed, Reason: "a PARSING IN CURSOR record of unknown form", Head: head(text)})
		return
	}
	c := &cursor{s: Statement{Pos: pos, Kind: KindTrace, Origin: "SQL trace", Module: t.module}}
	if m[3] != "0" {
		c.s.Origin = "SQL trace, inside PL/SQL"
	}
	c.sys = m[4] == "0" && m[6] == "0" && m[3] != "0"
	if id := sqlid.FindStringSubmatch(text); id != nil {
		c.s.SQLID = id[1]
	}
	var b strings.Builder
	ended, long := false, false
	for t.l.next() {
		if t.l.text == "END OF STMT" {
			ended = true
			break
		}
		if t.l.cut || b.Len()+len(t.l.text) > MaxText {
			long = true
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(t.l.text)
	}
	c.s.Text = Terminated(b.String())
	if old := t.cursors[m[1]]; old != nil {
		t.give(old)
		delete(t.cursors, m[1])
	}
	switch {
	case !ended:
		t.sink.Problem(Problem{Pos: pos, Kind: Malformed, Reason: "the file ends inside the text of a statement", Hint: "max_dump_file_size cut the trace", Head: head(c.s.Text)})
		return
	case long:
		t.sink.Problem(tooLong(pos, c.s.Text))
		return
	case c.s.Text == "":
		t.sink.Problem(Problem{Pos: pos, Kind: Malformed, Reason: "a cursor without text"})
		return
	}
	if len(t.cursors) >= maxCursors {
		t.sink.Problem(Problem{Pos: pos, Kind: Malformed, Reason: fmt.Sprintf("more than %d cursors are open", maxCursors), Head: head(c.s.Text)})
		return
	}
	t.cursors[m[1]] = c
}

// refused is a statement that the server did not take; its text follows until the next record.
func (t *trace) refused(text string) {
	pos := t.l.pos()
	code := ""
	if m := refused.FindStringSubmatch(text); m != nil {
		code = " with ORA-" + fmt.Sprintf("%05s", m[3])
	}
	if t.l.next() {
		t.sink.Problem(Problem{Pos: pos, Kind: Assumed, Reason: "Oracle refused this statement" + code + "; it does not count", Head: head(t.l.text)})
	}
}

func (t *trace) call(what, number, rest string) {
	c := t.cursors[number]
	if what == "BINDS" {
		t.binds(c)
		return
	}
	if c == nil {
		if number != "0" {
			t.lost++
		}
		return
	}
	for _, f := range strings.Split(rest, ",") {
		name, v, _ := strings.Cut(f, "=")
		n, err := strconv.ParseInt(v, 10, 64)
		if err != nil || n < 0 {
			continue
		}
		switch {
		case name == "e" && what != "CLOSE":
			c.s.Elapsed += time.Duration(n) * time.Microsecond
		case name == "r" && what != "PARSE" && what != "CLOSE":
			c.s.Rows += n
		}
	}
	c.touched = true
	if what == "EXEC" {
		c.s.Executions++
	}
}

// binds reads the block below BINDS: indented lines, one group a variable.
func (t *trace) binds(c *cursor) {
	var b *Bind
	for t.l.next() {
		text := t.l.text
		if m := bindNo.FindStringSubmatch(text); m != nil {
			n, err := strconv.Atoi(m[1])
			if err != nil || c == nil {
				b = nil
				continue
			}
			if !c.named {
				c.names, c.named = bindNames(c.s.Text), true
			}
			name := nameOf(c.names, n+1)
			c.s.Binds = addBind(c.s.Binds, Bind{Name: name})
			for i := range c.s.Binds {
				if c.s.Binds[i].Name == name {
					b = &c.s.Binds[i]
				}
			}
			continue
		}
		if !strings.HasPrefix(text, "  ") && !strings.HasPrefix(text, " No oacdef") {
			t.l.back()
			return
		}
		if b == nil {
			continue
		}
		if m := dty.FindStringSubmatch(text); m != nil {
			typ := traceTypes[strings.TrimLeft(m[1], "0")]
			if m[2] != "" && (typ == "VARCHAR2" || typ == "CHAR" || typ == "RAW") {
				typ += "(" + strings.TrimLeft(m[2], "0") + ")"
			}
			b.sentAs(typ)
			continue
		}
		if v, ok := strings.CutPrefix(strings.TrimSpace(text), "value="); ok {
			t.value(b, v)
		}
	}
}

// value takes a value, which may go on over line breaks inside its quotes.
func (t *trace) value(b *Bind, v string) {
	if strings.HasPrefix(v, `"`) {
		for n := 0; !(len(v) > 1 && strings.HasSuffix(v, `"`)) && n < 64 && t.l.next(); n++ {
			if call.MatchString(t.l.text) || bindNo.MatchString(t.l.text) {
				t.l.back()
				break
			}
			v += "\n" + t.l.text
		}
		v = strings.TrimSuffix(strings.TrimPrefix(v, `"`), `"`)
	}
	if len(b.Values) < maxValues {
		b.Values = keep(b.Values, v, maxValues)
	}
}

// give hands on what was counted for a cursor.
func (t *trace) give(c *cursor) {
	switch {
	case t.err != nil || !c.touched:
	case c.sys:
		t.sys++
	default:
		t.err = t.sink.Statement(c.s)
	}
}
