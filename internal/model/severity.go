package model

import "fmt"

// Severity tells how much a finding matters to the migration. It is a fact about the finding, not about the
// work: that is Effort.
//
//	Info     a change that keeps the meaning; worth knowing, nothing to do
//	Low      the meaning is kept in all usual cases; the exception is named in the finding
//	Medium   results or behaviour can differ; somebody should look before go-live
//	High     does not work, or gives other results, unless it is changed
//	Blocker  the object cannot be brought over as it is; a decision or a redesign is needed
type Severity uint8

// Severities, least first.
const (
	Info Severity = iota
	Low
	Medium
	High
	Blocker
)

var severityNames = [...]string{"info", "low", "medium", "high", "blocker"}

// Severities lists all severities, the worst first, as reports show them.
func Severities() []Severity { return []Severity{Blocker, High, Medium, Low, Info} }

// String is the name in lower case.
func (s Severity) String() string { return nameOf(severityNames[:], int(s), "severity") }

// MarshalText gives the name.
func (s Severity) MarshalText() ([]byte, error) {
	return marshalName(severityNames[:], int(s), "severity")
}

// UnmarshalText reads the name.
func (s *Severity) UnmarshalText(b []byte) error {
	i, err := parseName(severityNames[:], b, "severity")
	*s = Severity(i)
	return err
}

// Effort tells who does the work that a finding means.
//
//	Auto    the conversion does it
//	Review  the conversion does it and a person should look at the result
//	Manual  a person does it
type Effort uint8

// Efforts, least first.
const (
	Auto Effort = iota
	Review
	Manual
)

var effortNames = [...]string{"auto", "review", "manual"}

// Efforts lists all efforts, the least first.
func Efforts() []Effort { return []Effort{Auto, Review, Manual} }

// String is the name in lower case.
func (e Effort) String() string { return nameOf(effortNames[:], int(e), "effort") }

// MarshalText gives the name.
func (e Effort) MarshalText() ([]byte, error) { return marshalName(effortNames[:], int(e), "effort") }

// UnmarshalText reads the name.
func (e *Effort) UnmarshalText(b []byte) error {
	i, err := parseName(effortNames[:], b, "effort")
	*e = Effort(i)
	return err
}

func nameOf(names []string, i int, what string) string {
	if i < len(names) {
		return names[i]
	}
	return fmt.Sprintf("%s(%d)", what, i)
}

func marshalName(names []string, i int, what string) ([]byte, error) {
	if i >= len(names) {
		return nil, fmt.Errorf("no %s has the number %d", what, i)
	}
	return []byte(names[i]), nil
}

func parseName(names []string, b []byte, what string) (int, error) {
	for i, n := range names {
		if n == string(b) {
			return i, nil
		}
	}
	return 0, fmt.Errorf("unknown %s %q (one of %v)", what, b, names)
}
