package plsql

import "landfall/internal/orasim/ora"

// Output is the buffer of DBMS_OUTPUT of a session (PL/SQL Packages and Types Reference, DBMS_OUTPUT).
type Output struct {
	enabled bool
	limit   int // bytes; 0 is no limit
	used    int
	lines   []string
	open    bool // the last line has no end yet
	read    bool // lines were taken: what is left is dropped when more is written
}

// maxLine is how long a line may be.
const maxLine = 32767

func (o *Output) put(text string, end bool) error {
	if !o.enabled {
		return nil
	}
	if o.read {
		o.lines, o.used, o.open, o.read = nil, 0, false, false
	}
	begun := 0
	if o.open {
		begun = len(o.lines[len(o.lines)-1])
	}
	if begun+len(text) > maxLine {
		return &ora.Error{Code: 20000, Text: "ORU-10028: line length overflow, limit of 32767 bytes per line"}
	}
	if o.limit > 0 && o.used+len(text) > o.limit {
		return &ora.Error{Code: 20000, Text: "ORU-10027: buffer overflow, limit of " + itoa(o.limit) + " bytes"}
	}
	o.used += len(text)
	if !o.open {
		o.lines = append(o.lines, "")
	}
	o.lines[len(o.lines)-1] += text
	o.open = !end
	return nil
}

// Enable makes the buffer take lines, up to a limit of bytes; 0 is none.
func (o *Output) Enable(limit int) { o.enabled, o.limit = true, limit }

// Take gives up to n lines that are finished.
func (o *Output) Take(n int) []string {
	done := len(o.lines)
	if o.open {
		done--
	}
	n, o.read = max(0, min(n, done)), true
	out := o.lines[:n:n]
	o.lines = o.lines[n:]
	for _, l := range out {
		o.used -= len(l)
	}
	return out
}

func init() {
	line := func(end bool) func(r *Run, a []*Bound) error {
		return func(r *Run, a []*Bound) error { return r.Host.Output().put(a[0].Text(), end) }
	}
	register(map[string]*Native{
		"DBMS_OUTPUT.PUT_LINE": Procedure("a:VARCHAR2", line(true)),
		"DBMS_OUTPUT.PUT":      Procedure("a:VARCHAR2", line(false)),
		"DBMS_OUTPUT.NEW_LINE": Procedure("", func(r *Run, _ []*Bound) error { return r.Host.Output().put("", true) }),
		"DBMS_OUTPUT.ENABLE": Procedure("buffer_size?NUMBER", func(r *Run, a []*Bound) error {
			size, err := a[0].IntOr(0)
			if err != nil {
				return err
			}
			if !a[0].Given() {
				size = 20000
			}
			if size != 0 {
				size = min(max(size, 2000), 1000000)
			}
			r.Host.Output().Enable(size)
			return nil
		}),
		"DBMS_OUTPUT.DISABLE": Procedure("", func(r *Run, _ []*Bound) error {
			*r.Host.Output() = Output{}
			return nil
		}),
		"DBMS_OUTPUT.GET_LINE": Procedure("line>VARCHAR2 status>NUMBER", func(r *Run, a []*Bound) error {
			got := r.Host.Output().Take(1)
			a[0].Value, a[1].Value = []byte(nil), numberOf(1)
			if len(got) > 0 {
				a[0].Value, a[1].Value = textOf(got[0]), numberOf(0)
			}
			return nil
		}),
		"DBMS_OUTPUT.GET_LINES": Procedure("lines>LINES numlines<>NUMBER", func(r *Run, a []*Bound) error {
			n, ok, err := a[1].Int()
			if err != nil || !ok {
				return err
			}
			got := r.Host.Output().Take(n)
			list := a[0].Type.empty().(*Collection)
			list.Null = false
			for _, l := range got {
				if err := list.appendAll([]any{textOf(l)}); err != nil {
					return err
				}
			}
			a[0].Value, a[1].Value = list, numberOf(len(got))
			return nil
		}),
	})
}

func textOf(s string) []byte {
	if s == "" {
		return nil
	}
	return []byte(s)
}
