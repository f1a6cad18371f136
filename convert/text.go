package convert

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/scripts"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/parser"
)

// Text converts one script and gives the result as one self-contained script for psql: what differs comes first, as
// comments, then the extensions and the parts of the support schema that it uses, the schemas it needs, and the statements
// in source order as far as that can be.
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
	b.WriteString(r.findingsAsComments())
	if list := r.extensions(); len(list) > 0 {
		b.WriteString(extensionBlock(list))
	}
	b.WriteString(support)
	for _, s := range r.schemas() {
		b.WriteString(r.makeSchema(s))
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
		if o.Schema != "" && !(o.Refused && r.mysql()) { // a stub stands in its schema, a comment in none
			names[o.Schema] = true
		}
	}
	return slices.Sorted(maps.Keys(names))
}

// findingsAsComments says what differs, a line each: who has one script at hand has no other place to look. What only
// tells how a thing is written is left out.
func (r *Result) findingsAsComments() string {
	var b strings.Builder
	for _, f := range r.Findings {
		if f.Severity == model.Info {
			continue
		}
		fmt.Fprintf(&b, "-- %s %s, line %d: %s\n", f.Code, f.Severity, f.Pos.Line, oneLine(f.Message))
	}
	return b.String()
}

// Told are the findings that whoever runs the result must know of: something differs, or is refused.
func (r *Result) Told() []model.Finding {
	var list []model.Finding
	for _, f := range r.Findings {
		if f.Severity >= model.Medium {
			list = append(list, f)
		}
	}
	return list
}
