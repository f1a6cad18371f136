package native

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"landfall/convert/gen"
	"landfall/convert/rules"
	"landfall/internal/model"
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
	"landfall/internal/postgres/quote"
)

// lacks reports whether the target is known not to have a feature.
func (w *work) lacks(f rules.Feature) bool { return w.target.State(f) == rules.Absent }

// change walks over the statement and rewrites what the target lacks and a rewriting is known for.
func (w *work) change() {
	ast.Walk(w.u.Stmt, func(n ast.Node) bool {
		switch x := n.(type) {
		case *ast.Param:
			w.unsized[x.Type] = true
		case *ast.Routine:
			w.unsized[x.Return] = true
		case *ast.DataType:
			w.dataType(x)
		case *ast.CreateTable:
			w.table(x)
		case *ast.CreateIndex:
			w.index(x)
		case *ast.UsingIndex:
			w.physical(x.Props)
		case *ast.ForUpdate:
			if len(x.Of) > 0 && w.lacks(rules.FeatureForUpdateOf) {
				w.forUpdateOf(x)
			}
		case *ast.Merge:
			w.merge(x)
		case *ast.Name:
			w.name(x)
		}
		return true
	})
}

// dataType rewrites types that the target reads in another way: INTEGER of four bytes, binary FLOAT, scales and
// precisions that it does not take.
func (w *work) dataType(t *ast.DataType) {
	arg := func(i int) (int, bool) {
		if i >= len(t.Args) {
			return 0, false
		}
		n, err := strconv.Atoi(strings.ReplaceAll(w.f.Source(t.Args[i]), " ", ""))
		return n, err == nil
	}
	switch t.Kw {
	case token.INTEGER, token.INT, token.SMALLINT:
		if w.lacks(rules.FeatureInteger38) {
			to := "NUMBER(38)"
			if w.unsized[t] { // parameters and results take no length
				to = "NUMBER"
			}
			w.put(t, to)
			w.report(t, "integer-38", model.Info, model.Auto, "%s holds 38 digits in Oracle and has four bytes on %s: %s", w.f.Source(t), w.target.Title, to)
		}
	case token.FLOAT, token.REAL, token.DOUBLE:
		if w.lacks(rules.FeatureDecimalFloat) {
			w.put(t, "NUMBER")
			w.report(t, "float", model.Low, model.Auto, "%s is decimal in Oracle and binary on %s: NUMBER, without its limit of digits", w.f.Source(t), w.target.Title)
		}
	case token.TIMESTAMP:
		if n, ok := arg(0); ok && n > 6 && w.lacks(rules.FeatureTimestampNano) {
			w.put(t.Args[0], "6")
			w.report(t, "timestamp-precision", model.Medium, model.Review, "%s: %s keeps microseconds; %d digits are rounded to 6", w.f.Source(t), w.target.Title, n)
		}
	case token.NUMBER, token.NUMERIC, token.DECIMAL, token.DEC:
		p, ok := arg(0)
		s, scaled := arg(1)
		if ok && scaled && (s < 0 || s > p) && !w.target.Has(rules.FeatureNumberScale) {
			to := fmt.Sprintf("NUMBER(%d)", p-s)
			if s > p {
				to = fmt.Sprintf("NUMBER(%d,%d)", s, s)
			}
			w.put(t, to)
			w.report(t, "number-scale", model.Medium, model.Review, "%s: %s takes no such scale: %s, and nothing rounds to it", w.f.Source(t), w.target.Title, to)
		}
	}
}

// physicalWords begin clauses on where and how blocks are kept.
var physicalWords = []token.Keyword{
	token.PCTFREE, token.PCTUSED, token.INITRANS, token.MAXTRANS, token.STORAGE, token.TABLESPACE, token.SEGMENT, token.BUFFER_POOL, token.CACHE, token.NOCACHE, token.PARALLEL, token.NOPARALLEL,
	token.MONITORING, token.NOMONITORING, token.ROW, token.RESULT_CACHE, token.LOGGING, token.NOLOGGING, token.COMPRESS, token.NOCOMPRESS, token.INMEMORY, token.ILM, token.ENABLE, token.DISABLE,
	token.PCTTHRESHOLD, token.INCLUDING, token.OVERFLOW, token.MAPPING, token.NOMAPPING, token.LOB, token.VARRAY, token.COMPUTE, token.ONLINE, token.NOSORT, token.REVERSE, token.VISIBLE, token.FLASHBACK,
}

// physical leaves clauses on blocks out, each with a line in the ledger.
func (w *work) physical(props []*ast.Clause) {
	for _, c := range props {
		if !slices.Contains(physicalWords, c.Head) {
			continue
		}
		w.put(c, "")
		r := w.byName["storage"]
		w.parts = append(w.parts, gen.Line{Class: gen.Ignored, Object: w.object, Pos: w.f.Pos(c), Code: r.Code, What: strings.Join(strings.Fields(w.f.Source(c)), " "), Part: true})
	}
}

