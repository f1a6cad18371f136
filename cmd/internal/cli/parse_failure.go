package cli

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"landfall/internal/oracle/syntax/ast"
)

// syntaxFailure turns an error of the front end into a line of the report.
func syntaxFailure(tree *ast.File, e *ast.Error) parseFailure {
	pos := tree.OffsetPos(e.Off)
	msg := e.Msg
	if len(e.Expected) > 0 {
		msg += ", expected " + orList(e.Expected)
	}
	return parseFailure{
		File: pos.File, Line: pos.Line, Col: pos.Col,
		Message: withHint(msg, e.Hint), hint: e.Hint, excerpt: lineAt(tree, int(e.Off)),
	}
}

func withHint(msg, hint string) string {
	if hint == "" {
		return msg
	}
	return msg + " (hint: " + hint + ")"
}

func orList(words []string) string {
	if len(words) == 1 {
		return words[0]
	}
	return strings.Join(words[:len(words)-1], ", ") + " or " + words[len(words)-1]
}

// excerptBytes bounds what is shown of a line on either side of a position; generated scripts have lines of
// megabytes.
const excerptBytes = 100

// lineAt is the line that an offset lies in, cut to the surroundings of the offset, with a mark "\x00" put
// where the caret belongs.
func lineAt(tree *ast.File, off int) string {
	off = min(off, len(tree.Src))
	lo, hi := max(0, off-excerptBytes), min(len(tree.Src), off+excerptBytes)
	head, tail := tree.Src[lo:off], tree.Src[off:hi]
	if i := bytes.LastIndexAny(head, "\r\n"); i >= 0 {
		head = head[i+1:]
	} else {
		for lo > 0 && len(head) > 0 && !utf8.RuneStart(head[0]) {
			head = head[1:]
		}
	}
	if i := bytes.IndexAny(tail, "\r\n"); i >= 0 {
		tail = tail[:i]
	}
	for len(tail) > 0 && !utf8.Valid(tail) {
		tail = tail[:len(tail)-1]
	}
	return string(head) + "\x00" + string(tail)
}
