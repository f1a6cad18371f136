package fleet

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"landfall/assess"
	"landfall/internal/project"
)

// database makes a digest; size in GB, 0 is not known.
func database(name string, hours, size float64, links ...assess.LinkOut) *Digest {
	d := &Digest{
		Name: name, Source: assess.Source{Name: name}, Hours: assess.Hours{Low: hours / 2, High: hours}, Links: links, Complexity: assess.Complexity{Level: "A-1", Grade: 1, Size: assess.ComplexityLow},
		Learning: []RuleHours{{"CV0001", assess.Hours{Low: 1, High: 2}}}, Sessions: 100,
		Schemas: []SchemaDigest{{Name: "APP", Objects: 2, Hash: name, Sources: []uint64{1}, Names: []uint64{5, 6}}},
	}
	d.Schemas[0].Sources = []uint64{hashOf(name)}
	if size > 0 {
		d.Bytes = &assess.Range{Low: size * (1 << 30), High: size * (1 << 30)}
	}
	return d
}

func rolled(digests []*Digest, entries ...project.FleetEntry) *Result {
	if entries == nil {
		for _, d := range digests {
			entries = append(entries, project.FleetEntry{Name: d.Name})
		}
	}
	return rollUp(digests, make([]*Failure, len(digests)), Options{List: entries, Figures: map[string]assess.Range{"fleet.wave.hours": {Low: 100, High: 100}}})
}

func TestWavesKeepOrderAndRoom(t *testing.T) {
	list := []*Digest{database("hard", 90, 0), database("easy", 30, 0), database("mid", 60, 0), database("late", 1, 0)}
	list[0].Complexity.Grade = 4
	r := rolled(list, project.FleetEntry{Name: "hard"}, project.FleetEntry{Name: "easy"}, project.FleetEntry{Name: "mid"}, project.FleetEntry{Name: "late", After: []string{"mid"}})
	var got []string
	for _, w := range r.Waves {
		got = append(got, fmt.Sprintf("%d %s", w.Number, strings.Join(w.Databases, " ")))
	}
	if d := cmp.Diff([]string{"1 easy mid", "2 hard late"}, got); d != "" {
		t.Error(d)
	}
	// Learning of 2 hours at the high end is paid once: 181 hours alone, 3 times 2 less.
	if r.Totals.HoursAlone.High != 181 || r.Totals.Hours.High != 175 || r.Totals.Learning.High != 6 {
		t.Errorf("%+v", r.Totals)
	}
}

func TestContradictionsAreTold(t *testing.T) {
	e := func(name string, wave int, after ...string) project.FleetEntry {
		return project.FleetEntry{Name: name, Wave: wave, After: after}
	}
	list := []*Digest{database("a", 1, 0), database("b", 1, 0), database("c", 1, 0)}
	r := rolled(list, e("a", 0, "b"), e("b", 0, "a"), e("c", 1, "a"))
	all := strings.Join(r.Problems, "\n")
	if !strings.Contains(all, "comes after groups that come after it") || !strings.Contains(all, "group 3 is to move in wave 1, but") {
		t.Errorf("problems: %s", all)
	}
	if len(r.Waves) == 0 || len(r.Groups) != 3 {
		t.Errorf("%+v", r.Waves)
	}
}

func TestLinksAreMatched(t *testing.T) {
	link := func(name, host string) assess.LinkOut { return assess.LinkOut{Name: name, Host: host} }
	list := []*Digest{
		database("a", 1, 0, link("X", "(DESCRIPTION=(ADDRESS=(HOST=h)(PORT=1521))(CONNECT_DATA=(SERVICE_NAME = fin.world)))"), link("B.WORLD", ""), link("Y", "//h:1521/erp"), link("Z", "prod_tns"), link("OUT", "elsewhere")),
		database("b", 1, 0), database("c", 1, 0), database("d", 1, 0), database("e", 1, 0),
	}
	r := rolled(list, project.FleetEntry{Name: "a"}, project.FleetEntry{Name: "b"}, project.FleetEntry{Name: "c", Aliases: []string{"FIN"}}, project.FleetEntry{Name: "d", Aliases: []string{"ERP"}}, project.FleetEntry{Name: "e", Aliases: []string{"PROD_TNS", "OUTER"}})
	got := map[string]string{}
	for _, l := range r.Links {
		got[l.Name] = l.To
	}
	if d := cmp.Diff(map[string]string{"X": "c", "B.WORLD": "b", "Y": "d", "Z": "e", "OUT": ""}, got); d != "" {
		t.Error(d)
	}
	list[4].Source.Name = "fin"
	r = rolled(list, project.FleetEntry{Name: "a"}, project.FleetEntry{Name: "b"}, project.FleetEntry{Name: "c", Aliases: []string{"FIN"}}, project.FleetEntry{Name: "d"}, project.FleetEntry{Name: "e"})
	if !strings.Contains(strings.Join(r.Problems, " "), "as which c, e are known") {
		t.Errorf("a link that may lead to two is not told: %v", r.Problems)
	}
}

func TestClusters(t *testing.T) {
	list := []*Digest{database("big", 1, 3000), database("huge", 1, 5000), database("s1", 1, 900), database("s2", 1, 900), database("none", 1, 0)}
	r := rolled(list)
	var got []string
	for _, c := range r.Clusters {
		got = append(got, strings.Join(c.Databases, " "))
	}
	if d := cmp.Diff([]string{"huge", "big s1", "s2"}, got); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]string{"none"}, r.Unsized); d != "" {
		t.Error(d)
	}
	if c := r.Clusters[1].Collisions; len(c) != 1 || c[0].Schema != "app" || c[0].Names != 2 || !slices.Equal(c[0].Databases, []string{"big", "s1"}) {
		t.Errorf("%+v", c)
	}
}

// TestOverlapIsEstimated compares sketches of large schemas with what the overlap truly is.
func TestOverlapIsEstimated(t *testing.T) {
	schema := func(from, to int) *SchemaDigest {
		s := &SchemaDigest{Name: "S", Hash: fmt.Sprint(from, to)}
		for i := from; i < to; i++ {
			s.Sources = append(s.Sources, hashOf("TABLE", fmt.Sprint("T", i), "x"))
		}
		slices.Sort(s.Sources)
		s.Sources = s.Sources[:min(len(s.Sources), sketchSize)]
		return s
	}
	for _, c := range []struct {
		a, b *SchemaDigest
		want float64
	}{{schema(0, 4000), schema(2000, 6000), 1.0 / 3}, {schema(0, 4000), schema(400, 4000), 0.9}, {schema(0, 4000), schema(5000, 6000), 0}, {schema(0, 100), schema(50, 150), 1.0 / 3}} {
		if got := overlap(c.a, c.b); got < c.want-0.1 || got > c.want+0.1 {
			t.Errorf("overlap %.3f, truly %.3f", got, c.want)
		}
	}
}
