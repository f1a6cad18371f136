package resolve

import (
	"fmt"
	"testing"
)

// TestDeclaredNames: a scope finds its names the same way before and behind the change to an index, and the last declaration counts.
func TestDeclaredNames(t *testing.T) {
	var room block[declaredName]
	var d declaredNames
	want := map[string]*entry{}
	for i := range 3 * fewNames {
		name := fmt.Sprint("N", i%(2*fewNames))
		e := &entry{routine: i}
		d.put(&room, name, e)
		want[name] = e
		for n, e := range want {
			if d.get(n) != e {
				t.Fatalf("%d names: %s is %v", len(want), n, d.get(n))
			}
		}
		if d.get("OTHER") != nil {
			t.Fatal("a name that nobody declared")
		}
		seen := map[*entry]bool{}
		d.each(func(e *entry) { seen[e] = true })
		if len(seen) != len(want) {
			t.Fatalf("each gave %d of %d", len(seen), len(want))
		}
	}
}
