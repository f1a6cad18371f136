package fleet

import (
	"net"
	"regexp"
	"slices"
	"strings"

	"landfall/assess"
	"landfall/assess/phrase"
	"landfall/internal/project"
)

// called are the words by which links name a database: its name in the list, its aliases, its own names.
func called(d *Digest, e project.FleetEntry) []string {
	words := append([]string{d.Name, d.Source.Name}, e.Aliases...)
	for i := range words {
		words[i] = strings.ToUpper(words[i])
	}
	return words
}

var service = regexp.MustCompile(`(?i)\b(?:SERVICE_NAME|SID)\s*=\s*([A-Za-z0-9_.$#-]+)`)

// calls are the words by which a link may name its other end, the surest first: the service of its connect string, the
// alias it uses, its own name.
func calls(l assess.LinkOut) []string {
	var words []string
	add := func(s string) {
		s = strings.ToUpper(strings.Trim(s, `"' `))
		if s == "" {
			return
		}
		words = append(words, s)
		if first, _, dotted := strings.Cut(s, "."); dotted && net.ParseIP(s) == nil {
			words = append(words, first)
		}
	}
	for _, m := range service.FindAllStringSubmatch(l.Host, -1) {
		add(m[1])
	}
	if len(words) == 0 {
		if at := strings.LastIndexAny(l.Host, "/"); at >= 0 {
			add(strings.TrimSuffix(l.Host[at+1:], ":DEDICATED"))
		} else if !strings.ContainsAny(l.Host, "()=:") {
			add(l.Host)
		}
	}
	add(l.Name)
	return words
}

// links finds the other ends of database links in the fleet.
func (r *Result) links(digests []*Digest, entries map[string]project.FleetEntry, words phrase.Table) {
	owner := map[string][]string{}
	for _, d := range digests {
		seen := map[string]bool{}
		for _, w := range called(d, entries[d.Name]) {
			if !seen[w] {
				seen[w] = true
				owner[w] = append(owner[w], d.Name)
			}
		}
	}
	for _, d := range digests {
		for _, l := range d.Links {
			link := Link{From: d.Name, Name: l.Name, Host: l.Host, Uses: l.Uses}
			for _, w := range calls(l) {
				if ends := owner[w]; len(ends) == 1 {
					link.To, link.By = ends[0], w
					break
				} else if len(ends) > 1 {
					r.Problems = append(r.Problems, words.Say("link %s of %s leads to %s, as which %s are known: give them aliases", l.Name, d.Name, w, strings.Join(ends, ", ")))
					break
				}
			}
			r.Links = append(r.Links, link)
		}
	}
}

// groups joins databases that links or applications tie.
func (r *Result) groups(digests []*Digest, entries map[string]project.FleetEntry, words phrase.Table) {
	place := map[string]int{}
	for i, d := range digests {
		place[d.Name] = i
	}
	s := newSets(len(digests))
	because := map[int][]string{} // by the place of one of the two
	tie := func(a, b int, why string) {
		if a != b {
			s.join(a, b)
			because[a] = append(because[a], why)
		}
	}
	for _, l := range r.Links {
		if l.To != "" {
			tie(place[l.From], place[l.To], words.Say("link %s from %s to %s, %d uses", l.Name, l.From, l.To, l.Uses))
		}
	}
	users := map[string]int{}
	for i, d := range digests {
		for _, a := range entries[d.Name].Applications {
			if first, ok := users[a]; ok {
				tie(i, first, words.Say("application %s uses %s and %s", a, digests[first].Name, d.Name))
			} else {
				users[a] = i
			}
		}
	}
	at := map[int]int{}
	for i, d := range digests {
		root := s.root(i)
		n, ok := at[root]
		if !ok {
			n = len(r.Groups)
			at[root] = n
			r.Groups = append(r.Groups, Group{Number: n + 1, Because: []string{}})
		}
		g := &r.Groups[n]
		g.Databases = append(g.Databases, d.Name)
		g.Because = append(g.Because, because[i]...)
		g.Grade = max(g.Grade, d.Complexity.Grade)
		g.Hours.Low += d.Hours.Low
		g.Hours.High += d.Hours.High
	}
	for i := range r.Groups {
		slices.Sort(r.Groups[i].Because)
		r.Groups[i].Hours = rounded(r.Groups[i].Hours)
	}
}
