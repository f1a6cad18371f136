package scripts

import (
	"path"
	"slices"
	"sort"
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/files"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// session plays the scripts as SQL*Plus would run them, as far as the current schema, substitution variables and
// includes go: each script that no other one includes is a run of its own, in order of their names.
type session struct {
	est    *Estate
	opt    Options
	more   *loader
	byName map[string]*Source
	played map[*Source][]*Unit
	seen   map[*Source]*visit

	run, step int
	top       *Source
	schema    string
	known     bool // a script said the schema
	formats   Formats
	said      int // how often a script said it
	vars      *vars
	stack     []*Source
}

// visit is what one pass over a file found.
type visit struct {
	schema string // at its beginning
	known  bool
	sets   bool // it changes the schema itself ...
	exit   string
	exitOK bool
	told   bool // the ambiguity has been reported
}

func newSession(est *Estate, opt Options, more *loader) *session {
	s := &session{est: est, opt: opt, more: more, byName: map[string]*Source{}, played: map[*Source][]*Unit{}, seen: map[*Source]*visit{}}
	for _, f := range est.Files {
		s.byName[f.Name] = f
	}
	return s
}

func (s *session) problem(p Problem) { s.est.Problems = append(s.est.Problems, p) }

// runAll plays every run, then the files that only include each other in circles.
func (s *session) runAll() {
	included := map[*Source]bool{}
	for _, f := range slices.Clone(s.est.Files) {
		for _, inc := range s.literalIncludes(f) {
			if inc != f {
				included[inc] = true
			}
		}
	}
	for _, circles := range []bool{false, true} {
		for _, f := range slices.Clone(s.est.Files) {
			if s.seen[f] != nil || included[f] && !circles {
				continue
			}
			s.run++
			s.step, s.top, s.schema, s.known, s.vars = 0, f, fold1(s.opt.DefaultSchema), false, nil
			if f.schema != "" {
				s.schema, s.known = f.schema, true
			}
			s.formats = Formats{}
			s.visit(f)
		}
	}
}

// literalIncludes are the files that f includes by names which are known without running it.
func (s *session) literalIncludes(f *Source) (list []*Source) {
	if f.Parsed == nil {
		return nil
	}
	var v *vars
	for _, st := range f.Parsed.Stmts {
		c, ok := st.(*ast.PlusCommand)
		if !ok {
			continue
		}
		v = define(f.Parsed, c, v)
		if name, _, ok := f.Parsed.Include(c); ok {
			if inc := s.find(f, f, c, v.replace(name)); inc != nil {
				list = append(list, inc)
			}
		}
	}
	return list
}

// find looks for an included file among those that are read, then on disk.
func (s *session) find(from, top *Source, c *ast.PlusCommand, name string) *Source {
	if strings.ContainsAny(name, "&$%?*") {
		return nil
	}
	target := files.IncludePath(name)
	if !path.IsAbs(target) && !strings.Contains(target, ":") {
		dirs := []string{path.Dir(top.Name), ".", path.Dir(from.Name)}
		if c.Nested {
			dirs = []string{path.Dir(from.Name), path.Dir(top.Name), "."}
		}
		for _, d := range dirs {
			if f := s.byName[path.Join(d, target)]; f != nil {
				return f
			}
		}
	}
	if s.more == nil {
		return nil
	}
	f, fresh, problems := s.more.include(from, top, name)
	if fresh {
		s.est.Files = append(s.est.Files, f)
		s.byName[f.Name] = f
		s.est.Problems = append(s.est.Problems, problems...)
	}
	return f
}

// visit plays one file.
func (s *session) visit(f *Source) {
	v := s.seen[f]
	switch {
	case v == nil:
		v = &visit{}
		s.seen[f] = v
	case s.known && !v.known: // the earlier pass did not know the schema: this one does
	default:
		if s.known && v.schema != s.schema && !v.told && s.needsSchema(f) {
			v.told = true
			s.problem(Problem{
				Kind: ProblemSchema, Pos: model.Pos{File: f.Name, Line: 1, Col: 1}, Note: true,
				Msg:  "included under the schemas " + v.schema + " and " + s.schema + "; read under " + v.schema,
				Hint: "read the scripts of each schema on their own to see both",
			})
		}
		if v.sets {
			s.schema, s.known = v.exit, v.exitOK
		}
		return
	}
	v.schema, v.known = s.schema, s.known
	if f.Parsed == nil {
		return
	}
	s.stack = append(s.stack, f)
	said := s.said
	units := make([]*Unit, 0, len(f.Parsed.Stmts))
	for _, st := range f.Parsed.Stmts {
		s.step++
		switch st := st.(type) {
		case *ast.EmptyStmt:
			continue
		case *ast.PlusCommand:
			s.command(f, st)
			if len(st.Body) == 0 {
				continue
			}
		case *ast.AlterSession:
			s.alterSession(f, st)
		}
		u := &Unit{Source: f, Stmt: st, Schema: s.schema, Formats: s.formats, at: place{s.run, s.step}, vars: s.vars}
		units = append(units, u)
	}
	s.played[f] = units
	s.stack = s.stack[:len(s.stack)-1]
	v.sets = s.said != said
	v.exit, v.exitOK = s.schema, s.known
}

// needsSchema reports whether a file holds statements whose names depend on the current schema.
func (s *session) needsSchema(f *Source) bool {
	if f.Parsed == nil {
		return false
	}
	for _, u := range s.played[f] {
		switch u.Stmt.(type) {
		case *ast.AlterSession, *ast.AdminStmt, *ast.Commit, *ast.Rollback, *ast.CreateUser, *ast.CreateRole:
		default:
			return true
		}
	}
	return false
}

func (s *session) command(f *Source, c *ast.PlusCommand) {
	s.vars = define(f.Parsed, c, s.vars)
	switch c.Verb {
	case token.START:
		s.include(f, c)
	case token.CONNECT:
		s.connect(f, c)
	}
}

func (s *session) include(f *Source, c *ast.PlusCommand) {
	written, args, ok := f.Parsed.Include(c)
	if !ok {
		return
	}
	name, pos := s.vars.replace(written), f.Parsed.Pos(c)
	inc := s.find(f, s.top, c, name)
	switch {
	case inc == nil && strings.ContainsAny(name, "&$%?*"), inc == nil && strings.HasPrefix(name, "~"):
		s.problem(Problem{
			Kind: ProblemInclude, Pos: pos, Note: true,
			Msg: "the file of @" + name + " is not known before the script runs, so nothing was looked for",
		})
	case inc == nil && strings.Contains(name, "://"):
		s.problem(Problem{Kind: ProblemInclude, Pos: pos, Note: true, Msg: name + " lies on another machine, nothing was looked for"})
	case inc == nil:
		s.problem(Problem{
			Kind: ProblemInclude, Pos: pos, Msg: "included file not found: " + files.IncludePath(name),
			Hint: "add the file, or give the folder it lies in",
		})
	case slices.Contains(s.stack, inc):
		s.problem(Problem{
			Kind: ProblemInclude, Pos: pos, Msg: "the scripts include each other in circles: " + inc.Name,
			Hint: "SQL*Plus would stop at its nesting limit (SP2-0309); take one of the commands out",
		})
	default:
		outer := s.vars
		for i, a := range args {
			s.vars = s.vars.set(string(rune('1'+i)), s.vars.replace(a))
			if i == 8 {
				break
			}
		}
		s.visit(inc)
		if len(args) > 0 {
			s.vars = s.vars.without(outer, len(args))
		}
	}
}

// connect takes the user of CONNECT user[/password][@database] [AS SYSDBA].
func (s *session) connect(f *Source, c *ast.PlusCommand) {
	args := f.Parsed.Args(c)
	s.said++
	if len(args) == 0 {
		s.schema, s.known = fold1(s.opt.DefaultSchema), false
		return
	}
	text := s.vars.replace(args[0])
	user, _, _ := strings.Cut(text, "@")
	user, _, _ = strings.Cut(user, "/")
	if i := strings.IndexByte(user, '['); i > 0 { // proxy[client]: the session is the client's
		user = strings.TrimSuffix(user[i+1:], "]")
	}
	for i := 1; i+1 < len(args); i++ {
		if strings.EqualFold(args[i], "AS") && strings.EqualFold(args[i+1], "SYSDBA") {
			user = "SYS"
		}
	}
	if user == "" || strings.Contains(user, "&") {
		s.schema, s.known = fold1(s.opt.DefaultSchema), false
		if user != "" {
			s.problem(Problem{
				Kind: ProblemVariable, Pos: f.Parsed.Pos(c), Note: true,
				Msg: "the user of CONNECT is not known before the script runs", Hint: "DEFINE the variable, or say which schema is meant",
			})
		}
		return
	}
	s.schema, s.known = fold1(user), true
}

func (s *session) alterSession(f *Source, st *ast.AlterSession) {
	for _, set := range st.Settings {
		s.formats.set(f.Parsed, set, s.vars)
		if f.Parsed.Last(set.Name) != "CURRENT_SCHEMA" || len(set.Values) == 0 {
			continue
		}
		s.said++
		switch v := set.Values[0].(type) {
		case *ast.Name:
			if p := nameParts(f.Parsed, v, s.vars); len(p) > 0 {
				s.schema, s.known = p[len(p)-1], true
				if strings.Contains(s.schema, "&") {
					s.problem(unknownVariable(f.Parsed.Pos(v), s.schema))
				}
			}
		case *ast.Literal:
			if text, ok := stringValue(f.Parsed, v); ok {
				s.schema, s.known = fold1(s.vars.replace(text)), true
			}
		}
	}
}

// units are the statements of all files, file by file, with what is known of each without a catalog.
func (s *session) units() []*Unit {
	var all []*Unit
	for _, f := range s.est.Files {
		for _, u := range s.played[f] {
			describe(u)
			thinUnit(u)
			all = append(all, u)
		}
	}
	return all
}

// describe fills what the statement itself tells.
func describe(u *Unit) {
	f := u.Source.Parsed
	u.Pos, u.Lines = f.Pos(u.Stmt), linesOf(f, u.Stmt)
	u.Class = classOf(f, u.Stmt)
	span := u.Stmt.Range()
	if bad, ok := u.Stmt.(*ast.BadStmt); ok && bad.Err >= 0 && bad.Err < len(f.Errors) {
		u.Err = f.Errors[bad.Err]
		return
	}
	if span.Empty() {
		return
	}
	from, to := f.Tokens[span.Lo].Off, f.Tokens[span.Hi-1].End()
	if i := sort.Search(len(f.Errors), func(i int) bool { return f.Errors[i].Off >= from }); i < len(f.Errors) && f.Errors[i].Off < to {
		u.Err = f.Errors[i]
	}
}

func linesOf(f *ast.File, n ast.Node) int {
	span := n.Range()
	if span.Empty() {
		return 0
	}
	return f.OffsetPos(f.Tokens[span.Hi-1].End()).Line - f.TokenPos(span.Lo).Line + 1
}
