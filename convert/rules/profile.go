package rules

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"landfall/internal/model"
)

// State is how far a target has a feature by itself.
type State uint8

// States, the least first. Unknown counts as absent: what no document says is converted.
const (
	Unknown State = iota
	Absent
	Partial // with a condition that the capability's note names
	Native
)

var stateNames = [...]string{"unknown", "absent", "partial", "native"}

// String is the name in lower case.
func (s State) String() string { return stateNames[min(int(s), len(stateNames)-1)] }

// ParseState reads the name of a state.
func ParseState(name string) (State, bool) {
	i := slices.Index(stateNames[:], name)
	return State(max(i, 0)), i >= 0
}

// Capability is what is known about one feature of a target, and from where.
type Capability struct {
	State State
	Note  string   // the condition of a partial one, the first version of a native one
	Pages []string // of the vendor; none where it is Unknown
	// Inferred marks what no page says in so many words: keyword lists, third parties.
	Inferred bool
	// Probed is set when a server was asked and its answer stands above the table's.
	Probed bool
}

// Profile says what a target can do by itself: data, never code. It is read-only once made and may be shared.
type Profile struct {
	Name    string // postgresql, polardb-oracle
	Title   string // PostgreSQL
	Version string // versions it is for: "14+", "2.0"
	// Family is whose language it speaks; see PostgreSQLFamily.
	Family string
	// Ceiling is the highest rung that can be proven for it: what no server at hand can compile stays below.
	Ceiling model.Rung
	// Base is the PostgreSQL version underneath; 0 in other families.
	Base         int
	capabilities map[Feature]Capability
}

// Has reports whether the target takes the feature in Oracle's form, with conditions or without.
func (p *Profile) Has(f Feature) bool { return p.capabilities[f].State >= Partial }

// State is how far the target has the feature.
func (p *Profile) State(f Feature) State { return p.capabilities[f].State }

// Capability is all that is known about the feature.
func (p *Profile) Capability(f Feature) Capability { return p.capabilities[f] }

// Features lists every feature that the profile says something about, sorted.
func (p *Profile) Features() []Feature { return slices.Sorted(maps.Keys(p.capabilities)) }

// Answered is what holds after a server has answered a probe: no is absent; yes is native, unless the table knows a
// condition that the probe does not go into.
func Answered(table State, yes bool) State {
	switch {
	case !yes:
		return Absent
	case table == Partial:
		return Partial
	}
	return Native
}

// With gives a profile in which the answers of a server stand above the table's.
func (p *Profile) With(probed map[Feature]State) *Profile {
	q := *p
	q.capabilities = maps.Clone(p.capabilities)
	for f, s := range probed {
		c := q.capabilities[f]
		c.State, c.Probed, c.Inferred = s, true, false
		q.capabilities[f] = c
	}
	return &q
}

// oldestPostgreSQL is what output must run on when no version is named.
const oldestPostgreSQL = 14

// PostgreSQL is plain PostgreSQL, version 14 or later: no Oracle feature is native.
func PostgreSQL() *Profile {
	p := postgreSQL(oldestPostgreSQL)
	p.Version = "14+"
	return p
}

// ProfileNamed finds a profile by its name, with the version behind a colon where one is meant: postgresql,
// postgresql:16, polardb-oracle, polardb-oracle:1.0.
func ProfileNamed(name string) (p *Profile, ok bool) {
	name, version, asked := strings.Cut(name, ":")
	switch name {
	case "postgresql":
		if !asked {
			return PostgreSQL(), true
		}
		v, err := strconv.Atoi(version)
		if err != nil || v < oldestPostgreSQL || v > newestPostgreSQL {
			return nil, false
		}
		return postgreSQL(v), true
	case "tidb":
		return tidb(), !asked
	case "polardb-oracle":
		if !asked {
			version = polarDefault
		}
		return polarDBOracle(version)
	}
	return nil, false
}

// ProfileNames lists what ProfileNamed takes.
func ProfileNames() []string {
	names := []string{"postgresql"}
	for v := oldestPostgreSQL; v <= newestPostgreSQL; v++ {
		names = append(names, fmt.Sprintf("postgresql:%d", v))
	}
	return append(names, "polardb-oracle", "polardb-oracle:1.0", "polardb-oracle:2.0", "tidb")
}
