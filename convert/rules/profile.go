package rules

// Feature is one capability that a target may have natively. Rules name the feature they make up for.
type Feature string

// Profile says what a target can do by itself.
type Profile struct {
	Name     string // postgresql
	Title    string // PostgreSQL
	Version  string // versions it is for
	features map[Feature]bool
}

// Has reports whether the target has the feature natively.
func (p *Profile) Has(f Feature) bool { return p.features[f] }

// PostgreSQL is plain PostgreSQL, version 14 or later: no Oracle feature is native.
func PostgreSQL() *Profile {
	return &Profile{Name: "postgresql", Title: "PostgreSQL", Version: "14+", features: map[Feature]bool{}}
}

// ProfileNamed finds a profile by its name; ok is false for unknown ones.
func ProfileNamed(name string) (p *Profile, ok bool) {
	if name == "postgresql" {
		return PostgreSQL(), true
	}
	return nil, false
}
