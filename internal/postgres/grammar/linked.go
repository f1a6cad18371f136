//go:build pgquery && cgo

package grammar

import (
	"errors"
	"regexp"
	"strconv"

	"github.com/pganalyze/pg_query_go/v6/parser"
)

// linked is libpg_query linked in as C.
type linked struct{}

func newEngine() engine { return linked{} }

func (linked) name() string { return "libpg_query 17" }

func (linked) sql(text string) *fault {
	_, err := parser.ParseToProtobuf(text)
	return faultOf(err)
}

func (linked) plpgsql(text string) *fault {
	_, err := parser.ParsePlPgSqlToJSON(text)
	return faultOf(err)
}

func faultOf(err error) *fault {
	if err == nil {
		return nil
	}
	var e *parser.Error
	if !errors.As(err, &e) {
		return &fault{message: err.Error()}
	}
	return &fault{message: e.Message, cursor: e.Cursorpos, line: lineOf(e.Context)}
}

var contextLine = regexp.MustCompile(`near line (\d+)$`)

func lineOf(context string) int {
	m := contextLine.FindStringSubmatch(context)
	if m == nil {
		return 0
	}
	n, _ := strconv.Atoi(m[1]) // digits; too many of them are no line
	return n
}
