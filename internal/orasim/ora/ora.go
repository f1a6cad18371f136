// Package ora holds the errors of Oracle that the simulated database raises: their numbers and texts.
//
// Input -> output: New takes a number and what its text has gaps for, and gives the error as a client sees it. A number
// without a text here is a fault of ours and gives ORA-00600. It knows no positions: who reads SQL text adds them by At.
// Everything is read-only and may be used concurrently.
//
// Source: Oracle Database Error Messages.
package ora

import (
	"errors"
	"fmt"
	"strings"
)

// Error is an error of Oracle.
type Error struct {
	Code int
	Text string // without the number
	Pos  int    // byte offset into the statement plus 1; 0 is none
}

// Error is "ORA-00942: table or view does not exist".
func (e *Error) Error() string { return fmt.Sprintf("ORA-%05d: %s", e.Code, e.Text) }

// New makes an error of its number. Args fill the gaps of the text.
func New(code int, args ...any) *Error {
	text, ok := texts[code]
	if !ok {
		return &Error{Code: 600, Text: fmt.Sprintf("internal error code, arguments: [no text for ORA-%05d], %v", code, args)}
	}
	if len(args) > 0 {
		text = fmt.Sprintf(text, args...)
	}
	return &Error{Code: code, Text: text}
}

// Known tells whether the text of a number is here.
func Known(code int) bool {
	_, ok := texts[code]
	return ok
}

// Plain is an error of which only the number is known: the gaps of its text stay empty, as in SQLERRM(n).
func Plain(code int) *Error {
	text := strings.ReplaceAll(texts[code], "(%s)", "(.)") // the name of a constraint is two gaps in Oracle's text
	for _, verb := range []string{"%s", "%d", "%v"} {
		text = strings.ReplaceAll(text, verb, "")
	}
	return &Error{Code: code, Text: text}
}

// Unsupported is what says loudly that the simulated database does not know something: Oracle's own number for a feature
// that is not implemented, with the text that it is about.
func Unsupported(what string) *Error {
	return &Error{Code: 3001, Text: "unimplemented feature: " + what}
}

// At says where in the statement an error is, unless it says so itself.
func At(err error, offset int) error {
	var e *Error
	if !errors.As(err, &e) || e.Pos > 0 {
		return err
	}
	c := *e
	c.Pos = offset + 1
	return &c
}

// Code is the number of an error, 0 when it is none of Oracle's.
func Code(err error) int {
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return 0
}
