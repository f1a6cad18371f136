// Package engine executes Oracle SQL over the tree of our own parser and the rows of package store: it is what stands
// behind the wire of the simulated database (internal/orasim/tns) and speaks to it through package session.
//
// Input -> output: scripts of DDL make the catalog; sessions parse, bind and execute statements and get rows as Oracle's
// own bytes. A value is bytes as on the wire, nil is NULL (character data, national too, is UTF-8 inside and turned at
// the seam); the type of an expression is found when it is compiled. What is not known ends in ORA-03001 with the text that
// it is about: nothing is guessed. Anonymous blocks
// are run by package plsql, to which plHost gives the engine; stored units do not run yet. The package shares no code that knows what Oracle's SQL means with conversion and load.
//
// A Database may be used by many goroutines at once, a session by one at a time. The catalog is copied on write: a
// statement goes on with what it was compiled against.
package engine

import (
	"errors"
	"fmt"
	"runtime/debug"

	"landfall/internal/orasim/ora"
	"landfall/internal/orasim/session"
	"landfall/internal/orasim/value/datetime"
	"landfall/internal/orasim/value/number"
)

// seam turns errors of the engine into those of the seam.
func seam(err error) error {
	if err == nil {
		return nil
	}
	var e *ora.Error
	if errors.As(err, &e) {
		return &session.Error{Code: e.Code, Text: e.Text, Pos: max(0, e.Pos-1)}
	}
	return err
}

// caught turns a panic into an error that is none of Oracle's: a fault of ours, which one statement must not make one of
// the whole database.
func caught(err *error) {
	if x := recover(); x != nil {
		*err = fmt.Errorf("fault of the simulated database: %v\n%s", x, debug.Stack())
	}
}

// numErr turns an error of arithmetic into Oracle's.
func numErr(err error) error {
	switch err {
	case nil:
		return nil
	case number.ErrOverflow:
		return ora.New(1426)
	case number.ErrDivide:
		return ora.New(1476)
	case number.ErrInvalid:
		return ora.New(1722)
	case number.ErrRange:
		return ora.New(1428, "?")
	}
	return err
}

// dateErr turns an error of the calendar into Oracle's.
func dateErr(err error) error {
	switch err {
	case nil:
		return nil
	case datetime.ErrRange:
		return ora.New(1841)
	case datetime.ErrBC:
		return ora.Unsupported("arithmetic with dates before year 1")
	}
	return err
}
