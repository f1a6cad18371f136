package gen

import (
	"slices"
	"strings"

	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// bodyFacts is what is known of a routine's body before it is converted. Nested routines are bodies of their own.
type bodyFacts struct {
	declared  map[string]bool // folded names of parameters, variables, loop variables
	sqlAttr   bool            // SQL%ROWCOUNT, SQL%FOUND or SQL%NOTFOUND is used
	uses      map[ast.Node][]uint32
	attrs     map[string]map[token.Keyword]bool // cursor -> attributes that need a variable
	direct    map[*ast.Attr]bool                // c%FOUND right behind the FETCH of c: FOUND itself serves
	opened    map[string]int                    // cursor -> statements that open it
	held      map[string]*heldCursor            // cursors that are open where a transaction ends
	gotos     bool
	leaves    map[*ast.Fetch]bool // EXIT WHEN c%NOTFOUND stands right behind
	dropped   map[ast.Stmt]bool   // SAVEPOINT and ROLLBACK TO that a block with handlers stands for
	savepoint map[*ast.Block]bool // blocks that stand for a savepoint
	qualify   map[ast.Node]bool   // declarations that are named with a qualifier
}

func (g *gen) bodyFacts(node ast.Node, body *ast.Block) *bodyFacts {
	b := &bodyFacts{
		declared: map[string]bool{}, uses: map[ast.Node][]uint32{}, attrs: map[string]map[token.Keyword]bool{},
		direct: map[*ast.Attr]bool{}, opened: map[string]int{}, qualify: map[ast.Node]bool{}, leaves: map[*ast.Fetch]bool{},
		dropped: map[ast.Stmt]bool{}, savepoint: map[*ast.Block]bool{},
	}
	visit := func(root ast.Node) {
		ast.Walk(root, func(n ast.Node) bool {
			switch x := n.(type) {
			case *ast.Routine:
				if x != node {
					b.nestedUses(g, x)
					return false
				}
			case *ast.Param:
				if r, ok := node.(*ast.Routine); ok && slices.Contains(r.Params, x) {
					b.declared[g.f.Last(x.Name)] = true
				}
			case *ast.VarDecl:
				b.declared[g.f.Last(x.Name)] = true
			case *ast.CursorDecl:
				b.declared[g.f.Last(x.Name)] = true
			case *ast.Iterand:
				b.declared[g.f.Last(x.Name)] = true
			case *ast.Goto:
				b.gotos = true
			case *ast.Name:
				b.use(g, x)
			case *ast.Block:
				b.fetches(g, x.Stmts)
				for _, h := range x.Handlers {
					b.fetches(g, h.Stmts)
				}
			case *ast.Loop:
				b.fetches(g, x.Stmts)
			case *ast.While:
				b.fetches(g, x.Stmts)
			case *ast.For:
				b.fetches(g, x.Stmts)
			case *ast.IfArm:
				b.fetches(g, x.Then)
			case *ast.If:
				b.fetches(g, x.Else)
			case *ast.CaseArm:
				b.fetches(g, x.Then)
			case *ast.CaseStmt:
				b.fetches(g, x.Else)
			case *ast.Open:
				b.opened[g.cursorKey(x.Cursor)]++
			case *ast.OpenFor:
				b.opened[g.cursorKey(x.Cursor)]++
			case *ast.Attr:
				b.attr(g, x)
			}
			return true
		})
	}
	visit(node)
	if body != nil && node != ast.Node(body) {
		if _, ok := node.(*ast.Routine); !ok {
			visit(body)
		}
	}
	b.savepoints(g, node, body)
	if len(b.opened) > 0 {
		b.held = g.heldCursors(node, body)
	}
	return b
}

func (b *bodyFacts) use(g *gen, n *ast.Name) {
	base := g.info.Base(n)
	if base.Ref == nil || base.Ref.Decl == nil {
		return
	}
	b.uses[base.Ref.Decl] = append(b.uses[base.Ref.Decl], n.Lo)
	switch base.Ref.Kind {
	case resolve.Variable, resolve.Parameter, resolve.Cursor:
		if base.Parts > 1 {
			b.qualify[base.Ref.Decl] = true
		}
	}
}

func (b *bodyFacts) nestedUses(g *gen, r *ast.Routine) {
	ast.Walk(r, func(n ast.Node) bool {
		if x, ok := n.(*ast.Name); ok {
			b.use(g, x)
		}
		return true
	})
}

func (b *bodyFacts) attr(g *gen, x *ast.Attr) {
	if g.implicit(x.X) {
		b.sqlAttr = b.sqlAttr || x.Attr != token.ISOPEN
		return
	}
	if b.direct[x] {
		return
	}
	key := g.cursorKey(x.X)
	if b.attrs[key] == nil {
		b.attrs[key] = map[token.Keyword]bool{}
	}
	switch x.Attr {
	case token.FOUND, token.NOTFOUND:
		b.attrs[key][token.FOUND] = true
	default:
		b.attrs[key][x.Attr] = true
	}
}

// fetches marks the attributes that stand right behind the FETCH of their cursor, in a condition that calls nothing.
func (b *bodyFacts) fetches(g *gen, list []ast.Stmt) {
	for i := 0; i+1 < len(list); i++ {
		f, ok := list[i].(*ast.Fetch)
		if !ok || f.Bulk {
			continue
		}
		var cond ast.Expr
		switch s := list[i+1].(type) {
		case *ast.Exit:
			cond = s.When
		case *ast.If:
			cond = s.Arms[0].Cond
		}
		if cond == nil {
			continue
		}
		key := g.cursorKey(f.Cursor)
		if a, ok := cond.(*ast.Attr); ok && a.Attr == token.NOTFOUND && g.cursorKey(a.X) == key {
			if e, ok := list[i+1].(*ast.Exit); ok && !e.Continue && e.Label == nil {
				b.leaves[f] = true
			}
		}
		plain := true
		var found []*ast.Attr
		ast.Walk(cond, func(n ast.Node) bool {
			switch x := n.(type) {
			case *ast.Attr:
				if !g.implicit(x.X) && g.cursorKey(x.X) == key && (x.Attr == token.FOUND || x.Attr == token.NOTFOUND) {
					found = append(found, x)
					return false
				}
			case *ast.Call, *ast.Subquery, *ast.Exists:
				plain = false
			case *ast.Name:
				if k := g.ref(x).Kind; k != resolve.Variable && k != resolve.Parameter {
					plain = false
				}
			}
			return true
		})
		if plain {
			for _, a := range found {
				b.direct[a] = true
			}
		}
	}
}

// implicit reports whether an attribute is of the implicit cursor, SQL.
func (g *gen) implicit(e ast.Expr) bool {
	n, ok := e.(*ast.Name)
	return ok && n.Hi-n.Lo == 1 && g.f.Ident(n.Lo) == "SQL"
}

// cursorKey tells cursors apart: by what they are declared as, else by name.
func (g *gen) cursorKey(e ast.Expr) string {
	switch x := e.(type) {
	case *ast.Call:
		return g.cursorKey(x.Fn)
	case *ast.Name:
		base := g.info.Base(x)
		if base.Ref.Decl != nil && base.Parts == g.f.NumParts(x) {
			return "@" + itoa(int(base.Ref.Decl.Range().Lo))
		}
		return strings.Join(g.f.Parts(x), ".")
	case nil:
		return ""
	}
	return strings.ToUpper(strings.Join(strings.Fields(g.source(e)), " "))
}

// needsUseColumn reports whether a name inside SQL can be a column and a variable at once. Oracle takes the column then
// (PL/SQL Language Reference, "PL/SQL Name Resolution"), which PL/pgSQL does only when it is told to.
func (g *gen) needsUseColumn(root ast.Node) bool {
	declared := g.body.facts.declared
	need := false
	var (
		visit         func(n ast.Node, sql bool)
		inside, other = func(n ast.Node) { visit(n, true) }, func(n ast.Node) { visit(n, false) }
	)
	visit = func(n ast.Node, sql bool) {
		if need {
			return
		}
		switch x := n.(type) {
		case *ast.Select, *ast.Insert, *ast.Update, *ast.Delete, *ast.Merge, *ast.MultiInsert:
			sql = true
		case *ast.Into:
			return
		case *ast.Name:
			if sql && !x.Star {
				if declared[g.f.First(x)] {
					switch k := g.ref(x).Kind; {
					case k == resolve.Column, k == resolve.Unknown, k == resolve.Table, k == resolve.Query:
						need = true
					case k == resolve.Variable, k == resolve.Parameter:
						need = need || g.unknownTables()
					}
				}
			}
			return
		}
		if sql {
			n.EachChild(inside)
		} else {
			n.EachChild(other)
		}
	}
	visit(root, false)
	return need
}

// unknownTables reports whether the statement reads or writes a table whose columns are not known.
func (g *gen) unknownTables() bool {
	for i := range g.info.Accesses {
		if o := g.info.Accesses[i].Object; o == nil || o.Table == nil || len(o.Table.Columns) == 0 {
			return true
		}
	}
	return false
}

// writesData reports whether a body changes data or calls what may.
func (g *gen) writesData(body ast.Node) bool {
	found := false
	ast.Walk(body, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.Insert, *ast.Update, *ast.Delete, *ast.Merge, *ast.MultiInsert, *ast.ExecImmediate, *ast.CallStmt, *ast.Commit, *ast.Rollback, *ast.Savepoint, *ast.LockTable:
			found = true
		}
		return !found
	})
	return found
}

