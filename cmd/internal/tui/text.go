package tui

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// span is a run of text of one look. Its text holds no control characters: see clean.
type span struct {
	look look
	text string
}

// line is one row of a pane.
type line []span

func plain(format string, args ...any) line { return line{{text: clean(fmt.Sprintf(format, args...))}} }

// clean makes text safe for a terminal: what could steer it, or turn the text around and hide code, is shown as a sign.
func clean(s string) string {
	ok := true
	for i := 0; i < len(s) && ok; i++ {
		ok = s[i] >= ' ' && s[i] < 0x7F
	}
	if ok {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		i += n
		switch {
		case r == utf8.RuneError && n == 1:
			b.WriteRune('\uFFFD')
		case r == '\t':
			b.WriteString("    ")
		case r == '\r':
		case r < ' ':
			b.WriteRune(0x2400 + r)
		case r == 0x7F:
			b.WriteRune(0x2421)
		case r >= 0x80 && r < 0xA0, r >= 0x200B && r <= 0x200F, r >= 0x2028 && r <= 0x202E, r >= 0x2060 && r <= 0x206F, r == 0xFEFF:
			b.WriteRune('\u00B7')
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

func (l line) text() string {
	var b strings.Builder
	for _, s := range l {
		b.WriteString(s.text)
	}
	return b.String()
}

func (l line) width() int { return ansi.StringWidth(l.text()) }

// draw writes exactly w columns of the line from column left on, with an ellipsis where it is cut. over, where it is not
// the zero look, is put on all of it.
func (l line) draw(w, left int, over look) string {
	if w <= 0 {
		return ""
	}
	total := l.width()
	from, to := min(left, total), min(left+w, total)
	before, behind := from > 0 && from < total, to < total
	if before {
		from++
	}
	if behind {
		to--
	}
	var b strings.Builder
	used := 0
	put := func(s string, k look) {
		if s == "" {
			return
		}
		used += ansi.StringWidth(s)
		if over != 0 {
			k = over
		}
		b.WriteString(k.on(s))
	}
	if before {
		put("…", lookFaint)
	}
	at := 0
	for _, s := range l {
		n := ansi.StringWidth(s.text)
		lo, hi := max(from-at, 0), min(to-at, n)
		if lo < hi {
			if lo > 0 || hi < n {
				put(ansi.Cut(s.text, lo, hi), s.look)
			} else {
				put(s.text, s.look)
			}
		}
		at += n
	}
	if behind && used < w {
		put("…", lookFaint)
	}
	if used > w { // a wide character that stood across the edge
		return ansi.Truncate(b.String(), w, "")
	}
	put(strings.Repeat(" ", w-used), lookPlain)
	return b.String()
}

// wrap breaks text into lines of at most w columns.
func wrap(s string, w int, k look) []line {
	var out []line
	for _, para := range strings.Split(strings.TrimSpace(s), "\n") {
		for _, l := range strings.Split(ansi.Wrap(clean(para), max(w, 4), " "), "\n") {
			out = append(out, line{{k, strings.TrimRight(l, " ")}})
		}
	}
	return out
}

// rightAligned puts two texts at the ends of a line of w columns; the right one gives way.
func rightAligned(left, right line, w int) line {
	gap := w - left.width() - right.width()
	if gap < 1 {
		return left
	}
	return append(append(append(line{}, left...), span{text: strings.Repeat(" ", gap)}), right...)
}
