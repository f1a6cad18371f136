package support

import "strings"

// The schema is read once in every run that uses it, also in runs over a script of a few lines: regular expressions over
// all of its text would be most of such a run.

// mention is "landfall.name" in a text.
type mention struct {
	name string
	call bool // "(" stands behind it, or it is the FUNC of an aggregate
}

// mentions finds the names of the schema in SQL without comments.
func mentions(sql string) []mention {
	const prefix = "landfall."
	var list []mention
	for at := 0; ; {
		i := strings.Index(sql[at:], prefix)
		if i < 0 {
			return list
		}
		i += at
		at = i + len(prefix)
		end := nameEnd(sql, at)
		if end == at || i > 0 && wordByte(sql[i-1]) || end < len(sql) && wordByte(sql[end]) {
			continue
		}
		m := mention{name: sql[at:end], call: strings.HasSuffix(sql[:i], "FUNC = ")}
		m.call = m.call || strings.HasPrefix(strings.TrimLeft(sql[end:], " \t\r\n\f"), "(")
		list = append(list, m)
		at = end
	}
}

// head is the beginning of CREATE OR REPLACE KIND landfall.name( at the start of a line.
type head struct {
	kind, name string
	behind     int // the offset behind the bracket
}

// heads finds what a text creates.
func heads(sql string) []head {
	const prefix = "CREATE OR REPLACE "
	var list []head
	for at := 0; at < len(sql); {
		if strings.HasPrefix(sql[at:], prefix) {
			kind, rest, _ := strings.Cut(sql[at+len(prefix):], " landfall.")
			switch kind {
			case "FUNCTION", "PROCEDURE", "AGGREGATE":
				if end := nameEnd(rest, 0); end > 0 && end < len(rest) && rest[end] == '(' {
					list = append(list, head{kind: kind, name: rest[:end], behind: len(sql) - len(rest) + end + 1})
				}
			}
		}
		i := strings.IndexByte(sql[at:], '\n')
		if i < 0 {
			break
		}
		at += i + 1
	}
	return list
}

// nameEnd is the end of the name that begins at an offset, the offset itself where none does.
func nameEnd(s string, at int) int {
	end := at
	for end < len(s) && (s[end] >= 'a' && s[end] <= 'z' || s[end] == '_' || end > at && s[end] >= '0' && s[end] <= '9') {
		end++
	}
	return end
}

func wordByte(c byte) bool {
	return c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}

// withoutComments is SQL without what stands behind -- in its lines.
func withoutComments(sql string) string {
	if !strings.Contains(sql, "--") {
		return sql
	}
	var b strings.Builder
	b.Grow(len(sql))
	for line := range strings.Lines(sql) {
		code, _, cut := strings.Cut(line, "--")
		b.WriteString(code)
		if cut && strings.HasSuffix(line, "\n") {
			b.WriteByte('\n')
		}
	}
	return b.String()
}
