package mybatis

import (
	"fmt"
	"slices"
	"strings"

	"landfall/internal/workload"
)

// Classes tells what the program declares that uses the mappers: the class of a property of a class, and of what begins with
// a parameter of a mapper's method; "" where it is not known.
type Classes interface {
	Field(class, path string) string
	Argument(mapper, method, path string) string
}

// scanner knows all mappers of an application: fragments are included across files.
type scanner struct {
	sink      workload.Sink
	classes   Classes
	aliases   map[string]string    // <typeAlias>: class by alias in lower case
	fragments map[string]*fragment // by namespace.id
	run       int
}

type fragment struct {
	space string
	node  *node
}

type mapper struct {
	src   *workload.Source
	root  *node
	space string
}

// statements are the elements that hold one, with what they are.
var statements = []string{"select", "insert", "update", "delete", "statement", "procedure"}

// Scan makes the statements of all mappers among files. units is how many mapped statements each file holds, by its name.
// The order is that of the files and of the places in them. classes may be nil.
func Scan(files []*workload.Source, classes Classes, sink workload.Sink) (units map[string]int, err error) {
	s := &scanner{sink: sink, classes: classes, aliases: map[string]string{}, fragments: map[string]*fragment{}}
	var mappers []mapper
	for _, f := range files {
		root, problem := parse(f, &s.run)
		if problem != nil {
			sink.Problem(*problem)
		}
		if root == nil {
			if problem == nil {
				if problem = foreign(f); problem != nil {
					sink.Problem(*problem)
				}
			}
			continue
		}
		m := mapper{src: f, root: root, space: root.attr("namespace")}
		mappers = append(mappers, m)
		for _, n := range root.children {
			if n.name == "typeAlias" {
				s.aliases[strings.ToLower(n.attr("alias"))] = n.attr("type")
			}
			name := m.space + "." + n.attr("id")
			if n.name == "sql" && oracleOnly(n) && (s.fragments[name] == nil || s.fragments[name].node.attr("databaseId") == "") {
				s.fragments[name] = &fragment{space: m.space, node: n} // the one for Oracle stands before the one for all
			}
		}
	}
	units = map[string]int{}
	for _, m := range mappers {
		units[m.src.Name] = 0
		own := map[string]bool{} // statements that are there for Oracle
		for _, n := range m.root.children {
			if slices.Contains(statements, n.name) && n.attr("databaseId") != "" && oracleOnly(n) {
				own[n.attr("id")] = true
			}
		}
		for _, n := range m.root.children {
			if !slices.Contains(statements, n.name) {
				continue
			}
			if n.attr("databaseId") == "" && own[n.attr("id")] {
				sink.Problem(workload.Problem{Pos: m.src.Pos(n.at), Kind: workload.NotOracle, Reason: fmt.Sprintf("%s %s is for other databases: Oracle has one of its own", n.name, n.attr("id"))})
				continue
			}
			if !oracleOnly(n) {
				sink.Problem(workload.Problem{Pos: m.src.Pos(n.at), Kind: workload.NotOracle, Reason: fmt.Sprintf("%s %s is for the database %s", n.name, n.attr("id"), n.attr("databaseId"))})
				continue
			}
			units[m.src.Name]++
			if err := s.unit(m, n, n.attr("id")); err != nil {
				return units, err
			}
			for _, k := range n.children {
				if k.name == "selectKey" && oracleOnly(k) {
					units[m.src.Name]++
					if err := s.unit(m, k, n.attr("id")+"!selectKey"); err != nil {
						return units, err
					}
				}
			}
		}
	}
	return units, nil
}

// ScanScript makes the statements of an annotation's text: <script>...</script> or plain SQL with #{} and ${}. pieces is
// the text with its places.
func ScanScript(src *workload.Source, at int, unit, origin string, pieces []workload.Piece, sink workload.Sink) error {
	s := &scanner{sink: sink, fragments: map[string]*fragment{}}
	root := &node{name: "select", at: at, children: []*node{{pieces: pieces, at: at}}}
	text, _ := workload.Compose(pieces)
	if strings.HasPrefix(strings.TrimSpace(text), "<script>") {
		// the XML stands inside a literal: offsets are those of the text, and nothing is written back
		inner := workload.NewSource(src.Name, []byte(text))
		tree, problem := parseRoot(inner, &s.run, "script")
		if problem != nil {
			problem.Pos = src.Pos(at)
			sink.Problem(*problem)
			return nil
		}
		fix(tree)
		root = tree
		root.at = at
	}
	return s.expand(mapper{src: src}, root, unit, origin)
}

// parameterClass is what a statement says about its argument; a selectKey has that of the statement around it.
func parameterClass(m mapper, n *node) string {
	if n.name == "selectKey" && m.root != nil {
		for _, outer := range m.root.children {
			if slices.Contains(outer.children, n) {
				n = outer
				break
			}
		}
	}
	if t := n.attr("parameterType"); t != "" {
		return t
	}
	return n.attr("parameterClass")
}

