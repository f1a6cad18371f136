package embedded

import (
	"regexp"
	"strconv"
	"strings"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/parser"
	"landfall/internal/workload"
)

var (
	document      = regexp.MustCompile(`<<(-?)\s*(\\?['"]?)([A-Za-z_!][\w!]*)['"]?`)
	tools         = regexp.MustCompile(`(?i)\b(sqlplus|sql|rman|isql|tbsql|sqlcl)\b`)
	quotedIn      = regexp.MustCompile(`(?s)\b(?:echo|printf)\s+"((?:[^"\\]|\\.)*)"\s*\|\s*(?:\S*/)?(?:sqlplus|sqlcl)\b`)
	shellVariable = regexp.MustCompile(`\$\{?[A-Za-z_]\w*\}?|\$\([^)]*\)|` + "`[^`]*`")
)

// shell reads here documents of lines that call SQL*Plus, and what is piped into it.
func (s *scanner) shell() error {
	for at := 0; at < len(s.s); {
		end, next := s.lineAt(at)
		line := s.s[at:end]
		if m := document.FindStringSubmatch(line); m != nil && tools.MatchString(line) && !strings.HasPrefix(strings.TrimSpace(line), "#") {
			body, after := s.document(next, m[3], m[1] == "-")
			form := workload.FormShell
			if m[2] != "" {
				form = workload.FormPlain
			}
			if err := s.script(next, body, form); err != nil {
				return err
			}
			next = after
		}
		at = next
	}
	for _, m := range quotedIn.FindAllStringSubmatchIndex(s.s, -1) {
		if err := s.script(m[2], m[3], workload.FormFixed); err != nil {
			return err
		}
	}
	return nil
}

// lineAt is where the line that begins at a place ends, and where the next one begins.
func (s *scanner) lineAt(at int) (end, next int) {
	n := strings.IndexByte(s.s[at:], '\n')
	if n < 0 {
		return len(s.s), len(s.s)
	}
	return at + n, at + n + 1
}

// document finds where a here document ends.
func (s *scanner) document(from int, end string, tabs bool) (hi, after int) {
	for at := from; at < len(s.s); {
		stop, next := s.lineAt(at)
		line := strings.TrimRight(s.s[at:stop], "\r")
		if tabs {
			line = strings.TrimLeft(line, "\t")
		}
		if line == end {
			return at, next
		}
		at = next
	}
	return len(s.s), len(s.s)
}

// script reads a piece of the file as a SQL*Plus script. What the shell replaces there are holes: the text that is parsed has
// names of the same length in their places.
func (s *scanner) script(lo, hi int, form workload.Form) error {
	src := []byte(s.s[lo:hi])
	var holes [][]int
	if form != workload.FormPlain {
		holes = shellVariable.FindAllIndex(src, -1)
		for _, h := range holes {
			name := "h"
			if h[1]-h[0] > 1 {
				name += strings.Repeat("x", h[1]-h[0]-1)
			}
			copy(src[h[0]:h[1]], name)
		}
	}
	var fail error
	parser.ParseEach(s.src.Name, src, parser.Options{}, func(f *ast.File, st ast.Stmt) {
		span := st.Range()
		if fail != nil || span.Empty() {
			return
		}
		switch x := st.(type) {
		case *ast.EmptyStmt:
			return
		case *ast.PlusCommand:
			if len(x.Body) == 0 {
				return
			}
		case *ast.BadStmt:
			s.sink.Problem(workload.Problem{Pos: s.src.Pos(lo + int(f.Tokens[span.Lo].Off)), Kind: workload.Unresolved, Reason: "a statement of the here document cannot be read as it stands", Hint: "its text depends on variables of the shell"})
			return
		}
		from, to := int(f.Tokens[span.Lo].Off), int(f.Tokens[span.Hi-1].End())
		if _, block := st.(*ast.Block); block && to < len(src) && src[to] == ';' {
			to++
		}
		var pieces []workload.Piece
		at := from
		add := func(lo2, hi2 int) {
			if lo2 < hi2 {
				pieces = append(pieces, workload.Piece{Text: s.s[lo+lo2 : lo+hi2], Segment: workload.Segment{File: s.src.Name, Lo: lo + lo2, Hi: lo + hi2, Form: form, Run: lo + 1}})
			}
		}
		for _, h := range holes {
			if h[0] < at || h[1] > to {
				continue
			}
			add(at, h[0])
			pieces = append(pieces, workload.Piece{Segment: workload.Segment{File: s.src.Name, Lo: lo + h[0], Hi: lo + h[1], Form: form, Run: lo + 1, Holds: workload.HoldsHole, Name: s.s[lo+h[0] : lo+h[1]]}})
			at = h[1]
		}
		add(at, to)
		fail = s.emit(pieces, sent, lo+from)
	})
	return fail
}

// properties reads the values of a properties file that are SQL: key = value, with lines that go on behind a backslash.
func (s *scanner) properties() error {
	for at := 0; at < len(s.s); {
		end, next := s.lineAt(at)
		line := s.s[at:end]
		if t := strings.TrimSpace(line); t == "" || t[0] == '#' || t[0] == '!' {
			at = next
			continue
		}
		eq := strings.IndexAny(line, "=:")
		if eq < 0 {
			at = next
			continue
		}
		p := piecer{t: &tokenizer{src: s.src, s: s.s, run: at + 1}, form: workload.FormProperty}
		lo := at + eq + 1
		lo += len(line[eq+1:]) - len(strings.TrimLeft(line[eq+1:], " \t"))
		hi := end
		for {
			stop := hi
			for stop > lo && (s.s[stop-1] == '\r') {
				stop--
			}
			if stop <= lo || s.s[stop-1] != '\\' || hi >= len(s.s) {
				p.property(lo, stop)
				break
			}
			p.property(lo, stop-1)
			n := hi + 1
			for n < len(s.s) && (s.s[n] == ' ' || s.s[n] == '\t') {
				n++
			}
			p.escape("", stop-1, n)
			lo = n
			if e := strings.IndexByte(s.s[n:], '\n'); e >= 0 {
				hi = n + e
			} else {
				hi = len(s.s)
			}
			next = min(hi+1, len(s.s))
		}
		if err := s.emit(p.list, unknown, first(p.list, at)); err != nil {
			return err
		}
		if next <= at {
			break
		}
		at = next
	}
	return nil
}

// property adds a piece of a value with its escapes.
func (p *piecer) property(lo, hi int) {
	start := lo
	for at := lo; at < hi; at++ {
		if p.t.s[at] != '\\' || at+1 >= hi {
			continue
		}
		p.flush(start, at)
		c := p.t.s[at+1]
		value := map[byte]string{'n': "\n", 't': "\t", 'r': "\r", 'f': " "}[c]
		if value == "" {
			value = string(c)
		}
		size := 2
		if n, err := strconv.ParseUint(p.t.s[min(at+2, hi):min(at+6, hi)], 16, 32); c == 'u' && err == nil && at+6 <= hi {
			value, size = string(rune(n)), 6
		}
		p.escape(value, at, at+size)
		at += size - 1
		start = at + 1
	}
	p.flush(min(start, hi), hi)
}
