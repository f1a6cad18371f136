package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"landfall/internal/model"
	"landfall/internal/oracle/connect"
)

// Error is how a command ends other than well: what happened, what to do about it, and the exit code.
type Error struct {
	Code int    // exit code
	Msg  string // lower case: what, where
	Hint string // what to do, may be empty
	Err  error  // underlying, may be nil
	// Reported is true when the command has already told the user everything, so that only the code is left.
	Reported bool
}

func (e *Error) Error() string {
	switch {
	case e.Err == nil:
		return e.Msg
	case e.Msg == "":
		return e.Err.Error()
	}
	return e.Msg + ": " + e.Err.Error()
}

func (e *Error) Unwrap() error { return e.Err }

func usageError(hint, format string, args ...any) error {
	return &Error{Code: ExitUsage, Msg: fmt.Sprintf(format, args...), Hint: hint}
}

// done is the end of a command whose output already says what was wrong.
func done(code int) error {
	if code == ExitOK {
		return nil
	}
	return &Error{Code: code, Msg: exitText(code), Reported: true}
}

// exitCode maps any error to its code.
func exitCode(err error) int {
	var e *Error
	switch {
	case err == nil:
		return ExitOK
	case errors.Is(err, context.Canceled):
		return ExitCancelled
	case errors.As(err, &e):
		return e.Code
	case errors.Is(err, connect.ErrLogin):
		return ExitLogin
	}
	return ExitFailed
}

// showError writes an error for people, or as one JSON line for programs.
func showError(w io.Writer, err error, asJSON bool) {
	var e *Error
	if errors.As(err, &e) && e.Reported {
		return
	}
	msg, hint := err.Error(), model.Hint(err)
	if e != nil && e.Hint != "" {
		hint = e.Hint
	}
	if exitCode(err) == ExitCancelled {
		msg, hint = "cancelled", ""
	}
	if asJSON {
		var out struct {
			Error struct {
				Code    int    `json:"code"`
				Message string `json:"message"`
				Hint    string `json:"hint,omitempty"`
			} `json:"error"`
		}
		out.Error.Code, out.Error.Message, out.Error.Hint = exitCode(err), msg, hint
		enc := json.NewEncoder(w)
		enc.SetEscapeHTML(false)
		_ = enc.Encode(out) // nothing is left to tell when stderr is gone
		return
	}
	fmt.Fprintf(w, "landfall: %s\n", msg)
	if hint != "" {
		fmt.Fprintf(w, "hint: %s\n", hint)
	}
}
