package cli

import (
	"encoding/json"
	"fmt"
	stdio "io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"landfall/internal/oracle/bundle/sqlplus"
)

type collectScriptOptions struct {
	out, pdb               string
	schemas                []string
	days, minutes          int
	awr, noAWR             bool
	statspack, noStatspack bool
	audit, noAudit         bool
	json, quiet            bool
}

func newCollectScript(io *IOStreams) *cobra.Command {
	var opt collectScriptOptions
	cmd := &cobra.Command{
		Use:   "script --out DIR",
		Short: "Write the scripts that collect with nothing but SQL*Plus",
		Long: `Writes a folder of SQL*Plus scripts for Oracle 11.2 to 23ai. Start collect.sql in that folder from any machine with
SQL*Plus, Windows too. It only reads, takes DBA_ or ALL_ views by privilege, asks before it reads what must be paid for, and
leaves one file an extract in the folder spool; broken off, it goes on where it ended.

grants.sql, for a DBA, shows each grant before it is given. README.txt in the folder says more.`,
		Example: `  landfall collect script --out ./collect
  landfall collect script --out ./collect --schemas ERP,CRM --days 14 --no-awr --no-audit
  cd collect && sqlplus scott@db1 @collect.sql`,
		Args:        noArgs,
		Annotations: exits(ExitOK, ExitFailed, ExitUsage, ExitCancelled),
		RunE: func(*cobra.Command, []string) error {
			return runCollectScript(opt, io)
		},
	}
	fl := cmd.Flags()
	fl.StringVar(&opt.out, "out", "", "folder for the scripts; it must not hold any yet")
	fl.StringSliceVar(&opt.schemas, "schemas", nil, "only these schemas, comma-separated (default: all but Oracle's own)")
	fl.StringVar(&opt.pdb, "pdb", "", "pluggable database to go into from the root")
	fl.IntVar(&opt.days, "days", 30, "days of history in redo, AWR, Statspack and audit")
	fl.IntVar(&opt.minutes, "minutes", 240, "after so many minutes no further extract is begun")
	fl.BoolVar(&opt.awr, "awr", false, "read the workload repository without asking: the database is licensed for the Diagnostics Pack")
	fl.BoolVar(&opt.noAWR, "no-awr", false, "leave the workload repository out without asking")
	fl.BoolVar(&opt.statspack, "statspack", false, "read Statspack without asking")
	fl.BoolVar(&opt.noStatspack, "no-statspack", false, "leave Statspack out without asking")
	fl.BoolVar(&opt.audit, "audit", false, "read audited statements without asking")
	fl.BoolVar(&opt.noAudit, "no-audit", false, "leave audited statements out without asking")
	fl.BoolVar(&opt.json, "json", false, "write the names of the files as JSON")
	fl.BoolVarP(&opt.quiet, "quiet", "q", false, "say nothing but errors")
	return cmd
}

func answer(yes, no bool, flag string) (sqlplus.Answer, error) {
	switch {
	case yes && no:
		return sqlplus.Ask, usageError("give one of them; without both the scripts ask", "--%s and --no-%s contradict each other", flag, flag)
	case yes:
		return sqlplus.Yes, nil
	case no:
		return sqlplus.No, nil
	}
	return sqlplus.Ask, nil
}

func runCollectScript(opt collectScriptOptions, io *IOStreams) error {
	switch {
	case opt.out == "":
		return usageError("--out DIR; it is made when it is missing", "landfall collect script needs --out")
	case opt.days < 1 || opt.days > 3650:
		return usageError("1 to 3650", "--days cannot be %d", opt.days)
	case opt.minutes < 1 || opt.minutes > 10080:
		return usageError("1 to 10080, a week", "--minutes cannot be %d", opt.minutes)
	}
	set := sqlplus.Options{Schemas: foldNames(opt.schemas), Days: opt.days, Minutes: opt.minutes, Version: orElse(version, "devel")}
	if pdb := foldNames([]string{opt.pdb}); len(pdb) > 0 {
		set.Container = pdb[0]
	}
	for _, name := range append([]string{set.Container}, set.Schemas...) {
		if strings.ContainsAny(name, "\"\x00\n\r") || strings.ContainsAny(set.Container, "&~'") || len(name) > 128 {
			return usageError("a name of Oracle, such as ERP", "%q cannot be the name of a schema or pluggable database", name)
		}
	}
	var err error
	if set.Diagnostics, err = answer(opt.awr, opt.noAWR, "awr"); err != nil {
		return err
	}
	if set.Statspack, err = answer(opt.statspack, opt.noStatspack, "statspack"); err != nil {
		return err
	}
	if set.Audit, err = answer(opt.audit, opt.noAudit, "audit"); err != nil {
		return err
	}
	if _, err := os.Stat(filepath.Join(opt.out, "collect.sql")); err == nil {
		return &Error{Code: ExitFailed, Msg: opt.out + " holds a script set already", Hint: "name another folder: spools and state of one run must not mix with those of another"}
	}
	files := sqlplus.Scripts(set)
	names := make([]string, len(files))
	for i, f := range files {
		name := filepath.Join(opt.out, filepath.FromSlash(f.Name))
		if err := writeWhole(name, func(w stdio.Writer) error { _, err := stdio.WriteString(w, f.Text); return err }); err != nil {
			return &Error{Code: ExitFailed, Msg: "write " + name, Err: err, Hint: "check that " + opt.out + " can be written to and has room"}
		}
		if f.Exec {
			if err := os.Chmod(name, 0o755); err != nil {
				return &Error{Code: ExitFailed, Msg: "make " + name + " executable", Err: err}
			}
		}
		names[i] = filepath.ToSlash(name)
	}
	switch {
	case opt.json:
		return json.NewEncoder(io.Out).Encode(struct {
			Files []string `json:"files"`
		}{names})
	case opt.quiet:
		return nil
	}
	_, err = fmt.Fprintf(io.Out, "%s: %d files\nstart it there: sqlplus user@database @collect.sql\nthen: landfall collect --source spool:%s --out NAME.zip\n",
		filepath.ToSlash(opt.out), len(files), filepath.ToSlash(filepath.Join(opt.out, "spool")))
	return err
}
