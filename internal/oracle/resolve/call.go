package resolve

import (
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// call resolves a call, an element of a collection or a constructor and gives its type.
func (r *resolver) call(c *ast.Call, how use) *Type {
	var f found
	switch fn := c.Fn.(type) {
	case nil: // NESTED of JSON
		r.arguments(c, nil)
		return typeUnknown
	case *ast.Name:
		f = r.lookupValue(fn, r.parts(fn), how)
		r.set(fn, f.ref)
	case *ast.Field:
		f = r.fieldIn(fn, r.expr(fn.X))
		r.typed(fn, f.typ)
	default:
		t := r.expr(fn)
		f = found{ref: &Ref{Kind: Variable}, typ: t}
	}
	types := r.arguments(c, f.sigs)
	if n := nameOf(c.Fn); n != nil && f.ref.Builtin == JSONDot {
		parts := r.parts(n)
		return itemMethod(parts[len(parts)-1])
	}
	if len(f.sigs) > 0 && f.ref.Kind != Cursor {
		s := r.choose(ofUse(f.sigs, how), c, types)
		if n := nameOf(c.Fn); n != nil {
			ref := s.ref
			if len(f.ref.Synonyms) > 0 && len(ref.Synonyms) == 0 {
				cp := *ref
				cp.Synonyms = f.ref.Synonyms
				ref = &cp
			}
			r.set(n, ref)
		}
		r.namedArguments(c, s)
		r.outArguments(c, s)
		if s.ret == nil {
			return typeUnknown
		}
		return s.ret
	}
	if f.ref.Kind == Cursor && len(f.sigs) > 0 {
		r.namedArguments(c, f.sigs[0])
	} else {
		r.namedArguments(c, nil)
	}
	if f.ref.Kind == Builtin {
		if f.ref.Builtin == "VALUE" && len(c.Args) == 1 {
			if t := r.rowObject(c.Args[0].X); t != nil {
				return t
			}
		}
		r.dynamicCall(c, f.ref.Builtin)
		if b := functions[f.ref.Builtin]; b != nil {
			if c.Options != nil && c.Options.Returning != nil && c.Options.Returning.Name == nil {
				return r.builtinType(c.Options.Returning)
			}
			return b.returns(types)
		}
		r.outArguments(c, nil)
		if t := f.typ; t != nil && t.Class != ClassCollection {
			return t
		}
	}
	t := f.typ
	switch {
	case t == nil:
		r.outArguments(c, nil)
	case f.ref.Kind == TypeName, f.ref.Kind == Cursor:
		return t
	case t.Class == ClassCollection && t.Elem != nil:
		return t.Elem
	}
	return typeUnknown
}

// rowObject is the object type of the rows of a row source: of VALUE(alias). nil when its rows are no objects.
func (r *resolver) rowObject(e ast.Expr) *Type {
	n, ok := e.(*ast.Name)
	if !ok {
		return nil
	}
	parts := r.parts(n)
	if len(parts) != 1 {
		return nil
	}
	for s := r.scope; s != nil; s = s.parent {
		for _, src := range s.sources {
			if src.alias != parts[0] {
				continue
			}
			if src.elem != nil {
				return src.elem
			}
			o := objectOf(src)
			switch {
			case o == nil:
			case o.Table != nil && o.Table.OfType != "":
				return r.userType(splitName(o.Table.OfType), o)
			case o.View != nil && o.View.OfType != "":
				return r.userType(splitName(o.View.OfType), o)
			}
			return nil
		}
	}
	return nil
}

func nameOf(e ast.Expr) *ast.Name {
	switch x := e.(type) {
	case *ast.Name:
		return x
	case *ast.Field:
		return x.Name
	}
	return nil
}

// returns is the type that a built-in function gives for its arguments.
func (b *builtinFunc) returns(args []*Type) *Type {
	arg := func(i int) *Type {
		if i < len(args) && args[i] != nil {
			return args[i]
		}
		return typeUnknown
	}
	switch b.rule {
	case returnsFirst:
		return arg(0)
	case returnsNumeric:
		if t := arg(0); t.Class == ClassBinary || t.Class == ClassInterval {
			return t
		}
		return typeNumber
	case returnsRound:
		if t := arg(0); t.datetime() {
			return typeDate
		} else if t.Class == ClassBinary || t.Class == ClassInterval {
			return t
		} else if t.Class == ClassUnknown {
			if len(args) > 1 && arg(1).Class == ClassText { // TRUNC(x, 'MM')
				return typeDate
			}
			if len(args) > 1 && arg(1).number() {
				return typeNumber
			}
			return typeUnknown
		}
		return typeNumber
	case returnsTextLike:
		if t := arg(0); t.Class == ClassLOB {
			return t
		}
		return typeText
	case returnsNVL:
		return common(args)
	case returnsNVL2:
		if len(args) > 1 {
			return common(args[1:])
		}
	case returnsDecode:
		// DECODE(x, s1, r1, s2, r2, ..., default): the first result decides
		var results []*Type
		for i := 2; i < len(args); i += 2 {
			results = append(results, args[i])
		}
		if len(args)%2 == 0 && len(args) > 3 {
			results = append(results, args[len(args)-1])
		}
		if len(results) > 0 && results[0].Class == ClassNull { // a NULL first result makes it VARCHAR2
			return typeText
		}
		return common(results)
	case returnsElem:
		return typeUnknown
	case returnsFixed:
		return b.typ
	}
	return typeUnknown
}

// arguments resolves the arguments and what else stands in and behind the parentheses.
func (r *resolver) arguments(c *ast.Call, sigs []*signature) []*Type {
	types := make([]*Type, 0, len(c.Args))
	for i, a := range c.Args {
		if i == 0 && r.elementName(c, a) {
			types = append(types, typeUnknown)
			continue
		}
		types = append(types, r.argument(a, sigs))
	}
	if c.Spec != nil {
		r.spec(c.Spec)
	}
	r.options(c.Options)
	if c.Within != nil {
		r.orderBy(c.Within.OrderBy)
	}
	if c.Keep != nil {
		r.orderBy(c.Keep.OrderBy)
	}
	r.expr(c.Filter)
	r.over(c.Over)
	return types
}

// elementName marks the name of XMLELEMENT(name, ...) and XMLPI(name ...), which is no column.
func (r *resolver) elementName(c *ast.Call, a *ast.Arg) bool {
	fn, ok := c.Fn.(*ast.Name)
	if !ok || a.Extra != nil {
		return false
	}
	switch r.f.Tokens[fn.Hi-1].Kw {
	case token.XMLELEMENT, token.XMLPI:
		if n, ok := a.X.(*ast.Name); ok && n.Hi-n.Lo == 1 {
			r.word(n)
			return true
		}
	}
	return false
}

// spec resolves the words of functions with a grammar of their own.
func (r *resolver) spec(c *ast.Clause) {
	for _, e := range c.Exprs {
		r.expr(e)
	}
	r.word(c.Names...)
	for _, t := range c.Types {
		r.dataType(t)
	}
	for _, p := range c.Parts {
		r.spec(p)
	}
	for _, n := range c.Items {
		r.node(n)
	}
	if c.Query != nil {
		r.query(c.Query)
	}
}

func (r *resolver) argument(a *ast.Arg, sigs []*signature) *Type {
	if len(a.Keys) > 0 {
		if it, ok := a.Keys[0].(*ast.IterChoice); ok {
			r.push(blockScope)
			r.iterator(it.Iter)
			r.expr(it.Index)
			t := r.expr(a.X)
			r.pop()
			return t
		}
		for _, k := range a.Keys {
			if n, ok := k.(*ast.Name); ok && n.Hi-n.Lo == 1 && len(a.Keys) == 1 {
				f := r.lookupValue(n, r.parts(n), asValue)
				r.set(n, f.ref)
				continue
			}
			r.expr(k)
		}
	}
	t := r.expr(a.X)
	if a.Extra != nil {
		r.spec(a.Extra)
	}
	return t
}

// namedArguments links name => value to the parameter.
func (r *resolver) namedArguments(c *ast.Call, s *signature) {
	for _, a := range c.Args {
		if a.Name == nil {
			continue
		}
		if s == nil {
			r.word(a.Name)
			continue
		}
		name := r.name(a.Name)
		ref := &Ref{Kind: Unknown}
		for i := range s.params {
			if s.params[i].name == name {
				ref = &Ref{Kind: Parameter, Object: s.ref.Object, Routine: s.ref.Routine, Decl: s.ref.Decl, typ: s.params[i].typ}
				break
			}
		}
		r.set(a.Name, ref)
	}
}

// ofUse leaves the procedures where a statement calls and the functions where a value stands, when there are both.
func ofUse(sigs []*signature, how use) []*signature {
	if len(sigs) == 1 {
		return sigs
	}
	var fit []*signature
	for _, s := range sigs {
		if s.fn == (how != asAction) {
			fit = append(fit, s)
		}
	}
	if len(fit) == 0 {
		return sigs
	}
	return fit
}

// choose picks the overload that fits: by number and names of arguments first, then by their types.
func (r *resolver) choose(sigs []*signature, c *ast.Call, types []*Type) *signature {
	if len(sigs) == 1 {
		return sigs[0]
	}
	best, score := sigs[0], -1
	for _, s := range sigs {
		if n := r.fit(s, c, types); n > score {
			best, score = s, n
		}
	}
	return best
}

// fit says how well a routine takes the arguments; -1 when it cannot.
func (r *resolver) fit(s *signature, c *ast.Call, types []*Type) int {
	given := 0
	score := 1
	if c != nil {
		if len(c.Args) > len(s.params) {
			return -1
		}
		for i, a := range c.Args {
			p := i
			if a.Name != nil {
				name := r.name(a.Name)
				p = -1
				for j := range s.params {
					if s.params[j].name == name {
						p = j
					}
				}
				if p < 0 {
					return -1
				}
			}
			if !s.params[p].optional {
				given++
			}
			if i < len(types) {
				n := closeness(s.params[p].typ, types[i])
				if n == 0 {
					return 0
				}
				score += n
			}
		}
	}
	need := 0
	for i := range s.params {
		if !s.params[i].optional {
			need++
		}
	}
	if given < need {
		return -1
	}
	return score
}

// closeness is 0 for types that do not go together, more the nearer they are.
func closeness(p, a *Type) int {
	switch {
	case p == nil || a == nil || p.Class == ClassUnknown || a.Class == ClassUnknown || a.Class == ClassNull:
		return 2
	case p.Class == a.Class:
		switch p.Class {
		case ClassObject, ClassCollection, ClassRecord:
			if p.Object == a.Object && p.Ref.Name == a.Ref.Name && p.Decl == a.Decl {
				return 5
			}
			return 1
		case ClassAny:
			switch {
			case p.Ref.Name == a.Ref.Name:
			case jsonTreeType[p.Ref.Name] == nil || jsonTreeType[a.Ref.Name] == nil:
				return 0
			case p.Ref.Name == "JSON_ELEMENT_T": // the supertype
				return 4
			default:
				return 1
			}
		}
		return 5
	case p.number() && a.number(), p.Class == ClassText && a.Class == ClassChar, p.Class == ClassChar && a.Class == ClassText:
		return 4
	case p.datetime() && a.datetime(), p.Class == ClassText && a.Class == ClassLOB, p.Class == ClassLOB && a.Class == ClassText:
		return 3
	}
	scalar := func(c TypeClass) bool {
		switch c {
		case ClassNumber, ClassInteger, ClassBinary, ClassText, ClassChar, ClassDate, ClassTimestamp:
			return true
		}
		return false
	}
	if scalar(p.Class) && scalar(a.Class) {
		return 1
	}
	return 0
}

// outArguments forgets the constant text of variables that a call may change.
func (r *resolver) outArguments(c *ast.Call, s *signature) {
	for i, a := range c.Args {
		n, ok := a.X.(*ast.Name)
		if !ok || n.Hi-n.Lo != 1 {
			continue
		}
		if s != nil {
			if a.Name == nil && i < len(s.params) && !s.params[i].out {
				continue
			}
		}
		r.forgetName(n)
	}
}

// callStmt resolves a procedure call as a statement.
func (r *resolver) callStmt(e ast.Expr) {
	switch x := e.(type) {
	case *ast.Name:
		r.value(x, asAction)
	case *ast.Call:
		r.call(x, asAction)
	case *ast.Field:
		r.typed(x, r.fieldOf(x).typ)
	case nil:
	default:
		r.expr(e)
	}
}
