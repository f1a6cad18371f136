package support

import (
	"strings"
	"testing"
)

// TestNoCircles wants an order in which everything loads, whatever part of the schema is asked for: what is checked
// when it is made must not need itself.
func TestNoCircles(t *testing.T) {
	state := map[*unit]int{} // 1 on the way, 2 done
	var visit func(u *unit, way []string)
	visit = func(u *unit, way []string) {
		way = append(way, u.Area+":"+u.Name)
		switch state[u] {
		case 1:
			t.Errorf("circle: %s", strings.Join(way, " -> "))
			return
		case 2:
			return
		}
		state[u] = 1
		if u.checked() {
			for _, name := range u.Uses {
				for _, v := range named(name) {
					visit(v, way)
				}
			}
		}
		state[u] = 2
	}
	for _, u := range units() {
		visit(u, nil)
	}
}

func TestHeaders(t *testing.T) {
	for _, u := range units() {
		if u.For == "" || u.Title == "" || !strings.HasPrefix(u.Title, u.Name) {
			t.Errorf("sql/%s.sql: header of %s: %q, for %q", u.Area, u.Name, u.Title, u.For)
		}
		if strings.Contains(u.Text, "search_path") && u.Area != "transaction" {
			t.Errorf("sql/%s.sql: %s sets a search_path, which keeps it from being inlined", u.Area, u.Name)
		}
	}
}
