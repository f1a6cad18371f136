package gen

import (
	"strings"

	"landfall/internal/oracle/syntax/ast"
)

// remote converts a name behind a database link: it is looked for in the schema named after the link, where foreign tables
// (oracle_fdw, postgres_fdw) or wrappers of remote routines (dblink) have to stand.
func (g *gen) remote(n *ast.Name) frag {
	link := g.f.LinkName(n)
	if i := strings.IndexAny(link, ".@"); i >= 0 { // domain and connection qualifier
		link = link[:i]
	}
	parts := g.f.Parts(n)
	name := parts[len(parts)-1]
	if name == "NEXTVAL" || name == "CURRVAL" {
		return g.refuse(n, "link-use", "%s draws from a sequence of another database: give this database a sequence of its own, or call the other by dblink", g.source(n))
	}
	schema := g.e.names.ident(strings.ToUpper(strings.Trim(link, `" `)))
	g.need("oracle_fdw")
	g.report(n, "link-use", "%s lies behind a database link: it is looked for as %s in the schema %s; make foreign tables or wrappers there", g.source(n), strings.ToLower(name), schema)
	return atom(schema+"."+g.e.names.ident(name), pgUnknown)
}

// remoteFunction converts a call of a remote routine: of a wrapper in the schema named after the link.
func (g *gen) remoteFunction(n *ast.Name, c *ast.Call) frag {
	subs := []sub{put(n, g.remote(n).s)}
	for _, a := range c.Args {
		subs = append(subs, put(a.X, g.text(a.X)))
	}
	return atom(g.splice(c, subs...), pgUnknown)
}

// partitionTable is the table that a partition of a table is.
func (g *gen) partitionTable(table *ast.Name, partition string) string {
	if o := g.ref(table).Object; o != nil && o.Table != nil {
		return g.e.names.partition(o, partition)
	}
	name := g.tableName(table)
	schema := ""
	if i := strings.LastIndexByte(name, '.'); i >= 0 {
		schema, name = name[:i+1], name[i+1:]
	}
	return schema + g.e.names.ident(unfold(name)+"_"+partition)
}

// unfold gives an unquoted lower-case name its Oracle spelling.
func unfold(s string) string {
	if len(s) > 1 && s[0] == '"' {
		return s[1 : len(s)-1]
	}
	return strings.ToUpper(s)
}
