package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"landfall/cmd/measure/witness"
	"landfall/internal/postgres/scratch"
)

// runWitness runs a published suite, converted, and writes what differs into the work folder: a file an outcome, with
// every statement, what its database printed and what came out here.
func runWitness(ctx context.Context, kind, suite, work, only string) (err error) {
	files, err := witness.Read(kind, suite)
	if err != nil {
		return err
	}
	masks, err := witness.Masks()
	if err != nil {
		return err
	}
	server, err := scratch.Start(ctx, scratch.Options{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, server.Stop()) }()
	if !slices.Contains(server.Extensions(), "orafce") {
		return errors.New("PostgreSQL lacks the extension orafce")
	}
	var all []*witness.Verdict
	for _, f := range files {
		if only != "" && !slices.Contains(strings.Split(only, ","), f.Name) {
			continue
		}
		verdicts, err := witness.RunFile(ctx, server, kind, masks, f)
		if err != nil {
			return fmt.Errorf("%s: %w", f.Name, err)
		}
		all = append(all, verdicts...)
	}
	witness.Report(os.Stdout, all)
	return writeDetails(work, all, witness.Same, witness.Loud, witness.Silent, witness.Refused, witness.LoadErr, witness.Excluded)
}

// runSQL runs a published suite in the embedded Oracle.
func runSQL(ctx context.Context, kind, dir, work, only string) error {
	files, err := witness.Read(kind, dir)
	if err != nil {
		return err
	}
	masks, err := witness.SimMasks()
	if err != nil {
		return err
	}
	var all []*witness.Verdict
	for _, f := range files {
		if only != "" && !slices.Contains(strings.Split(only, ","), f.Name) {
			continue
		}
		verdicts, err := witness.RunSim(ctx, kind, masks, f)
		if err != nil {
			return fmt.Errorf("%s: %w", f.Name, err)
		}
		all = append(all, verdicts...)
	}
	witness.ReportSim(os.Stdout, all)
	return writeDetails(work, all, witness.Right, witness.Wrong, witness.Refused, witness.LoadErr, witness.Apart, witness.Excluded, witness.Ran)
}

// writeDetails writes a file an outcome into the work folder, when there is one.
func writeDetails(work string, all []*witness.Verdict, outcomes ...string) error {
	if work == "" {
		return nil
	}
	if err := os.MkdirAll(work, 0o755); err != nil {
		return err
	}
	for _, outcome := range outcomes {
		var b strings.Builder
		witness.Details(&b, all, outcome)
		if err := os.WriteFile(filepath.Join(work, strings.ReplaceAll(outcome, " ", "_")+".txt"), []byte(b.String()), 0o644); err != nil {
			return err
		}
	}
	return nil
}
