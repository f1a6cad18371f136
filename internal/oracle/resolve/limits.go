package resolve

import "landfall/internal/oracle/syntax/ast"

// Limits are what a subtype allows of the values of its base type (PL/SQL Language Reference 19c, "User-Defined PL/SQL
// Subtypes"). Low and High are as the source writes them, "" where there is no RANGE.
type Limits struct {
	Low, High string
	NotNull   bool
}

// standardLimits are those of the subtypes that STANDARD declares (PL/SQL Language Reference 19c, "Predefined Subtypes of
// PLS_INTEGER Data Type").
var standardLimits = map[string]*Limits{
	"NATURAL": {Low: "0", High: "2147483647"}, "NATURALN": {Low: "0", High: "2147483647", NotNull: true},
	"POSITIVE": {Low: "1", High: "2147483647"}, "POSITIVEN": {Low: "1", High: "2147483647", NotNull: true},
	"SIGNTYPE": {Low: "-1", High: "1"}, "SIMPLE_INTEGER": {NotNull: true}, "SIMPLE_FLOAT": {NotNull: true}, "SIMPLE_DOUBLE": {NotNull: true},
}

// Limits are those of a type's values; the zero Limits where there are none.
func (t Type) Limits() Limits {
	l := t.limits
	if l == nil && !t.Ref.User {
		l = standardLimits[t.Ref.Name]
	}
	if l == nil {
		return Limits{}
	}
	return *l
}

// limits are those of a declaration over a type that may have some.
func (r *resolver) limits(base Limits, b *ast.Bounds, notNull bool) *Limits {
	if b == nil {
		return narrowed(base, "", "", notNull)
	}
	return narrowed(base, r.info.File.Source(b.Low), r.info.File.Source(b.High), notNull)
}

// narrowed are the limits of a subtype of what has limits.
func narrowed(base Limits, low, high string, notNull bool) *Limits {
	if low != "" {
		base.Low, base.High = low, high
	}
	base.NotNull = base.NotNull || notNull
	if base == (Limits{}) {
		return nil
	}
	return &base
}
