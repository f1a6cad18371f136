package witness

import (
	"regexp"
	"strings"
)

// What a statement leaves behind is not what it left behind at the witness when it fails here, is not compared, or gives
// something else; then what stands on the same names tells nothing any more, until they are made anew.

var (
	nameWord = regexp.MustCompile(`(?i)[a-z_][a-z0-9_$#]*`)
	target   = regexp.MustCompile(`(?is)\b(?:table|view|sequence|index|synonym|type\s+body|type|package\s+body|package|procedure|function|trigger|into|update|delete\s+from|delete|merge\s+into|truncate|domain|role|user)\s+(?:if\s+(?:not\s+)?exists\s+)?(?:only\s+)?((?:"[^"]+"|[a-z_][\w$#]*)(?:\.(?:"[^"]+"|[a-z_][\w$#]*))?)`)
	calls    = regexp.MustCompile(`(?is)^\s*(?:call|exec|execute)\s+([\w.$#"]+)`)
)

// targets are the names that a statement makes or changes.
func targets(text string) (names []string) {
	bare := stripComments(text)
	for _, pattern := range []*regexp.Regexp{target, calls} {
		for _, m := range pattern.FindAllStringSubmatch(bare, -1) {
			name := strings.ToLower(strings.ReplaceAll(m[1], `"`, ""))
			names = append(names, name[strings.LastIndexByte(name, '.')+1:])
		}
	}
	return names
}

// toldOf are the findings of the definitions that a statement names: they hold for what it runs.
func (r *runner) toldOf(s *Statement) (list []string) {
	for _, word := range nameWord.FindAllString(stripComments(s.Raw), -1) {
		list = append(list, r.told[strings.ToLower(word)]...)
	}
	return list
}

// taintAll is for what may have run anything: a call, or a query that calls a routine of the file.
func (r *runner) taintAll(s *Statement) {
	bare := stripComments(s.Raw)
	runs := runsCode.MatchString(bare)
	for _, word := range nameWord.FindAllString(bare, -1) {
		runs = runs || r.routines[strings.ToLower(word)]
	}
	if !runs {
		return
	}
	for name := range r.tables {
		if r.tainted[name] == 0 {
			r.tainted[name] = s.Line
		}
	}
}

var (
	runsCode   = regexp.MustCompile(`(?is)^\s*(call|exec|execute|begin|declare|do|<<|update|insert|delete|merge)\b`)
	makesTable = regexp.MustCompile(`(?is)^\s*create\b[^(]*?\btable\b`)
	makesCode  = regexp.MustCompile(`(?is)^\s*create\b[^(]*?\b(function|procedure|package)\b`)
)

// know keeps the names of what a statement makes.
func (r *runner) know(s *Statement) {
	bare := stripComments(s.Raw)
	if names := targets(bare); len(names) > 0 {
		r.tables[names[0]] = r.tables[names[0]] || makesTable.MatchString(bare)
		r.routines[names[0]] = r.routines[names[0]] || makesCode.MatchString(bare)
	}
}

func (r *runner) taint(s *Statement) {
	r.taintAll(s)
	for _, name := range targets(s.Raw) {
		if r.tainted[name] == 0 {
			r.tainted[name] = s.Line
		}
	}
}

// untaint forgives what a statement has made anew.
func (r *runner) untaint(s *Statement) {
	if names := targets(s.Raw); len(names) > 0 && madeAnew.MatchString(stripComments(s.Raw)) {
		delete(r.tainted, names[0])
	}
}

var madeAnew = regexp.MustCompile(`(?is)^\s*(create|drop)\b`)

// follows is the line of a statement that this one stands on and that did not come out as at the witness; 0 is none.
func (r *runner) follows(s *Statement) int {
	for _, word := range nameWord.FindAllString(stripComments(s.Raw), -1) {
		if line := r.tainted[strings.ToLower(word)]; line != 0 && line != s.Line {
			return line
		}
	}
	return 0
}
