package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
)

// topics are help pages that are not commands: landfall help exit-codes.
func topics(io *IOStreams) []*cobra.Command {
	page := func(name, short, text string) *cobra.Command {
		return &cobra.Command{Use: name, Short: short, Long: text}
	}
	var codes strings.Builder
	for _, e := range exitCodes {
		fmt.Fprintf(&codes, "  %-4d %s\n", e.code, e.text)
	}
	return []*cobra.Command{
		page("exit-codes", "What the exit codes mean", "Every command ends with one of these codes; codes not listed are failures. Where several\nhold, 1 wins, then 5, 4 and 3.\n\n"+codes.String()),
		page("environment", "Which environment variables are read", environmentText),
	}
}

const environmentText = `These environment variables are read:

  NO_COLOR         any value: no colours
  CLICOLOR_FORCE   any value but 0: colours even where the output is no terminal
  TERM             "dumb": no colours, no progress bar
  CI               any value: no progress bar, progress as log lines
  LANDFALL_PG_BIN  folder with initdb and postgres, used where a scratch PostgreSQL is started
`

// newHelp is cobra's help command with our error for unknown topics.
func newHelp(io *IOStreams) *cobra.Command {
	return &cobra.Command{
		Use:         "help [command or topic]",
		Short:       "Show help for a command or topic",
		Example:     "  landfall help parse\n  landfall help exit-codes",
		Annotations: exits(ExitOK, ExitUsage),
		RunE: func(cmd *cobra.Command, args []string) error {
			target, rest, err := cmd.Root().Find(args)
			if err != nil || len(rest) > 0 {
				return unknownCommand(cmd.Root(), args[len(args)-max(1, len(rest))])
			}
			if target.Long != "" && !target.Runnable() && !target.HasSubCommands() {
				_, err := fmt.Fprintln(io.Out, strings.TrimSpace(target.Long))
				return err
			}
			target.InitDefaultHelpFlag()
			return target.Help()
		},
	}
}
