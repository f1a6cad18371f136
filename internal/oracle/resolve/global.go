package resolve

import (
	"strings"

	"landfall/internal/oracle/syntax/ast"
)

// global finds what lies outside of the statement: built-in names first, as SQL and STANDARD hide schema
// objects of the same name, then the schema's and others' objects.
func (r *resolver) global(n *ast.Name, parts []string, how use) found {
	if len(parts) == 1 && how != asAction {
		if f := r.standard(parts[0], how); f.known() {
			return f
		}
	}
	if x, rest := r.walkObject(parts); x != nil {
		if f := r.inObject(x, rest); f.known() {
			return f
		}
	}
	return r.supplied(parts, how)
}

// standard finds functions of SQL, and what package STANDARD declares.
func (r *resolver) standard(name string, how use) found {
	if how == asValue {
		if t, ok := pseudoValues[name]; ok {
			return found{ref: r.pseudo(name, t), typ: t}
		}
	}
	if b := functions[name]; b != nil {
		if how == asCall || b.standard && how == asValue && (!r.inSQL() || strings.HasPrefix(name, "ORA_")) {
			return found{ref: r.builtinRef(name, b.typ), typ: b.typ}
		}
	}
	return notFound
}

// supplied finds what Oracle's packages and schemas hold.
func (r *resolver) supplied(parts []string, how use) found {
	head := parts
	if len(parts) > 1 && suppliedSchemas[parts[0]] {
		head = parts[1:]
		if len(head) == 1 && functions[head[0]] != nil {
			return found{ref: r.builtinRef(head[0], functions[head[0]].typ), typ: functions[head[0]].typ}
		}
		if t, ok := pseudoValues[head[0]]; ok && len(head) == 1 {
			return found{ref: r.pseudo(head[0], t), typ: t}
		}
		if len(head) == 1 && predefinedExceptions[head[0]] {
			return found{ref: &Ref{Kind: Exception, Builtin: head[0]}, typ: typeUnknown}
		}
	}
	if suppliedPackage(head[0]) || len(head) < len(parts) {
		name := strings.Join(head, ".")
		t := suppliedMember(name)
		if t == nil {
			t = typeUnknown
		}
		return found{ref: r.builtinRef(name, t), typ: t}
	}
	if len(parts) == 1 {
		if b := functions[parts[0]]; b != nil && (how != asValue || !r.inSQL()) {
			return found{ref: r.builtinRef(parts[0], b.typ), typ: b.typ}
		}
		if predefinedExceptions[parts[0]] {
			return found{ref: r.exceptionRef(parts[0]), typ: typeUnknown}
		}
		if t, ok := pseudoValues[parts[0]]; ok {
			return found{ref: r.pseudo(parts[0], t), typ: t}
		}
	}
	if suppliedTable(parts[0]) && len(parts) > 1 {
		return found{ref: r.builtinRef(strings.Join(parts, "."), nil), typ: typeUnknown}
	}
	return notFound
}

func (r *resolver) exceptionRef(name string) *Ref {
	if ref := r.builtin["!"+name]; ref != nil {
		return ref
	}
	ref := &Ref{Kind: Exception, Builtin: name}
	r.builtin["!"+name] = ref
	return ref
}
