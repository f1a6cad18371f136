package resolve

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// Host variables (:x, ?) have no declaration in the statement. What they are compared with, assigned to or passed for
// tells their type, and that decides how the expressions around them convert: :d + 1 of a date is no addition of numbers.
// SQL*Plus declares its own (VARIABLE x NUMBER); that is believed before anything else.

// bindRounds bounds how often a statement is looked at again with the types found so far: types of columns of subqueries
// follow from those of variables in them.
const bindRounds = 3

// Given are types of host variables by BindName that the program which sends a statement tells.
type Given map[string]model.TypeRef

// ResolveSent is Resolve for a statement of a program. What the program sends is believed before what the places of its
// variables tell: a text that stands beside a date is converted by Oracle.
func (e *Estate) ResolveSent(f *ast.File, s ast.Stmt, schema string, given Given) *Info {
	if s == nil || !hasBinds(f, s) {
		return e.Resolve(f, s, schema)
	}
	return resolveBinds(e, f, s, schema, given)
}

// resolveBinds is resolveAt for a statement with host variables.
func resolveBinds(e *Estate, f *ast.File, s ast.Stmt, schema string, given Given) *Info {
	declared := e.declaredBinds(f, s)
	certain := maps.Clone(declared)
	for name, ref := range given {
		if class := builtinTypes[ref.Name]; class != ClassUnknown {
			certain[name] = plain(class, ref.Name)
		}
	}
	known := certain
	for round := 0; ; round++ {
		r := newResolver(e, f, s, schema, 0)
		r.binds = known
		r.run(s)
		r.info.binds, r.info.declared = known, declared
		found, guessed := findBinds(r.info, certain)
		r.info.guessed = guessed
		if round == bindRounds {
			return r.info
		}
		if maps.EqualFunc(found, known, func(a, b *Type) bool { return a.Class == b.Class }) {
			return r.info
		}
		known = found
	}
}

// hasBinds tells whether a statement of a script has host variables. In triggers :new and :old look the same.
func hasBinds(f *ast.File, s ast.Stmt) bool {
	switch s.(type) {
	case *ast.SelectStmt, *ast.Insert, *ast.MultiInsert, *ast.Update, *ast.Delete, *ast.Merge, *ast.Block, *ast.SQLCall, *ast.PlusCommand:
	default:
		return false
	}
	for i := s.Range().Lo; i < s.Range().Hi; i++ {
		if k := f.Tokens[i].Kind; k == token.Bind || k == token.Question {
			return true
		}
	}
	return false
}

// BindName is the name of a host variable by its token, folded and without its colon and indicator; each ? is a variable
// of its own.
func BindName(f *ast.File, tok uint32) string {
	if f.Tokens[tok].Kind == token.Question {
		return "?" + strconv.Itoa(int(tok))
	}
	name, _, _ := strings.Cut(strings.TrimSpace(strings.TrimPrefix(f.Text(tok), ":")), ":")
	return strings.ToUpper(strings.TrimSpace(name))
}

// Bind is the type of a host variable by its name, the zero Type where nothing tells it.
func (in *Info) Bind(name string) Type {
	if t := in.binds[name]; t != nil {
		return *t
	}
	return Type{}
}

// Guessed tells whether the type of a host variable only stands to reason: it is calculated with, and might be a date.
func (in *Info) Guessed(name string) bool { return in.guessed[name] }

// Declared tells whether SQL*Plus knows a host variable by a VARIABLE command in front of the statement.
func (in *Info) Declared(name string) bool { return in.declared[name] != nil }

func (r *resolver) bind(x *ast.BindExpr) *Type {
	if t := r.binds[BindName(r.f, x.Lo)]; t != nil {
		return r.typed(x, t)
	}
	return typeUnknown
}

