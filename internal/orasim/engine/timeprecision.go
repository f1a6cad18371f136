package engine

import (
	"strconv"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// timePrecisions tells whether the precisions of a datetime or interval are digits 0 to 9.
func (c *compiler) timePrecisions(t *ast.DataType) bool {
	if t.Kw != token.TIMESTAMP && t.Kw != token.INTERVAL {
		return true
	}
	args := t.Args
	if t.SecondArg != nil {
		args = append(args[:len(args):len(args)], t.SecondArg)
	}
	for _, a := range args {
		n, err := strconv.Atoi(c.f.Source(a))
		if err != nil || n < 0 || n > 9 {
			return false
		}
	}
	return true
}
