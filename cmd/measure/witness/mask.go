package witness

import (
	_ "embed"
	"fmt"
	"path"
	"regexp"
	"strings"
)

// mask takes statements out of the comparison: there the witness is known not to do as Oracle does.
type mask struct {
	kind, file string
	text       *regexp.Regexp
	reason     string
}

//go:embed masks.txt
var maskText string

//go:embed simmasks.txt
var simMaskText string

// Masks are the rules of masks.txt, for conversions.
func Masks() ([]mask, error) { return readMasks("masks.txt", maskText) }

// SimMasks are the rules of simmasks.txt, for the embedded Oracle.
func SimMasks() ([]mask, error) { return readMasks("simmasks.txt", simMaskText) }

// readMasks reads rules: a line has the kind of the witness, a pattern of file names, a regular expression
// over the statement and what differs (in slashes), and the reason.
func readMasks(file, text string) (list []mask, err error) {
	for n, line := range strings.Split(text, "\n") {
		if strings.TrimSpace(line) == "" || strings.HasPrefix(line, "#") {
			continue
		}
		head, rest, ok := strings.Cut(line, " /")
		end := strings.LastIndex(rest, "/ ")
		words := strings.Fields(head)
		if !ok || end < 0 || len(words) != 2 {
			return nil, fmt.Errorf("%s:%d: want KIND FILE /PATTERN/ REASON", file, n+1)
		}
		pattern, err := regexp.Compile("(?is)" + rest[:end])
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", file, n+1, err)
		}
		list = append(list, mask{words[0], words[1], pattern, strings.TrimSpace(rest[end+2:])})
	}
	return list, nil
}

// masked takes the verdict out of the comparison when a rule knows of the difference.
func (r *runner) masked(v *Verdict, why string) bool {
	for _, m := range r.masks {
		if m.kind != r.kind {
			continue
		}
		if ok, _ := path.Match(m.file, v.File); ok && m.text.MatchString(v.Statement.Raw+"\n"+why) {
			v.Why = "masked: " + m.reason
			return true
		}
	}
	return false
}
