package connect

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"regexp"
	"strconv"
	"strings"

	"github.com/sijms/go-ora/v2/network"
)

// OracleError is an error that the database, or the way to it, gave.
type OracleError struct {
	Code  int    // 942; 0 when the driver failed without a number
	Text  string // "ORA-00942: table or view does not exist", more lines may follow
	Pos   int    // byte offset in the SQL that it is about, -1 when not known
	Op    string // what was being done: "log in", "query", "fetch"
	Cause error  // the driver's own error; may be nil
}

// Error is "op: text".
func (e *OracleError) Error() string {
	if e.Op == "" {
		return e.Text
	}
	return e.Op + ": " + e.Text
}

// Unwrap gives the driver's error.
func (e *OracleError) Unwrap() error { return e.Cause }

// ORACode is the number, for those who ask for it without knowing this package.
func (e *OracleError) ORACode() int { return e.Code }

// Is lets errors.Is ask for a class of errors: errors.Is(err, connect.ErrSnapshotTooOld).
func (e *OracleError) Is(target error) bool {
	c, ok := target.(*class)
	return ok && c.has(e)
}

// class is a kind of error, asked for by errors.Is.
type class struct {
	name  string
	codes []int
	op    string
}

func (c *class) Error() string { return c.name }

func (c *class) has(e *OracleError) bool {
	if c.op != "" && e.Op == c.op {
		return true
	}
	for _, code := range c.codes {
		if code == e.Code {
			return true
		}
	}
	return false
}

// Classes of errors. A *OracleError is one of them by its number, or by what was being done.
var (
	// ErrLogin: no session came to be, whatever the reason: network, listener, password, account (exit code 12).
	ErrLogin error = &class{name: "log in", op: opLogin}
	// ErrLost: the session is gone, by a kill, a crash or the network; another may work.
	ErrLost error = &class{name: "session lost", codes: []int{28, 603, 1012, 1033, 1034, 1089, 1092, 2396, 2399, 3113, 3114, 3135, 12152, 12537, 12547, 12570, 12571}, op: opLost}
	// ErrSnapshotTooOld: undo for the SCN is gone (ORA-01555, and ORA-22924 for LOBs), or the table was changed since (ORA-01466).
	ErrSnapshotTooOld error = &class{name: "snapshot too old", codes: []int{1555, 22924, 1466, 8180}}
	// ErrCancelled: stopped by us, at the end of a context or a time limit.
	ErrCancelled error = &class{name: "cancelled", codes: []int{1013}}
	// ErrNoRights: a privilege is missing, or the object is not there for this account.
	ErrNoRights error = &class{name: "no rights", codes: []int{942, 1031, 1039, 1720, 4043, 41900}}
	// ErrBusy: no session to be had now (ORA-00018, 00020, 02391, 12516, 12519, 12520).
	ErrBusy error = &class{name: "no session free", codes: []int{18, 20, 2391, 12516, 12518, 12519, 12520}}
)

const (
	opLogin = "log in"
	opLost  = "session lost"
	opQuery = "query"
	opFetch = "fetch"
	opExec  = "execute"
	opLOB   = "read LOB"
)

// ErrRefused is wrapped by the error for a statement that is not read-only.
var ErrRefused = errors.New("refused: not read-only")

// ErrTimeout is the cause of an interruption by a time limit.
var ErrTimeout = errors.New("no answer within the time limit")

var oraNumber = regexp.MustCompile(`ORA-(\d{5})`)

// wrap makes an *OracleError of what the driver said. in may be nil before there is a session.
func wrap(op string, err error, in *inner) error {
	if err == nil {
		return nil
	}
	var done *OracleError
	if errors.As(err, &done) {
		return err
	}
	e := &OracleError{Op: op, Pos: -1, Cause: err, Text: strings.TrimSpace(err.Error())}
	var ora *network.OracleError
	switch {
	case errors.As(err, &ora):
		e.Code, e.Text, e.Pos = ora.ErrCode, strings.TrimSpace(ora.ErrMsg), ora.ErrPos()
		if e.Text == "" {
			e.Text = strings.TrimSpace(ora.Error())
		}
	case errors.Is(err, driver.ErrBadConn):
		// the driver hides which one it was; its last summary has it
		e.Code, e.Text = in.lastError()
		if e.Code == 0 {
			e.Op, e.Text = opLost, "the connection is gone ("+op+")"
		}
	case lost(err):
		e.Op, e.Text = opLost, "the connection is gone ("+op+"): "+e.Text
	default:
		if m := oraNumber.FindStringSubmatch(e.Text); m != nil {
			e.Code, _ = strconv.Atoi(m[1])
		}
	}
	e.Text = strings.ToValidUTF8(e.Text, "?")
	if e.Code != 0 && !strings.HasPrefix(e.Text, "ORA-") {
		e.Text = strings.TrimSpace(fmt.Sprintf("ORA-%05d: %s", e.Code, e.Text))
	}
	if e.Code != 0 && op == opLogin {
		e.Op = opLogin
	}
	return e
}

// lost says that an error is the network's, not the server's.
func lost(err error) bool {
	var net net.Error
	return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.As(err, &net)
}

// cancelled says why an operation stopped that we interrupted.
func cancelled(op string, err error, cause error) error {
	if cause == nil {
		cause = context.Canceled
	}
	return &OracleError{Code: 1013, Op: op, Pos: -1, Text: "ORA-01013: stopped: " + cause.Error(), Cause: errors.Join(cause, err)}
}