func (w *work) table(t *ast.CreateTable) {
	w.physical(t.Props)
	if t.Organization == token.INDEX && w.lacks(rules.FeatureIndexOrganized) {
		for i := range w.f.Significant(t.Span) {
			if w.f.Tokens[i].Kw == token.ORGANIZATION {
				w.putTokens(i, i+2, "")
				break
			}
		}
		w.report(t.Name, "index-organized", model.Low, model.Auto, "ORGANIZATION INDEX does not exist on %s: an ordinary table", w.target.Title)
	}
	if t.Cluster != nil && w.lacks(rules.FeatureClusters) {
		w.refuse(t.Cluster, "cluster-table", "clusters do not exist on %s: make the table without", w.target.Title)
	}
}

func (w *work) index(x *ast.CreateIndex) {
	w.physical(x.Props)
	if x.Kind == token.BITMAP && w.lacks(rules.FeatureBitmapIndex) {
		for i := range w.f.Significant(x.Span) {
			if w.f.Tokens[i].Kw == token.BITMAP {
				w.putTokens(i, i+1, "")
				break
			}
		}
		w.report(x, "bitmap-index", model.Low, model.Auto, "bitmap indexes do not exist on %s: a btree", w.target.Title)
		if len(x.From) > 0 {
			w.refuse(x, "bitmap-index", "a bitmap join index has no counterpart")
		}
	}
}

// forUpdateOf locks the rows of all tables of the query where the target cannot name one: more than Oracle locks.
func (w *work) forUpdateOf(x *ast.ForUpdate) {
	last := x.Of[len(x.Of)-1].Range().Hi
	for i := x.Lo; i < x.Of[0].Range().Lo; i++ {
		if w.f.Tokens[i].Kw == token.OF {
			w.putTokens(i, last, "")
			w.report(x, "for-update-wait", model.Medium, model.Review, "FOR UPDATE OF does not exist on %s: the rows of all tables of the query are locked", w.target.Title)
			return
		}
	}
}

// merge moves the WHERE of a branch in front of it: WHEN MATCHED AND ... THEN UPDATE. DELETE WHERE looks at the values
// after the update, which no condition in front can.
func (w *work) merge(x *ast.Merge) {
	if w.target.State(rules.FeatureMerge) == rules.Native {
		return
	}
	if x.Matched != nil && x.Matched.DeleteWhere != nil {
		w.refuse(x, "merge", "MERGE with DELETE WHERE: %s decides before the update which rows it deletes", w.target.Title)
		return
	}
	if x.Matched != nil && x.Matched.Where != nil {
		w.branch(x.Matched.Span, x.Matched.Where)
	}
	if x.Unmatched != nil && x.Unmatched.Where != nil {
		w.branch(x.Unmatched.Span, x.Unmatched.Where)
	}
}

// branch moves WHERE condition of a branch behind its WHEN: in front of THEN, as AND (condition).
func (w *work) branch(s ast.Span, where ast.Expr) {
	then := uint32(0)
	for i := s.Lo; i < s.Hi && then == 0; i++ {
		if w.f.Tokens[i].Kw == token.THEN {
			then = i
		}
	}
	word := where.Range().Lo - 1
	for word > s.Lo && w.f.Tokens[word].Kw != token.WHERE {
		word--
	}
	if then == 0 || w.f.Tokens[word].Kw != token.WHERE {
		w.refuse(where, "merge", "the WHERE of this branch of MERGE cannot be moved")
		return
	}
	off := int(w.f.Tokens[then].Off)
	w.edits = append(w.edits, edit{off, off, "AND (" + w.f.Source(where) + ") "})
	w.putTokens(word, where.Range().Hi, "")
	w.report(where, "merge", model.Low, model.Auto, "the WHERE of the branch becomes WHEN ... AND, which %s takes", w.target.Title)
}

// name rewrites a name that the target would read as another. It folds what is not quoted to lower case, so "EMP" would
// not be emp; and words that it reserves need quotes, in lower case.
func (w *work) name(n *ast.Name) {
	if w.info == nil {
		return
	}
	ref := w.info.Ref(n)
	switch ref.Kind {
	case resolve.Pseudo, resolve.Builtin, resolve.PseudoRecord, resolve.Host, resolve.Remote, resolve.Unknown:
		return
	}
	for i := range w.f.Significant(n.Span) {
		t := w.f.Tokens[i]
		name := w.f.Ident(i)
		switch t.Kind {
		case token.QuotedIdent:
			if low := strings.ToLower(name); low != name && strings.ToUpper(name) == name && model.CatalogIdent(name).Written == name {
				w.putTokens(i, i+1, quote.Ident(low))
			}
		case token.Ident:
			if low := strings.ToLower(name); quote.Reserved(low) && t.Kw != 0 && ref.Kind != resolve.Word && ref.Kind != resolve.TypeName {
				w.putTokens(i, i+1, quote.Always(low))
			}
		}
	}
}
