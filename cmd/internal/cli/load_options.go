package cli

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/pflag"

	"landfall/convert"
	"landfall/internal/postgres/naming"
	"landfall/internal/postgres/value"
	"landfall/internal/project"
	"landfall/load"
	"landfall/load/ledger"
	"landfall/load/plan"
)

// loadTarget are the flags of commands that look into a target's ledger.
type loadTarget struct {
	target, passwordFile string
	plan                 string
}

func (o *loadTarget) bind(fl *pflag.FlagSet) {
	fl.StringVar(&o.target, "target", "", "where the rows go: postgres://user@host:port/database, or host=... dbname=...")
	fl.StringVar(&o.passwordFile, "target-password-file", "", "file whose first line is the password of the target (else the URL, PGPASSWORD or ~/.pgpass)")
	fl.StringVar(&o.plan, "plan", "", "the load, by the first characters of its id, where the target has several")
}

// open logs in to the target.
func (o *loadTarget) open(ctx context.Context, streams int) (*load.Target, error) {
	switch {
	case o.target == "":
		return nil, usageError("--target postgres://user@host:port/database", "--target is missing")
	case !strings.HasPrefix(o.target, "postgres://") && !strings.HasPrefix(o.target, "postgresql://") && !strings.HasPrefix(o.target, "host="): // a socket's folder is written more easily so
		return nil, usageError("postgres://user@host:port/database", "--target cannot be %q", redactURL(o.target))
	}
	password := ""
	if o.passwordFile != "" {
		var err error
		if password, err = firstLine("--target-password-file", o.passwordFile); err != nil {
			return nil, err
		}
	}
	t, err := load.Connect(ctx, o.target, password, streams)
	if err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, &Error{Code: ExitLogin, Msg: "log in to " + redactURL(o.target), Err: err, Hint: "PGPASSWORD, ~/.pgpass or --target-password-file can hold the password"}
	}
	return t, nil
}

// pick finds the load that is meant.
func (o *loadTarget) pick(ctx context.Context, t *load.Target) (string, error) {
	there, err := t.Ledger.Installed(ctx)
	if err != nil {
		return "", err
	}
	var list []ledger.Summary
	if there {
		if list, err = t.Ledger.Plans(ctx); err != nil {
			return "", err
		}
	}
	var found []string
	for _, s := range list {
		if strings.HasPrefix(s.Plan, o.plan) {
			found = append(found, s.Plan)
		}
	}
	switch {
	case len(found) == 1:
		return found[0], nil
	case len(list) == 0:
		return "", &Error{Code: ExitFailed, Msg: redactURL(o.target) + " has no load", Hint: "landfall load plan makes one"}
	case len(found) == 0:
		return "", &Error{Code: ExitFailed, Msg: "no load begins with " + o.plan, Hint: "the target has " + strings.Join(plansOf(list), ", ")}
	}
	return "", usageError("--plan names one: "+strings.Join(plansOf(list), ", "), "the target has %d loads", len(found))
}

func plansOf(list []ledger.Summary) []string {
	var names []string
	for _, s := range list {
		names = append(names, s.Plan)
	}
	return names
}

// picked opens the target and finds the load.
func (o *loadTarget) picked(ctx context.Context) (*load.Target, string, error) {
	t, err := o.open(ctx, 1)
	if err != nil {
		return nil, "", err
	}
	id, err := o.pick(ctx, t)
	if err != nil {
		t.Close()
		return nil, "", err
	}
	return t, id, nil
}

// planOptions are the flags of commands that plan.
type planOptions struct {
	source, project, schema string
	schemas                 []string
	login                   oracleLogin
}

func (o *planOptions) bind(fl *pflag.FlagSet) {
	fl.StringVar(&o.source, "source", "", "the database: oracle://user@host:1521/service")
	fl.StringVar(&o.project, "project", ".", "project folder, whose landfall.yaml says what is loaded and how")
	fl.StringVar(&o.schema, "schema", "", "folder that landfall convert --out wrote: its tables, indexes and keys are made (default: the project, when it holds a manifest.json)")
	fl.StringSliceVar(&o.schemas, "schemas", nil, "schemas of the source (default: load.schemas of landfall.yaml, else those of --schema)")
	o.login.bind(fl)
}

// folder holds that the project is there, before anything is begun whose results go into it.
func (o *planOptions) folder() error {
	if st, err := os.Stat(o.project); err != nil || !st.IsDir() {
		return &Error{Code: ExitNoProject, Msg: "--project " + o.project + ": no such folder", Hint: "name the folder that holds landfall.yaml, or leave the flag out"}
	}
	return nil
}

// read reads the settings of the project.
func (o *planOptions) read() (load.PlanOptions, error) {
	var opt load.PlanOptions
	if err := o.folder(); err != nil {
		return opt, err
	}
	known := convert.KnownSettings()
	known.Fault = func(fault, action string) error {
		var p value.Policy
		return p.SetByName(fault, action)
	}
	set, err := project.Read(o.project, known)
	if err != nil {
		return opt, &Error{Code: ExitUsage, Err: err}
	}
	return load.PlanOptions{
		Settings: set.Load, Schemas: foldNames(o.schemas), Tool: version,
		Names: naming.Names{KeepCase: set.Policy.Case == project.CaseKeep, Schemas: set.Policy.Schemas},
	}, nil
}

// settings reads what a plan is made of, but for the source.
func (o *planOptions) settings() (load.PlanOptions, error) {
	opt, err := o.read()
	if err != nil {
		return opt, err
	}
	dir := o.schema
	if dir == "" {
		if _, err := os.Stat(filepath.Join(o.project, "manifest.json")); err == nil {
			dir = o.project
		}
	}
	if dir != "" {
		if opt.Statements, err = deployment(dir); err != nil {
			return opt, err
		}
	}
	if len(opt.Schemas) == 0 && len(opt.Settings.Schemas) == 0 {
		return opt, usageError(`--schemas HR,SALES, or schemas: ["*"] below load: in landfall.yaml`, "nothing says which schemas are to be loaded")
	}
	return opt, nil
}

// loadPhases are the phases of a deployment by those of a load; what is in neither list is rows that scripts insert: the rows come from the source.
var loadPhases = map[string]plan.Phase{
	"extension": plan.Before, "schema": plan.Before, "support": plan.Before, "type": plan.Before, "sequence": plan.Before, "early": plan.Before,
	"table": plan.Tables, "index": plan.Indexes, "key": plan.UniqueKeys, "foreign_key": plan.ForeignKeys,
	"view": plan.After, "routine": plan.After, "trigger": plan.After, "comment": plan.After, "grant": plan.After, "job": plan.After,
}

// deployment reads the folder of a conversion.
func deployment(dir string) ([]plan.Statement, error) {
	list, err := convert.ReadDeployment(dir)
	if err != nil {
		return nil, err
	}
	var out []plan.Statement
	for _, s := range list {
		phase, ok := loadPhases[s.Phase]
		switch {
		case ok:
			out = append(out, plan.Statement{Phase: phase, Name: s.Object, SQL: s.SQL, Needs: s.Needs})
		case s.Phase != "data":
			return nil, errors.New("manifest.json has a phase that is not known: " + s.Phase)
		}
	}
	return out, nil
}
