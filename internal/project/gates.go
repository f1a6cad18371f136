package project

import (
	"errors"
	"strings"

	"gopkg.in/yaml.v3"
)

// Names of files in a project folder.
const (
	GatesFile   = "gates.yaml"
	WaiversFile = "waivers.yaml"
)

// Gates are limits that a result has to keep.
type Gates struct {
	File string // as it was named
	Set  []Gate // in the order of the file
}

// Gate is one limit.
type Gate struct {
	Name  string
	Limit float64
}

// ParseGates reads the text of a file of gates: one mapping of names to numbers. known are the names that there are. The
// error joins all that is wrong with it; a file without gates is wrong too.
func ParseGates(name string, data []byte, known []string) (*Gates, error) {
	r := &reader{file: name, what: "read gates"}
	g := &Gates{File: name}
	top := r.document(data)
	if top != nil {
		fields := map[string]field{}
		for _, k := range known {
			fields[k] = func(n *yaml.Node) {
				var v float64
				before := len(r.errs)
				r.float(n, k, &v)
				if strings.HasPrefix(k, "min-") && v > 100 {
					r.fail(n, "100 is all", "%s is a share in percent: %v is never reached", k, v)
				}
				if len(r.errs) == before {
					g.Set = append(g.Set, Gate{k, v})
				}
			}
		}
		r.mapping(top, GatesFile, fields)
	}
	if len(g.Set) == 0 && len(r.errs) == 0 {
		r.fail(&yaml.Node{Line: 1, Column: 1}, "write max-new-high: 0, one gate a line", "no gate is set")
	}
	return g, errors.Join(r.errs...)
}
