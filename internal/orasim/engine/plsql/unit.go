package plsql

import (
	"context"
	"errors"
	"strings"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/orasim/ora"
)

// BindVar is a variable of the client that a block may use: its name with the colon, its type (nil for one that is not served) and, of
// text, the most bytes that it takes; 0 is no limit.
type BindVar struct {
	Name string
	Type *Type
	Size int
}

// Unit is a compiled block.
type Unit struct {
	host  Host
	body  stmt
	slots int
	binds []*bindVar
}

// Run is one execution of a unit.
type Run struct {
	Host Host
	Ctx  context.Context
	Exec any // the engine's side of evaluating expressions
	// Binds are the values of the variables of the client, changed by the block.
	Binds []any
	// Implicit are the cursors that DBMS_SQL.RETURN_RESULT gave back.
	Implicit []*Cursor

	handled *Exception // by the handler that runs
	sql     sqlState
	depth   int
	steps   int
}

// Compile compiles an anonymous block.
func Compile(host Host, f *ast.File, n *ast.Block, binds []BindVar) (*Unit, error) {
	c := &compiler{host: host, f: f, bindOf: map[string]int{}, slots: []int{0}}
	for i, b := range binds {
		c.binds = append(c.binds, &bindVar{name: b.Name, typ: b.Type, size: b.Size})
		c.bindOf[b.Name] = i
	}
	body := c.block(n)
	c.checkLOBs()
	if err := c.failure(); err != nil {
		return nil, err
	}
	return &Unit{host: host, body: body, slots: c.slots[0], binds: c.binds}, nil
}

// Direction tells whether a bind is read and whether it is written.
func (u *Unit) Direction(i int) (read, written bool) { return u.binds[i].read, u.binds[i].written }

// Run executes the block. An exception that nothing handles comes back as the error with the lines that it has passed.
func (u *Unit) Run(r *Run) error {
	fr := &Frame{Run: r, slots: make([]any, u.slots)}
	_, err := u.body(fr)
	var x *Exception
	if errors.As(err, &x) {
		return x
	}
	return err
}

// Nested runs the block as a statement of another one: a handler around it is seen by SQLERRM.
func (u *Unit) Nested(outer, r *Run) error {
	r.handled, r.depth = outer.handled, outer.depth
	return u.Run(r)
}

// Error is what a client is told of an error that a run ended with.
func Error(err error) error {
	var x *Exception
	if errors.As(err, &x) {
		return x.Final()
	}
	return err
}

// raised makes Oracle's error of a text: RAISE_APPLICATION_ERROR.
func raised(code int, text string, keep *Exception) error {
	if code > -20000 || code < -20999 {
		return &ora.Error{Code: 21000, Text: "error number argument to raise_application_error of " + itoa(code) + " is out of range"}
	}
	if len(text) > 2048 {
		text = strings.ToValidUTF8(text[:2048], "")
	}
	if keep != nil {
		text += "\n" + keep.sqlerrm()
	}
	return &ora.Error{Code: -code, Text: text}
}
