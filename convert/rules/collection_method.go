package rules

import (
	"fmt"

	"landfall/internal/model"
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

var collectionMethod = &Rule{
	Code: "CV0605", Name: "collection-method", Since: first, Group: groupPLSQL, Severity: model.Medium, Effort: model.Auto, Needs: FeatureCollections,
	Before: `BEGIN names.EXTEND; END;
/`,
	After: `DO $$ DECLARE names text[] := '{}'; BEGIN names := array_append(names, NULL); END $$`,
	On:    []Matcher{Node(collectionMethodName), Node(collectionMethodField), Builtin(collectionMethodKnown, "COLLECTION.*")},
}

var collectionMethods = map[token.Keyword]string{
	token.COUNT: "cardinality(a)", token.FIRST: "array_lower(a, 1)", token.LAST: "array_upper(a, 1)", token.EXISTS: "a[i] IS NOT NULL, or a test of the bounds",
	token.EXTEND: "array_append or ||", token.DELETE: "'{}' or a slice", token.TRIM: "a slice, or trim_array from version 14 on",
	token.NEXT: "i + 1 within the bounds", token.PRIOR: "i - 1 within the bounds", token.LIMIT: "the limit of the varray as a constant",
}

func collectionMethodName(p *Pass, n *ast.Name) {
	if n.Hi-n.Lo < 3 || n.Link != 0 || n.Star {
		return
	}
	t := p.File.Tokens[n.Hi-1]
	how := collectionMethods[t.Kw]
	if t.Kind != token.Ident || how == "" || !p.inPLSQL() || p.names(n) {
		return
	}
	if p.Info.Ref(n).Kind != resolve.Unknown {
		return
	}
	if _, call := p.Parent(0).(*ast.Call); !call && p.inSQL() {
		return // as likely a column
	}
	p.Report(n, fmt.Sprintf("%s: the collection method becomes %s", p.text(n), how))
}

func collectionMethodField(p *Pass, f *ast.Field) {
	if f.Name == nil || f.Name.Hi-f.Name.Lo != 1 || p.inSQL() || p.Info.Ref(f.Name).Kind != resolve.Unknown {
		return
	}
	if how := collectionMethods[p.File.Tokens[f.Name.Lo].Kw]; how != "" {
		p.Report(f, fmt.Sprintf("%s: the collection method becomes %s", p.text(f), how))
	}
}

// collectionMethodKnown is for names that are known to be methods of a collection.
func collectionMethodKnown(p *Pass, u Use) {
	if how := collectionMethods[p.File.Tokens[u.At.Hi-1].Kw]; how != "" {
		p.Report(u.At, fmt.Sprintf("%s: the collection method becomes %s", p.text(u.At), how))
	}
}
