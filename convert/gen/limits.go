package gen

import (
	"regexp"

	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/postgres/quote"
)

// standardDomains are the domains of the support schema for the limits that STANDARD's own subtypes have.
var standardDomains = map[[2]string]string{
	{"0", "2147483647"}: "natural", {"1", "2147483647"}: "positive", {"-1", "1"}: "signtype",
}

// writtenNumber is what a bound looks like that needs no evaluation; Oracle takes static expressions, too.
var writtenNumber = regexp.MustCompile(`^[-+]?[0-9]+(\.[0-9]+)?$`)

// limitedType is the type of a variable whose subtype has a range: a domain, which every way of giving the variable a value
// keeps to. typ is the type without the range.
func (g *gen) limitedType(x *ast.VarDecl, typ string, l resolve.Limits) string {
	if l.Low == "" {
		return typ
	}
	if s := standardDomains[[2]string{l.Low, l.High}]; s != "" && typ == "integer" {
		return g.use(s)
	}
	if !writtenNumber.MatchString(l.Low) || !writtenNumber.MatchString(l.High) {
		g.report(x, "subtype", "the range %s .. %s is not checked", l.Low, l.High)
		return typ
	}
	key := typ + " " + l.Low + " " + l.High
	if s := g.limited[key]; s != "" {
		return s
	}
	schema, name := g.hoistName(g.f.Last(x.Name) + "_RANGE")
	target := quote.Qualified(schema, name)
	g.hoistType(x, target, schema, name, "CREATE DOMAIN "+target+" AS "+typ+" CHECK ("+g.use("in_range")+"(VALUE, "+l.Low+", "+l.High+"))", *g.ref(x.Name).TypeOf())
	if g.limited == nil {
		g.limited = map[string]string{}
	}
	g.limited[key] = target
	return target
}

// unlimited tells that the limits of a type are not kept to where it stands: of parameters, results, fields and elements.
func (g *gen) unlimited(d *ast.DataType, t resolve.Type) {
	switch l := t.Limits(); {
	case l.Low != "" && l.NotNull:
		g.report(d, "subtype", "that a %s lies between %s and %s and is not NULL is not checked here, but where a variable of that type gets it", g.source(d), l.Low, l.High)
	case l.Low != "":
		g.report(d, "subtype", "that a %s lies between %s and %s is not checked here, but where a variable of that type gets it", g.source(d), l.Low, l.High)
	case l.NotNull:
		g.report(d, "subtype", "that a %s is not NULL is not checked here, but where a variable of that type gets it", g.source(d))
	}
}
