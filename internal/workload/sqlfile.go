package workload

import (
	"bytes"
	"fmt"
	"io"
	"regexp"
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/parser"
)

// maxFile is the most that is read of formats which cannot be read in pieces.
const maxFile = 256 << 20

// statLine is a comment that holds what is known of the statement behind it:
//
//	-- id=W001 schema=INS_CORE module=policy executions=12 elapsed_ms=30 binds=:b1:VARCHAR2:'x'
//
// elapsed_ms is of all executions, each_ms of one.
var statLine = regexp.MustCompile(`(?m)^[ \t]*--[ \t]*((?:id|sql_id|schema|module|user|executions|elapsed_ms|each_ms|rows|binds)=.*)$`)

var statField = regexp.MustCompile(`^(id|sql_id|schema|module|user|executions|elapsed_ms|each_ms|rows)=(\S*)[ \t]*`)

// readSQL reads SQL text as SQL*Plus ends statements.
func readSQL(l *lines, sink Sink) error {
	src, whole, err := l.all(maxFile)
	if err != nil {
		return nil //nolint:nilerr // lines tells it
	}
	if !whole {
		sink.Problem(Problem{Pos: model.Pos{File: l.name}, Kind: Unreadable, Reason: fmt.Sprintf("the file is larger than %d MiB", maxFile>>20), Hint: "split it, or write it as JSON lines"})
		return nil
	}
	var (
		from int
		fail error
	)
	parser.ParseEach(l.name, src, parser.Options{}, func(f *ast.File, st ast.Stmt) {
		span := st.Range()
		if fail != nil || span.Empty() {
			return
		}
		lo, hi := int(f.Tokens[span.Lo].Off), int(f.Tokens[span.Hi-1].End())
		if lo < from {
			return
		}
		before := src[from:lo]
		from = hi
		switch x := st.(type) {
		case *ast.EmptyStmt:
			return
		case *ast.PlusCommand:
			if len(x.Body) == 0 {
				return
			}
		}
		s := Statement{Text: f.Source(st), Pos: f.Pos(st), Kind: KindSQL, Origin: "SQL file"}
		if _, block := st.(*ast.Block); block {
			s.Text += ";" // which is a block's own
		}
		if len(s.Text) > MaxText {
			sink.Problem(tooLong(s.Pos, s.Text))
			return
		}
		if m := statLine.FindAllSubmatch(before, -1); m != nil {
			if err := readStat(&s, string(m[len(m)-1][1])); err != nil {
				sink.Problem(Problem{Pos: s.Pos, Kind: Malformed, Reason: "comment in front of the statement: " + err.Error(), Hint: "the statement counts without it"})
			}
		}
		fail = sink.Statement(s)
	})
	return fail
}

func readStat(s *Statement, line string) error {
	fields := map[string]string{}
	for line = strings.TrimSpace(line); line != ""; {
		if b, ok := strings.CutPrefix(line, "binds="); ok {
			fields["binds"] = b
			break
		}
		m := statField.FindStringSubmatch(line)
		if m == nil {
			return fmt.Errorf("expected name=value, found %s", head(line))
		}
		name := m[1]
		if name == "id" {
			name = "sql_id"
		}
		fields[name] = m[2]
		line = line[len(m[0]):]
	}
	return fill(s, fields)
}

// all reads what is left, up to a limit; whole is false when there is more.
func (l *lines) all(limit int64) (src []byte, whole bool, err error) {
	var b bytes.Buffer
	if _, err := b.ReadFrom(io.LimitReader(l.r, limit+1)); err != nil {
		l.err = err
		return nil, false, err
	}
	if l.ctx.Err() != nil {
		l.err = l.ctx.Err()
		return nil, false, l.err
	}
	return b.Bytes(), int64(b.Len()) <= limit, nil
}
