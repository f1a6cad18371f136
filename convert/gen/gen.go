package gen

import (
	"fmt"
	"path"
	"runtime"
	"slices"
	"sort"
	"strconv"
	"strings"

	"landfall/convert/rules"
	"landfall/convert/support"
	"landfall/internal/model"
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/scripts"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// gen is the state of one conversion. It is used by one goroutine.
type gen struct {
	e      *Estate
	f      *ast.File
	info   *resolve.Info
	unit   *scripts.Unit
	object model.ObjectID
	schema string // current Oracle schema, folded

	out     []*Output
	found   []model.Finding
	foundAt map[int][]int // by offset: large packages have thousands
	parts   []Line
	changed *model.Finding // the worst finding that changes the meaning
	refusal *model.Finding // the first refusal of the statement, or of the member at hand
	support map[string]bool
	needs   map[string]bool

	seen      tokenSet        // tokens whose comments in front are in the output
	toldHints map[uint32]bool // tokens whose hints in front are in the ledger

	limited     map[string]string     // the domains made for ranges of subtypes
	recordTypes map[ast.Node]string   // the types made for declarations of routines: records, cursors' rows
	hoisted     map[string]bool       // their names
	absentTold  map[*absentTable]bool // tables that the source lacks and that a finding of the statement names
	toldCalls   map[string]bool       // packages and routines that the source lacks and that a finding names
	gaps        map[ast.Node]bool     // local nested tables whose elements are deleted one by one
	toVariable  map[ast.Expr]bool     // of places: expressions of SQL that go to variables, not to columns
	toldDigits  bool                  // a finding about the digits of a quotient is there already
	roundedOps  map[ast.Expr]bool     // see rounded
	asInterval  map[*ast.Binary]bool  // differences that can only be intervals, see wantInterval
	toldUnseen  bool                  // a finding about values and columns of unknown types is there already
	toldBlanks  bool                  // a finding about blanks at the end is there already
	nullChecked bool                  // the object of the method call at hand is known not to be NULL
	moreNames   map[*ast.Name]string  // calls of methods by other names than their own: of a supertype
	member      *member               // the routine of a package or type body at hand
	loopIndex   map[*ast.Iterand]*ast.For
	ignoredInto map[*ast.Into]bool  // those of cursors' queries
	bulkInto    *ast.Into           // an INTO that the query is converted without
	spreadItem  *ast.SelectItem     // an object whose attributes are selected one by one
	collecting  bool                // RETURNING of the statement at hand adds to what its collections hold: FORALL
	previous    map[uint32]ast.Stmt // the statement in front of the one that begins at a token

	heldIn          *heldQuery // the query at hand becomes dynamic SQL: its variables are parameters
	sql             int        // how many SQL statements enclose the place; 0 in PL/SQL expressions
	body            *routine   // the routine, trigger or block at hand; nil outside
	host            bool       // host binds (:x, ?) stay as they are: dynamic SQL
	aliases         int        // made for subqueries so far
	immutable       bool       // the place takes immutable expressions only: indexes, generated columns
	inDynamic       bool       // the text of dynamic SQL is being converted
	scripted        bool       // ... a statement of it that is no DML: DROP and the like are done
	noInto          bool       // RETURNING ... INTO of dynamic DML: the targets stand in the statement that runs it
	sent            *sent      // the statement is one that a program sends, see ConvertStatement
	parsing         int        // how deep in dynamic SQL
	bindText        func(tok uint32) string
	holeFrag        map[ast.Expr]string // texts of hole expressions that stand in variables
	hoistedRoutines []string            // routines that stand ahead of the one at hand
	nested          map[*ast.Routine]*nestedInfo
	namedBinds      bool // placeholders of dynamic SQL keep their names
	hole            func(name string) (string, bool)
	assume          bool // facts of calls are being collected: a call of the source's routines may write

	// of queries
	hier       *hierarchy                 // the hierarchical query at hand
	rowNumber  string                     // what ROWNUM is as a value, "" for row_number() OVER ()
	moved      map[*ast.Name]string       // columns that inner queries pass on, as they are written
	aliased    map[*ast.Name]ast.Expr     // aliases that stand for the expressions behind them
	movedCall  map[*ast.Call]frag         // calls that inner queries compute
	stars      map[*ast.SelectItem]string // * written out
	joined     map[*ast.OuterMark]bool    // (+) that has become part of a join
	aliasOf    map[ast.TableRef]string    // made for items of FROM without one
	itemCast   map[*ast.SelectItem]string // types that items of recursive queries are cast to
	itemMore   map[*ast.SelectItem]string // columns added behind items
	returnRows map[*ast.Returning]string  // RETURNING of statements whose rows are aggregated
	movedArg   map[ast.Expr]frag          // arguments that inner statements compute
	model      *cells                     // the MODEL clause at hand
	starred    bool                       // the block at hand has * in its list
	drawn      map[*ast.Name]string       // NEXTVAL and CURRVAL that share one draw

	// of expressions
	places map[ast.Expr]resolve.Type // types of the columns that expressions go to; see place
	// wanted are PostgreSQL types of such places; see want.
	wanted map[ast.Expr]string
	// positive are comparisons of which it only matters whether they are true: see markPositive.
	positive map[ast.Expr]bool
	geometry bool                      // the statement uses types of Oracle Spatial; see makeSpatialTypes
	loops    map[*ast.Iterand]ast.Expr // variables of FOR loops over ranges -> where they begin; see loopLow
}

// Convert converts one unit of the source.
func (e *Estate) Convert(u *scripts.Unit) Result {
	u.Open()
	defer u.Close()
	return e.ConvertInfo(u, e.Resolve(u))
}

// Resolve says what the names of a unit mean, for ConvertInfo. The unit is open.
func (e *Estate) Resolve(u *scripts.Unit) *resolve.Info {
	if _, ok := e.ahead.LoadAndDelete(u); ok {
		defer u.Close()
	}
	return e.resolver.Resolve(u.Source.Parsed, u.Stmt, u.Schema)
}

// ConvertInfo is Convert for a statement that is resolved already.
//
// A mistake of this package in one statement must not take the others with it: the statement is refused then, with
// what went wrong.
func (e *Estate) ConvertInfo(u *scripts.Unit, info *resolve.Info) (result Result) {
	defer func() {
		if p := recover(); p != nil {
			result = e.broken(u, info, p)
		}
	}()
	g := &gen{
		e: e, f: u.Source.Parsed, info: info, unit: u, object: u.Object, schema: u.Schema,
		support: map[string]bool{}, needs: map[string]bool{},
	}
	if g.object == "" {
		g.object = StatementID(u)
	}
	if g.sourceErrors(u.Stmt) && !emitsRefused(u.Stmt) {
		g.refusedStatement(u.Stmt)
	} else {
		g.topLevel(u.Stmt)
	}
	g.makeSpatialTypes()
	g.makeAbsent()
	if len(e.Policy.Features) > 0 {
		if g.left() {
			return g.result()
		}
		if g.refusal != nil && !slices.ContainsFunc(g.out, func(o *Output) bool { return o.Refused }) {
			g.out = nil // the policy refuses what would convert
			g.refusedStatement(u.Stmt)
		}
	}
	g.leadingComments(u.Stmt)
	return g.result()
}

// leadingComments puts the comments in front of a statement in front of its first output.
func (g *gen) leadingComments(s ast.Stmt) {
	lo := s.Range().Lo
	if len(g.out) == 0 || int(lo) >= len(g.f.Tokens) || g.f.Tokens[lo].Flags&(token.FlagComment|token.FlagHint) == 0 {
		return
	}
	list := comments(g.trivia(lo))
	lines := 0
	for _, c := range list {
		lines += 1 + strings.Count(c, "\n")
	}
	o := g.out[0]
	o.SQL = strings.Join(list, "\n") + "\n" + o.SQL
	for i := range o.Lines {
		o.Lines[i].Target += lines
	}
}

// InternalError begins the message of a finding that tells of a mistake of this package.
const InternalError = "internal error: "

// broken is the result for a statement whose conversion has failed by a mistake of ours.
func (e *Estate) broken(u *scripts.Unit, info *resolve.Info, p any) Result {
	g := &gen{e: e, f: u.Source.Parsed, info: info, unit: u, object: u.Object, schema: u.Schema, support: map[string]bool{}, needs: map[string]bool{}}
	if g.object == "" {
		g.object = StatementID(u)
	}
	where := ""
	for skip := 3; skip < 12; skip++ {
		if _, file, line, ok := runtime.Caller(skip); ok && strings.Contains(file, "/convert/gen/") && !strings.HasSuffix(file, "/gen.go") {
			where = fmt.Sprintf(" (%s:%d)", path.Base(file), line)
			break
		}
	}
	g.refuse(u.Stmt, "not-converted", "%s%v%s", InternalError, p, where)
	g.refusedStatement(u.Stmt)
	return g.result()
}

// StatementID is the id of a statement that belongs to no object.
func StatementID(u *scripts.Unit) model.ObjectID {
	return model.NewObjectID(model.KindStatement, model.CatalogName("", fmt.Sprintf("%s:%d", u.Source.Name, u.Pos.Line)))
}

func (g *gen) result() Result {
	line := Line{Class: Converted, Object: g.object, Pos: g.unit.Pos, What: g.what(g.unit.Stmt)}
	switch {
	case g.refusedAny():
		line.Class = Refused
		line.Code = g.refusedCode()
	case len(g.out) == 0:
		line.Class = Ignored
		if len(g.parts) > 0 {
			line.Code = g.parts[0].Code
		}
	case g.changed != nil:
		line.Class, line.Code = Changed, g.changed.Code
	}
	codes := map[string]bool{}
	for i := range g.found {
		codes[g.found[i].Code] = true
	}
	for _, o := range g.out {
		if len(o.Codes) == 0 {
			o.Codes = sortedKeys(codes)
		}
	}
	return Result{Outputs: g.out, Findings: g.found, Ledger: append([]Line{line}, g.parts...)}
}

func (g *gen) refusedAny() bool {
	if g.refusal != nil {
		return true
	}
	return slices.ContainsFunc(g.out, func(o *Output) bool { return o.Refused })
}

func (g *gen) refusedCode() string {
	if g.refusal != nil {
		return g.refusal.Code
	}
	for _, o := range g.out {
		for _, m := range o.Members {
			if m.Refused {
				return m.Code
			}
		}
	}
	return ""
}

// what names a statement in a few words: its first tokens.
func (g *gen) what(n ast.Node) string {
	var b strings.Builder
	count := 0
	for i := range g.f.Significant(n.Range()) {
		if count == 6 || g.f.Tokens[i].Kind == token.LParen && count > 1 || g.f.Tokens[i].Kind == token.Raw {
			break
		}
		if count > 0 && g.f.Tokens[i].Kind != token.Dot && !strings.HasSuffix(b.String(), ".") {
			b.WriteByte(' ')
		}
		b.WriteString(g.f.Text(i))
		count++
	}
	s := strings.Join(strings.Fields(b.String()), " ")
	if len(s) > 80 {
		s = strings.ToValidUTF8(s[:80], "")
	}
	return s
}

// report adds a finding of a rule, with the rule's usual severity. From Medium on it counts as a change of meaning.
func (g *gen) report(n ast.Node, rule, format string, args ...any) *model.Finding {
	r := g.rule(rule)
	return g.reportAs(n, rule, r.Severity, r.Effort, format, args...)
}

// reportAs is report with a severity and effort of the place. The same message at the same place is told once.
func (g *gen) reportAs(n ast.Node, rule string, s model.Severity, e model.Effort, format string, args ...any) *model.Finding {
	r := g.rule(rule)
	fd := rules.NewFinding(r, g.object, g.f, n, s, e, fmt.Sprintf(format, args...))
	for _, i := range g.foundAt[fd.Pos.Offset] {
		if i >= len(g.found) {
			continue // of an attempt that was given up
		}
		if o := &g.found[i]; o.Code == fd.Code && o.Pos == fd.Pos && o.Message == fd.Message {
			return o
		}
	}
	g.addFinding(fd)
	if s >= model.Medium && (g.changed == nil || s > g.changed.Severity) {
		g.changed = &fd
	}
	if g.e.Policy.Features[r.Name] == "error" && g.refusal == nil {
		cp := fd
		g.refusal = &cp
	}
	return &fd
}

// addFinding enters a finding.
func (g *gen) addFinding(fd model.Finding) {
	if g.foundAt == nil {
		g.foundAt = map[int][]int{}
	}
	g.foundAt[fd.Pos.Offset] = append(g.foundAt[fd.Pos.Offset], len(g.found))
	g.found = append(g.found, fd)
}

// left reports whether the policy leaves out the statement at hand, and enters that in the ledger: a finding of a rule
// with the action ignore stands at the statement as a whole.
func (g *gen) left() bool {
	for i := range g.found {
		f := &g.found[i]
		if f.Pos == g.unit.Pos && g.e.Policy.Features[f.Rule] == "ignore" {
			g.out, g.refusal, g.changed = nil, nil, nil
			g.parts = []Line{{Class: Ignored, Object: g.object, Pos: f.Pos, Code: f.Code, What: "left out by the policy for " + f.Rule, Part: true}}
			return true
		}
	}
	return false
}

// refuse says that something cannot be converted faithfully. The statement at hand (in a package: the routine) will be
// left as a comment. The frag returned only keeps the emitter going.
func (g *gen) refuse(n ast.Node, rule, format string, args ...any) frag {
	r := g.rule(rule)
	fd := g.reportAs(n, rule, max(r.Severity, model.High), model.Manual, format, args...)
	if g.refusal == nil {
		cp := *fd
		g.refusal = &cp
	}
	return atom("NULL", pgNull)
}

// ignore enters a piece of a statement that is left out on purpose in the ledger.
func (g *gen) ignore(n ast.Node, rule, format string, args ...any) {
	r := g.rule(rule)
	g.parts = append(g.parts, Line{Class: Ignored, Object: g.object, Pos: g.f.Pos(n), Code: r.Code, What: fmt.Sprintf(format, args...), Part: true})
}

// rule finds a rule by its name; a name that the table does not have is a mistake of this package that its tests find.
func (g *gen) rule(name string) *rules.Rule {
	if r := g.e.rule[name]; r != nil {
		return r
	}
	panic("gen: no rule is called " + strconv.Quote(name))
}

// use notes a function of the support schema and gives its qualified name.
func (g *gen) use(name string) string {
	if !support.Has(name) {
		g.refuse(g.info.Stmt, "not-converted", "%sthe support schema has no %s", InternalError, name)
		return "landfall." + name
	}
	g.support[name] = true
	return "landfall." + name
}

// useOf is use for one overload: the script of a single file carries no others along.
func (g *gen) useOf(name, types string) string {
	g.support[name+"("+types+")"] = true
	return "landfall." + name
}

// need notes an extension that the output needs.
func (g *gen) need(extension string) { g.needs[extension] = true }

// emit adds an output. SQL may hold line marks (see mark); they become Lines.
func (g *gen) emit(o *Output) *Output {
	if o.ID == "" {
		o.ID = g.object
	}
	if o.Kind == "" {
		o.Kind = o.ID.Kind()
	}
	if !o.Pos.IsValid() {
		o.Pos = g.unit.Pos
	}
	o.SQL, o.Lines = takeMarks(g.takeHoisted() + o.SQL)
	o.Support = sortedKeys(g.support)
	o.Needs = sortedKeys(g.needs)
	g.support, g.needs = map[string]bool{}, map[string]bool{}
	if o.DependsOn == nil { // not told already: all that the statement needs
		for _, d := range g.info.Depends {
			if d.Found {
				o.DependsOn = append(o.DependsOn, model.NewObjectID(d.Kind, model.CatalogName(d.Schema, d.Name)))
			}
		}
	}
	g.out = append(g.out, o)
	return o
}

func sortedKeys(m map[string]bool) []string {
	if len(m) == 0 {
		return nil
	}
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}

// ref is what a name means.
func (g *gen) ref(n *ast.Name) *resolve.Ref { return g.info.Ref(n) }

// class is the class of an expression's Oracle type.
func (g *gen) class(e ast.Expr) resolve.TypeClass { return g.info.Type(e).Class }

// inSQL reports whether the place is inside a SQL statement, where only SQL's rules hold.
func (g *gen) inSQL() bool { return g.sql > 0 }
