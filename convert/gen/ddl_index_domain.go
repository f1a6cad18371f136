package gen

import (
	"slices"
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// domainIndex converts indexes with a method of their own, of which PostgreSQL has some: words of a text, and what is in
// a JSON document.
func (g *gen) domainIndex(x *ast.CreateIndex) {
	kind := strings.ToLower(x.Kind.String())
	if x.IndexType != nil {
		kind = strings.ToUpper(g.f.Last(x.IndexType))
	}
	for _, p := range x.Props {
		g.indexProp(p)
	}
	if (kind == "CONTEXT" || x.Kind == token.SEARCH) && g.indexesXMLRows(x) {
		g.report(x, "domain-index", "a GIN index of the words of the documents, tags included, stands for the text index; queries with CONTAINS are converted by hand")
		g.ginIndex(x, "to_tsvector('simple'::regconfig, coalesce("+xmlRow+"::text, ''))", "")
		return
	}
	col := g.indexedColumn(x)
	switch {
	case col == nil:
	case kind == "CTXRULE" && !slices.Contains([]string{"BLOB", "BFILE", "RAW"}, g.columnOf(col)):
		g.reportAs(x, "domain-index", model.High, model.Manual, "a GIN index of the words of the rules stands for the rule index; write MATCHES(rule, document) > 0 as a search of the rules that share a word with the document, tsvector_to_array(to_tsvector('simple', rule)) && tsvector_to_array(to_tsvector('simple', document)), which the index finds, and of them those that hold, to_tsvector('simple', document) @@ websearch_to_tsquery('simple', rule); ABOUT, NEAR and other operators of Oracle Text are no part of it")
		g.ginIndex(x, "tsvector_to_array(to_tsvector('simple'::regconfig, coalesce("+g.word(col)+"::text, '')))", "")
		return
	case x.Kind == token.MULTIVALUE:
		g.report(x, "domain-index", "a GIN index of the whole document stands for the multivalue index: conditions must be written with @> or @? to use it")
		g.ginIndex(x, g.documentKey(col), " jsonb_path_ops")
		return
	case x.Kind == token.SEARCH && (g.isDocument(col) || g.indexSays(x, "JSON")), g.isDocument(col) && kind == "CONTEXT", g.indexSays(x, "JSON_SECTION_GROUP"):
		g.report(x, "domain-index", "a GIN index of the document stands for the JSON search index: conditions must be written with @> or @? to use it; it holds no words")
		g.ginIndex(x, g.documentKey(col), " jsonb_path_ops")
		return
	case x.Kind == token.SEARCH && !g.indexSays(x, "XML"), kind == "CONTEXT", kind == "CTXCAT":
		if typ := g.columnOf(col); typ == "BLOB" || typ == "BFILE" || typ == "RAW" {
			g.refuse(x, "domain-index", "the text index reads documents in binary form (%s), which PostgreSQL cannot: keep their text in a column", typ)
			return
		}
		g.report(x, "domain-index", "a GIN index of words stands for the text index; queries with CONTAINS are converted by hand")
		if g.indexSays(x, "DATASTORE") {
			g.reportAs(x, "domain-index", model.High, model.Manual, "the text index reads what its datastore makes; this index reads the column itself")
		}
		g.sql++
		key := g.text(col)
		g.sql--
		g.ginIndex(x, "to_tsvector('simple'::regconfig, coalesce("+key+"::text, ''))", "")
		return
	}
	if x.IndexType != nil {
		kind = g.source(x.IndexType)
	}
	g.refuse(x, "domain-index", "an index of type %s has no counterpart", kind)
}

func (g *gen) ginIndex(x *ast.CreateIndex, key, class string) {
	table := g.relation(x.Table)
	if o := g.tableOf(x.Table); o != nil && o.Table != nil && o.Table.Temporary == "GLOBAL" {
		table = g.rowsTable(o)
	}
	g.emitDDL(x, g.indexPhase(x), "CREATE INDEX "+g.indexName(x)+"ON "+table+" USING gin ("+key+class+")")
}

// xmlRow is the one column of a table of XMLType.
const xmlRow = "object_value"

// indexesXMLRows reports whether an index is of the documents that are the rows of a table of XMLType: of OBJECT_VALUE or
// VALUE(alias).
func (g *gen) indexesXMLRows(x *ast.CreateIndex) bool {
	o := g.tableOf(x.Table)
	if o == nil || o.Table == nil || len(x.Items) != 1 || !strings.HasSuffix(o.Table.OfType, "XMLTYPE") {
		return false
	}
	switch e := ast.Unparen(x.Items[0].X).(type) {
	case *ast.Name:
		return g.f.Last(e) == "OBJECT_VALUE"
	case *ast.Call:
		fn, ok := e.Fn.(*ast.Name)
		return ok && g.f.Last(fn) == "VALUE"
	}
	return false
}

// indexedColumn is the first column that the index names, nil when there is none.
func (g *gen) indexedColumn(x *ast.CreateIndex) *ast.Name {
	var found *ast.Name
	for _, it := range x.Items {
		ast.Walk(it, func(n ast.Node) bool {
			if name, ok := n.(*ast.Name); ok && found == nil && g.info.Base(name).Ref.Kind == resolve.Column {
				found = name
			}
			return found == nil
		})
	}
	if found == nil && len(x.Items) > 0 { // of a table that the source does not have
		found, _ = x.Items[0].X.(*ast.Name)
	}
	return found
}

// indexSays looks for a word in the parameters of an index.
func (g *gen) indexSays(x *ast.CreateIndex, word string) bool {
	return slices.ContainsFunc(slices.Concat(x.Params, x.Props), func(p *ast.Clause) bool {
		return strings.Contains(strings.ToUpper(g.f.Source(p)), word)
	})
}

// columnOf is Oracle's type of the column that a name means, "" where it is not known.
func (g *gen) columnOf(n *ast.Name) string {
	if c := g.info.Base(n).Ref.Column; c != nil {
		return c.Type.Name
	}
	return ""
}

func (g *gen) isDocument(n *ast.Name) bool { return g.columnOf(n) == "JSON" }

// documentKey is the column of a document as jsonb. The path behind the column is left out.
func (g *gen) documentKey(n *ast.Name) string {
	c := g.info.Base(n).Ref.Column
	if c == nil {
		return "(" + g.word(n) + "::jsonb)"
	}
	switch col := g.e.names.ident(c.Name); c.Type.Name {
	case "JSON":
		return col
	case "BLOB":
		return "(" + g.use("utl_raw_cast_to_varchar2") + "(" + col + ")::jsonb)" // convert_from is not immutable
	default:
		return "(" + col + "::jsonb)"
	}
}
