package plsql

import (
	"errors"
	"strconv"
	"strings"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/orasim/ora"
)

// exceptionDef is a name for errors: one number, or a declaration of its own.
type exceptionDef struct {
	name string
	code int
	user bool // declared without a number: only RAISE raises it
}

// predefined are the exceptions of STANDARD (PL/SQL Language Reference, "Predefined Exceptions").
var predefined = map[string]int{
	"ACCESS_INTO_NULL": 6530, "CASE_NOT_FOUND": 6592, "COLLECTION_IS_NULL": 6531, "CURSOR_ALREADY_OPEN": 6511, "DUP_VAL_ON_INDEX": 1, "INVALID_CURSOR": 1001,
	"INVALID_NUMBER": 1722, "LOGIN_DENIED": 1017, "NO_DATA_FOUND": 1403, "NO_DATA_NEEDED": 6548, "NOT_LOGGED_ON": 1012, "PROGRAM_ERROR": 6501, "ROWTYPE_MISMATCH": 6504,
	"SELF_IS_NULL": 30625, "STORAGE_ERROR": 6500, "SUBSCRIPT_BEYOND_COUNT": 6533, "SUBSCRIPT_OUTSIDE_LIMIT": 6532, "SYS_INVALID_ROWID": 1410, "TIMEOUT_ON_RESOURCE": 51,
	"TOO_MANY_ROWS": 1422, "VALUE_ERROR": 6502, "ZERO_DIVIDE": 1476,
}

// Exception is a raised exception on its way: the error, the lines that it has passed, and what was being handled when it was raised.
type Exception struct {
	err    *ora.Error
	def    *exceptionDef // of a user's exception without a number
	lines  []string      // ORA-06512, innermost first
	frame  *Frame        // whose line was added last
	before *Exception
}

func (x *Exception) Error() string { return x.err.Error() }

// Unwrap lets errors.As find the error of Oracle.
func (x *Exception) Unwrap() error { return x.err }

// stack is the whole text, with the lines of ORA-06512, without the first number.
func (x *Exception) stack() string {
	text := x.err.Text
	for _, l := range x.lines {
		text += "\n" + l
	}
	return text
}

// Final is the exception as the client of an unhandled one gets it.
func (x *Exception) Final() *ora.Error { return &ora.Error{Code: x.err.Code, Text: x.stack()} }

// raiseAt makes an error one that has come by a line of a frame.
func raiseAt(err error, fr *Frame, line int) error {
	var x *Exception
	if !errors.As(err, &x) {
		var e *ora.Error
		if !errors.As(err, &e) {
			return err // a fault of ours
		}
		plain := *e
		plain.Pos = 0
		x = &Exception{err: &plain}
		if h := fr.Run.handled; h != nil {
			x.before = h
		}
	}
	if x.frame == fr {
		return x
	}
	if len(x.lines) >= maxLines { // Oracle's buffer ends somewhere too
		x.frame = fr
		return x
	}
	if x.frame == nil && x.before != nil {
		// raised while another was being handled: that one stands below
		x.lines = append(x.lines, at(line))
		x.lines = append(x.lines, x.before.err.Error())
		x.lines = append(x.lines, x.before.lines...)
	} else {
		x.lines = append(x.lines, at(line))
	}
	x.frame = fr
	return x
}

// maxLines is how many lines an error keeps of where it came by.
const maxLines = 60

func at(line int) string { return "ORA-06512: at line " + strconv.Itoa(line) }

// line is where a node begins.
func (c *compiler) line(n ast.Node) int { return c.f.OffsetPos(uint32(c.offset(n))).Line }

// traced adds the line of a statement to what it raises.
func (c *compiler) traced(n ast.Node, s stmt) stmt {
	line := c.line(n)
	return func(fr *Frame) (*jump, error) {
		if err := fr.Run.tick(); err != nil {
			return nil, err
		}
		j, err := s(fr)
		if err != nil {
			return nil, raiseAt(err, fr, line)
		}
		return j, nil
	}
}

