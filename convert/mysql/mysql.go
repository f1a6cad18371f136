// Package mysql converts for targets of the MySQL family, which is TiDB for now: tables, indexes, sequences, views,
// comments, grants, queries and DML. PL/SQL has no form there: each routine gets a finding.
//
// Input -> output: one unit of the source in; its text for the target, findings and ledger lines out, in the types of
// package gen. New text is written from the tree and from what names mean; what has no faithful form is refused with a
// code of the rules for the family, what differs is reported. It asks no parser and no server.
//
// A Converter is read-only after New; Convert and ConvertStatement may be called by any number of goroutines.
package mysql

import (
	"fmt"
	"slices"
	"strconv"
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
func Speaks(target *rules.Profile) bool { return target.Family == rules.MySQL }

// Converter converts the units of one source for one target.
type Converter struct {
	catalog *model.Catalog
	names   *resolve.Estate
	target  *rules.Profile
	byName  map[string]*rules.Rule
	objects map[model.ObjectID]*model.Object
	made    map[model.ObjectID]bool // tables with a CREATE in the source, whose comments are part of it
	policy  gen.Policy
}

// New prepares the conversion of a source.
func New(source *scripts.Estate, target *rules.Profile, policy gen.Policy) *Converter {
	c := &Converter{
		catalog: source.Catalog, names: resolve.NewEstate(source.Catalog), target: target, byName: map[string]*rules.Rule{},
		objects: map[model.ObjectID]*model.Object{}, made: map[model.ObjectID]bool{}, policy: policy,
	}
	for _, r := range rules.Table() {
		c.byName[r.Name] = r
	}
	for _, o := range source.Catalog.Objects {
		c.objects[o.ID()] = o
	}
	for _, u := range source.Units {
		if _, ok := u.Stmt.(*ast.CreateTable); ok && u.Object != "" {
			c.made[u.Object] = true
		}
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

	sent    bool // by a program: names stay as they are written, variables are parameters
	out     []*gen.Output
	found   []model.Finding
	told    map[string]bool
	parts   []gen.Line
	ignored string // code of the rule by which the whole is left out
	changed *model.Finding
	refusal *model.Finding
	missing *model.Finding // the first part that was lost
	members []gen.Member
	limits  map[*ast.Select]string // that move into a subquery
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
	return c.work(u, info, false).result()
}

// ConvertStatement converts a statement that a program sends: host variables become parameters.
func (c *Converter) ConvertStatement(u *scripts.Unit) gen.Statement {
	w := c.work(u, c.Resolve(u), true)
	s := gen.Statement{}
	if w.refusal == nil && len(w.out) > 0 {
		text := strings.TrimSuffix(strings.TrimSpace(w.out[len(w.out)-1].SQL), ";")
		s.Text, s.Params = w.withParams(text, false)
		s.Shown, _ = w.withParams(text, true)
	}
	s.Result = w.result()
	return s
}

func (c *Converter) work(u *scripts.Unit, info *resolve.Info, sent bool) *work {
	w := &work{Converter: c, f: u.Source.Parsed, u: u, info: info, object: u.Object, sent: sent, told: map[string]bool{}}
	if w.object == "" {
		w.object = gen.StatementID(u)
	}
	w.statement(u.Stmt)
	return w
}

func (w *work) result() gen.Result {
	line := gen.Line{Class: gen.Converted, Object: w.object, Pos: w.u.Pos, What: w.what()}
	switch {
	case w.refusal != nil:
		line.Class, line.Code = gen.Refused, w.refusal.Code
		w.out = []*gen.Output{w.comment()}
	case len(w.out) == 0:
		line.Class, line.Code = gen.Ignored, w.ignored
	case w.changed != nil:
		line.Class, line.Code = gen.Changed, w.changed.Code
	}
	seen := map[string]bool{}
	var codes []string
	for _, f := range w.found {
		if !seen[f.Code] {
			seen[f.Code] = true
			codes = append(codes, f.Code)
		}
	}
	slices.Sort(codes)
	for _, o := range w.out {
		o.Codes = codes
		o.SQL, _ = w.withParams(o.SQL, false)
	}
	return gen.Result{Outputs: w.out, Findings: w.found, Ledger: append([]gen.Line{line}, w.parts...)}
}

// param is in front of and behind the number of the token of a host variable until the text is finished.
const param = "\x00"

// withParams puts question marks in the place of host variables, or their names where named is set, and lists them. A
// name that is none (?) stays.
func (w *work) withParams(text string, named bool) (string, []gen.Parameter) {
	var b strings.Builder
	var list []gen.Parameter
	for {
		before, rest, found := strings.Cut(text, param)
		b.WriteString(before)
		if !found {
			return b.String(), list
		}
		number, after, _ := strings.Cut(rest, param)
		tok, _ := strconv.Atoi(number) // digits: bind wrote them
		name := w.f.Text(uint32(tok))
		list = append(list, gen.Parameter{Name: name})
		if named {
			b.WriteString(name)
		} else {
			b.WriteString("?")
		}
		text = after
	}
}

// what names a statement in a few words.
func (w *work) what() string { return short(w.f.Source(w.u.Stmt)) }

func short(text string) string {
	words := strings.Fields(text)
	s := strings.Join(words[:min(len(words), 6)], " ")
	if len(s) > 80 {
		s = strings.ToValidUTF8(s[:80], "")
	}
	return s
}

// report adds a finding. From Medium on it counts as a change of meaning. One place says one thing once.
func (w *work) report(n ast.Node, rule string, s model.Severity, format string, args ...any) {
	e := model.Review
	if s == model.Info {
		e = model.Auto
	}
	f := rules.NewFinding(w.byName[rule], w.object, w.f, n, s, e, fmt.Sprintf(format, args...))
	if !w.add(f) {
		return
	}
	if s >= model.Medium && (w.changed == nil || s > w.changed.Severity) {
		w.changed = &f
	}
}

func (w *work) add(f model.Finding) bool {
	key := f.Code + f.Pos.String() + f.Message
	if w.told[key] {
		return false
	}
	w.told[key] = true
	w.found = append(w.found, f)
	return true
}

// refuse refuses the unit; what it gives stands in the text that nobody will see.
func (w *work) refuse(n ast.Node, rule, format string, args ...any) string {
	f := rules.NewFinding(w.byName[rule], w.object, w.f, n, model.High, model.Manual, fmt.Sprintf(format, args...))
	w.add(f)
	if w.refusal == nil {
		w.refusal = &f
	}
	return "NULL"
}

// leave leaves a part of the statement out, with a line in the ledger.
func (w *work) leave(n ast.Node, rule string) {
	w.parts = append(w.parts, gen.Line{Class: gen.Ignored, Object: w.object, Pos: w.f.Pos(n), Code: w.byName[rule].Code, What: short(w.f.Source(n)), Part: true})
}

// emit adds an output. sql is without semicolon; several statements are separated by one and a line break.
func (w *work) emit(phase gen.Phase, sql string) *gen.Output {
	o := w.frame(phase)
	o.SQL = w.comments() + sql + ";\n"
	line := 1 + strings.Count(w.comments(), "\n")
	o.Lines = []gen.LineMap{{Target: line, Source: w.u.Pos.Line}}
	w.out = append(w.out, o)
	return o
}

func (w *work) frame(phase gen.Phase) *gen.Output {
	o := &gen.Output{ID: w.object, Kind: w.object.Kind(), Phase: phase, Pos: w.u.Pos}
	if obj := w.objects[w.u.Object]; obj != nil {
		o.Schema, o.Name = w.schemaName(obj.Schema), strings.ToLower(obj.Name)
	}
	for _, d := range w.info.Depends {
		if d.Found {
			o.DependsOn = append(o.DependsOn, model.NewObjectID(d.Kind, model.CatalogName(d.Schema, d.Name)))
		}
	}
	return o
}

// comment is the unit left as a comment, for what is refused.
func (w *work) comment() *gen.Output {
	o := w.frame(gen.PhaseScript)
	o.Refused, o.Members = true, w.members
	text := strings.TrimRight(strings.ReplaceAll(w.f.Source(w.u.Stmt), "\r\n", "\n"), "\n")
	o.SQL = "-- refused, " + w.refusal.Code + ": " + strings.Join(strings.Fields(w.refusal.Message), " ") + "\n-- " + strings.ReplaceAll(text, "\n", "\n-- ") + "\n"
	return o
}

// comments are the comments in and in front of the statement, hints left out: text is written anew, so that they stand
// in front of it.
func (w *work) comments() string {
	var b strings.Builder
	span := w.u.Stmt.Range()
	for i := span.Lo; i < span.Hi; i++ {
		t := w.f.Tokens[i]
		if t.Flags&token.FlagComment == 0 {
			continue
		}
		from := uint32(0)
		if i > 0 {
			from = w.f.Tokens[i-1].End()
		}
		for _, c := range commentLines(string(w.f.Src[from:t.Off])) {
			b.WriteString("-- " + c + "\n")
		}
	}
	return b.String()
}

// commentLines are the lines of the comments of a piece of text between two tokens.
func commentLines(s string) []string {
	var list []string
	for {
		block, line := strings.Index(s, "/*"), strings.Index(s, "--")
		body, rest := "", ""
		switch {
		case block < 0 && line < 0:
			return list
		case line >= 0 && (block < 0 || line < block):
			body, rest, _ = strings.Cut(s[line+2:], "\n")
		default:
			body, rest, _ = strings.Cut(s[block+2:], "*/")
		}
		s = rest
		if strings.HasPrefix(body, "+") {
			continue
		}
		for l := range strings.Lines(body) {
			if l = strings.TrimSpace(l); l != "" {
				list = append(list, l)
			}
		}
	}
}
