package assess

import (
	"cmp"
	"slices"
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/dict"
	"landfall/internal/oracle/scripts"
)

// LinkOut is a database link that leads out of the source.
type LinkOut struct {
	Owner string `json:"owner,omitempty"`
	Name  string `json:"name"`
	Host  string `json:"host,omitempty"` // as the link says: a connect string or an alias; empty when not told
	User  string `json:"user,omitempty"`
	Uses  int    `json:"uses"` // objects that name something behind it
}

// linksOut lists the links that the source has, from the facts where they tell, else from the definitions, and those that
// statements name without there being one.
func linksOut(r *Result, estate *scripts.Estate, facts *dict.Facts) []LinkOut {
	list := []LinkOut{}
	known := map[string]int{}
	add := func(l LinkOut) {
		key := linkName(l.Name)
		if _, twice := known[key]; !twice {
			known[key] = len(list)
		}
		list = append(list, l)
	}
	if f := databaseFacts(facts); f != nil && f.Known("db_links") {
		for _, l := range f.Links {
			add(LinkOut{Owner: l.Owner, Name: l.Name, Host: strings.TrimSpace(l.Host), User: l.User})
		}
	} else {
		for _, o := range estate.Catalog.Objects {
			if o.Kind == model.KindDatabaseLink && !o.Implied {
				l := LinkOut{Owner: o.Schema, Name: o.Name}
				if o.Link != nil {
					l.Host, l.User = strings.Trim(o.Link.Using, `'" `), o.Link.User
				}
				add(l)
			}
		}
	}
	users := map[string]map[model.ObjectID]bool{}
	for _, e := range r.Dependencies.Edges {
		_, link, ok := strings.Cut(e.To.Name(), "@")
		if !e.External || !ok {
			continue
		}
		key := linkName(link)
		if _, told := known[key]; !told {
			add(LinkOut{Name: strings.Trim(link, `"`)})
		}
		if users[key] == nil {
			users[key] = map[model.ObjectID]bool{}
		}
		users[key][e.From] = true
	}
	for key, at := range known {
		list[at].Uses = len(users[key])
	}
	slices.SortStableFunc(list, func(a, b LinkOut) int {
		return cmp.Or(strings.Compare(a.Name, b.Name), strings.Compare(a.Owner, b.Owner), strings.Compare(a.Host, b.Host))
	})
	return list
}

// linkName is the name without its domain: a link may be named with or without.
func linkName(name string) string {
	name, _, _ = strings.Cut(strings.ToUpper(strings.Trim(name, `"`)), ".")
	return name
}
