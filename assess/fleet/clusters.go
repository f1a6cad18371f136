package fleet

import (
	"cmp"
	"slices"
	"strings"

	"landfall/assess"
	"landfall/assess/phrase"
)

// capacity is what one server of the target takes.
type capacity struct{ bytes, cores, sessions float64 }

// clusters packs groups onto few servers: the largest first, each onto the first server that has room. A group that is
// larger than a server is cut into its databases; a database that is larger gets a server of its own.
func (r *Result) clusters(digests []*Digest, limit capacity, words phrase.Table) {
	byName := map[string]*Digest{}
	for _, d := range digests {
		byName[d.Name] = d
	}
	type load struct {
		databases []*Digest
		need      capacity
	}
	needOf := func(list []*Digest) (n capacity) {
		for _, d := range list {
			n.bytes += d.Bytes.High
			n.sessions += float64(d.Sessions)
			if d.Cores != nil {
				n.cores += d.Cores.High
			}
		}
		return n
	}
	fits := func(n capacity) bool {
		return n.bytes <= limit.bytes && n.cores <= limit.cores && n.sessions <= limit.sessions
	}
	var loads []load
	for i := range r.Groups {
		var sized []*Digest
		for _, name := range r.Groups[i].Databases {
			if d := byName[name]; d.Bytes != nil {
				sized = append(sized, d)
			} else {
				r.Unsized = append(r.Unsized, name)
			}
		}
		if whole := needOf(sized); fits(whole) {
			if len(sized) > 0 {
				loads = append(loads, load{sized, whole})
			}
			continue
		}
		for _, d := range sized {
			loads = append(loads, load{[]*Digest{d}, needOf([]*Digest{d})})
		}
	}
	fill := func(n capacity) float64 {
		return max(n.bytes/limit.bytes, n.cores/limit.cores, n.sessions/limit.sessions)
	}
	slices.SortStableFunc(loads, func(a, b load) int { return cmp.Compare(fill(b.need), fill(a.need)) })
	var servers []load
	for _, l := range loads {
		at := slices.IndexFunc(servers, func(s load) bool {
			return fits(capacity{s.need.bytes + l.need.bytes, s.need.cores + l.need.cores, s.need.sessions + l.need.sessions})
		})
		if at < 0 {
			servers = append(servers, load{})
			at = len(servers) - 1
		}
		servers[at].databases = append(servers[at].databases, l.databases...)
		servers[at].need = needOf(servers[at].databases)
	}
	for i, s := range servers {
		c := Cluster{Number: i + 1, Cores: s.need.cores, Sessions: int(s.need.sessions), Collisions: collisions(s.databases)}
		var bytes *assess.Range
		for _, d := range s.databases {
			c.Databases = append(c.Databases, d.Name)
			bytes = sum(bytes, d.Bytes)
		}
		c.Bytes = *bytes
		slices.Sort(c.Databases)
		switch fill(s.need) {
		case s.need.bytes / limit.bytes:
			c.Full = words.Say("storage")
		case s.need.cores / limit.cores:
			c.Full = words.Say("cores")
		default:
			c.Full = words.Say("sessions")
		}
		r.Clusters = append(r.Clusters, c)
	}
}

// collisions finds schema names that several databases have.
func collisions(list []*Digest) []Collision {
	type owner struct {
		database string
		schema   *SchemaDigest
	}
	owners := map[string][]owner{}
	var names []string
	for _, d := range list {
		for i := range d.Schemas {
			name := strings.ToLower(d.Schemas[i].Name)
			if owners[name] == nil {
				names = append(names, name)
			}
			owners[name] = append(owners[name], owner{d.Name, &d.Schemas[i]})
		}
	}
	slices.Sort(names)
	found := []Collision{}
	for _, name := range names {
		if len(owners[name]) < 2 {
			continue
		}
		c := Collision{Schema: name}
		for i, a := range owners[name] {
			c.Databases = append(c.Databases, a.database)
			for _, b := range owners[name][i+1:] {
				c.Names = max(c.Names, common(a.schema.Names, b.schema.Names))
			}
		}
		slices.Sort(c.Databases)
		found = append(found, c)
	}
	return found
}
