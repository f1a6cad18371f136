package cli

import "github.com/spf13/cobra"

func newCompletion(io *IOStreams) *cobra.Command {
	shells := []string{"bash", "zsh", "fish", "powershell"}
	return &cobra.Command{
		Use:   "completion bash|zsh|fish|powershell",
		Short: "Write the shell's completion script",
		Example: `  source <(landfall completion bash)
  landfall completion zsh > "${fpath[1]}/_landfall"
  landfall completion fish > ~/.config/fish/completions/landfall.fish`,
		ValidArgs:   shells,
		Annotations: exits(ExitOK, ExitUsage),
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usageError("one of bash, zsh, fish, powershell", "landfall completion needs the name of one shell")
			}
			root := cmd.Root()
			switch args[0] {
			case "bash":
				return root.GenBashCompletionV2(io.Out, true)
			case "zsh":
				return root.GenZshCompletion(io.Out)
			case "fish":
				return root.GenFishCompletion(io.Out, true)
			case "powershell":
				return root.GenPowerShellCompletionWithDesc(io.Out)
			}
			hint := "one of bash, zsh, fish, powershell"
			if near := nearest(args[0], shells); near != "" {
				hint = "did you mean " + near + "?"
			}
			return usageError(hint, "unknown shell %q", args[0])
		},
	}
}
