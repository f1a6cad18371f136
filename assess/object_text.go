package assess

import (
	"cmp"
	"slices"
	"strings"

	"landfall/convert"
	"landfall/internal/model"
	"landfall/internal/oracle/scripts"
)

// ObjectText is one object in the words of both sides, for reports that show them beside each other. It is not part of
// report.json: the source has one, the conversion writes the other.
type ObjectText struct {
	Object model.ObjectID
	Oracle string
	Target string
	Cut    bool // one of them is longer than objectTextBytes
}

// How much of texts a result keeps, so that it stays small beside a large estate.
const (
	objectTextBytes  = 12_000
	objectTextsBytes = 8 << 20
)

// objectTexts picks the objects that are worth reading, those with the hardest work first, until there is no room for more.
// The statements of an object follow each other as the scripts and the conversion have them.
func objectTexts(r *Result, c *convert.Result, estate *scripts.Estate) []ObjectText {
	units, outputs := map[model.ObjectID][]int{}, map[model.ObjectID][]int{}
	for i, u := range estate.Units {
		if u.Object != "" {
			units[u.Object] = append(units[u.Object], i)
		}
	}
	for i, o := range c.Outputs {
		outputs[o.ID] = append(outputs[o.ID], i)
	}
	order := make([]int, 0, len(r.Objects))
	for i := range r.Objects {
		if len(units[r.Objects[i].ID]) > 0 {
			order = append(order, i)
		}
	}
	worst := make(map[model.ObjectID]model.Effort, len(order))
	for i := range r.Findings {
		f := &r.Findings[i]
		worst[f.Object] = max(worst[f.Object], f.Effort)
	}
	slices.SortStableFunc(order, func(a, b int) int {
		x, y := &r.Objects[a], &r.Objects[b]
		if x.Refused != y.Refused {
			if x.Refused {
				return -1
			}
			return 1
		}
		return cmp.Or(cmp.Compare(worst[y.ID], worst[x.ID]), cmp.Compare(x.ID, y.ID))
	})
	var list []ObjectText
	room := objectTextsBytes
	for _, i := range order {
		t := ObjectText{Object: r.Objects[i].ID}
		for _, at := range units[t.Object] {
			u := estate.Units[at]
			t.Oracle = addText(t.Oracle, u.Source.Parsed.Source(u.Stmt), &t.Cut)
		}
		for _, at := range outputs[t.Object] {
			t.Target = addText(t.Target, c.Outputs[at].SQL, &t.Cut)
		}
		if room -= len(t.Oracle) + len(t.Target); room < 0 {
			break
		}
		list = append(list, t)
	}
	return list
}

// addText appends a statement, up to objectTextBytes.
func addText(text, more string, cut *bool) string {
	if *cut {
		return text
	}
	if text != "" {
		text += "\n\n"
	}
	if room := objectTextBytes - len(text); len(more) > room {
		*cut = true
		more = strings.ToValidUTF8(more[:max(room, 0)], "")
	}
	return text + strings.Clone(strings.TrimRight(more, "\r\n"))
}
