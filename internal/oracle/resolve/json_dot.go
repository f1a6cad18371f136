package resolve

// JSONDot is the Builtin of a name that goes into a JSON document by the simple dot notation: alias.column.key.key, with array
// steps and an item method behind it (JSON Developer's Guide, "Simple Dot-Notation Access to JSON Data"). Base tells how
// many parts of it are the column.
const JSONDot = "JSON.DOT"

// typeJSONDot is what the notation finds before an item method turns it into something else: a scalar as text, an object or array
// as JSON. There is one of it, so that a step behind an array step knows what it goes into.
var typeJSONDot = &Type{Class: ClassText}

// itemMethods are the item methods by the type of what they give.
var itemMethods = map[string]*Type{
	"STRING": typeText, "STRINGONLY": typeText, "NUMBER": typeNumber, "NUMBERONLY": typeNumber, "DOUBLE": typeDouble, "FLOAT": typeDouble,
	"DATE": typeDate, "TIMESTAMP": typeTimestamp, "LENGTH": typeNumber, "SIZE": typeNumber, "COUNT": typeNumber, "TYPE": typeText,
	"UPPER": typeText, "LOWER": typeText, "ABS": typeNumber, "CEILING": typeNumber, "FLOOR": typeNumber, "BOOLEAN": typeBoolean, "BINARY": typeRaw,
}

// documentColumn reports whether a part behind f can only be a key of a JSON document: f is a column of a table and has no parts of its own.
func documentColumn(f found) bool {
	if f.ref.Kind != Column || f.ref.Object == nil || f.ref.Object.Table == nil {
		return false
	}
	switch f.typ.Class {
	case ClassText, ClassLOB, ClassJSON:
		return true
	}
	return false
}

func (r *resolver) jsonStep() found {
	return found{ref: r.builtinRef(JSONDot, typeJSONDot), typ: typeJSONDot}
}

// itemMethod is the type that a call at the end of the dot notation gives.
func itemMethod(name string) *Type {
	if t := itemMethods[name]; t != nil {
		return t
	}
	return typeUnknown
}
