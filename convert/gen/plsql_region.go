package gen

import (
	"strings"

	"landfall/internal/oracle/syntax/ast"
)

// savepointRegion is SAVEPOINT s, statements, ROLLBACK TO s of one list, as a block whose error undoes the statements:
// ROLLBACK TO raises, the handler goes on with what stood behind it. The last statement holds the ROLLBACK TO, as itself or
// in the branches of an IF or CASE or in the handlers of a block.
type savepointRegion struct {
	*ast.Block
	name     string
	backs    []*ast.Rollback
	rests    [][]ast.Stmt // what stands behind each in its branch
	handlers int          // those that find is inside of
	in       []bool       // which stand in a handler: what is behind them may ask for its error
}

// undoState is the SQLSTATE that ROLLBACK TO raises inside of its block. Own exceptions never get it: see findExceptions.
const undoState = "LFSAV"

// regions finds the regions of savepoints in a list of statements.
func (g *gen) regions(list []ast.Stmt) []ast.Stmt {
	any := false
	for _, s := range list {
		if x, ok := s.(*ast.Savepoint); ok && !g.body.facts.dropped[x] {
			any = true
		}
	}
	if !any {
		return list
	}
	var out []ast.Stmt
	for i := 0; i < len(list); i++ {
		s, ok := list[i].(*ast.Savepoint)
		if !ok || g.body.facts.dropped[s] {
			out = append(out, list[i])
			continue
		}
		name := g.f.Last(s.Name)
		from := i + 1
		lo := s.Lo
		for {
			r, last := g.region(name, list, from, lo)
			if r == nil {
				break
			}
			out = append(out, r)
			from, lo = last+1, 0
			if _, plain := list[last].(*ast.Rollback); !plain {
				break
			}
		}
		if from == i+1 { // none can be made of it
			out = append(out, list[i])
			continue
		}
		i = from - 1
	}
	return out
}

// region makes the region that begins at list[from]; last is the index of its last statement. lo is the token it begins
// with, 0 for that of its first statement.
func (g *gen) region(name string, list []ast.Stmt, from int, lo uint32) (*savepointRegion, int) {
	for j := from; j < len(list); j++ {
		if s, ok := list[j].(*ast.Savepoint); ok && g.f.Last(s.Name) == name {
			return nil, 0
		}
		if !g.rollsBackTo(list[j], name) {
			continue
		}
		r := &savepointRegion{name: name}
		if !r.find(g, list[j], name) || g.endsTransaction(list[from:j+1]) {
			return nil, 0
		}
		if _, plain := list[j].(*ast.Rollback); !plain {
			for _, s := range list[j+1:] { // the savepoint is still set when no branch has rolled back
				if g.rollsBackTo(s, name) {
					return nil, 0
				}
			}
		}
		if lo == 0 {
			lo = list[from].Range().Lo
		}
		r.Block = &ast.Block{Span: ast.Span{Lo: lo, Hi: list[j].Range().Hi}, Begin: lo, Stmts: list[from : j+1]}
		return r, j
	}
	return nil, 0
}

func (g *gen) rollsBackTo(s ast.Stmt, name string) bool {
	found := false
	ast.Walk(s, func(n ast.Node) bool {
		switch x := n.(type) {
		case *ast.Rollback:
			found = found || x.To != nil && g.f.Last(x.To) == name
		case *ast.Routine:
			return false
		}
		return !found
	})
	return found
}

// find collects the ROLLBACK TOs of a statement; false when one stands where its block cannot be left by raising.
func (r *savepointRegion) find(g *gen, s ast.Stmt, name string) bool {
	switch x := s.(type) {
	case *ast.Rollback:
		r.backs = append(r.backs, x)
		r.rests = append(r.rests, nil)
		r.in = append(r.in, r.handlers > 0)
		return true
	case *ast.Block:
		for _, s := range x.Stmts { // a handler of the block would catch what ROLLBACK TO raises
			if g.rollsBackTo(s, name) {
				return false
			}
		}
		r.handlers++
		defer func() { r.handlers-- }()
		for _, h := range x.Handlers {
			if !r.findIn(g, h.Stmts, name) {
				return false
			}
		}
		return true
	case *ast.If:
		for _, a := range x.Arms {
			if !r.findIn(g, a.Then, name) {
				return false
			}
		}
		return r.findIn(g, x.Else, name)
	case *ast.CaseStmt:
		for _, a := range x.Arms {
			if !r.findIn(g, a.Then, name) {
				return false
			}
		}
		return r.findIn(g, x.Else, name)
	}
	return false
}

