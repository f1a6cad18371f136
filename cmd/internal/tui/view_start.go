package tui

import "fmt"

// startRows is the screen before there is an assessment: what can be opened, or how far the loading is.
func (m *Model) startRows() []string {
	rows := []string{line{{lookTitle, "landfall"}, {lookPlain, "  carries Oracle databases to the PostgreSQL family"}}.draw(m.w, 0, lookPlain)}
	put := func(l line, k look) { rows = append(rows, l.draw(m.w, 0, k)) }
	put(nil, lookPlain)
	if m.loading != nil {
		for _, p := range m.loading.phases {
			put(bar(p.name, p.done, p.total, lookGood), lookPlain)
		}
		if len(m.loading.phases) == 0 {
			put(line{{lookPlain, "  reading ..."}}, lookPlain)
		}
		return m.withKeys(rows, line{{lookKey, "q"}, {lookPlain, " quit"}})
	}
	for _, t := range wrap(m.here, m.w-2, lookPlain) {
		put(t, lookPlain)
	}
	put(nil, lookPlain)
	top := follow(0, m.chosen, len(m.choices), m.h-len(rows)-2)
	for i := top; i < len(m.choices) && len(rows) < m.h-2; i++ {
		c := m.choices[i]
		k := lookPlain
		if i == m.chosen {
			k = lookSelected
		}
		put(line{{lookPlain, "  "}, {lookBold, clean(c.Title)}, {lookPlain, fmt.Sprintf("  %s", clean(c.Note))}}, k)
	}
	return m.withKeys(rows, m.bar())
}

func (m *Model) withKeys(rows []string, keys line) []string {
	for len(rows) < m.h-1 {
		rows = append(rows, line{}.draw(m.w, 0, lookPlain))
	}
	return append(rows[:m.h-1], keys.draw(m.w, 0, lookPlain))
}
