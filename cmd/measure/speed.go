package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// speedRuns is how often landfall converts a file, half of them before ora2pg and half behind it: it is done in less than a
// second, where what else the machine does tells.
const speedRuns = 4

// runSpeed times the corpora that only names, all without it.
func (m *measurement) runSpeed(ctx context.Context, conf, only, typ string) error {
	if err := m.prepare(); err != nil {
		return err
	}
	if err := m.writeConf(conf); err != nil {
		return err
	}
	names, err := m.names(only)
	if err != nil {
		return err
	}
	return m.speed(ctx, os.Stdout, names, typ)
}

// speed converts one object type of each corpus by landfall and by ora2pg, turn and turn about in one hour on one
// machine, and prints what a megabyte cost each. Nothing is loaded.
func (m *measurement) speed(ctx context.Context, w io.Writer, corpora []string, typ string) error {
	ours, theirs := m.tool, m.tool
	ours.name, theirs.name = "type", "ora2pg"
	fmt.Fprintf(w, "| %s of | MB | landfall: cpu s | cpu s/MB | ora2pg: cpu s | cpu s/MB | times | trouble |\n|---|---:|---:|---:|---:|---:|---:|---|\n", typ)
	line := func(name string, mb, a, b float64, trouble string) {
		fmt.Fprintf(w, "| %s | %.2f | %.2f | %.2f | %.1f | %.1f | %.0f | %s |\n", name, mb, a, a/mb, b, b/mb, b/a, trouble)
	}
	var mb, a, b float64
	for _, name := range corpora {
		in, err := readInput(ctx, filepath.Join(m.corpora, name))
		if err != nil {
			return err
		}
		dir := filepath.Join(m.work, "speed", name)
		sizes, err := splitByType(in, filepath.Join(dir, "in"))
		if err != nil {
			return err
		}
		if sizes[typ] == 0 {
			continue
		}
		from := filepath.Join(dir, "in", typ+".sql")
		one := 0.0
		trouble := ""
		run := func(n int) {
			for range n {
				s := ours.run(ctx, filepath.Join(dir, "landfall"), dir, ours.landfall, "convert", "--type", typ, "-i", from, "-o", filepath.Join(dir, "landfall.sql"))
				one += s.CPU / speedRuns
				if s.Trouble != "" {
					trouble = "landfall: " + s.Trouble
				}
			}
		}
		run(speedRuns / 2)
		other := theirs.run(ctx, filepath.Join(dir, "ora2pg"), dir, "ora2pg", "-q", "-c", theirs.conf, "-t", typ, "-i", from, "-o", "ora2pg.sql", "-b", dir)
		run(speedRuns - speedRuns/2)
		if other.Trouble != "" {
			trouble += " ora2pg: " + other.Trouble
		}
		size := float64(sizes[typ]) / 1e6
		line(name, size, one, other.CPU, trouble)
		mb, a, b = mb+size, a+one, b+other.CPU
	}
	if mb == 0 {
		return fmt.Errorf("no corpus has a %s", typ)
	}
	line("**all**", mb, a, b, "")
	return nil
}

// writeConf writes ora2pg's configuration of a run: that of the machine, and on with the next object after an error.
func (m *measurement) writeConf(conf string) error {
	b, err := os.ReadFile(conf)
	if err != nil {
		return err
	}
	m.tool.conf = filepath.Join(m.work, "ora2pg.conf")
	return os.WriteFile(m.tool.conf, append(b, "\nSTOP_ON_ERROR 0\n"...), 0o644)
}