func (r *savepointRegion) findIn(g *gen, list []ast.Stmt, name string) bool {
	for i, s := range list {
		if !g.rollsBackTo(s, name) {
			continue
		}
		if x, ok := s.(*ast.Rollback); ok {
			for _, t := range list[i+1:] {
				if g.rollsBackTo(t, name) {
					return false
				}
			}
			r.backs = append(r.backs, x)
			r.rests = append(r.rests, list[i+1:])
			r.in = append(r.in, r.handlers > 0)
			return true
		}
		return i == len(list)-1 && r.find(g, s, name) // what stands behind it would be left out
	}
	return true
}

// regionSQL is the block of a region.
func (g *gen) regionSQL(r *savepointRegion) string {
	in := g.indentAt(r.Lo)
	if g.body.undo == nil {
		g.body.undo = map[*ast.Rollback]string{}
		g.body.moved = map[ast.Stmt]bool{}
	}
	which := ""
	count := 0
	for _, rest := range r.rests {
		if len(rest) > 0 {
			count++
		}
	}
	if count > 0 && len(r.backs) > 1 {
		which = g.temp("integer")
	}
	raise := "RAISE SQLSTATE '" + undoState + "' USING MESSAGE = " + literal("rollback to "+strings.ToLower(r.name))
	errors := make([]*tryState, len(r.backs))
	for i, b := range r.backs {
		g.body.undo[b] = raise
		if r.in[i] && g.asksErrorOf(r.rests[i]) {
			outer := g.body.try
			g.body.try = nil
			errors[i] = g.newTry(false)
			g.body.try = outer
			if g.body.kept == nil {
				g.body.kept = map[*ast.Rollback]*tryState{}
			}
			g.body.kept[b] = errors[i]
		}
		if which != "" {
			g.body.undo[b] = which + " := " + itoa(i) + ";\n" + g.indent(b) + g.body.undo[b]
		}
		for _, s := range r.rests[i] {
			g.body.moved[s] = true
		}
	}
	outer := g.body.try
	g.body.try = nil
	g.body.sub++
	lead := ""
	for _, c := range comments(g.trivia(r.Stmts[0].Range().Lo)) {
		g.seen.add(r.Stmts[0].Range().Lo)
		lead += c + "\n" + in
	}
	body := g.stmtList(r.Stmts)
	g.body.sub--
	var handler string
	for i, rest := range r.rests {
		for _, s := range rest {
			delete(g.body.moved, s)
		}
		if len(rest) == 0 {
			continue
		}
		if errors[i] != nil {
			g.body.errors = append(g.body.errors, errors[i])
		}
		text := g.stmtList(rest)
		if errors[i] != nil {
			g.body.errors = g.body.errors[:len(g.body.errors)-1]
		}
		if which != "" {
			text = "IF " + which + " = " + itoa(i) + " THEN\n" + in + "        " + text + "\n" + in + "    END IF;"
		}
		if handler != "" {
			handler += "\n" + in + "    "
		}
		handler += text
	}
	g.body.try = outer
	if handler == "" {
		handler = "NULL;"
	}
	return "BEGIN /* SAVEPOINT " + strings.ReplaceAll(strings.ToLower(r.name), "*/", "* /") + " */\n" + in + lead + body + "\n" + in +
		"EXCEPTION WHEN SQLSTATE '" + undoState + "' THEN\n" + in + "    " + handler + "\n" + in + "END"
}

// asksErrorOf reports whether statements of a handler mean its error: by SQLCODE, SQLERRM and their kin, or by raising it again.
func (g *gen) asksErrorOf(list []ast.Stmt) bool {
	found := false
	for _, s := range list {
		ast.Walk(s, func(n ast.Node) bool {
			switch x := n.(type) {
			case *ast.Raise:
				found = found || x.Exception == nil
			case *ast.Name:
				found = found || tellsError(g.ref(x).Builtin)
			}
			return !found
		})
	}
	return found
}