// declaredBinds are the variables that VARIABLE commands in front of a statement declare.
func (e *Estate) declaredBinds(f *ast.File, s ast.Stmt) map[string]*Type {
	known := map[string]*Type{}
	for _, p := range e.variables(f) {
		words := f.Args(p)
		if p.Lo >= s.Range().Lo || len(words) < 2 {
			continue
		}
		name, _, _ := strings.Cut(strings.ToUpper(words[1]), "(")
		switch class, ok := builtinTypes[name]; {
		case ok:
			known[strings.ToUpper(words[0])] = plain(class, name)
		case name == "REFCURSOR":
			known[strings.ToUpper(words[0])] = typeCursor
		}
	}
	return known
}

// variables are the VARIABLE commands of a file.
func (e *Estate) variables(f *ast.File) []*ast.PlusCommand {
	if e.vars != nil {
		if list, ok := e.vars.Load(f); ok {
			return list.([]*ast.PlusCommand)
		}
	}
	var list []*ast.PlusCommand
	for _, s := range f.Stmts {
		if p, ok := s.(*ast.PlusCommand); ok && p.Verb == token.VARIABLE {
			list = append(list, p)
		}
	}
	if e.vars != nil {
		e.vars.Store(f, list)
	}
	return list
}

// bindFinder collects what the places of host variables tell.
type bindFinder struct {
	in   *Info
	sure map[string]*Type
	weak map[string]*Type // what only stands to reason: a number where dates can be calculated with as well, text where all can be joined
	// open counts the places of a variable that can tell a type, were more known of what stands beside it.
	open map[string]int
	// beside is ClassChar for what stands beside CHARs only.
	beside map[string]TypeClass
}

func findBinds(in *Info, certain map[string]*Type) (types map[string]*Type, guessed map[string]bool) {
	b := &bindFinder{in: in, sure: map[string]*Type{}, weak: map[string]*Type{}, open: map[string]int{}, beside: map[string]TypeClass{}}
	ast.Walk(in.Stmt, func(n ast.Node) bool {
		b.visit(n)
		return true
	})
	all := map[string]*Type{}
	for name, n := range b.open { // only tested for NULL and selected: text, which every value can be given as
		if n == 0 {
			all[name] = typeText
		}
	}
	for _, from := range []map[string]*Type{b.weak, b.sure, certain} {
		maps.Copy(all, from)
	}
	for name, t := range certain { // Oracle compares a CHAR with a VARCHAR2 as VARCHAR2; only beside CHARs its blanks are padding
		if t.Class == ClassChar && b.beside[name] != ClassChar {
			all[name] = typeText
		}
	}
	guessed = map[string]bool{}
	for name := range b.weak {
		guessed[name] = b.weak[name].Class == ClassNumber && b.sure[name] == nil && certain[name] == nil
	}
	return all, guessed
}

