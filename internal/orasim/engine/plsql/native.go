package plsql

import (
	"strings"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/orasim/ora"
	"landfall/internal/orasim/value/number"
)

// Native is a routine of one of Oracle's packages.
type Native struct {
	Params  []NativeParam
	Returns string // the name of its type, "" of a procedure
	Run     func(r *Run, a []*Bound) (any, error)
	// constant tells that it is no function, but a value of the package.
	Constant bool
}

// NativeParam is a parameter of one. Type is a name for Host.Named, or ANY (a scalar of any type), CURSOR, or LINES (a collection of
// text). A parameter that is not given is a *Bound with the value nil and the type nil.
type NativeParam struct {
	Name     string
	Type     string
	Out      bool
	InOut    bool
	Optional bool
}

// params reads "name:TYPE name>TYPE name<>TYPE name?TYPE": in, out, in out, optional.
func params(list string) []NativeParam {
	var out []NativeParam
	for _, w := range strings.Fields(list) {
		i := strings.IndexAny(w, ":><?")
		j := i + 1
		p := NativeParam{Name: w[:i]}
		switch {
		case strings.HasPrefix(w[i:], "<>"):
			p.InOut, j = true, i+2
		case w[i] == '>':
			p.Out = true
		case w[i] == '?':
			p.Optional = true
		}
		p.Type = w[j:]
		out = append(out, p)
	}
	return out
}

// Function and Procedure make natives of the short form of their parameters.
func Function(returns, list string, run func(r *Run, a []*Bound) (any, error)) *Native {
	return &Native{Params: params(list), Returns: returns, Run: run}
}

// Procedure is one without a result.
func Procedure(list string, run func(r *Run, a []*Bound) error) *Native {
	return &Native{Params: params(list), Run: func(r *Run, a []*Bound) (any, error) { return nil, run(r, a) }}
}

// natives are those that need nothing of the engine.
var natives = map[string]*Native{}

func register(list map[string]*Native) {
	for name, n := range list {
		natives[name] = n
	}
}

func (c *compiler) native(parts []string, args []*ast.Arg) (*Native, string) {
	name := strings.TrimPrefix(strings.TrimPrefix(strings.Join(parts, "."), "SYS."), "STANDARD.")
	if n := natives[name]; n != nil {
		if b := blobProcedures[name]; b != nil && len(args) > 0 {
			// the same name for BLOBs: the first argument tells
			if v, err := c.resolve(args[0].X); err == nil && v != nil && v.typ.scalar() && v.typ.Scalar.String() == "BLOB" {
				return b, name
			}
		}
		return n, name
	}
	return c.host.Native(name), name
}

// resolveNative is a native function in an expression of PL/SQL; nil when there is none of the name.
func (c *compiler) resolveNative(n *ast.Name, parts []string, call *ast.Call) (*value, error) {
	if c.sql > 0 {
		return nil, nil
	}
	var args []*ast.Arg
	node := ast.Node(n)
	if call != nil {
		args, node = call.Args, call
	}
	f, name := c.native(parts, args)
	if f == nil {
		return nil, nil
	}
	if f.Returns == "" {
		return nil, c.wrong(n, 222, "no function with name '%s' exists in this scope", parts[len(parts)-1])
	}
	run, err := c.nativeInvocation(node, parts[len(parts)-1], f, args)
	if err != nil {
		return nil, err
	}
	return &value{typ: ScalarType(c.host.Named(f.Returns)), eval: run, shown: name}, nil
}

// nativeCall is a call of a native procedure.
func (c *compiler) nativeCall(n *ast.CallStmt, name *ast.Name, parts []string, args []*ast.Arg) (stmt, error) {
	f, _ := c.native(parts, args)
	if f == nil {
		if c.host.Known(parts) {
			return nil, c.unsupported(n, "PL/SQL call")
		}
		return nil, c.undeclared(name, parts)
	}
	if f.Returns != "" {
		return nil, c.wrong(n, 221, "'%s' is not a procedure or is undefined", parts[len(parts)-1])
	}
	run, err := c.nativeInvocation(n, parts[len(parts)-1], f, args)
	if err != nil {
		return nil, err
	}
	return func(fr *Frame) (*jump, error) {
		_, err := run(fr)
		return nil, err
	}, nil
}

// Text is the value of a text argument, "" for NULL and what was not given.
func (b *Bound) Text() string { return string(bytesOf(b.Value)) }

// Bytes is the value of a scalar argument.
func (b *Bound) Bytes() []byte { return bytesOf(b.Value) }

// Given tells whether the call has the argument.
func (b *Bound) Given() bool { return b.Type != nil }

// Int is the value of a numeric argument; ok is false for NULL.
func (b *Bound) Int() (i int, ok bool, err error) {
	v := bytesOf(b.Value)
	if v == nil {
		return 0, false, nil
	}
	d, err := number.Decode(v)
	if err == nil {
		d = d.Trunc(0)
	}
	if err != nil {
		return 0, false, ora.New(6502, "")
	}
	n, fits := d.Int()
	if !fits {
		return 0, false, ora.New(1426)
	}
	return int(n), true, nil
}

// IntOr is Int with a default for NULL and what was not given.
func (b *Bound) IntOr(missing int) (int, error) {
	i, ok, err := b.Int()
	if !ok {
		i = missing
	}
	return i, err
}
