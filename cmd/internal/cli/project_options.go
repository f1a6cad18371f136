package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/pflag"

	"landfall/assess"
	"landfall/convert"
	"landfall/convert/rules"
	"landfall/internal/project"
)

// projectOptions are the flags of commands that convert: for what target, by which policy.
type projectOptions struct {
	target, project string
	policy          project.Policy
	figures         map[string][2]float64 // of assessment, that the project sets otherwise
}

func (o *projectOptions) bind(fl *pflag.FlagSet) {
	fl.StringVar(&o.target, "target", "", "what it is to become: postgresql, polardb-oracle, tidb (assess only), with a version behind a colon; assess: all (default: the project's, else postgresql)")
	fl.StringVar(&o.project, "project", ".", "project folder, whose landfall.yaml holds target and policy, and probe.json what a server answered")
}

// profile reads the project: its settings give target and policy, its probe stands above the target's table. The flag
// stands above the settings.
func (o *projectOptions) profile(io *IOStreams, quiet bool) (*rules.Profile, error) {
	if st, err := os.Stat(o.project); err != nil || !st.IsDir() { // its gates and settings would be passed over
		return nil, &Error{Code: ExitNoProject, Msg: "--project " + o.project + ": no such folder", Hint: "name the folder that holds landfall.yaml, or leave the flag out"}
	}
	known := convert.KnownSettings()
	known.Figures = assess.FigureNames()
	settings, err := project.Read(o.project, known)
	if err != nil {
		return nil, &Error{Code: ExitUsage, Err: err}
	}
	o.policy, o.figures = settings.Policy, settings.Figures
	if o.target == "" {
		o.target = orElse(settings.Target, "postgresql")
	}
	target, ok := rules.ProfileNamed(o.target)
	if !ok {
		return nil, usageError("known are "+strings.Join(rules.ProfileNames(), ", "), "unknown target %q", o.target)
	}
	asked, err := project.ReadProbe(o.project)
	if err != nil {
		return nil, err
	}
	if target, ok = convert.Probed(target, o.target, asked); !ok && !quiet {
		fmt.Fprintf(io.Err, "landfall: %s is left aside: it is about %s, the target is %s\n", filepath.Join(o.project, project.ProbeFile), asked.Target, o.target)
	}
	if target, err = convert.TargetOf(target, o.policy); err != nil {
		return nil, &Error{Code: ExitUsage, Msg: filepath.Join(o.project, project.SettingsFile), Err: err}
	}
	return target, nil
}
