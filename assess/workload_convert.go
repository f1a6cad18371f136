package assess

import (
	"cmp"
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"landfall/assess/phrase"
	"landfall/convert"
	"landfall/convert/gen"
	"landfall/convert/rules"
	"landfall/internal/model"
	"landfall/internal/mysql/grammar"
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/scripts"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/parser"
	"landfall/internal/oracle/syntax/printer"
	"landfall/internal/parallel"
	"landfall/internal/postgres/lex"
	"landfall/internal/workload"
)

// statementJudge converts statements of programs against the catalog of the source.
type statementJudge struct {
	catalog *model.Catalog
	names   *resolve.Estate
	rules   *rules.Engine
	engine  *convert.Engine
	words   phrase.Table
	family  string // of the target
}

// verdict is what became of one text.
type verdict struct {
	class     string
	rung      model.Rung
	refused   bool
	effort    model.Effort
	why       string
	converted string
	params    []gen.Parameter
	findings  []WorkloadFinding
	sent      string // converted, parameters as $1, $2 ...
	needs     []string
	depends   []model.ObjectID
}

// judge reads and converts one text. A text may hold several statements, which are converted one after the other.
func (j *statementJudge) judge(name, text, schema string, binds []workload.Bind) verdict {
	f := parser.Parse(name, []byte(text), parser.Options{})
	v := verdict{rung: model.RungRead}
	if len(f.Errors) > 0 || len(f.Stmts) == 0 {
		v.class, v.rung, v.effort = SQLUnread, model.RungUnread, model.Manual
		v.why = j.words.Say("no statement in the text")
		if len(f.Errors) > 0 {
			e := f.Errors[0]
			pos := f.OffsetPos(e.Off)
			v.why = j.words.Say("line %d, column %d: %s", pos.Line, pos.Col, syntaxMessage(e))
		}
		return v
	}
	source := &scripts.Source{Name: name, Parsed: f}
	given := bindTypes(f, binds)
	var texts, shown []string
	for _, s := range f.Stmts {
		if _, empty := s.(*ast.EmptyStmt); empty {
			continue
		}
		if err := printer.Check(f, s); err != nil {
			return verdict{class: SQLUnread, effort: model.Manual, why: j.words.Say("does not print back as it was read: %s", err)}
		}
		u := &scripts.Unit{Source: source, Stmt: s, Schema: schema, Pos: f.Pos(s), Lines: 1 + strings.Count(f.Source(s), "\n"), Binds: given}
		got := j.engine.Statement(u)
		v.add(j.rules.Statement(j.catalog, j.names.ResolveSent(f, s, schema, given), gen.StatementID(u)))
		v.add(got.Findings)
		refused := got.Text == ""
		for _, o := range got.Outputs {
			refused = refused || o.Refused
			v.needs = append(v.needs, o.Needs...)
			v.depends = append(v.depends, o.DependsOn...)
		}
		if refused {
			v.refused = true
			v.why = cmp.Or(v.why, j.refusalOf(got, f.Source(s)))
			continue
		}
		own := f.Source(s)
		texts, shown = append(texts, got.Text), append(shown, cmp.Or(got.Shown, withNames(escaped(own, unqualified(got.Text, text, schema)), got.Params)))
		v.params = append(v.params, got.Params...)
	}
	v.mixed(binds, j.words)
	v.finish(text, texts, shown)
	return v
}

// refusalOf says why a statement has no converted form.
func (j *statementJudge) refusalOf(got gen.Statement, text string) string {
	for _, f := range got.Findings {
		if f.Effort == model.Manual {
			return f.Code + ": " + f.Message
		}
	}
	for _, l := range got.Ledger {
		if l.Class == gen.Ignored {
			return j.words.Say("has no counterpart: %s", l.What)
		}
	}
	return j.words.Say("no converted form of %s", head(text))
}

