package cli

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

func newRoot(io *IOStreams) *cobra.Command {
	root := &cobra.Command{
		Use:   "landfall",
		Short: "Carry Oracle databases to the PostgreSQL family",
		Long: `Landfall reads Oracle databases as they are written down in scripts, says what a move to
PostgreSQL takes, and shows the evidence for every word of it.`,
		Example: `  landfall parse ./ddl ./packages
  landfall assess --source files:./ddl --target postgresql --out ./assessment
  landfall explain CV0101`,
		Args:          cobra.ArbitraryArgs,
		SilenceErrors: true,
		SilenceUsage:  true,
		Annotations:   exits(ExitOK, ExitFailed, ExitUsage, ExitPartly, ExitCancelled),
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return unknownCommand(cmd, args[0])
			}
			if io.interactive() {
				return runTUI(cmd.Context(), tuiDefaults(), "", assessStage(), io)
			}
			return cmd.Help()
		},
		CompletionOptions: cobra.CompletionOptions{DisableDefaultCmd: true},
	}
	root.SetIn(io.In)
	root.SetOut(io.Out)
	root.SetErr(io.Err)
	root.SetFlagErrorFunc(flagError)
	root.SetHelpTemplate(helpTemplate)
	cobra.AddTemplateFunc("exitCodes", helpExitCodes)
	root.PersistentFlags().BoolP("help", "h", false, "show help")
	root.AddCommand(newParse(io), newExplain(io, ruleTexts), newAssess(io, assessStage()), newTUI(io, assessStage()), newConvert(io), newCollect(io), newBundle(io), newDoctor(io), newSim(io), newLoad(io), newScratch(io), newVersion(io), newCompletion(io))
	root.AddCommand(topics(io)...)
	root.SetHelpCommand(newHelp(io))
	return root
}

// helpTemplate is cobra's, with the exit codes of the command behind the flags.
const helpTemplate = `{{with (or .Long .Short)}}{{. | trimTrailingWhitespaces}}

{{end}}{{if or .Runnable .HasSubCommands}}{{.UsageString}}{{end}}{{exitCodes .}}`

const exitKey = "exit"

// exits notes which exit codes a command can end with, for its help.
func exits(codes ...int) map[string]string {
	words := make([]string, len(codes))
	for i, c := range codes {
		words[i] = fmt.Sprint(c)
	}
	return map[string]string{exitKey: strings.Join(words, " ")}
}

func helpExitCodes(cmd *cobra.Command) string {
	var b strings.Builder
	has := strings.Fields(cmd.Annotations[exitKey])
	for _, e := range exitCodes {
		if slices.Contains(has, fmt.Sprint(e.code)) {
			fmt.Fprintf(&b, "  %-4d %s\n", e.code, e.text)
		}
	}
	if b.Len() == 0 {
		return ""
	}
	return "\nExit codes:\n" + b.String() + "  Unknown codes are failures.\n"
}

func unknownCommand(cmd *cobra.Command, word string) error {
	var names []string
	for _, c := range cmd.Commands() {
		if c.IsAvailableCommand() || c.IsAdditionalHelpTopicCommand() {
			names = append(names, c.Name())
		}
	}
	if near := nearest(word, names); near != "" {
		return usageError(fmt.Sprintf("did you mean %q? See landfall help", near), "unknown command %q", word)
	}
	return usageError("landfall help lists the commands", "unknown command %q", word)
}

func flagError(cmd *cobra.Command, err error) error {
	hint := fmt.Sprintf("%s --help lists the flags", cmd.CommandPath())
	var missing *pflag.NotExistError
	if errors.As(err, &missing) && missing.GetSpecifiedShortnames() == "" {
		var names []string
		cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
		if near := nearest(missing.GetSpecifiedName(), names); near != "" {
			hint = fmt.Sprintf("did you mean --%s? %s", near, hint)
		}
	}
	return usageError(hint, "%s", err)
}

// noArgs and atLeast say what cobra's own checks say, as usage errors with a hint.
func noArgs(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usageError(cmd.CommandPath()+" --help shows how it is used", "%s takes no arguments, got %q", cmd.CommandPath(), args[0])
	}
	return nil
}

func atLeast(n int, what string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) < n {
			return usageError(cmd.CommandPath()+" --help shows how it is used", "%s needs %s", cmd.CommandPath(), what)
		}
		return nil
	}
}
