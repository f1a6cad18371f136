package embedded

import (
	"strconv"
	"strings"

	"landfall/internal/workload"
)

// properties reads the values of a properties file that are SQL: key = value, with lines that go on behind a backslash.
func (s *scanner) properties() error {
	for at := 0; at < len(s.s); {
		end, next := s.lineAt(at)
		line := s.s[at:end]
		if t := strings.TrimSpace(line); t == "" || t[0] == '#' || t[0] == '!' {
			at = next
			continue
		}
		eq := keyEnd(line)
		if eq < 0 {
			at = next
			continue
		}
		p := piecer{t: &tokenizer{src: s.src, s: s.s, run: at + 1}, form: workload.FormProperty}
		lo := at + eq + 1
		lo += len(line[eq+1:]) - len(strings.TrimLeft(line[eq+1:], " \t\f"))
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

// keyEnd is where a key ends: at the first =, : or space that has no backslash in front, spaces around the sign being part of
// it; -1 where there is no value.
func keyEnd(line string) int {
	at := len(line) - len(strings.TrimLeft(line, " \t\f"))
	for ; at < len(line) && !strings.ContainsRune("=: \t\f", rune(line[at])); at++ {
		if line[at] == '\\' {
			at++
		}
	}
	if at >= len(line) {
		return -1
	}
	if rest := strings.TrimLeft(line[at:], " \t\f"); rest != "" && (rest[0] == '=' || rest[0] == ':') {
		return len(line) - len(rest)
	}
	return at
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
