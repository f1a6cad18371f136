package value

import "landfall/internal/model"

// Shape is the form of the values of an object type or collection. They travel as JSON: an object under its attributes' names, a
// collection as an array; scalars as texts that lose nothing, which the query that reads them makes (see AppendPart). An object of a
// type with supertypes or subtypes says under TypeTag which one it is, as OWNER.NAME.
type Shape struct {
	Owner string `json:"owner"`
	Name  string `json:"name"`
	Key   string `json:"key"` // its name in the target

	// Attributes of an object, those that it inherits first.
	Attributes []Part `json:"attributes,omitempty"`
	// Element of a collection; Varray tells the two kinds of them apart.
	Element *Part `json:"element,omitempty"`
	Varray  bool  `json:"varray,omitempty"`
	// Family are all types whose objects may stand in the place of one, itself among them; none for a type without supertype and subtypes.
	Family []*Shape `json:"family,omitempty"`
}

// Part is an attribute or element: a scalar, or what has a shape itself.
type Part struct {
	Name  string        `json:"name,omitempty"` // in the dictionary
	Key   string        `json:"key,omitempty"`  // its name in the target
	Type  model.TypeRef `json:"type"`
	Shape *Shape        `json:"shape,omitempty"`
}

// TypeTag is the key under which an object names its type, in the source's JSON as in the target's.
const TypeTag = "$type"

// FullName is OWNER.NAME, the value of TypeTag.
func (s *Shape) FullName() string { return s.Owner + "." + s.Name }

// PartColumn is the type of a scalar part as it travels: a local time as an instant.
func PartColumn(t model.TypeRef) (Column, error) {
	c, err := Of(t)
	if c.Type == TimestampLTZ {
		c.Type = TimestampTZ
	}
	return c, err
}
