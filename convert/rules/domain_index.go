package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

var domainIndex = &Rule{
	Code: "CV0219", Name: "domain-index", Since: first, Group: groupTables, Severity: model.High, Effort: model.Manual,
	Before: `CREATE INDEX doc_text_i ON doc (body) INDEXTYPE IS ctxsys.context`,
	After:  `CREATE INDEX doc_text_i ON doc USING gin (to_tsvector('english', body))`,
	On:     []Matcher{Node(domainIndexDef), Builtin(domainOperator, "CONTAINS", "CATSEARCH", "MATCHES", "SDO_RELATE", "SDO_WITHIN_DISTANCE", "SDO_NN", "SDO_FILTER")},
}

func domainIndexDef(p *Pass, c *ast.CreateIndex) {
	if c.IndexType == nil {
		return
	}
	route := "an extension with its own index method is needed"
	switch p.File.Last(c.IndexType) {
	case "CONTEXT", "CTXCAT", "CTXRULE", "SEARCH_INDEX":
		route = "full text search with a GIN index on a tsvector is nearest, its query language is another"
	case "SPATIAL_INDEX", "SPATIAL_INDEX_V2":
		route = "PostGIS with a GiST index"
	case "XMLINDEX":
		route = "an index on an xpath() expression"
	}
	p.Report(c.Name, fmt.Sprintf("domain index %s of type %s: %s", p.name(c.Name), p.name(c.IndexType), route))
}

func domainOperator(p *Pass, u Use) {
	if p.inSQL() && u.Args() >= 2 {
		p.Report(u.Node(), fmt.Sprintf("%s searches with a domain index, whose operators PostgreSQL does not know", u.Name))
	}
}