func (v *verdict) finish(text string, texts, shown []string) {
	switch {
	case v.refused:
		v.class, v.effort = SQLManual, model.Manual
		return
	case v.effort == model.Manual:
		v.class = SQLManual
	case sameSQL(text, shown):
		v.class = SQLCompatible
	default:
		v.class = SQLConverted
	}
	v.rung = model.RungConverted
	v.converted = strings.Join(shown, ";\n")
	if len(texts) == 1 {
		v.sent = texts[0]
	}
	if v.class == SQLManual && v.why == "" {
		for _, f := range v.findings {
			if f.Effort == model.Manual {
				v.why = f.Code + ": " + f.Message
				break
			}
		}
	}
}

// add enters findings. What the rules and the conversion both say of a line is told once, with the harder effort.
func (v *verdict) add(list []model.Finding) {
	for _, f := range list {
		i := slices.IndexFunc(v.findings, func(o WorkloadFinding) bool { return o.Code == f.Code && o.Line == f.Pos.Line })
		if i < 0 {
			v.findings = append(v.findings, WorkloadFinding{Code: f.Code, Rule: f.Rule, Severity: f.Severity, Effort: f.Effort, Line: f.Pos.Line, Col: f.Pos.Col, Message: f.Message})
		} else {
			o := &v.findings[i]
			o.Severity, o.Effort = max(o.Severity, f.Severity), max(o.Effort, f.Effort)
		}
		v.effort = max(v.effort, f.Effort)
	}
}

// holes tells of the places of application source that only the run fills: what comes there is not converted.
func (v *verdict) holes(g *workload.Group, words phrase.Table) {
	if g.Source == nil {
		return
	}
	at := 0
	for _, s := range g.Source.Segments {
		lo := at
		at += s.Len
		if s.Holds != workload.HoldsHole {
			continue
		}
		line := 1 + strings.Count(g.Text[:lo], "\n")
		v.findings = append(v.findings, WorkloadFinding{
			Code: holeRule.Code, Rule: holeRule.Name, Severity: model.Medium, Effort: model.Review, Line: line, Col: lo - strings.LastIndexByte(g.Text[:lo], '\n'),
			Message: words.Say("%s is text that only the run of the program knows: it stays as it is, and what comes there is not looked at", head(s.Name)),
		})
		v.effort = max(v.effort, model.Review)
	}
}

// holeRule is the rule of dynamic SQL.
var holeRule = ruleNamed("dynamic-sql")

// withNames puts the names of host variables in the place of $1, $2 ... Variables without names stay numbered where
// their order has changed or one is used twice: the program has to give them by number then.
func withNames(text string, params []gen.Parameter) string {
	if len(params) == 0 {
		return text
	}
	tokens := lex.Scan(text)
	next, ordered := 1, true
	for _, t := range tokens {
		if t.Kind == lex.Param {
			ordered = ordered && text[t.Lo:t.Hi] == fmt.Sprintf("$%d", next)
			next++
		}
	}
	var b strings.Builder
	from := 0
	for _, t := range tokens {
		if t.Kind != lex.Param {
			continue
		}
		n := 0
		if _, err := fmt.Sscanf(text[t.Lo+1:t.Hi], "%d", &n); err != nil || n < 1 || n > len(params) {
			continue
		}
		name := params[n-1].Name
		if name == "?" && !(ordered && next-1 == len(params)) {
			continue
		}
		b.WriteString(text[from:t.Lo])
		b.WriteString(name)
		from = t.Hi
	}
	return b.String() + text[from:]
}

var jdbcCall = regexp.MustCompile(`(?is)^\{\s*(\?\s*=\s*|:\w+\s*=\s*)?call\b`)

// escaped keeps the braces of a JDBC or ODBC call: drivers register results of such calls only.
func escaped(original, text string) string {
	m := jdbcCall.FindStringSubmatch(original)
	if m == nil {
		return text
	}
	call, isCall := strings.CutPrefix(text, "CALL ")
	value, isQuery := strings.CutPrefix(text, "SELECT ")
	switch {
	case isCall && m[1] == "":
		return "{call " + call + "}"
	case isQuery && m[1] != "":
		return "{" + m[1] + "call " + value + "}"
	case isQuery: // a function stands for the procedure
		return "{call " + value + "}"
	}
	return text
}

