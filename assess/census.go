package assess

import (
	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
	"landfall/internal/oracle/syntax/typeref"
)

// census counts what one statement uses: features of the language and data types, whether or not they cost
// anything. It is about the words used; what they mean for the target is the business of the rule table.
type census struct {
	features map[string]int
	types    map[string]*typeUse
}

type typeUse struct {
	ref   model.TypeRef
	count int
}

// feature is one row of the features table.
type feature struct {
	name, group string
	node        ast.Node
	has         func(n ast.Node) bool // nil counts every node of the type
}

func when[N ast.Node](group, name string, has func(N) bool) feature {
	var zero N
	return feature{name: name, group: group, node: zero, has: func(n ast.Node) bool { return has(n.(N)) }}
}

func every[N ast.Node](group, name string) feature {
	var zero N
	return feature{name: name, group: group, node: zero}
}

// featureTable lists what is counted; order does not matter. Names are those of the SQL and PL/SQL Language
// References.
var featureTable = []feature{
	every[*ast.OuterMark]("Query", "(+) outer join"),
	every[*ast.Join]("Query", "ANSI join"),
	every[*ast.Hierarchy]("Query", "CONNECT BY"),
	when("Query", "ORDER SIBLINGS BY", func(n *ast.OrderBy) bool { return n.Siblings }),
	every[*ast.With]("Query", "WITH"),
	when("Query", "WITH with PL/SQL declarations", func(n *ast.With) bool { return len(n.Decls) > 0 }),
	when("Query", "MINUS", func(n *ast.SetOp) bool { return n.Op == token.MINUS }),
	when("Query", "UNION, INTERSECT", func(n *ast.SetOp) bool { return n.Op != token.MINUS }),
	every[*ast.Pivot]("Query", "PIVOT"),
	every[*ast.Unpivot]("Query", "UNPIVOT"),
	every[*ast.Model]("Query", "MODEL"),
	every[*ast.MatchRecognize]("Query", "MATCH_RECOGNIZE"),
	every[*ast.Grouping]("Query", "ROLLUP, CUBE, GROUPING SETS"),
	every[*ast.Over]("Query", "analytic functions"),
	every[*ast.Keep]("Query", "KEEP (DENSE_RANK ...)"),
	every[*ast.Within]("Query", "WITHIN GROUP"),
	every[*ast.Flashback]("Query", "flashback query"),
	every[*ast.Sample]("Query", "SAMPLE"),
	every[*ast.RowLimit]("Query", "OFFSET, FETCH"),
	every[*ast.ForUpdate]("Query", "FOR UPDATE"),
	every[*ast.CursorExpr]("Query", "CURSOR expression"),
	every[*ast.Multiset]("Query", "MULTISET operators"),
	every[*ast.TableExpr]("Query", "TABLE(), XMLTABLE, JSON_TABLE"),
	when("Query", "database link", func(n *ast.Name) bool { return n.Link != 0 }),
	every[*ast.Insert]("DML", "INSERT"),
	every[*ast.MultiInsert]("DML", "multi-table INSERT"),
	every[*ast.Update]("DML", "UPDATE"),
	every[*ast.Delete]("DML", "DELETE"),
	every[*ast.Merge]("DML", "MERGE"),
	every[*ast.Returning]("DML", "RETURNING INTO"),
	every[*ast.LogErrors]("DML", "LOG ERRORS"),
	every[*ast.CreateTable]("DDL", "CREATE TABLE"),
	every[*ast.Partitioning]("DDL", "partitioning"),
	every[*ast.Constraint]("DDL", "constraints"),
	every[*ast.Identity]("DDL", "identity columns"),
	every[*ast.External]("DDL", "external tables"),
	every[*ast.CreateIndex]("DDL", "indexes"),
	every[*ast.CreateView]("DDL", "views"),
	every[*ast.CreateMView]("DDL", "materialized views"),
	every[*ast.CreateMViewLog]("DDL", "materialized view logs"),
	every[*ast.CreateSequence]("DDL", "sequences"),
	every[*ast.CreateSynonym]("DDL", "synonyms"),
	every[*ast.CreateDBLink]("DDL", "database links"),
	every[*ast.Grant]("DDL", "GRANT, REVOKE"),
	every[*ast.ObjectType]("Types", "object types"),
	every[*ast.Method]("Types", "object methods"),
	when("Types", "nested tables", func(n *ast.CollectionType) bool { return n.Kind == ast.NestedTable }),
	when("Types", "varrays", func(n *ast.CollectionType) bool { return n.Kind == ast.Varray }),
	when("Types", "associative arrays", func(n *ast.CollectionType) bool { return n.Kind == ast.AssociativeArray }),
	every[*ast.RecordType]("Types", "records"),
	every[*ast.RefCursorType]("Types", "REF CURSOR types"),
	when("Types", "%TYPE", func(n *ast.DataType) bool { return n.Anchor == token.TYPE }),
	when("Types", "%ROWTYPE", func(n *ast.DataType) bool { return n.Anchor == token.ROWTYPE }),
	every[*ast.CreatePackage]("PL/SQL", "packages"),
	every[*ast.CreatePackageBody]("PL/SQL", "package bodies"),
	when("PL/SQL", "package initialisation", func(n *ast.CreatePackageBody) bool { return n.Init != nil }),
	when("PL/SQL", "procedures", func(n *ast.Routine) bool { return n.Kind == token.PROCEDURE && n.Body != nil }),
	when("PL/SQL", "functions", func(n *ast.Routine) bool { return n.Kind == token.FUNCTION && n.Body != nil }),
	every[*ast.CallSpec]("PL/SQL", "routines in Java, C or JavaScript"),
	every[*ast.CreateTrigger]("PL/SQL", "triggers"),
	every[*ast.CompoundTrigger]("PL/SQL", "compound triggers"),
	every[*ast.CursorDecl]("PL/SQL", "declared cursors"),
	when("PL/SQL", "cursor parameters", func(n *ast.CursorDecl) bool { return len(n.Params) > 0 }),
	every[*ast.For]("PL/SQL", "FOR loops"),
	every[*ast.ForAll]("PL/SQL", "FORALL"),
	when("PL/SQL", "FORALL SAVE EXCEPTIONS", func(n *ast.ForAll) bool { return n.Save }),
	when("PL/SQL", "BULK COLLECT", func(n *ast.Into) bool { return n.Bulk }),
	when("PL/SQL", "FETCH BULK COLLECT", func(n *ast.Fetch) bool { return n.Bulk }),
	every[*ast.ExecImmediate]("PL/SQL", "EXECUTE IMMEDIATE"),
	when("PL/SQL", "OPEN FOR dynamic text", func(n *ast.OpenFor) bool { return n.Text != nil }),
	when("PL/SQL", "OPEN FOR query", func(n *ast.OpenFor) bool { return n.Query != nil }),
	every[*ast.PipeRow]("PL/SQL", "PIPE ROW"),
	every[*ast.Goto]("PL/SQL", "GOTO"),
	every[*ast.Handler]("PL/SQL", "exception handlers"),
	every[*ast.ExceptionDecl]("PL/SQL", "declared exceptions"),
	every[*ast.Raise]("PL/SQL", "RAISE"),
	every[*ast.RaiseMessage]("PL/SQL", "RAISE with a text (PL/pgSQL)"),
	every[*ast.Pragma]("PL/SQL", "pragmas"),
	every[*ast.Commit]("Transactions", "COMMIT"),
	every[*ast.Rollback]("Transactions", "ROLLBACK"),
	every[*ast.Savepoint]("Transactions", "SAVEPOINT"),
	every[*ast.LockTable]("Transactions", "LOCK TABLE"),
	every[*ast.SetTransaction]("Transactions", "SET TRANSACTION"),
	every[*ast.WrappedUnit]("PL/SQL", "wrapped units"),
}

