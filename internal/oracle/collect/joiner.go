package collect

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"landfall/internal/oracle/bundle"
)

// joiner puts long texts together from the pieces that SQL*Plus spooled, in whatever order they came, and lines of one
// text where the extract has them.
type joiner struct {
	extract       *bundle.Extract
	piece, pieces int // places of those fields in a line

	index map[string]int
	texts []longText
}

// longText is a row whose text is in pieces.
type longText struct {
	row   []string
	parts []part
	seen  map[[2]int]bool
}

type part struct {
	line, piece, of int
	text            string
}

// add takes a row with one piece of its text.
func (j *joiner) add(row []string, piece, pieces string) error {
	n, err1 := strconv.Atoi(piece)
	of, err2 := strconv.Atoi(pieces)
	if err1 != nil || err2 != nil || n < 1 || of != 0 && n > of {
		return fmt.Errorf("piece %.20q of %.20q", piece, pieces)
	}
	_, long := j.extract.LongColumn()
	p := part{piece: n, of: of, text: row[long]}
	row[long] = ""
	if j.extract.Fold != "" {
		_, at := j.extract.Column(j.extract.Fold)
		p.line, _ = strconv.Atoi(row[at]) // it was checked to be a number
		row[at] = ""
	}
	if j.index == nil {
		j.index = map[string]int{}
	}
	// rows may be equal in all but their text; then the second piece of the same number begins another row
	base := strings.Join(row, "\x00")
	for k := 0; ; k++ {
		key := base + "\x00" + strconv.Itoa(k)
		at, ok := j.index[key]
		if !ok {
			at = len(j.texts)
			j.index[key] = at
			j.texts = append(j.texts, longText{row: row, seen: map[[2]int]bool{}})
		}
		t := &j.texts[at]
		if place := [2]int{p.line, p.piece}; !t.seen[place] {
			t.seen[place] = true
			t.parts = append(t.parts, p)
			return nil
		}
	}
}

// rows joins everything; a piece that is missing is an error.
func (j *joiner) rows() ([][]string, error) {
	_, long := j.extract.LongColumn()
	out := make([][]string, 0, len(j.texts))
	for i := range j.texts {
		t := &j.texts[i]
		slices.SortFunc(t.parts, func(a, b part) int { return cmp.Or(cmp.Compare(a.line, b.line), cmp.Compare(a.piece, b.piece)) })
		var b strings.Builder
		for k := 0; k < len(t.parts); {
			line, n, of := t.parts[k].line, 0, 0
			for ; k < len(t.parts) && t.parts[k].line == line; k++ {
				n++
				of = max(of, t.parts[k].of)
				if t.parts[k].piece != n {
					return nil, fmt.Errorf("piece %d of the text of %s is missing", n, j.name(t.row))
				}
				b.WriteString(t.parts[k].text)
			}
			if n != of {
				return nil, fmt.Errorf("the text of %s has %d pieces of %d", j.name(t.row), n, of)
			}
		}
		t.row[long] = b.String()
		out = append(out, t.row)
	}
	return out, nil
}

// name is the key of a row for people.
func (j *joiner) name(row []string) string {
	var parts []string
	for _, k := range j.extract.Key {
		if _, at := j.extract.Column(k); at >= 0 && row[at] != "" {
			parts = append(parts, row[at])
		}
	}
	return strings.Join(parts, ".")
}
