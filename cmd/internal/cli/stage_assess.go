package cli

import (
	"context"
	stdio "io"

	"landfall/assess"
	"landfall/assess/fleet"
	"landfall/convert"
	"landfall/internal/oracle/scripts"
	"landfall/reports"
	"landfall/reports/schema"
)

// assessStage is the real assessment with the real reports.
func assessStage() assessor {
	return assessor{
		run: runAssessStage,
		fleet: func(w stdio.Writer, r *fleet.Result, lang string) error {
			return reports.WriteFleetXLSX(w, r, reports.Options{Lang: lang})
		},
		fleetPage: func(w stdio.Writer, r *fleet.Result, report, lang string) error {
			return reports.WriteFleetHTML(w, r, report, reports.Options{Lang: lang})
		},
		reports: []reportFile{
			{"xlsx", "report.xlsx", written(reports.WriteXLSX)},
			{"html", "report.html", written(reports.WriteHTML)},
			{"json", "report.json", func(w stdio.Writer, r *assess.Result, _ reportOptions) error { return reports.WriteJSON(w, r) }},
			{"json", "report.schema.json", func(w stdio.Writer, _ *assess.Result, _ reportOptions) error {
				_, err := w.Write(schema.JSONSchema)
				return err
			}},
			{"md", "report.md", written(reports.WriteMarkdown)},
			{"sarif", "report.sarif", written(reports.WriteSARIF)},
			{"junit", "report.junit.xml", written(reports.WriteJUnit)},
			{"github", "report.github.txt", written(reports.WriteGitHub)},
		},
	}
}

// written gives a report the options of the command line.
func written(write func(stdio.Writer, *assess.Result, reports.Options) error) func(stdio.Writer, *assess.Result, reportOptions) error {
	return func(w stdio.Writer, r *assess.Result, o reportOptions) error {
		return write(w, r, reports.Options{Lang: o.lang, SourcePath: o.sourcePath})
	}
}

func runAssessStage(ctx context.Context, in assessInput) (*assess.Result, error) {
	estate, facts, err := in.readBundle(ctx)
	if err != nil {
		return nil, err
	}
	opt := assess.Options{
		Dir: in.dir, Target: in.target, Policy: convert.PolicyOf(in.policy), Prove: in.prove, Workload: in.sent, Name: in.against.name, Baseline: in.against.baseline, Waivers: in.against.waivers, Gates: in.against.gates, Today: in.against.today, Figures: in.against.figures, Lang: in.lang, Jobs: in.jobs, Version: in.version, Sides: in.sides, NoTexts: in.noTexts, Progress: in.progress,
		Scripts: scripts.Options{
			Ext: in.files.Ext, Charset: in.files.Charset, MaxFile: in.files.MaxFile, CCFlags: in.ccflags, Jobs: in.jobs, DefaultSchema: in.schema, RefuseDamage: in.files.RefuseDamage,
			MaxTrees: scripts.DefaultMaxTrees,
		},
		Estate: estate, Facts: facts,
	}
	if in.targets != nil {
		return assess.RunTargets(ctx, opt, in.targets)
	}
	return assess.Run(ctx, opt)
}
