package assess

import (
	"strings"

	"landfall/internal/model"
)

// Owners gives a function that finds the place in Objects of the object which an id belongs to: the object
// itself, or the one that holds the member. It reads Objects once; make a new one when they have changed.
func (r *Result) Owners() func(model.ObjectID) (int, bool) {
	byID := make(map[model.ObjectID]int, len(r.Objects))
	for i := range r.Objects {
		byID[r.Objects[i].ID] = i
	}
	return func(id model.ObjectID) (int, bool) {
		for s := string(id); s != ""; {
			if at, ok := byID[model.ObjectID(s)]; ok {
				return at, true
			}
			// A member of an object without a schema has a leading dot that the object has not.
			if at, ok := byID[model.ObjectID(strings.Replace(s, ":.", ":", 1))]; ok {
				return at, true
			}
			dot := strings.LastIndexByte(s, '.')
			if dot < 0 {
				break
			}
			s = s[:dot]
		}
		return 0, false
	}
}