// unqualified leaves out the name of the current schema where the original does not write it: a program's session finds
// its tables by search_path there as it finds them by its current schema here.
func unqualified(text, original, schema string) string {
	schema = strings.ToLower(schema)
	if schema == "" || !strings.Contains(strings.ToLower(text), schema) {
		return text
	}
	for _, t := range lex.Scan(original) {
		if strings.EqualFold(t.Name(original), schema) {
			return text
		}
	}
	tokens := lex.Scan(text)
	var b strings.Builder
	from := 0
	for i, t := range tokens {
		if i+1 < len(tokens) && t.Name(text) == schema && tokens[i+1].Is(text, ".") && (i == 0 || !tokens[i-1].Is(text, ".")) {
			b.WriteString(text[from:t.Lo])
			from = tokens[i+1].Hi
		}
	}
	return b.String() + text[from:]
}

// sameSQL reports whether a converted text has the tokens of the original: words in any case, whatever spaces.
func sameSQL(text string, shown []string) bool {
	a, b := sqlWords(text), sqlWords(strings.Join(shown, ";\n"))
	return slices.EqualFunc(a, b, strings.EqualFold)
}

func sqlWords(text string) []string {
	var words []string
	for _, t := range lex.Scan(text) {
		if t.Kind != lex.Comment && t.Text(text) != ";" {
			words = append(words, t.Text(text))
		}
	}
	return words
}

// judgeGroups converts the first text of every group, several at a time. proof makes what judges are asked about, nil where they
// are not; the groups are used up.
func (j *statementJudge) judgeGroups(ctx context.Context, groups []*workload.Group, jobs int, proof func(*WorkloadGroup, verdict) *gen.Output, progress func(done, total int)) ([]WorkloadGroup, []*gen.Output, error) {
	made := make([]WorkloadGroup, len(groups))
	asked := make([]*gen.Output, len(groups))
	err := parallel.Each(ctx, len(groups), max(1, jobs), progress, func(i int) {
		g := groups[i]
		v := j.judge("w"+g.Digest, g.Text, g.Schema, g.Binds)
		v.holes(g, j.words)
		made[i] = describeGroup(g, v)
		if j.family == rules.MySQL && v.sent != "" {
			made[i].TargetDigest = grammar.Digest(v.sent)
		}
		if proof != nil {
			asked[i] = proof(&made[i], v)
		}
		groups[i] = nil
	})
	return made, asked, err
}

func describeGroup(g *workload.Group, v verdict) WorkloadGroup {
	w := WorkloadGroup{
		ID: g.Digest, Schema: g.Schema, Text: g.Text, Converted: v.converted, Class: v.class, Rung: v.rung, Refused: v.refused, Effort: v.effort, Why: v.why,
		Statements: g.Statements, Executions: g.Executions, ElapsedMS: milliseconds(g.Elapsed), Rows: g.Rows, SQLIDs: g.SQLIDs, Modules: g.Modules, MorePlaces: g.MorePlaces,
		Findings: v.findings,
	}
	for i := range w.Findings {
		if f := &w.Findings[i]; g.Source != nil {
			f.File, f.FileLine = g.Source.At(g.Text, offsetOf(g.Text, f.Line, f.Col))
		}
	}
	for _, b := range g.Binds {
		w.Binds = append(w.Binds, WorkloadBind(b))
	}
	for _, p := range g.Places {
		w.Places = append(w.Places, WorkloadPlace{File: p.Pos.File, Line: p.Pos.Line, Origin: p.Origin, Branch: p.Branch, Branches: p.Branches})
	}
	slices.SortStableFunc(w.Findings, func(a, b WorkloadFinding) int {
		return cmp.Or(a.Line-b.Line, a.Col-b.Col, strings.Compare(a.Code, b.Code))
	})
	return w
}

// offsetOf is the byte of a place in a text.
func offsetOf(text string, line, col int) int {
	off := 0
	for ; line > 1; line-- {
		i := strings.IndexByte(text[off:], '\n')
		if i < 0 {
			return len(text)
		}
		off += i + 1
	}
	for i := range text[off:] {
		if col--; col <= 0 {
			return off + i
		}
	}
	return len(text)
}
