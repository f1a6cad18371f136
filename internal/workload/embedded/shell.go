package embedded

import (
	"regexp"
	"strings"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/parser"
	"landfall/internal/workload"
)

var (
	document      = regexp.MustCompile(`(?:^|[^<])<<(-?)\s*(\\?['"]?)([A-Za-z_!][\w!]*)['"]?`)
	tools         = regexp.MustCompile(`(?i)\b(sqlplus|sql|rman|isql|tbsql|sqlcl)\b`)
	pipedInto     = regexp.MustCompile(`(?i)\|\s*(?:\S*/)?(?:sqlplus|sqlcl|sql|isql|tbsql)\b`)
	shellVariable = regexp.MustCompile(`\$\{[^}\n]*\}|\$[A-Za-z_]\w*|\$[0-9@*#?]|\$\([^)]*\)|` + "`[^`]*`")
	saying        = regexp.MustCompile(`(?:^|[\s;(&|])(echo|printf|print)\s+(?:-\w+\s+)*$`)
)

// shell reads here documents of lines that call SQL*Plus or that hold SQL, and texts in quotes: piped into SQL*Plus, given
// to it with <<<, or kept in variables.
func (s *scanner) shell() error {
	from := 0 // what stands in no document
	for at := 0; at < len(s.s); {
		end, next := s.lineAt(at)
		line := s.s[at:end]
		if m := document.FindStringSubmatch(line); m != nil && !strings.HasPrefix(strings.TrimSpace(line), "#") {
			body, after := s.document(next, m[3], m[1] == "-")
			form := workload.FormShell
			if m[2] != "" {
				form = workload.FormPlain
			}
			if err := s.quotes(from, next); err != nil {
				return err
			}
			if tools.MatchString(line) || strings.HasSuffix(strings.TrimRight(s.s[:at], "\n"), "\\") && tools.MatchString(s.continued(at)) || verb.MatchString(s.s[next:body]) && shape.MatchString(s.s[next:body]) {
				if err := s.script(next, body, form, form == workload.FormShell); err != nil {
					return err
				}
			}
			next, from = after, after
		}
		at = next
	}
	return s.quotes(from, len(s.s))
}

// continued is the line that goes on with the one that begins at a place.
func (s *scanner) continued(at int) string {
	for at > 1 && s.s[at-1] == '\n' && s.s[at-2] == '\\' {
		at = strings.LastIndexByte(s.s[:at-1], '\n') + 1
	}
	end, _ := s.lineAt(at)
	return s.s[at:end]
}

// quotes reads the texts in quotes between two places.
func (s *scanner) quotes(from, to int) error {
	for at := from; at < to; at++ {
		switch c := s.s[at]; {
		case c == '\\':
			at++
		case c == '#' && (at == 0 || strings.ContainsRune(" \t\n;", rune(s.s[at-1]))):
			end, _ := s.lineAt(at)
			at = end
		case c == '\'' || c == '"':
			lo := at + 1
			for at = lo; at < to && s.s[at] != c; at++ {
				if c == '"' && s.s[at] == '\\' {
					at++
				}
			}
			if at >= to {
				return nil
			}
			if err := s.quotedText(lo, at, c == '"'); err != nil {
				return err
			}
		}
	}
	return nil
}

