package cli

import (
	"context"
	stdio "io"

	"landfall/assess"
	"landfall/convert"
	"landfall/internal/oracle/scripts"
	"landfall/reports"
	"landfall/reports/schema"
)

// assessStage is the real assessment with the real reports.
func assessStage() assessor {
	return assessor{
		run: runAssessStage,
		reports: []reportFile{
			{"report.xlsx", func(w stdio.Writer, r *assess.Result, lang string) error {
				return reports.WriteXLSX(w, r, reports.Options{Lang: lang})
			}},
			{"report.html", func(w stdio.Writer, r *assess.Result, lang string) error {
				return reports.WriteHTML(w, r, reports.Options{Lang: lang})
			}},
			{"report.json", func(w stdio.Writer, r *assess.Result, _ string) error { return reports.WriteJSON(w, r) }},
			{"report.schema.json", func(w stdio.Writer, _ *assess.Result, _ string) error {
				_, err := w.Write(schema.JSONSchema)
				return err
			}},
		},
	}
}

func runAssessStage(ctx context.Context, in assessInput) (*assess.Result, error) {
	estate, facts, err := in.readBundle(ctx)
	if err != nil {
		return nil, err
	}
	return assess.Run(ctx, assess.Options{
		Dir: in.dir, Target: in.target, Policy: convert.PolicyOf(in.policy), Prove: in.prove, Workload: in.sent, Name: in.against.name, Baseline: in.against.baseline, Waivers: in.against.waivers, Gates: in.against.gates, Today: in.against.today, Figures: in.against.figures, Lang: in.lang, Jobs: in.jobs, Version: in.version, Progress: in.progress,
		Scripts: scripts.Options{
			Ext: in.files.Ext, Charset: in.files.Charset, MaxFile: in.files.MaxFile, CCFlags: in.ccflags, Jobs: in.jobs, DefaultSchema: in.schema, RefuseDamage: in.files.RefuseDamage,
		},
		Estate: estate, Facts: facts,
	})
}
