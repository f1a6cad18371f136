package gen

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"slices"
	"strconv"
	"strings"

	"landfall/convert/support"
	"landfall/internal/oracle/scripts"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// exceptionFacts are the exceptions that the source declares, each with its SQLSTATE.
type exceptionFacts struct {
	local  map[declKey]userException
	member map[memberName]userException // of packages
}

// declKey is a declaration by its place: trees may be put away and read again.
type declKey struct {
	f  *ast.File
	lo uint32
}

type memberName struct{ schema, object, name string }

type userException struct {
	state string
	ora   int // of PRAGMA EXCEPTION_INIT, as SQLCODE gives it; 0 without
}

type declaredException struct {
	key    string // object, name, number of the declaration in its statement
	unit   *scripts.Unit
	decl   *ast.ExceptionDecl // until the exceptions of the unit are collected
	lo     uint32             // of decl
	ora    int
	member memberName
}

// nameExceptions gives each exception of the source that has no Oracle number an SQLSTATE of its own: 'LF' and three letters or
// digits, made from the name so that it stays when the source grows. found are those of each unit.
func (e *Estate) nameExceptions(found [][]declaredException) {
	e.exceptions = exceptionFacts{local: map[declKey]userException{}, member: map[memberName]userException{}}
	all := slices.Concat(found...)
	slices.SortStableFunc(all, func(a, b declaredException) int { return cmp.Compare(a.key, b.key) })
	taken := map[string]bool{"LFREF": true, undoState: true}
	byKey := map[string]string{}
	for _, d := range all {
		x := userException{ora: d.ora}
		switch s, again := byKey[d.key]; {
		case d.ora != 0:
			x.state = support.SQLState(d.ora)
		case again: // the specification comes twice in the source
			x.state = s
		default:
			x.state = ownState(d.key, taken)
			byKey[d.key] = x.state
		}
		e.exceptions.local[declKey{d.unit.Source.Parsed, d.lo}] = x
		if d.member.name != "" {
			e.exceptions.member[d.member] = x
		}
	}
}

// unknownState is the SQLSTATE of an exception of a package that the source does not have.
func unknownState(name string) string {
	return ownState(name, map[string]bool{"LFREF": true, undoState: true})
}

func ownState(key string, taken map[string]bool) string {
	sum := sha256.Sum256([]byte(key))
	const size = 36 * 36 * 36
	for n := binary.BigEndian.Uint32(sum[:4]) % size; ; n = (n + 1) % size {
		s := strings.ToUpper(strconv.FormatUint(uint64(n), 36))
		s = "LF" + strings.Repeat("0", 3-len(s)) + s
		if !taken[s] || len(taken) >= size {
			taken[s] = true
			return s
		}
	}
}

// exceptionsOf are the exceptions that one statement declares.
func exceptionsOf(u *scripts.Unit) []declaredException {
	if u.Source == nil || u.Source.Parsed == nil || u.Stmt == nil {
		return nil
	}
	var members []ast.Decl
	schema, object := u.Schema, ""
	f := u.Source.Parsed
	var name *ast.Name
	switch x := u.Stmt.(type) {
	case *ast.CreatePackage:
		members, name = x.Decls, x.Name
	case *ast.CreatePackageBody:
		members, name = x.Decls, x.Name
	case *ast.CreateRoutine:
		name = x.Routine.Name
	case *ast.CreateTrigger:
		name = x.Name
	case *ast.CreateTypeBody:
		name = x.Name
	case *ast.Block:
	default:
		return nil
	}
	if u.Object != "" {
		schema, object = splitID(u)
	}
	if object == "" && name != nil {
		object = f.Last(name)
	}
	list := declaredIn(f, members, nil)
	for i := range list {
		list[i].member = memberName{schema, object, f.Last(list[i].decl.Name)}
		list[i].key = schema + "." + object + "." + list[i].member.name
	}
	seen := map[*ast.ExceptionDecl]bool{}
	for i := range list {
		seen[list[i].decl] = true
	}
	count := 0
	declares := mayDeclareException(f, u.Stmt.Range())
	ast.Walk(u.Stmt, func(n ast.Node) bool {
		b, ok := blockDecls(n)
		if !ok {
			return declares
		}
		for _, d := range declaredIn(f, b, seen) {
			count++
			id := object
			if id == "" {
				id = u.Source.Name + ":" + strconv.Itoa(u.Pos.Line)
			}
			d.key = schema + "." + id + "/" + string(u.Kind) + "/" + f.Last(d.decl.Name) + "/" + strconv.Itoa(count)
			list = append(list, d)
		}
		return true
	})
	for i := range list {
		list[i].unit, list[i].lo, list[i].decl = u, list[i].decl.Lo, nil
	}
	return list
}

// mayDeclareException reports whether the word EXCEPTION stands anywhere but at the head of handlers.
func mayDeclareException(f *ast.File, s ast.Span) bool {
	for i := s.Lo; i < s.Hi; i++ {
		if f.Tokens[i].Kw == token.EXCEPTION && (i+1 == s.Hi || f.Tokens[i+1].Kw != token.WHEN) {
			return true
		}
	}
	return false
}

func blockDecls(n ast.Node) ([]ast.Decl, bool) {
	switch x := n.(type) {
	case *ast.Block:
		return x.Decls, true
	case *ast.CompoundTrigger:
		return x.Decls, true
	}
	return nil, false
}

// declaredIn are the exceptions of one declaration section with the numbers that its pragmas bind.
func declaredIn(f *ast.File, decls []ast.Decl, seen map[*ast.ExceptionDecl]bool) []declaredException {
	var list []declaredException
	for _, d := range decls {
		switch x := d.(type) {
		case *ast.ExceptionDecl:
			if !seen[x] {
				list = append(list, declaredException{decl: x})
			}
		case *ast.Pragma:
			if x.Kind != token.EXCEPTION_INIT || len(x.Args) != 2 {
				continue
			}
			n, ok := x.Args[0].(*ast.Name)
			v, isInt := pragmaNumber(f, x.Args[1])
			if !ok || !isInt {
				continue
			}
			for i := range list {
				if f.Last(list[i].decl.Name) == f.Last(n) {
					list[i].ora = v
				}
			}
		}
	}
	return list
}

func pragmaNumber(f *ast.File, e ast.Expr) (int, bool) {
	s := strings.Map(func(r rune) rune {
		if r == ' ' || r == '(' || r == ')' || r == '\'' || r == '\n' || r == '\t' || r == '\r' {
			return -1
		}
		return r
	}, f.Source(e))
	v, err := strconv.Atoi(s)
	if err == nil && v > 0 {
		v = -v // Oracle takes both signs for most
		if v == -100 || v == -1403 {
			v = 100
		}
	}
	if v == -1403 {
		v = 100
	}
	return v, err == nil && v != 0
}

// splitID is schema and name of the object that a unit creates.
func splitID(u *scripts.Unit) (schema, name string) {
	full := u.Object.Name()
	if i := strings.IndexByte(full, '.'); i >= 0 && !strings.Contains(full, `"`) {
		return full[:i], full[i+1:]
	}
	return "", full
}