// fix marks everything below as not to be written to.
func fix(n *node) {
	for i := range n.pieces {
		n.pieces[i].Form, n.pieces[i].Lo, n.pieces[i].Hi = workload.FormFixed, 0, 0
	}
	for _, c := range n.children {
		fix(c)
	}
}

// oracleOnly reports whether an element is for Oracle or for any database.
func oracleOnly(n *node) bool {
	id := n.attr("databaseId")
	return id == "" || strings.EqualFold(id, "oracle")
}

func (s *scanner) fragment(space, refid string) *fragment {
	if f := s.fragments[space+"."+refid]; f != nil {
		return f
	}
	return s.fragments[refid]
}

func (s *scanner) unit(m mapper, n *node, id string) error {
	kind := "MyBatis"
	if m.root.name == "sqlMap" {
		kind = "iBATIS"
	}
	return s.expand(m, n, id, fmt.Sprintf("%s %s %s", kind, n.name, id))
}

// expand makes all statements of one unit.
func (s *scanner) expand(m mapper, n *node, id, origin string) error {
	pos := m.src.Pos(n.at)
	var made []workload.Statement
	seen := map[string]bool{}
	names := &workload.Names{}
	missing := map[string]bool{}
	build := func(c *choices) {
		b := &builder{
			scan: s, space: m.space, legacy: m.root != nil && m.root.name == "sqlMap", names: names, c: c, binds: map[string]*workload.Bind{},
			missed: func(_ *node, refid string) { missing[refid] = true },
			method: strings.TrimSuffix(id, "!selectKey"), param: parameterClass(m, n),
		}
		b.all(n.children)
		pieces := trimSpace(b.out)
		if len(pieces) == 0 {
			return
		}
		pieces, _ = workload.FillHoles(pieces)
		text, segments := workload.Compose(pieces)
		text, segments = workload.Endless(text, segments)
		if seen[text] {
			return
		}
		seen[text] = true
		st := workload.Statement{Text: text, Module: m.space, Pos: pos, Kind: workload.KindSource, Origin: origin, Source: &workload.Composition{Unit: id, Segments: segments, Hollow: b.hollow}}
		for _, name := range sortedKeys(b.binds) {
			st.Binds = append(st.Binds, *b.binds[name])
		}
		made = append(made, st)
	}
	partial := !enumerate(build)
	if partial {
		made, seen = nil, map[string]bool{}
		all := cover(build)
		reason := fmt.Sprintf("%s has more than %d combinations of branches: %d were made, in which every branch is taken and left at least once", origin, MaxBranches, len(made))
		if !all {
			reason = fmt.Sprintf("%s has more branches than are followed: %d statements were made, and some branches are in none", origin, len(made))
		}
		s.sink.Problem(workload.Problem{Pos: pos, Kind: workload.Enumeration, Reason: reason})
	}
	for _, refid := range sortedKeys(missing) {
		s.sink.Problem(workload.Problem{Pos: pos, Kind: workload.Unresolved, Reason: fmt.Sprintf("%s includes %s, which no mapper has", origin, refid), Hint: "add the folder that holds it with --app"})
	}
	if len(made) == 0 {
		s.sink.Problem(workload.Problem{Pos: pos, Kind: workload.Malformed, Reason: origin + " has no text"})
	}
	if made = s.solid(made); len(made) < len(seen) {
		s.sink.Problem(workload.Problem{Pos: pos, Kind: workload.Assumed, Reason: fmt.Sprintf("%s: with every branch of SET or of a list left out it is no SQL, for Oracle neither; that is not counted", origin)})
	}
	for i, st := range made {
		st.Source.Partial = partial
		st.Source.Branch, st.Source.Branches = i+1, len(made)
		if len(st.Text) > workload.MaxText {
			s.sink.Problem(workload.Problem{Pos: pos, Kind: workload.TooLong, Reason: origin + " is too long"})
			continue
		}
		if err := s.sink.Statement(st); err != nil {
			return err
		}
	}
	return nil
}

// solid leaves out the statements that are none because a list in them is empty, where the unit has others. A mapper that is
// read again, with the target's SQL in it, keeps them: they are held against what was wanted.
func (s *scanner) solid(made []workload.Statement) []workload.Statement {
	if s.sink.Lenient {
		return made
	}
	none := func(st workload.Statement) bool { return st.Source.Hollow && !workload.Readable(st.Text) }
	kept := slices.DeleteFunc(slices.Clone(made), none)
	if !slices.ContainsFunc(kept, func(st workload.Statement) bool { return workload.Readable(st.Text) }) {
		return made
	}
	return kept
}

func sortedKeys[T any](m map[string]T) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