var (
	featuresByKind = func() (m [ast.NodeKinds][]int) {
		for i, f := range featureTable {
			k := f.node.NodeKind()
			m[k] = append(m[k], i)
		}
		return m
	}()
	featureGroup = func() map[string]string {
		m := map[string]string{}
		for _, f := range featureTable {
			m[f.name] = f.group
		}
		return m
	}()
)

// takeCensus counts over one statement. Hints are trivia of the token behind them, so tokens tell.
func takeCensus(f *ast.File, s ast.Stmt) census {
	c := census{features: map[string]int{}, types: map[string]*typeUse{}}
	counts := make([]int, len(featureTable))
	var visit func(n ast.Node)
	visit = func(n ast.Node) {
		switch n.(type) { // most nodes, of which nothing is counted
		case *ast.Literal, *ast.Call, *ast.Arg, *ast.Binary:
			n.EachChild(visit)
			return
		}
		for _, i := range featuresByKind[n.NodeKind()] {
			if ft := &featureTable[i]; ft.has == nil || ft.has(n) {
				counts[i]++
			}
		}
		if d, ok := n.(*ast.DataType); ok && d.Anchor == 0 && !d.Empty() {
			c.countType(f, d)
		}
		n.EachChild(visit)
	}
	visit(s)
	for i, n := range counts {
		if n > 0 {
			c.features[featureTable[i].name] += n
		}
	}
	span := s.Range()
	for i := span.Lo; i < span.Hi; i++ {
		if f.Tokens[i].Flags&token.FlagHint != 0 {
			c.features[hintFeature]++
		}
	}
	return c
}

const hintFeature = "optimizer hints"

func init() { featureGroup[hintFeature] = "Query" }

func (c *census) countType(f *ast.File, d *ast.DataType) {
	ref := typeref.Stored(typeref.Of(f, d))
	text := ref.String()
	u := c.types[text]
	if u == nil {
		u = &typeUse{ref: ref}
		c.types[text] = u
	}
	u.count++
}