// visit looks at the places that a node gives to expressions.
func (b *bindFinder) visit(n ast.Node) {
	switch x := n.(type) {
	case *ast.BindExpr:
		b.open[BindName(b.in.File, x.Lo)]++
	case *ast.Is:
		b.bare(x.X)
	case *ast.SelectItem:
		b.bare(x.X)
	case *ast.Binary:
		b.binary(x)
	case *ast.Between:
		b.alike(x.X, x.Low, x.Top)
	case *ast.In:
		switch set := x.Set.(type) {
		case *ast.List:
			b.alike(append([]ast.Expr{x.X}, set.Items...)...)
		case *ast.Paren:
			b.alike(x.X, set.X)
		case *ast.Subquery:
			b.alike(x.X, set)
		}
	case *ast.Quantified:
		b.alike(x.X, x.Set)
	case *ast.Like:
		b.text(x.X, x.Pattern, x.Escape)
	case *ast.Case:
		b.caseExpr(x)
	case *ast.Call:
		b.call(x)
	case *ast.Assign:
		if l, ok := x.Target.(*ast.List); ok {
			b.row(x.X, len(l.Items), func(i int) Type { return b.in.Type(l.Items[i]) })
			return
		}
		b.alike(x.Target, x.X)
	case *ast.Insert:
		for _, row := range x.Rows {
			b.insert(x.Target, x.Cols, row)
		}
	case *ast.InsertInto:
		b.insert(x.Target, x.Cols, x.Values)
	case *ast.Merge:
		if x.Unmatched != nil {
			b.insert(x.Target, x.Unmatched.Cols, x.Unmatched.Values)
		}
	case *ast.RowLimit:
		b.want(x.Offset, typeNumber)
		b.want(x.Count, typeNumber)
	case *ast.Returning:
		if x.Into != nil {
			for i := 0; i < len(x.Items) && i < len(x.Into.Targets); i++ {
				b.alike(x.Items[i].X, x.Into.Targets[i])
			}
		}
	case *ast.QueryBlock:
		if x.Into != nil {
			for i := 0; i < len(x.Items) && i < len(x.Into.Targets); i++ {
				b.alike(x.Items[i].X, x.Into.Targets[i])
			}
		}
	case *ast.SQLCall:
		if x.Into != nil {
			b.alike(x.Call, x.Into)
		}
	case *ast.AssignStmt:
		b.alike(x.Target, x.Value)
	case *ast.VarDecl:
		t := *b.in.Ref(x.Name).TypeOf()
		b.want(x.Default, &t)
	case *ast.IterControl:
		b.want(x.Low, typeInteger)
		b.want(x.High, typeInteger)
	case *ast.If:
		for _, a := range x.Arms {
			b.want(a.Cond, typeBoolean)
		}
	}
}

// alike are expressions of one type: each gets that of the first of the others that has one.
func (b *bindFinder) alike(list ...ast.Expr) {
	for i, e := range list {
		for k, other := range list {
			if t := b.in.Type(other); k != i && other != nil && (t.Class != ClassUnknown && t.Class != ClassNull) {
				b.want(e, &t)
				break
			}
		}
	}
}

// bare notes a place that takes values of any type.
func (b *bindFinder) bare(e ast.Expr) {
	if x, ok := plainBind(e); ok {
		b.open[BindName(b.in.File, x.Lo)]--
	}
}

func (b *bindFinder) text(list ...ast.Expr) {
	for _, e := range list {
		b.want(e, typeText)
	}
}

func (b *bindFinder) binary(x *ast.Binary) {
	switch x.Op.Kind {
	case token.Concat:
		b.reason(x.X, typeText)
		b.reason(x.Y, typeText)
	case token.Plus, token.Minus:
		b.reason(x.X, typeNumber)
		b.reason(x.Y, typeNumber)
	case token.Star, token.Slash, token.Power:
		b.want(x.X, typeNumber)
		b.want(x.Y, typeNumber)
	case token.Ident: // AND, OR, MOD
		if x.Op.Kw == token.MOD || x.Op.Kw == token.REM {
			b.want(x.X, typeNumber)
			b.want(x.Y, typeNumber)
		}
	default:
		b.alike(x.X, x.Y)
		if l, ok := x.X.(*ast.List); ok {
			b.row(x.Y, len(l.Items), func(i int) Type { return b.in.Type(l.Items[i]) })
		}
	}
}

func (b *bindFinder) row(e ast.Expr, n int, typ func(i int) Type) {
	if l, ok := e.(*ast.List); ok {
		for i := 0; i < n && i < len(l.Items); i++ {
			t := typ(i)
			b.want(l.Items[i], &t)
		}
	}
}

func (b *bindFinder) caseExpr(x *ast.Case) {
	var conds, results []ast.Expr
	for _, w := range x.Whens {
		conds, results = append(conds, w.Cond), append(results, w.Then)
	}
	if x.Else != nil {
		results = append(results, x.Else)
	}
	b.alike(results...)
	if x.Operand != nil {
		b.alike(append([]ast.Expr{x.Operand}, conds...)...)
	}
}