// pure reports whether a body depends on nothing but its arguments.
func (g *gen) pure(body ast.Node) bool {
	pure := true
	ast.Walk(body, func(n ast.Node) bool {
		switch x := n.(type) {
		case *ast.Select, *ast.Open, *ast.OpenFor, *ast.Fetch, *ast.ExecImmediate:
			pure = false
		case *ast.Name:
			switch ref := g.ref(x); ref.Kind {
			case resolve.Pseudo, resolve.Sequence, resolve.Remote, resolve.Unknown, resolve.Routine:
				pure = false
			case resolve.Builtin:
				// conversions to and from text follow NLS settings and time zones
				pure = pure && pureBuiltins[ref.Builtin]
			case resolve.Variable:
				if ref.Object != nil && ref.Decl == nil {
					pure = false
				}
			}
		}
		return pure
	})
	return pure
}

var pureBuiltins = map[string]bool{
	"NVL": true, "NVL2": true, "DECODE": true, "UPPER": true, "LOWER": true, "INITCAP": true, "LENGTH": true, "SUBSTR": true, "INSTR": true, "REPLACE": true,
	"TRIM": true, "LTRIM": true, "RTRIM": true, "LPAD": true, "RPAD": true, "TRANSLATE": true, "ABS": true, "SIGN": true, "MOD": true, "FLOOR": true,
	"CEIL": true, "ROUND": true, "TRUNC": true, "POWER": true, "SQRT": true, "GREATEST": true, "LEAST": true, "COALESCE": true, "NULLIF": true, "CHR": true, "ASCII": true,
	"ADD_MONTHS": true, "MONTHS_BETWEEN": true, "LAST_DAY": true, "EXP": true, "LN": true, "LOG": true,
}
