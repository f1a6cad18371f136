// Package grammar asks TiDB's own parser whether it takes SQL: rung 3 of the ladder of evidence for the MySQL family.
//
// Input -> output: SQL in, the places that the parser does not take out. No names are looked up and no server is
// needed; what a server would say about tables, types, limits and switches is not known here. The parser is plain Go:
// nothing has to be made ready. A Checker may be used by any number of goroutines.
package grammar

import (
	"fmt"
	"regexp"
	"runtime/debug"
	"strconv"
	"strings"
	"sync"

	"github.com/pingcap/tidb/pkg/parser"
	_ "github.com/pingcap/tidb/pkg/parser/test_driver" // makes the literals; TiDB's own driver would bring the server along
)

const parserModule = "github.com/pingcap/tidb/pkg/parser"

// Problem is one place that the parser does not take. Line and Col count from 1 in the text that was checked; 0 where
// the parser names no place.
type Problem struct {
	Line, Col int
	Message   string
}

// String is line:col: message.
func (p Problem) String() string { return fmt.Sprintf("%d:%d: %s", p.Line, p.Col, p.Message) }

// Checker judges SQL by TiDB's parser. The zero value is not usable; see New.
type Checker struct{ parsers sync.Pool }

// New makes a checker.
func New() *Checker {
	return &Checker{parsers: sync.Pool{New: func() any { return parser.New() }}}
}

// Check gives the first problem of a text of any number of statements; none means that the parser takes all of it.
func (c *Checker) Check(sql string) []Problem {
	p := c.parsers.Get().(*parser.Parser)
	defer c.parsers.Put(p)
	if _, _, err := p.ParseSQL(sql); err != nil {
		return []Problem{problem(err.Error())}
	}
	return nil
}

// Name says whose grammar it is, with its version.
func (c *Checker) Name() string { return Name() }

// Name says whose grammar it is, with the date of its version: the module has no other.
func Name() string {
	version := ""
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, d := range info.Deps {
			if d.Path == parserModule {
				version = d.Version
			}
		}
	}
	if parts := strings.Split(version, "-"); len(parts) == 3 && len(parts[1]) == 14 {
		return "TiDB parser of " + parts[1][:4] + "-" + parts[1][4:6] + "-" + parts[1][6:8]
	}
	return "TiDB parser"
}

// place is how the parser says where: line 3 column 14 near "...".
var place = regexp.MustCompile(`line (\d+) column (\d+) near ("(?s:.*))$`)

func problem(message string) Problem {
	m := place.FindStringSubmatch(message)
	if m == nil {
		return Problem{Message: message}
	}
	line, _ := strconv.Atoi(m[1]) // digits: place says so
	col, _ := strconv.Atoi(m[2])
	near := strings.Join(strings.Fields(m[3]), " ")
	if len(near) > 60 {
		near = strings.ToValidUTF8(near[:60], "") + " ..."
	}
	return Problem{Line: line, Col: col, Message: "syntax error near " + near}
}
