package assess

import "landfall/internal/model"

// Classes of objects: what has to be done for one to stand on the target.
const (
	ObjectCompatible   = "compatible"     // read, and nothing was found in it
	ObjectConverted    = "auto-converted" // the conversion writes it anew; findings may ask for a look
	ObjectManual       = "manual"         // people have to change it
	ObjectIncompatible = "incompatible"   // refused, and with a finding that asks for a decision or a redesign
	ObjectUnassessed   = "not assessable" // wrapped, or the parser could not read it
)

// ObjectClasses are all classes, the best first.
func ObjectClasses() []string {
	return []string{ObjectCompatible, ObjectConverted, ObjectManual, ObjectIncompatible, ObjectUnassessed}
}

// Class says what has to be done for the object. It reads what is in the object already: standing, worst finding, hardest
// effort.
func (o Object) Class() string {
	switch {
	case o.Wrapped || o.Rung == model.RungUnread:
		return ObjectUnassessed
	case o.Refused && o.Findings.Blocker > 0:
		return ObjectIncompatible
	case o.Refused || o.Effort == model.Manual:
		return ObjectManual
	case o.Findings.Total() > 0:
		return ObjectConverted
	}
	return ObjectCompatible
}
