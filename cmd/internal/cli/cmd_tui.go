package cli

import (
	"context"
	"os"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"landfall/cmd/internal/tui"
)

type tuiOptions struct {
	source, schema, prove string
	projectOptions
	read readOptions
}

func newTUI(io *IOStreams, stage assessor) *cobra.Command {
	var opt tuiOptions
	cmd := &cobra.Command{
		Use:   "tui [DIR or report.json]",
		Short: "Browse objects and findings on the terminal",
		Long: `Opens a browser of an assessment: objects by schema and kind, their findings, the source beside its conversion,
the evidence for each. Every key is listed by ?.

It reads the report.json that landfall assess wrote (its folder will do) and, where landfall assess --texts wrote
them, the texts beside it. With --source it assesses first. Without either it lists what lies in this folder;
landfall alone does the same on a terminal.`,
		Example: `  landfall tui ./assessment
  landfall tui --source files:./ddl
  landfall`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usageError(cmd.CommandPath()+" --help shows how it is used", "%s opens one report, got %d", cmd.CommandPath(), len(args))
			}
			return nil
		},
		Annotations: exits(ExitOK, ExitFailed, ExitUsage, ExitNoProject, ExitLogin, ExitCancelled),
		RunE: func(cmd *cobra.Command, args []string) error {
			place := ""
			if len(args) > 0 {
				place = args[0]
			}
			return runTUI(cmd.Context(), opt, place, stage, io)
		},
	}
	fl := cmd.Flags()
	fl.StringVar(&opt.source, "source", "", "assess this first: files:DIR, a folder of Oracle scripts, or bundle:FILE")
	opt.projectOptions.bind(fl)
	fl.StringVar(&opt.prove, "prove", "off", proveHelp)
	fl.StringVar(&opt.schema, "schema", "", "schema of objects that the scripts name without one")
	opt.read.bind(fl)
	return cmd
}

// tuiDefaults are the options of landfall tui without flags, for landfall alone.
func tuiDefaults() tuiOptions {
	var opt tuiOptions
	fl := pflag.NewFlagSet("tui", pflag.ContinueOnError)
	opt.projectOptions.bind(fl)
	opt.read.bind(fl)
	return opt
}

func runTUI(ctx context.Context, opt tuiOptions, place string, stage assessor, io *IOStreams) error {
	switch {
	case place != "" && opt.source != "":
		return usageError("landfall tui DIR reads a report, landfall tui --source files:DIR assesses first", "landfall tui takes a report or --source, not both")
	case !io.interactive():
		return usageError("landfall assess writes reports for elsewhere", "landfall tui needs a terminal")
	}
	var (
		choices []tui.Choice
		here    string
	)
	switch {
	case opt.source != "":
		c, err := assessChoice(opt, stage, io)
		if err != nil {
			return err
		}
		choices = []tui.Choice{c}
	case place != "":
		name, err := reportAt(place)
		if err != nil {
			return err
		}
		choices = []tui.Choice{reportChoice(name)}
	default:
		choices, here = lookAround(opt, stage, io)
	}
	m := tui.NewModel(ctx, choices, here, opt.source != "" || place != "")
	return tui.Run(ctx, m, io.In, io.Out)
}

// reportAt is the report that a place on the command line means: the file, or the one in a folder.
func reportAt(place string) (string, error) {
	info, err := os.Stat(place)
	switch {
	case err != nil:
		return "", usageError("name a folder with a report.json, or the file", "no report at %s: %v", place, err)
	case !info.IsDir():
		return place, nil
	}
	if found := reportsBelow(place, 1); len(found) > 0 {
		return found[0], nil
	}
	return "", usageError("landfall assess --source files:DIR --out "+place+" --texts writes one; landfall tui --source files:DIR assesses first", "no %s in %s", reportName, place)
}