// quotedText is one text in quotes: a script where it goes to SQL*Plus, else perhaps a statement.
func (s *scanner) quotedText(lo, hi int, replaced bool) error {
	if !verb.MatchString(s.s[lo:hi]) && !strings.Contains(s.s[lo:hi], "\n") {
		return nil
	}
	form := workload.FormFixed
	start := strings.LastIndexByte(s.s[:lo], '\n') + 1
	before := s.s[start : lo-1]
	end, _ := s.lineAt(hi)
	if strings.Contains(before, "<<<") || pipedInto.MatchString(s.s[hi:end]) {
		return s.script(lo, hi, form, replaced)
	}
	ctx := unknown
	if saying.MatchString(before) {
		ctx = shown
	}
	t := s.shellText(lo, hi, replaced, true)
	return s.emit(t.pieces(s.src.Name, 0, len(t.text), lo+1, form, s.s), ctx, lo)
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

// shellText is a text as SQL*Plus gets it from the shell, with names in place of what the shell puts in.
type shellText struct {
	text  []byte
	at    []int    // for each byte its place in the file, and for the end
	holes [][2]int // bytes of the text
}

// shellText unescapes a text. replaced says that the shell looks into it; quoted, that it stands in quotes, where the
// backslashes of printf and echo count too.
func (s *scanner) shellText(lo, hi int, replaced, quoted bool) shellText {
	var t shellText
	add := func(c byte, at int) { t.text, t.at = append(t.text, c), append(t.at, at) }
	for i := lo; i < hi; i++ {
		c := s.s[i]
		next := byte(0)
		if i+1 < hi {
			next = s.s[i+1]
		}
		switch {
		case c == '\\' && replaced && next == '\n': // the line goes on
			i++
		case c == '\\' && replaced && next != 0 && strings.IndexByte("$`\\\"", next) >= 0 && (next != '"' || quoted):
			add(next, i)
			i++
		case c == '\\' && quoted && next == 'n':
			add('\n', i)
			i++
		case replaced && (c == '$' || c == '`'):
			m := shellVariable.FindStringIndex(s.s[i:min(hi, i+maxVariable)])
			if m == nil || m[0] != 0 {
				add(c, i)
				break
			}
			from := len(t.text)
			for n := range m[1] {
				add("hx"[min(n, 1)], i+n)
			}
			t.holes = append(t.holes, [2]int{from, len(t.text)})
			i += m[1] - 1
		default:
			add(c, i)
		}
	}
	t.at = append(t.at, hi)
	return t
}

// maxVariable is how long what the shell puts in may be written.
const maxVariable = 2000

// pieces are those of some bytes of the text.
func (t *shellText) pieces(file string, lo, hi, run int, form workload.Form, src string) (list []workload.Piece) {
	holes := t.holes
	for at := lo; at < hi; {
		for len(holes) > 0 && holes[0][1] <= at {
			holes = holes[1:]
		}
		seg := workload.Segment{File: file, Lo: t.at[at], Form: form, Run: run}
		if len(holes) > 0 && holes[0][0] == at && holes[0][1] <= hi {
			at = holes[0][1]
			seg.Hi, seg.Holds = t.at[at-1]+1, workload.HoldsHole
			seg.Name = src[seg.Lo:seg.Hi]
			list = append(list, workload.Piece{Segment: seg})
			continue
		}
		from := at
		for at++; at < hi && t.at[at] == t.at[at-1]+1 && (len(holes) == 0 || at < holes[0][0] || at >= holes[0][1]); at++ {
		}
		seg.Hi = t.at[at-1] + 1
		if at < len(t.at) && at-from == 1 { // an escape
			seg.Hi = t.at[at]
			if t.at[at] > t.at[from]+2 {
				seg.Hi = t.at[from] + 1
			}
		}
		list = append(list, workload.Piece{Text: string(t.text[from:at]), Segment: seg})
	}
	return list
}

// script reads a piece of the file as a SQL*Plus script.
func (s *scanner) script(lo, hi int, form workload.Form, replaced bool) error {
	t := s.shellText(lo, hi, replaced, form == workload.FormFixed)
	var fail error
	parser.ParseEach(s.src.Name, t.text, parser.Options{}, func(f *ast.File, st ast.Stmt) {
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
			s.sink.Problem(workload.Problem{Pos: s.src.Pos(t.at[f.Tokens[span.Lo].Off]), Kind: workload.Unresolved, Reason: "a statement for SQL*Plus cannot be read as it stands", Hint: "its text depends on variables of the shell"})
			return
		}
		from, to := int(f.Tokens[span.Lo].Off), int(f.Tokens[span.Hi-1].End())
		if _, block := st.(*ast.Block); block && to < len(t.text) && t.text[to] == ';' {
			to++
		}
		fail = s.emit(t.pieces(s.src.Name, from, to, lo+1, form, s.s), script, t.at[from])
	})
	return fail
}
