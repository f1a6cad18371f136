package mybatis

import (
	"regexp"
	"strings"
)

// MaxBranches is how many combinations of branches of one statement are made at most.
const MaxBranches = 128

// choices decides tests while a statement is put together. A test that was decided keeps its outcome, and so does the one
// that denies it.
type choices struct {
	preset  []bool // outcomes of the tests as they are written, in the order in which they are first met
	further bool   // of those behind them
	outcome map[string]bool
	taken   []bool      // outcomes, as preset
	within  []condition // under which the place at hand is reached
	targets [][]condition
}

// condition is a test with an outcome.
type condition struct {
	test string
	is   bool
}

func newChoices(preset []bool, further bool) *choices {
	return &choices{preset: preset, further: further, outcome: map[string]bool{}}
}

// reach notes a branch with the conditions under which it is taken.
func (c *choices) reach(more ...condition) {
	c.targets = append(c.targets, append(append([]condition{}, c.within...), more...))
}

// under does something under further conditions.
func (c *choices) under(more []condition, do func()) {
	n := len(c.within)
	c.within = append(c.within, more...)
	do()
	c.within = c.within[:n]
}

var (
	space      = regexp.MustCompile(`\s+`)
	comparison = regexp.MustCompile(`^([\w.\[\]()]+) ?(==|!=|eq|neq) ?('[^']*'|"[^"]*"|null|[\w.-]+)$`)
	databaseID = regexp.MustCompile(`^_databaseId ?(==|eq) ?['"](\w+)['"]$`)
)

// key is a test in one spelling, and whether it stands for the opposite of what is decided.
func key(test string) (string, bool) {
	test = space.ReplaceAllString(strings.TrimSpace(test), " ")
	for strings.HasPrefix(test, "(") && strings.HasSuffix(test, ")") && !strings.ContainsAny(test[1:len(test)-1], "()") {
		test = strings.TrimSpace(test[1 : len(test)-1])
	}
	if m := comparison.FindStringSubmatch(test); m != nil {
		return m[1] + " == " + m[3], m[2] == "!=" || m[2] == "neq"
	}
	if rest, ok := strings.CutPrefix(test, "!"); ok && !strings.ContainsAny(rest, " &|") {
		return rest, true
	}
	return test, false
}

// is decides a test.
func (c *choices) is(test string) bool {
	if m := databaseID.FindStringSubmatch(strings.TrimSpace(test)); m != nil {
		return strings.EqualFold(m[2], "oracle")
	}
	k, deny := key(test)
	v, ok := c.outcome[k]
	if ok {
		return v != deny
	}
	written := c.further
	if n := len(c.taken); n < len(c.preset) {
		written = c.preset[n]
	}
	c.taken = append(c.taken, written)
	c.outcome[k] = written != deny
	return written
}

// enumerate runs a build once for every combination of outcomes that it asks for. all is false when there are more than
// MaxBranches of them.
func enumerate(build func(c *choices)) (all bool) {
	var preset []bool
	for range MaxBranches {
		c := newChoices(preset, true)
		build(c)
		// the last test that was true becomes false, those behind it are open again
		n := len(c.taken) - 1
		for n >= 0 && !c.taken[n] {
			n--
		}
		if n < 0 {
			return true
		}
		preset = append(append([]bool{}, c.taken[:n]...), false)
	}
	return false
}

// maxCover bounds the runs of cover.
const maxCover = 2000

// cover runs a build with all tests true, with all false, and once for every branch with the conditions that lead to it,
// taken and left. all is false when there are more branches than maxCover.
func cover(build func(c *choices)) (all bool) {
	known := map[string]bool{}
	var queue [][]condition
	run := func(c *choices) {
		build(c)
		for _, t := range c.targets {
			var name strings.Builder
			for _, x := range t {
				name.WriteString(x.test + map[bool]string{true: " +\n", false: " -\n"}[x.is])
			}
			if !known[name.String()] {
				known[name.String()] = true
				queue = append(queue, t)
			}
		}
	}
	run(newChoices(nil, true))
	run(newChoices(nil, false))
	for n := 0; n < len(queue); n++ {
		if n == maxCover {
			return false
		}
		c := newChoices(nil, false)
		for _, x := range queue[n] {
			k, deny := key(x.test)
			c.outcome[k] = x.is != deny
		}
		run(c)
	}
	return true
}
