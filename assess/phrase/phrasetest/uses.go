// Package phrasetest holds a package that says phrases to having each of them in every language.
//
// Input -> output: the folder of a package and the names of its functions that take a format in; the formats that its source
// has out, by reading the Go files. It does not follow variables: a call whose format is no constant text is an error, unless
// the test names where the texts come from. Uses may be called by any number of goroutines.
package phrasetest

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"landfall/assess/phrase"
)

// Uses are the formats that calls of functions have, by function name the index of the argument that holds the format. open
// are the calls whose format is no constant.
func Uses(dir string, functions map[string][]int) (formats, open []string, err error) {
	names, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		return nil, nil, err
	}
	set := token.NewFileSet()
	seen := map[string]bool{}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		src, err := os.ReadFile(name)
		if err != nil {
			return nil, nil, err
		}
		f, err := parser.ParseFile(set, name, src, 0)
		if err != nil {
			return nil, nil, err
		}
		ast.Inspect(f, func(n ast.Node) bool {
			c, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			for _, at := range functions[called(c)] {
				if at >= len(c.Args) {
					continue
				}
				text, ok := constant(c.Args[at])
				switch {
				case !ok:
					open = append(open, fmt.Sprintf("%s: %s(%s)", set.Position(c.Pos()), called(c), src[set.Position(c.Args[at].Pos()).Offset:set.Position(c.Args[at].End()).Offset]))
				case !seen[text]:
					seen[text] = true
					formats = append(formats, text)
				}
			}
			return true
		})
	}
	return formats, open, nil
}

func called(c *ast.CallExpr) string {
	fun := c.Fun
	if x, ok := fun.(*ast.IndexExpr); ok { // of a generic function
		fun = x.X
	}
	switch f := fun.(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		return f.Sel.Name
	}
	return ""
}

// constant is the value of a literal, or of literals that are joined.
func constant(e ast.Expr) (string, bool) {
	switch x := e.(type) {
	case *ast.BasicLit:
		s, err := strconv.Unquote(x.Value)
		return s, err == nil && x.Kind == token.STRING
	case *ast.BinaryExpr:
		a, ok1 := constant(x.X)
		b, ok2 := constant(x.Y)
		return a + b, ok1 && ok2 && x.Op == token.ADD
	}
	return "", false
}

var verb = regexp.MustCompile(`%(?:\[(\d+)\])?([-+# 0]*[\d.]*[a-zA-Z%])`)

// verbs are the verbs of a format in the order of their arguments.
func verbs(format string) []string {
	var list []string
	next := 1
	for _, m := range verb.FindAllStringSubmatch(format, -1) {
		if m[2] == "%" {
			continue
		}
		if m[1] != "" {
			next, _ = strconv.Atoi(m[1])
		}
		list = append(list, fmt.Sprintf("%d%s", next, m[2]))
		next++
	}
	slices.Sort(list)
	return list
}

// words tells formats that say something from those that only put values together.
var words = regexp.MustCompile(`[a-z]{2,}`)

// Wordless reports whether a format says nothing of its own: signs, and names of the language SQL.
func Wordless(format string) bool {
	return !words.MatchString(verb.ReplaceAllString(format, ""))
}

// Compare lists what is wrong with a table beside the formats that are said: those it lacks, those that nobody says, those
// whose arguments differ.
func Compare(t phrase.Table, formats []string) (problems []string) {
	said := map[string]bool{}
	for _, f := range formats {
		said[f] = true
		to, ok := t[f]
		switch {
		case !ok && !Wordless(f):
			problems = append(problems, fmt.Sprintf("no translation of %q", f))
		case ok && !slices.Equal(verbs(f), verbs(to)):
			problems = append(problems, fmt.Sprintf("%q has the arguments %v, its translation %q has %v", f, verbs(f), to, verbs(to)))
		case ok && strings.TrimSpace(to) == "":
			problems = append(problems, fmt.Sprintf("the translation of %q is empty", f))
		}
	}
	for f := range t {
		if !said[f] {
			problems = append(problems, fmt.Sprintf("nobody says %q", f))
		}
	}
	slices.Sort(problems)
	return problems
}
