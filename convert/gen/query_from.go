package gen

import (
	"strings"

	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// tableRef converts an item of FROM.
func (g *gen) tableRef(t ast.TableRef) string {
	switch x := t.(type) {
	case *ast.TableName:
		return g.tableSource(x)
	case *ast.SubqueryRef:
		return g.inlineView(x)
	case *ast.ParenTable:
		if _, ok := x.X.(*ast.Join); ok {
			subs := []sub{put(x.X, g.tableRef(x.X))}
			if x.Alias != nil {
				subs = append(subs, put(x.Alias, g.word(x.Alias)))
			}
			return g.splice(x, subs...)
		}
		// parentheses around a single table: PostgreSQL takes them around joins only
		if x.Alias != nil {
			return g.renamedTable(x)
		}
		return g.tableRef(x.X)
	case *ast.Join:
		return g.join(x)
	case *ast.TableExpr:
		return g.tableExpr(x)
	case *ast.Pivot:
		return g.pivot(x)
	case *ast.Unpivot:
		return g.unpivot(x)
	case *ast.MatchRecognize:
		g.refuse(x, "match-recognize", "row patterns have no counterpart: write them with window functions (gaps and islands) or a loop")
		return ""
	case *ast.NestedJSON:
		g.refuse(x, "json-function", "NESTED ... COLUMNS: write it with jsonb functions in a lateral subquery")
		return ""
	}
	g.refuse(t, "not-converted", "no PostgreSQL form is known for %s", g.what(t))
	return ""
}

// alias makes an alias for a subquery that has none: PostgreSQL asks for one before version 16.
func (g *gen) alias() string {
	g.aliases++
	return "lf_q" + itoa(g.aliases)
}

func (g *gen) tableSource(x *ast.TableName) string {
	if g.isDual(x) { // whose column is asked for
		s := "(SELECT 'X'::text AS dummy) AS "
		if x.Alias != nil {
			return s + g.word(x.Alias)
		}
		return s + "dual"
	}
	if x.Flashback != nil {
		g.refuse(x.Flashback, "flashback-query", "PostgreSQL keeps no past versions of rows that a query can ask for: keep a history table")
	}
	if x.Special != nil {
		g.refuse(x.Special, "not-converted", "no PostgreSQL form is known for %s", g.source(x.Special))
	}
	s := ""
	switch {
	case x.Name.Link != 0:
		s = g.remote(x.Name).s
	case x.Partition != nil:
		s = g.partitionName(x)
	default:
		if fn, ok := g.dictionaryTable(x.Name); ok {
			s = fn
			if x.Alias == nil {
				s += " AS " + g.e.names.ident(g.f.Last(x.Name))
			}
			break
		}
		s = g.splice(x.Name, put(x.Name, g.tableName(x.Name)))
	}
	switch x.Wrap {
	case token.ONLY:
		s = "ONLY " + s
	case token.CONTAINERS, token.SHARDS:
		g.refuse(x, "not-converted", "%s spans databases of Oracle's", x.Wrap)
	}
	if x.Alias != nil {
		s += g.aliasGap(x.Alias) + g.word(x.Alias)
	}
	if x.Sample != nil {
		s += g.sample(x.Sample)
	}
	return s
}

// renamedTable is a single table in parentheses with an alias behind them.
func (g *gen) renamedTable(x *ast.ParenTable) string {
	alias := g.word(x.Alias)
	switch t := x.X.(type) {
	case *ast.TableName:
		if g.isDual(t) {
			return "(SELECT 'X'::text AS dummy) AS " + alias
		}
		if t.Alias == nil && t.Sample == nil {
			return g.tableRef(t) + " AS " + alias
		}
	case *ast.TableExpr, *ast.SubqueryRef:
		if g.aliasOf == nil {
			g.aliasOf = map[ast.TableRef]string{}
		}
		g.aliasOf[t] = alias // taken where it has none of its own
		if s := g.tableRef(t); strings.Contains(s, " AS "+alias) {
			return s
		}
	}
	return "(SELECT * FROM " + g.tableRef(x.X) + ") AS " + alias
}

// aliasGap is the space and comments in front of an alias. Words that PostgreSQL wants AS in front of get it.
func (g *gen) aliasGap(n *ast.Name) string {
	if n.Lo > 0 {
		g.seen.add(n.Lo)
	}
	t := pgComments(g.trivia(n.Lo))
	if t == "" {
		t = " "
	}
	return t
}

// sample converts SAMPLE: rows are BERNOULLI, blocks SYSTEM; SEED is REPEATABLE (PG, "TABLESAMPLE").
func (g *gen) sample(s *ast.Sample) string {
	how := "BERNOULLI"
	if s.Block {
		how = "SYSTEM"
	}
	text := " TABLESAMPLE " + how + " (" + g.text(s.Percent) + ")"
	if s.Seed != nil {
		text += " REPEATABLE (" + g.text(s.Seed) + ")"
	}
	g.report(s, "sample", "TABLESAMPLE %s takes other rows than SAMPLE did, in the same share", how)
	return text
}

// partitionName names a partition as the table that it is in PostgreSQL.
func (g *gen) partitionName(x *ast.TableName) string {
	if len(x.Partition.Names) != 1 || len(x.Partition.Exprs) > 0 {
		g.refuse(x.Partition, "partition-name", "PARTITION FOR (...) names a partition by a value: put the value's range into WHERE")
		return ""
	}
	part := g.f.Last(x.Partition.Names[0])
	if o := g.ref(x.Name).Object; o != nil && o.Table != nil && !g.partitioned(o) {
		g.refuse(x.Partition, "partition-name", "%s has no partitions in PostgreSQL, so %s is no table: put what it holds into WHERE", g.source(x.Name), part)
		return ""
	}
	g.report(x.Partition, "partition-name", "the partition %s is a table of its own", part)
	return g.partitionTable(x.Name, part)
}

func (g *gen) inlineView(x *ast.SubqueryRef) string {
	subs := []sub{put(x.Query, g.query(x.Query))}
	if x.Flashback != nil {
		g.refuse(x.Flashback, "flashback-query", "PostgreSQL keeps no past versions of rows that a query can ask for: keep a history table")
	}
	if x.Restrict != nil { // WITH READ ONLY, WITH CHECK OPTION: nothing is written through it
		g.ignore(x.Restrict, "view-read-only", "%s of an inline view", g.source(x.Restrict))
		subs = append(subs, put(x.Restrict, ""))
	}
	if x.Sample != nil {
		g.refuse(x.Sample, "sample", "SAMPLE of a subquery: PostgreSQL samples tables only")
	}
	if x.Joined { // LATERAL (...) (+)
		end := x.Hi
		if x.Alias != nil {
			end = x.Alias.Lo
		}
		subs = append(subs, sub{end - 3, end, ""})
	}
	s := g.splice(x, subs...)
	if x.Alias == nil {
		s += " AS " + g.given(x)
	}
	return s
}

// join converts an ANSI join. Chains lean to the left and may be long.
func (g *gen) join(x *ast.Join) string {
	var chain []*ast.Join
	var left ast.TableRef = x
	for {
		j, ok := left.(*ast.Join)
		if !ok {
			break
		}
		chain = append(chain, j)
		left = j.Left
	}
	text := g.tableRef(left)
	for i := len(chain) - 1; i >= 0; i-- {
		text = g.joinOne(chain[i], text)
	}
	return text
}

func (g *gen) joinOne(x *ast.Join, left string) string {
	if len(x.LeftPartition)+len(x.RightPartition) > 0 {
		return g.partitionedJoin(x, left)
	}
	right := g.tableRef(x.Right)
	subs := []sub{put(x.Left, left)}
	if x.Apply {
		// CROSS APPLY and OUTER APPLY are lateral joins (SQL Language Reference 19c, cross_outer_apply_clause)
		word, on := "CROSS JOIN", ""
		if x.Kind == token.OUTER {
			word, on = "LEFT JOIN", " ON true"
		}
		lateral := ""
		if r, ok := x.Right.(*ast.SubqueryRef); ok && !r.Lateral {
			lateral = "LATERAL "
		}
		subs = append(subs, sub{x.Left.Range().Hi, x.Right.Range().Lo, word}, put(x.Right, lateral+right+on))
		return g.splice(x, subs...)
	}
	subs = append(subs, put(x.Right, right))
	if x.On != nil {
		if HasOuterMark(x.On) {
			g.refuse(x.On, "outer-join", "(+) stands in ON; Oracle refuses it too (ORA-25156)")
		}
		subs = append(subs, put(x.On, g.cond(x.On)))
	}
	for _, n := range x.Using {
		subs = append(subs, put(n, g.word(n)))
	}
	if x.On == nil && len(x.Using) == 0 && !x.Natural && x.Kind != token.CROSS {
		return g.splice(x, subs...) + " ON true"
	}
	return g.splice(x, subs...)
}

// partitionedJoin fills every partition of one side with the rows of the other: those rows are first joined with a list of
// the partitions, and the columns of the partition come from that list.
func (g *gen) partitionedJoin(x *ast.Join, left string) string {
	sparse := x.Left
	by := x.LeftPartition
	sparseText, denseText := left, ""
	if len(by) == 0 {
		sparse, by = x.Right, x.RightPartition
		denseText, sparseText = left, g.tableRef(x.Right)
	} else {
		denseText = g.tableRef(x.Right)
	}
	if x.Kind == token.FULL || x.On == nil || len(x.LeftPartition) > 0 == (x.Kind == token.LEFT) {
		g.refuse(x, "outer-join", "a partitioned outer join in a form that Oracle does not take")
		return ""
	}
	switch sparse.(type) {
	case *ast.TableName, *ast.SubqueryRef:
	default:
		g.refuse(x, "outer-join", "a partitioned outer join of a join: make an inline view of it")
		return ""
	}
	source, list := g.sourceAlias(sparse), g.alias()
	var cols, same []string
	for _, e := range by {
		n, ok := ast.Unparen(e).(*ast.Name)
		if !ok {
			g.refuse(e, "outer-join", "a partitioned outer join by an expression: make an inline view with the expression as a column")
			return ""
		}
		name := g.e.names.ident(g.f.Last(n))
		cols = append(cols, name)
		same = append(same, source+"."+name+" IS NOT DISTINCT FROM "+list+"."+name)
	}
	on := g.expr(x.On).in(precAnd)
	g.names(g.info.Stmt, func(n *ast.Name) { // wherever the partition is named, the list has it
		if g.info.From(n) != ast.Node(sparse) || n.Star {
			return
		}
		for _, e := range by {
			if b, _ := ast.Unparen(e).(*ast.Name); b != nil && g.f.Last(b) == g.f.Last(n) {
				g.move(n, list+"."+g.e.names.ident(g.f.Last(n)))
			}
		}
	})
	in := g.lineBreak(x)
	partitions := "(SELECT DISTINCT " + strings.Join(cols, ", ") + " FROM " + sparseText + ") AS " + list
	return denseText + in + "CROSS JOIN " + partitions + in + "LEFT JOIN " + sparseText + " ON " + strings.Join(same, " AND ") + " AND " + on
}

// tableExpr converts TABLE(x), THE(x) and functions used as a table.
func (g *gen) tableExpr(x *ast.TableExpr) string {
	if x.Flashback != nil || x.Sample != nil || x.External != nil {
		g.refuse(x, "not-converted", "no PostgreSQL form is known for %s", g.what(x))
		return ""
	}
	alias := g.sourceAlias(x)
	if c, ok := x.X.(*ast.Call); ok && x.Kind == 0 {
		if n, ok := c.Fn.(*ast.Name); ok {
			switch g.f.Tokens[n.Hi-1].Kw {
			case token.XMLTABLE:
				return g.xmlTable(c, alias)
			case token.JSON_TABLE:
				return g.jsonTable(c, alias)
			}
		}
	}
	return g.collectionTable(x, alias)
}

// collectionTable converts TABLE(collection): unnest for arrays, the function itself where it gives rows.
func (g *gen) collectionTable(x *ast.TableExpr, alias string) string {
	e := ast.Unparen(x.X)
	t := g.info.Type(x.X)
	if q, ok := e.(*ast.Subquery); ok {
		return "unnest((" + g.query(q.Query) + ")) AS " + alias + g.valueColumn(t)
	}
	columns := g.valueColumn(t)
	n := called(e)
	if n != nil && isSupplied(g.ref(n)) { // lines of text, as all do that code selects from
		g.want(e, func() string { return "text[]" })
		if strings.HasPrefix(strings.TrimPrefix(g.ref(n).Builtin, "SYS."), "DBMS_XPLAN.") {
			columns = "(plan_table_output)"
		}
	}
	f := g.expr(x.X)
	if n != nil && g.pipelined(g.ref(n)) {
		return f.s + " AS " + alias + columns
	}
	return "unnest(" + f.s + ") AS " + alias + columns
}

// called is the name of the function that an expression is a call of.
func called(e ast.Expr) *ast.Name {
	switch x := e.(type) {
	case *ast.Call:
		n, _ := x.Fn.(*ast.Name)
		return n
	case *ast.Name:
		return x
	}
	return nil
}

// pipelined reports whether a function gives its rows one by one, so that it is a set-returning function in PostgreSQL.
func (g *gen) pipelined(ref *resolve.Ref) bool {
	return ref.Routine != nil && ref.Routine.Pipelined
}

// valueColumn names the column of a collection of scalars COLUMN_VALUE, as Oracle does.
func (g *gen) valueColumn(t resolve.Type) string {
	e := t
	if t.Class == resolve.ClassCollection {
		if t.Elem == nil {
			return ""
		}
		e = *t.Elem
	}
	if g.jsonObject(e) {
		return "(" + rowObject + ")"
	}
	switch e.Class {
	case resolve.ClassObject, resolve.ClassRecord:
		return ""
	case resolve.ClassUnknown:
		if t.Class == resolve.ClassUnknown {
			return "(column_value)"
		}
	}
	return "(column_value)"
}
