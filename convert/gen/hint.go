package gen

import (
	"regexp"
	"strings"
)

// hintForm finds hints: /*+ ... */ and --+ ... (SQL Language Reference 19c, "Hints").
var hintForm = regexp.MustCompile(`(?s)/\*\+(.*?)\*/|--\+([^\n]*)`)

// hintCall is one hint: a name, and what stands in its parentheses.
var hintCall = regexp.MustCompile(`([A-Za-z_]+)\s*(?:\(([^()]*)\))?`)

// planHint is what the extension pg_hint_plan has for one of Oracle's hints (its manual, "The list of hints"). least is
// the number of names that it must have: USE_NL(b) of Oracle says which table is the inner one, NestLoop joins two.
type planHint struct {
	name  string
	least int
	tail  string // behind the names
}

var planHints = map[string]planHint{
	"FULL": {"SeqScan", 1, ""}, "INDEX": {"IndexScan", 1, ""}, "INDEX_ASC": {"IndexScan", 1, ""}, "INDEX_FFS": {"IndexOnlyScan", 1, ""}, "NO_INDEX": {"NoIndexScan", 1, ""},
	"USE_NL": {"NestLoop", 2, ""}, "USE_HASH": {"HashJoin", 2, ""}, "USE_MERGE": {"MergeJoin", 2, ""}, "NO_USE_NL": {"NoNestLoop", 2, ""}, "NO_USE_HASH": {"NoHashJoin", 2, ""},
	"NO_USE_MERGE": {"NoMergeJoin", 2, ""}, "LEADING": {"Leading", 2, ""}, "PARALLEL": {"Parallel", 2, " hard"}, "NO_PARALLEL": {"Parallel", 1, " 0 hard"},
}

// hints treats the hints in the space in front of a token by the policy. What is left out gets a line in the ledger.
func (g *gen) hints(tok uint32, text string) string {
	if g.e.Policy.Hints != "drop" && g.e.Policy.Hints != "pg_hint_plan" {
		return text
	}
	return hintForm.ReplaceAllStringFunc(text, func(comment string) string {
		m := hintForm.FindStringSubmatch(comment)
		var kept []string
		if g.e.Policy.Hints == "pg_hint_plan" {
			kept = translated(m[1] + m[2])
		}
		if !g.toldHints[tok] {
			if g.toldHints == nil {
				g.toldHints = map[uint32]bool{}
			}
			g.toldHints[tok] = true
			what := "hint " + strings.Join(strings.Fields(m[1]+m[2]), " ")
			if len(kept) > 0 {
				what += " is now " + strings.Join(kept, " ")
			}
			g.parts = append(g.parts, Line{Class: Ignored, Object: g.object, Pos: g.f.TokenPos(tok), Code: g.rule("hint").Code, What: what, Part: true})
		}
		if len(kept) == 0 {
			return ""
		}
		return "/*+ " + strings.Join(kept, " ") + " */"
	})
}

// translated gives the hints that pg_hint_plan has the like of.
func translated(text string) []string {
	var list []string
	for _, m := range hintCall.FindAllStringSubmatch(text, -1) {
		h, ok := planHints[strings.ToUpper(m[1])]
		names := strings.FieldsFunc(strings.ToLower(m[2]), func(c rune) bool { return c == ' ' || c == ',' || c == '\t' || c == '\n' })
		if !ok || len(names) < h.least || strings.ContainsAny(m[2], `@."`) { // query blocks, views and quoted names have no form there
			continue
		}
		list = append(list, h.name+"("+strings.Join(names, " ")+h.tail+")")
	}
	return list
}
