package gen

import (
	"strings"

	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/postgres/quote"
)

// Views of Oracle's dictionary that much code reads are functions of the support schema, which tell what PostgreSQL has of
// the same: names as Oracle writes them, columns of the same names.

// dictionaryFunctions are those functions, by the name of the view behind USER_, ALL_ and DBA_.
var dictionaryFunctions = map[string]string{
	"TABLES": "dictionary_tables", "INDEXES": "dictionary_indexes", "IND_PARTITIONS": "dictionary_ind_partitions", "OBJECTS": "dictionary_objects",
}

// dictionaryTable converts the name of such a view as a row source. The rows of USER_ are those of the schema whose code
// it is, as Oracle runs code with its owner's rights.
func (g *gen) dictionaryTable(n *ast.Name) (string, bool) {
	ref := g.ref(n)
	if ref.Object != nil && !ref.Object.Implied || ref.Kind == resolve.Query {
		return "", false
	}
	parts := g.f.Parts(n)
	if len(parts) > 2 || len(parts) == 2 && parts[0] != "SYS" || len(parts) == 0 {
		return "", false
	}
	name := parts[len(parts)-1]
	whose, what, ok := strings.Cut(name, "_")
	fn := dictionaryFunctions[what]
	if !ok || fn == "" {
		return "", false
	}
	schema := "NULL"
	switch whose {
	case "USER":
		schema = "current_schema()"
		if s := g.e.names.schema(g.schema); s != "" {
			schema = quote.Literal(s)
		}
	case "ALL", "DBA":
	default:
		return "", false
	}
	g.report(n, "dictionary-view", "%s shows what PostgreSQL has of the same, with names as Oracle writes them; packages are schemas, and put into quotes the names are not PostgreSQL's", g.source(n))
	return g.use(fn) + "(" + schema + ")", true
}
