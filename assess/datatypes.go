package assess

import (
	"fmt"
	"slices"

	"landfall/assess/phrase"
	"landfall/convert/rules"
	"landfall/internal/model"
	"landfall/internal/oracle/scripts"
)

// datatypes lists every type the source writes, how often, and what is proposed for it. Uses are counted over
// all statements, columns over the catalog's tables.
func datatypes(estate *scripts.Estate, looked []look, target *rules.Profile) []DatatypeUse {
	byText := map[string]*DatatypeUse{}
	for i := range looked {
		for text, u := range looked[i].census.types {
			d := byText[text]
			if d == nil {
				d = &DatatypeUse{Type: text, Family: u.ref.Name}
				if u.ref.User {
					d.Family = "user-defined"
				}
				d.Proposed, d.Severity, d.Note = rules.ProposeType(u.ref, target)
				byText[text] = d
			}
			d.Count += u.count
		}
	}
	columns := columnTypes(estate)
	list := make([]DatatypeUse, 0, len(byText))
	for text, d := range byText {
		places := columns[text]
		d.Columns = len(places)
		d.Examples = places[:min(3, len(places))]
		list = append(list, *d)
	}
	return list
}

// columnTypes gives the table columns of each type text, sorted.
func columnTypes(estate *scripts.Estate) map[string][]string {
	m := map[string][]string{}
	for _, o := range estate.Catalog.Objects {
		if o.Table == nil || o.Kind != model.KindTable {
			continue
		}
		for _, c := range o.Table.Columns {
			text := c.Type.String()
			m[text] = append(m[text], fmt.Sprintf("%s.%s", model.CatalogName(o.Schema, o.Name), c.Name))
		}
	}
	for _, places := range m {
		slices.Sort(places)
	}
	return m
}

// features adds up what the statements use.
func features(looked []look, words phrase.Table) []FeatureUse {
	type sum struct {
		count   int
		objects map[model.ObjectID]bool
	}
	byName := map[string]*sum{}
	for i := range looked {
		for name, n := range looked[i].census.features {
			s := byName[name]
			if s == nil {
				s = &sum{objects: map[model.ObjectID]bool{}}
				byName[name] = s
			}
			s.count += n
			s.objects[looked[i].object] = true
		}
	}
	list := make([]FeatureUse, 0, len(byName))
	for name, s := range byName {
		list = append(list, FeatureUse{Feature: words.Say(name), Group: words.Say(featureGroup[name]), Count: s.count, Objects: len(s.objects)})
	}
	return list
}
