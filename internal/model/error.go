package model

import (
	"errors"
	"strings"
)

// Error is what stopped us: an operation that could not be done, with where, why and what to do. Its text never
// holds passwords or row values. The cause is reached with errors.Is and errors.As.
//
// Code families: PX parse, BD bundle, AS assess, CV convert, LD load, RG regress, CD cdc, RP reports, CF config, ST state.
type Error struct {
	Code   string   // "PX0003"; may be empty
	Op     string   // what was being done: "read script"
	Object ObjectID // on what; may be empty
	Pos    Pos      // where; may be zero
	Err    error    // the cause; never nil in a well-made Error
	Hint   string   // what to do about it, best a command to type; may be empty
}

// Error is "position: op: object: cause [code]"; the hint is for the printer, see Hint.
func (e *Error) Error() string {
	var b strings.Builder
	add := func(s string) {
		if s == "" {
			return
		}
		if b.Len() > 0 {
			b.WriteString(": ")
		}
		b.WriteString(s)
	}
	add(e.Pos.String())
	add(e.Op)
	add(e.Object.Name())
	if e.Err != nil {
		add(e.Err.Error())
	}
	if e.Code != "" {
		b.WriteString(" [" + e.Code + "]")
	}
	return b.String()
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// Hint finds the innermost hint in a chain of errors: the one that knows most.
func Hint(err error) string {
	hint := ""
	for err != nil {
		var e *Error
		if !errors.As(err, &e) {
			break
		}
		if e.Hint != "" {
			hint = e.Hint
		}
		err = e.Err
	}
	return hint
}

// Code finds the outermost code in a chain of errors.
func Code(err error) string {
	var e *Error
	for errors.As(err, &e) {
		if e.Code != "" {
			return e.Code
		}
		err = e.Err
	}
	return ""
}

// Retryable reports whether doing the same again can help. It asks the errors of the chain: those that say
// Retryable() bool, and the SafeToRetry() bool of pgx. Nobody answering means no.
func Retryable(err error) bool {
	var r interface{ Retryable() bool }
	if errors.As(err, &r) {
		return r.Retryable()
	}
	var s interface{ SafeToRetry() bool }
	if errors.As(err, &s) {
		return s.SafeToRetry()
	}
	return false
}