func (b *bindFinder) insert(target ast.TableRef, cols []*ast.Name, row ast.Expr) {
	if len(cols) > 0 {
		b.row(row, len(cols), func(i int) Type { return *b.in.Ref(cols[i]).TypeOf() })
		return
	}
	if fields, open := b.in.Row(target); !open {
		b.row(row, len(fields), func(i int) Type { return fields[i].Type })
	}
}

// call gives arguments the types of the parameters.
func (b *bindFinder) call(x *ast.Call) {
	n := nameOf(x.Fn)
	if n == nil {
		return
	}
	ref := b.in.Ref(n)
	if ref.Kind == Builtin {
		b.builtin(ref.Builtin, x)
		return
	}
	params := ref.Params()
	for i, a := range x.Args {
		if a.Name != nil {
			i = slices.IndexFunc(params, func(p Field) bool { return p.Name == b.in.File.Last(a.Name) })
		}
		if i >= 0 && i < len(params) {
			b.want(a.X, &params[i].Type)
		}
	}
}

// parameters of built-in functions that have one type: T text, N number, D date; = are all of one type, ~ tells nothing.
var builtinParameters = map[string]string{
	"ADD_MONTHS": "DN", "LAST_DAY": "D", "MONTHS_BETWEEN": "DD", "NEXT_DAY": "DT", "NEW_TIME": "DTT",
	"TO_DATE": "TTT", "TO_TIMESTAMP": "TTT", "TO_TIMESTAMP_TZ": "TTT", "TO_NUMBER": "TTT", "NUMTODSINTERVAL": "NT", "NUMTOYMINTERVAL": "NT",
	"UPPER": "T", "LOWER": "T", "INITCAP": "T", "TRIM": "T", "LTRIM": "TT", "RTRIM": "TT", "LPAD": "TNT", "RPAD": "TNT", "SUBSTR": "TNN",
	"INSTR": "TTNN", "LENGTH": "T", "REPLACE": "TTT", "TRANSLATE": "TTT", "CONCAT": "TT", "ASCII": "T", "CHR": "N", "SOUNDEX": "T",
	"REGEXP_LIKE": "TTT", "REGEXP_SUBSTR": "TTNNTN", "REGEXP_REPLACE": "TTTNNT", "REGEXP_INSTR": "TTNNNTN", "REGEXP_COUNT": "TTNT",
	"ABS": "N", "CEIL": "N", "FLOOR": "N", "SIGN": "N", "SQRT": "N", "EXP": "N", "LN": "N", "MOD": "NN", "POWER": "NN", "BITAND": "NN", "REMAINDER": "NN",
	"TO_CHAR": "~TT", "TRUNC": "~", "ROUND": "~", "NVL2": "~==", "NVL": "==", "COALESCE": "========", "NULLIF": "==", "GREATEST": "========", "LEAST": "========",
}

func (b *bindFinder) builtin(name string, x *ast.Call) {
	var args []ast.Expr
	for _, a := range x.Args {
		args = append(args, a.X)
	}
	if name == "DECODE" && len(args) > 0 {
		search, results := args[:1:1], []ast.Expr(nil)
		for i := 1; i < len(args); i++ {
			if i%2 == 1 && i+1 < len(args) {
				search = append(search, args[i])
			} else {
				results = append(results, args[i])
			}
		}
		b.alike(search...)
		b.alike(results...)
		return
	}
	if (name == "TRUNC" || name == "ROUND") && len(args) == 2 && b.in.Type(args[1]).Class == ClassText {
		b.want(args[0], typeDate)
	}
	var same []ast.Expr
	for i, p := range builtinParameters[name] {
		if i >= len(args) {
			break
		}
		switch p {
		case 'T':
			b.want(args[i], typeText)
		case 'N':
			b.want(args[i], typeNumber)
		case 'D':
			b.want(args[i], typeDate)
		case '=':
			same = append(same, args[i])
		}
	}
	b.alike(same...)
}

