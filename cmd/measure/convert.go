package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// Step is one call of a converter.
type Step struct {
	Type    string  `json:"type"` // "" for the whole estate
	Bytes   int     `json:"bytes"`
	CPU     float64 `json:"cpu_seconds"`
	Wall    float64 `json:"wall_seconds"`
	PeakMB  float64 `json:"peak_mb"`
	Exit    int     `json:"exit"`
	Trouble string  `json:"trouble,omitempty"` // why it is not to be trusted: a crash, the time limit
}

// tool is a converter under measure.
type tool struct {
	name     string
	landfall string // the binary
	conf     string // of ora2pg
	limit    time.Duration
}

// convert runs the tool over one corpus. It gives the files to load, in order.
func (t tool) convert(ctx context.Context, estate string, in *Input, dir string) (steps []Step, load []string, err error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, nil, err
	}
	if t.name == "estate" {
		out := filepath.Join(dir, "out")
		if err := os.RemoveAll(out); err != nil {
			return nil, nil, err
		}
		step := t.run(ctx, filepath.Join(dir, "convert"), dir, t.landfall, "convert", "--source", "files:"+estate,
			"--target", "postgresql", "--out", out, "--prove", "off", "--json", "--quiet")
		step.Bytes = int(in.Bytes)
		return []Step{step}, []string{filepath.Join(out, "deploy.sql")}, nil
	}
	bundle := filepath.Join(dir, "in")
	sizes, err := splitByType(in, bundle)
	if err != nil {
		return nil, nil, err
	}
	for _, typ := range exportTypes {
		if sizes[typ] == 0 {
			continue
		}
		from, to := filepath.Join(bundle, typ+".sql"), filepath.Join(dir, typ+".sql")
		old, err := filepath.Glob(filepath.Join(dir, "*_"+typ+".sql"))
		if err != nil {
			return nil, nil, err
		}
		for _, name := range append(old, to) {
			if err := os.RemoveAll(name); err != nil {
				return nil, nil, err
			}
		}
		if t.name == "ora2pg-each" {
			step, err := t.each(ctx, splitByObject(in, typ), typ, dir)
			if err != nil {
				return nil, nil, err
			}
			steps = append(steps, step)
			load = append(load, to)
			continue
		}
		command := []string{t.landfall, "convert", "--type", typ, "-i", from, "-o", to}
		if t.name == "ora2pg" {
			command = []string{"ora2pg", "-q", "-c", t.conf, "-t", typ, "-i", from, "-o", typ + ".sql", "-b", dir}
		}
		step := t.run(ctx, filepath.Join(dir, typ), dir, command...)
		step.Type, step.Bytes = typ, sizes[typ]
		steps = append(steps, step)
		load = append(load, to)
	}
	return steps, load, nil
}

// each runs ora2pg once an object, so that one which makes it fail takes no other along, and writes TYPE.sql, which
// includes what came out.
func (t tool) each(ctx context.Context, texts []string, typ, dir string) (Step, error) {
	total := Step{Type: typ}
	failed := 0
	var includes strings.Builder
	sub := filepath.Join(dir, "each")
	if err := os.MkdirAll(sub, 0o755); err != nil {
		return total, err
	}
	for i, text := range texts {
		name := fmt.Sprintf("%s_%04d.sql", typ, i+1)
		if err := os.WriteFile(filepath.Join(sub, "in_"+name), []byte(text), 0o644); err != nil {
			return total, err
		}
		if err := os.RemoveAll(filepath.Join(sub, name)); err != nil {
			return total, err
		}
		step := t.run(ctx, filepath.Join(sub, "log"), sub, "ora2pg", "-q", "-c", t.conf, "-t", typ, "-i", "in_"+name, "-o", name, "-b", sub)
		total.Bytes += len(text)
		total.CPU += step.CPU
		total.Wall += step.Wall
		total.PeakMB = max(total.PeakMB, step.PeakMB)
		if step.Trouble != "" {
			failed++
			total.Exit = step.Exit
		}
		fmt.Fprintf(&includes, "\\i each/%s\n", name)
	}
	if failed > 0 {
		total.Trouble = fmt.Sprintf("%d of %d runs failed", failed, len(texts))
	}
	return total, os.WriteFile(filepath.Join(dir, typ+".sql"), []byte(includes.String()), 0o644)
}

// run runs one converter in a folder, with its output in LOG.stdout and LOG.stderr.
func (t tool) run(ctx context.Context, log, dir string, command ...string) Step {
	ctx, cancel := context.WithTimeout(ctx, t.limit)
	defer cancel()
	cmd := exec.CommandContext(ctx, command[0], command[1:]...)
	cmd.Dir = dir
	stdout, err := os.Create(log + ".stdout")
	if err != nil {
		return Step{Exit: -1, Trouble: err.Error()}
	}
	defer stdout.Close()
	stderr, err := os.Create(log + ".stderr")
	if err != nil {
		return Step{Exit: -1, Trouble: err.Error()}
	}
	defer stderr.Close()
	cmd.Stdout, cmd.Stderr = stdout, stderr
	start := time.Now()
	step := Step{}
	if err = cmd.Start(); err == nil {
		done, peak := make(chan struct{}), make(chan float64)
		go func() { peak <- watchPeak(cmd.Process.Pid, done) }()
		err = cmd.Wait()
		close(done)
		step.PeakMB = <-peak
	}
	step.Wall = time.Since(start).Seconds()
	if state := cmd.ProcessState; state != nil {
		step.CPU = (state.UserTime() + state.SystemTime()).Seconds()
		step.Exit = state.ExitCode()
	}
	var exit *exec.ExitError
	switch {
	case ctx.Err() != nil:
		step.Trouble = fmt.Sprintf("stopped after %s", t.limit)
	case err != nil && !errors.As(err, &exit):
		step.Exit, step.Trouble = -1, err.Error()
	case err != nil && (t.name != "type" && t.name != "estate" || step.Exit != 3): // 3 of ours: done, but something was refused
		step.Trouble = fmt.Sprintf("exit %d: %s", step.Exit, trouble(log+".stderr"))
	}
	return step
}
