package convert

import (
	"context"
	"maps"
	"slices"
	"strings"

	"landfall/internal/oracle/scripts"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/parser"
	"landfall/internal/postgres/quote"
)

// Text converts one script and gives the result as one self-contained script for psql: the parts of the support schema
// that it uses come first, then the schemas it needs, then the statements in source order as far as that can be.
func Text(ctx context.Context, name string, src []byte, opt Options) (string, *Result, error) {
	opt.SourceOrder = true
	f := parser.Parse(name, src, parser.Options{})
	r, err := Run(ctx, scripts.FromFiles([]*ast.File{f}, scripts.Options{KeepDropped: true}), opt)
	if err != nil {
		return "", nil, err
	}
	text, err := r.Script()
	return text, r, err
}

// Script is the whole result as one script.
func (r *Result) Script() (string, error) {
	var b strings.Builder
	support, err := r.supportScript()
	if err != nil {
		return "", err
	}
	b.WriteString(support)
	for _, s := range r.schemas() {
		b.WriteString("CREATE SCHEMA IF NOT EXISTS " + quote.Ident(s) + ";\n")
	}
	for i, o := range r.Outputs {
		if i > 0 || b.Len() > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(o.SQL)
	}
	return b.String(), nil
}

// schemas are those that outputs need, sorted.
func (r *Result) schemas() []string {
	names := map[string]bool{}
	for _, o := range r.Outputs {
		if o.Schema != "" {
			names[o.Schema] = true
		}
	}
	return slices.Sorted(maps.Keys(names))
}