func (b *bindFinder) reason(e ast.Expr, t *Type) {
	if x, ok := plainBind(e); ok {
		if name := BindName(b.in.File, x.Lo); b.weak[name] == nil {
			b.weak[name] = t
		}
	}
}

func plainBind(e ast.Expr) (*ast.BindExpr, bool) {
	for {
		p, ok := e.(*ast.Paren)
		if !ok {
			x, ok := e.(*ast.BindExpr)
			return x, ok
		}
		e = p.X
	}
}

// want says what type an expression is to have, and passes it on to the variables that decide it.
func (b *bindFinder) want(e ast.Expr, t *Type) {
	if t.Class == ClassUnknown || t.Class == ClassNull {
		return
	}
	switch x := e.(type) {
	case *ast.BindExpr:
		b.tell(BindName(b.in.File, x.Lo), t)
	case *ast.Paren:
		b.want(x.X, t)
	case *ast.Unary:
		if x.Op.Kind == token.Minus || x.Op.Kind == token.Plus || x.Op.Is(token.PRIOR) {
			b.want(x.X, t)
		}
	case *ast.Case:
		for _, w := range x.Whens {
			b.want(w.Then, t)
		}
		b.want(x.Else, t)
	case *ast.Call:
		n := nameOf(x.Fn)
		if n == nil || b.in.Ref(n).Kind != Builtin {
			return
		}
		for i, p := range builtinParameters[b.in.Ref(n).Builtin] {
			if p == '=' && i < len(x.Args) {
				b.want(x.Args[i].X, t)
			}
		}
	case *ast.Binary:
		b.wantSum(x, t)
	}
}

// wantSum looks at a sum or difference that is to be a date: one side is a date then, the other a number.
func (b *bindFinder) wantSum(x *ast.Binary, t *Type) {
	if x.Op.Kind != token.Plus && x.Op.Kind != token.Minus {
		return
	}
	x1, y1 := b.in.Type(x.X), b.in.Type(x.Y)
	left, right := &x1, &y1
	switch {
	case t.datetime() && left.datetime(): // a variable that is a date by this place stays one in the next round
		b.want(x.X, left)
		b.want(x.Y, typeNumber)
	case t.datetime() && right.datetime() && x.Op.Kind == token.Plus:
		b.want(x.Y, right)
		b.want(x.X, typeNumber)
	case t.datetime() && (right.number() || right.Class == ClassInterval || x.Op.Kind == token.Minus):
		b.want(x.X, typeDate)
	case t.datetime() && left.number():
		b.want(x.Y, typeDate)
	case t.number() && x.Op.Kind == token.Minus && left.datetime():
		b.want(x.Y, typeDate)
	case t.number() && x.Op.Kind == token.Minus && right.datetime():
		b.want(x.X, typeDate)
	}
}

// tell enters what one place says. Places that say different things leave text, from which Oracle converts to either.
// Lengths are those of the places, not of the variable; and what a program gives for a CHAR column is VARCHAR2.
func (b *bindFinder) tell(name string, t *Type) {
	if was, ok := b.beside[name]; !ok || was == t.Class {
		b.beside[name] = t.Class
	} else {
		b.beside[name] = ClassUnknown
	}
	switch {
	case t.Class == ClassChar:
		t = typeText
	case !t.Ref.User && t.Object == nil && t.shape == nil:
		t = plain(t.Class, t.Ref.Name)
	}
	was := b.sure[name]
	switch {
	case was == nil:
		b.sure[name] = t
	case group(was) != group(t):
		b.sure[name] = typeText
	case was.Class == ClassInteger && t.Class == ClassNumber, was.Class == ClassDate && t.Class == ClassTimestamp:
		b.sure[name] = t // the wider one
	}
}

// group is the class of types that hold the same values.
func group(t *Type) TypeClass {
	switch t.Class {
	case ClassInteger, ClassBinary:
		return ClassNumber
	case ClassTimestamp:
		return ClassDate
	}
	return t.Class
}
