// Package native converts for targets that speak Oracle's language themselves: it keeps every statement as it is
// written and changes only what the target lacks.
//
// Input -> output: one unit of the source and a profile in; its text with as few changes as possible, findings and
// ledger lines out, in the types of package gen. What the profile says about a feature decides: native is kept in
// silence, partial is kept with the condition as a finding, unknown is kept with a finding that nobody has established
// it, absent is rewritten where a rewriting is known (package files change_*.go) and refused otherwise. It asks no
// server and proves nothing.
//
// A Converter is read-only after New; Convert may be called by any number of goroutines.
package native

import (
	"fmt"
	"slices"
	"strings"

	"landfall/convert/gen"
	"landfall/convert/rules"
	"landfall/internal/model"
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/scripts"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// Speaks reports whether a target is one for this package.
func Speaks(target *rules.Profile) bool {
	return target.Has(rules.FeaturePackages) && target.Has(rules.FeatureNumber) && target.Has(rules.FeatureTriggers)
}

// Converter converts the units of one source for one target.
type Converter struct {
	catalog *model.Catalog
	names   *resolve.Estate
	target  *rules.Profile
	engine  *rules.Engine
	byCode  map[string]*rules.Rule
	byName  map[string]*rules.Rule
	objects map[model.ObjectID]*model.Object
	policy  gen.Policy
}

// New prepares the conversion of a source.
func New(source *scripts.Estate, target *rules.Profile, policy gen.Policy) *Converter {
	c := &Converter{
		catalog: source.Catalog, names: resolve.NewEstate(source.Catalog), target: target, engine: rules.NewEngine(target, rules.Table()), byCode: map[string]*rules.Rule{}, byName: map[string]*rules.Rule{},
		objects: map[model.ObjectID]*model.Object{}, policy: policy,
	}
	for _, r := range rules.Table() {
		c.byCode[r.Code], c.byName[r.Name] = r, r
	}
	for _, o := range source.Catalog.Objects {
		c.objects[o.ID()] = o
	}
	return c
}

// work is the conversion of one unit.
type work struct {
	*Converter
	f      *ast.File
	u      *scripts.Unit
	info   *resolve.Info
	object model.ObjectID

	edits   []edit
	found   []model.Finding
	parts   []gen.Line
	changed *model.Finding
	refusal *model.Finding
	refused []*ast.Routine // of a package or type body, or the one of a stand-alone one
	members map[*ast.Routine]string
	unsized map[*ast.DataType]bool // of parameters and results
}

// Convert converts one unit.
func (c *Converter) Convert(u *scripts.Unit) gen.Result {
	u.Open()
	defer u.Close()
	return c.ConvertInfo(u, c.Resolve(u))
}

// Resolve says what the names of a unit mean, for ConvertInfo.
func (c *Converter) Resolve(u *scripts.Unit) *resolve.Info {
	return c.names.ResolveSent(u.Source.Parsed, u.Stmt, u.Schema, u.Binds)
}

// ConvertInfo is Convert for a unit that is resolved already.
func (c *Converter) ConvertInfo(u *scripts.Unit, info *resolve.Info) gen.Result {
	w := &work{Converter: c, f: u.Source.Parsed, u: u, info: info, object: u.Object, members: map[*ast.Routine]string{}, unsized: map[*ast.DataType]bool{}}
	if w.object == "" {
		w.object = gen.StatementID(u)
	}
	line := gen.Line{Class: gen.Converted, Object: w.object, Pos: u.Pos, What: w.what()}
	switch x := u.Stmt.(type) {
	case *ast.BadStmt:
		w.refuse(u.Stmt, "not-converted", "the statement could not be read")
		line.Class, line.Code = gen.Refused, w.refusal.Code
		return gen.Result{Outputs: []*gen.Output{w.comment()}, Findings: w.found, Ledger: []gen.Line{line}}
	case *ast.PlusCommand:
		if len(x.Body) > 0 {
			w.refuse(x, "not-converted", "EXECUTE is a command of SQL*Plus: write its statement as a block")
			line.Class, line.Code = gen.Refused, w.refusal.Code
			return gen.Result{Outputs: []*gen.Output{w.comment()}, Findings: w.found, Ledger: []gen.Line{line}}
		}
		line.Class = gen.Ignored
		return gen.Result{Ledger: []gen.Line{line}}
	case *ast.EmptyStmt:
		line.Class = gen.Ignored
		return gen.Result{Ledger: []gen.Line{line}}
	}
	w.change()
	if code := w.judge(); code != "" {
		line.Class, line.Code = gen.Ignored, code
		return gen.Result{Findings: w.found, Ledger: append([]gen.Line{line}, w.parts...)}
	}
	var out *gen.Output
	switch {
	case w.refusal != nil && len(w.refused) == 0:
		out = w.comment()
		line.Class, line.Code = gen.Refused, w.refusal.Code
	case w.refusal != nil:
		w.stubs()
		out = w.output()
		out.Refused = true
		line.Class, line.Code = gen.Refused, w.refusal.Code
	default:
		out = w.output()
		if w.changed != nil {
			line.Class, line.Code = gen.Changed, w.changed.Code
		}
	}
	return gen.Result{Outputs: []*gen.Output{out}, Findings: w.found, Ledger: append([]gen.Line{line}, w.parts...)}
}

// what names a statement in a few words.
func (w *work) what() string {
	words := strings.Fields(w.f.Source(w.u.Stmt))
	s := strings.Join(words[:min(len(words), 6)], " ")
	if len(s) > 80 {
		s = strings.ToValidUTF8(s[:80], "")
	}
	return s
}

// report adds a finding of a rule. From Medium on it counts as a change of meaning.
func (w *work) report(n ast.Node, rule string, s model.Severity, e model.Effort, format string, args ...any) {
	f := rules.NewFinding(w.byName[rule], w.object, w.f, n, s, e, fmt.Sprintf(format, args...))
	w.enter(f)
}

func (w *work) enter(f model.Finding) {
	w.found = append(w.found, f)
	if f.Severity >= model.Medium && (w.changed == nil || f.Severity > w.changed.Severity) {
		w.changed = &f
	}
}

func (w *work) refuse(n ast.Node, rule, format string, args ...any) {
	f := rules.NewFinding(w.byName[rule], w.object, w.f, n, model.High, model.Manual, fmt.Sprintf(format, args...))
	w.found = append(w.found, f)
	w.refuseBy(f)
}

// refuseBy refuses the routine around a finding, or the unit when there is none around it.
func (w *work) refuseBy(f model.Finding) {
	if w.refusal == nil {
		w.refusal = &f
	}
	for _, r := range w.routines() {
		span := r.Range()
		if lo, hi := w.f.Tokens[span.Lo].Off, w.f.Tokens[span.Hi-1].End(); r.Body != nil && f.Pos.Offset >= int(lo) && f.Pos.Offset < int(hi) {
			if !slices.Contains(w.refused, r) {
				w.refused = append(w.refused, r)
			}
			w.members[r] = f.Code
			return
		}
	}
	w.refused = nil
	w.members = map[*ast.Routine]string{nil: f.Code} // nothing less than the whole
}

// routines are the routines that the unit makes, those inside them left out.
func (w *work) routines() []*ast.Routine {
	var list []*ast.Routine
	add := func(decls []ast.Decl) {
		for _, d := range decls {
			if r, ok := d.(*ast.Routine); ok {
				list = append(list, r)
			}
		}
	}
	switch x := w.u.Stmt.(type) {
	case *ast.CreateRoutine:
		list = append(list, x.Routine)
	case *ast.CreatePackageBody:
		add(x.Decls)
	}
	return list
}

// output is the unit's text with its edits.
func (w *work) output() *gen.Output {
	o := w.frame()
	text, lines := apply(w.f, w.u.Stmt, w.edits)
	head := w.leading()
	at := strings.Count(head, "\n")
	for i := range lines {
		lines[i].Target += at
	}
	o.SQL, o.Lines = head+w.terminated(text), lines
	for _, r := range w.routines() {
		if r.Body == nil {
			continue
		}
		_, refused := w.members[r]
		o.Members = append(o.Members, gen.Member{Name: w.memberName(r), Target: w.f.Source(r.Name), Proc: r.Kind == token.PROCEDURE, Refused: refused, Code: w.members[r], Pos: w.f.Pos(r)})
	}
	return o
}

func (w *work) memberName(r *ast.Routine) string {
	name := w.f.Last(r.Name)
	if p, ok := w.u.Stmt.(*ast.CreatePackageBody); ok {
		name = w.f.Last(p.Name) + "." + name
	}
	return name
}

func (w *work) frame() *gen.Output {
	o := &gen.Output{ID: w.object, Kind: w.object.Kind(), Phase: phaseOf(w.u.Stmt), Pos: w.u.Pos, Codes: codes(w.found)}
	if obj := w.objects[w.u.Object]; obj != nil {
		o.Schema, o.Name = strings.ToLower(obj.Schema), strings.ToLower(obj.Name)
	}
	if w.info != nil {
		for _, d := range w.info.Depends {
			if d.Found {
				o.DependsOn = append(o.DependsOn, model.NewObjectID(d.Kind, model.CatalogName(d.Schema, d.Name)))
			}
		}
	}
	return o
}

// comment is the unit left as a comment, for what is refused as a whole.
func (w *work) comment() *gen.Output {
	o := w.frame()
	o.Refused = true
	o.SQL = "-- refused, " + w.refusal.Code + ": " + strings.Join(strings.Fields(w.refusal.Message), " ") + "\n" + asComment(w.f.Source(w.u.Stmt)) + "\n"
	return o
}

func asComment(text string) string {
	return "-- " + strings.ReplaceAll(strings.TrimRight(strings.ReplaceAll(text, "\r\n", "\n"), "\n"), "\n", "\n-- ")
}

// terminated ends a statement as a client of Oracle does: units with a slash, all else with a semicolon.
func (w *work) terminated(text string) string {
	text = strings.TrimRight(text, " \t\r\n")
	if slashed(w.u.Stmt) {
		if !strings.HasSuffix(text, ";") {
			text += ";"
		}
		return text + "\n/\n"
	}
	return strings.TrimSuffix(text, ";") + ";\n"
}

func slashed(s ast.Stmt) bool {
	switch s.(type) {
	case *ast.CreateRoutine, *ast.CreatePackage, *ast.CreatePackageBody, *ast.CreateType, *ast.CreateTypeBody, *ast.CreateTrigger, *ast.Block:
		return true
	}
	return false
}

// leading is the comments in front of the statement.
func (w *work) leading() string {
	lo := w.u.Stmt.Range().Lo
	from := uint32(0)
	if lo > 0 {
		from = w.f.Tokens[lo-1].End()
	}
	text := strings.TrimSpace(string(w.f.Src[from:w.f.Tokens[lo].Off]))
	if !strings.HasPrefix(text, "--") && !strings.HasPrefix(text, "/*") {
		return ""
	}
	return text + "\n"
}

func codes(found []model.Finding) []string {
	var list []string
	for _, f := range found {
		list = append(list, f.Code)
	}
	slices.Sort(list)
	return slices.Compact(list)
}

func phaseOf(s ast.Stmt) gen.Phase {
	switch x := s.(type) {
	case *ast.CreateType:
		return gen.PhaseType
	case *ast.CreateSequence:
		return gen.PhaseSequence
	case *ast.CreateTable:
		return gen.PhaseTable
	case *ast.Insert, *ast.Update, *ast.Delete, *ast.Merge, *ast.MultiInsert, *ast.Commit:
		return gen.PhaseData
	case *ast.CreateIndex:
		return gen.PhaseIndex
	case *ast.Alter:
		foreign := false
		ast.Walk(x, func(n ast.Node) bool {
			c, ok := n.(*ast.Constraint)
			foreign = foreign || ok && c.Kind == token.FOREIGN
			return true
		})
		if foreign {
			return gen.PhaseForeignKey
		}
		return gen.PhaseKey
	case *ast.CreateView, *ast.CreateMView, *ast.CreateSynonym:
		return gen.PhaseView
	case *ast.CreateRoutine, *ast.CreatePackage, *ast.CreatePackageBody, *ast.CreateTypeBody:
		return gen.PhaseRoutine
	case *ast.CreateTrigger:
		return gen.PhaseTrigger
	case *ast.Comment:
		return gen.PhaseComment
	case *ast.Grant:
		return gen.PhaseGrant
	case *ast.Block, *ast.SelectStmt:
		return gen.PhaseScript
	}
	return gen.PhaseSchema
}
