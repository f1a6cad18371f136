package cli

import (
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"
)

// explainedRule is one record of the rule table with its texts in one language.
type explainedRule struct {
	Code     string `json:"code"`
	Name     string `json:"name"`
	Title    string `json:"title"`
	Doc      string `json:"doc"`
	Advice   string `json:"advice,omitempty"`
	Group    string `json:"group"`
	Severity string `json:"severity"`
	Effort   string `json:"effort"`
	Since    string `json:"since"`
	Before   string `json:"before,omitempty"`
	After    string `json:"after,omitempty"`
}

// ruleTable gives all rules, sorted by code, with their texts in a language.
type ruleTable func(lang string) ([]explainedRule, error)

func newExplain(io *IOStreams, table ruleTable) *cobra.Command {
	var (
		lang   string
		asJSON bool
	)
	cmd := &cobra.Command{
		Use:   "explain [CODE...]",
		Short: "Explain findings by their codes; without a code, list all",
		Long: `Shows what a finding means: why the code behaves differently on the target, what it was and what becomes
of it. Codes stand in the reports and in messages; upper or lower case does not matter.`,
		Example: `  landfall explain CV0101
  landfall explain
  landfall explain CV0101 CV0203 --lang zh --json`,
		Annotations: exits(ExitOK, ExitFailed, ExitUsage),
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			all, err := table("en")
			if err != nil {
				return nil, cobra.ShellCompDirectiveError
			}
			var codes []string
			for _, r := range all {
				codes = append(codes, r.Code+"\t"+r.Title)
			}
			return codes, cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(_ *cobra.Command, args []string) error {
			if lang != "en" && lang != "zh" {
				return usageError("en or zh", "unknown language %q", lang)
			}
			all, err := table(lang)
			if err != nil {
				return err
			}
			if len(args) == 0 {
				if asJSON {
					return writeJSON(io, all)
				}
				return listRules(io, all)
			}
			chosen, err := chooseRules(all, args)
			switch {
			case err != nil:
				return err
			case asJSON:
				return writeJSON(io, chosen)
			}
			for i, r := range chosen {
				if i > 0 {
					fmt.Fprintln(io.Out)
				}
				if err := explainRule(io, r); err != nil {
					return err
				}
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&lang, "lang", "en", "language of the texts: en, zh")
	cmd.Flags().BoolVar(&asJSON, "json", false, "write the records as a JSON list")
	return cmd
}

func chooseRules(all []explainedRule, codes []string) ([]explainedRule, error) {
	chosen := make([]explainedRule, 0, len(codes))
	for _, code := range codes {
		i := slices.IndexFunc(all, func(r explainedRule) bool {
			return strings.EqualFold(r.Code, code) || strings.EqualFold(r.Name, code)
		})
		if i < 0 {
			return nil, unknownCode(all, code)
		}
		chosen = append(chosen, all[i])
	}
	return chosen, nil
}

func unknownCode(all []explainedRule, code string) error {
	var known []string
	for _, r := range all {
		known = append(known, strings.ToLower(r.Code), r.Name)
	}
	hint := "landfall explain lists all codes"
	if near := nearest(code, known); near != "" {
		if i := slices.IndexFunc(all, func(r explainedRule) bool { return strings.EqualFold(r.Code, near) }); i >= 0 {
			near = all[i].Code
		}
		hint = fmt.Sprintf("did you mean %s? %s", near, hint)
	}
	return usageError(hint, "unknown code %q", code)
}

func listRules(io *IOStreams, all []explainedRule) error {
	w := tabwriter.NewWriter(io.Out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "CODE\tSEVERITY\tEFFORT\tGROUP\tTITLE")
	for _, r := range all {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", r.Code, r.Severity, r.Effort, r.Group, r.Title)
	}
	return w.Flush()
}

func explainRule(io *IOStreams, r explainedRule) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s  %s\n", r.Code, r.Title)
	fmt.Fprintf(&b, "%s · severity %s · effort %s · %s · since %s\n", r.Name, r.Severity, r.Effort, r.Group, r.Since)
	if r.Doc != "" {
		fmt.Fprintf(&b, "\n%s\n", strings.TrimSpace(r.Doc))
	}
	if r.Advice != "" {
		fmt.Fprintf(&b, "\n%s\n", strings.TrimSpace(r.Advice))
	}
	for _, part := range []struct{ title, text string }{{"Oracle", r.Before}, {"PostgreSQL", r.After}} {
		if text := strings.TrimSpace(part.text); text != "" {
			fmt.Fprintf(&b, "\n%s:\n  %s\n", part.title, strings.ReplaceAll(text, "\n", "\n  "))
		}
	}
	_, err := fmt.Fprint(io.Out, b.String())
	return err
}