// caught gives the exception that a handler may take: what the simulated database cannot do, a cancel and faults of ours go through.
func caught(err error) *Exception {
	var x *Exception
	if !errors.As(err, &x) || x.err.Code == 3001 || x.err.Code == 1013 || x.err.Code == 600 {
		return nil
	}
	return x
}

// exceptionNamed finds the exception of a name.
func (c *compiler) exceptionNamed(n *ast.Name) (*exceptionDef, error) {
	parts := c.f.Parts(n)
	var e *entry
	switch {
	case len(parts) == 1:
		e, _ = c.find(parts[0])
	case len(parts) == 2:
		if s := c.labelled(parts[0]); s != nil {
			e = s.in(parts[1])
		}
	}
	if e != nil {
		if e.kind != isException {
			return nil, c.wrong(n, 485, "in exception handler, '%s' must be an exception name", strings.Join(parts, "."))
		}
		return e.exc, nil
	}
	name := parts[len(parts)-1]
	if len(parts) == 1 || len(parts) == 2 && (parts[0] == "STANDARD" || parts[0] == "SYS") {
		if code, ok := predefined[name]; ok {
			return &exceptionDef{name: name, code: code}, nil
		}
	}
	return nil, c.undeclared(n, parts)
}

func (d *exceptionDef) is(x *Exception) bool {
	if d.user {
		return x.def == d
	}
	return x.def == nil && x.err.Code == d.code
}

// raise is RAISE [exception].
func (c *compiler) raise(n *ast.Raise) (stmt, error) {
	if n.Exception == nil {
		if c.handlers == 0 {
			return nil, c.wrong(n, 367, "a RAISE statement with no exception name must be inside an exception handler")
		}
		return func(fr *Frame) (*jump, error) {
			h := fr.Run.handled
			if h == nil {
				return nil, ora.New(6510)
			}
			// the line of the RAISE comes first, those of where it was raised follow
			x := *h
			x.lines = append([]string{at(c.line(n))}, h.lines...)
			x.frame = fr
			return nil, &x
		}, nil
	}
	d, err := c.exceptionNamed(n.Exception)
	if err != nil {
		return nil, err
	}
	return func(fr *Frame) (*jump, error) {
		var e *ora.Error
		switch {
		case d.user:
			e = ora.New(6510)
		case d.code >= 20000 && d.code <= 20999:
			e = &ora.Error{Code: d.code}
		default:
			e = message(d.code)
		}
		x := &Exception{err: e, before: fr.Run.handled}
		if d.user {
			x.def = d
		}
		return nil, x
	}, nil
}

// message is the text of an error by its number alone: gaps of the text are empty, as SQLERRM leaves them.
func message(code int) *ora.Error {
	if !ora.Known(code) {
		return ora.Unsupported("the text of ORA-" + pad5(code))
	}
	return ora.Plain(code)
}

func pad5(n int) string {
	s := strconv.Itoa(n)
	return strings.Repeat("0", max(0, 5-len(s))) + s
}

// code is SQLCODE of an exception.
func (x *Exception) sqlcode() int {
	switch {
	case x == nil:
		return 0
	case x.def != nil:
		return 1
	case x.err.Code == 1403:
		return 100
	}
	return -x.err.Code
}

// sqlerrm is SQLERRM of an exception.
func (x *Exception) sqlerrm() string {
	switch {
	case x == nil:
		return "ORA-0000: normal, successful completion"
	case x.def != nil:
		return "User-Defined Exception"
	}
	return x.err.Error()
}

// errorText is SQLERRM(n).
func errorText(n int) (string, error) {
	switch {
	case n == 0:
		return "ORA-0000: normal, successful completion", nil
	case n == 100:
		return "ORA-01403: no data found", nil
	case n == 1:
		return "User-Defined Exception", nil
	case n > 0:
		return "-" + strconv.Itoa(n) + ": non-ORACLE exception ", nil
	case n <= -20000 && n >= -20999:
		return "ORA" + strconv.Itoa(n) + ": ", nil
	}
	if !ora.Known(-n) {
		return "", ora.Unsupported("the text of ORA-" + pad5(-n))
	}
	return ora.Plain(-n).Error(), nil
}
