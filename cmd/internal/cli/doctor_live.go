package cli

import (
	"context"
	"encoding/json"
	"fmt"
	stdio "io"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/pflag"

	"landfall/internal/oracle/livecheck"
)

// doctorLive are the flags of landfall doctor --source.
type doctorLive struct {
	source, table string
	schemas       []string
	rows          int
	login         oracleLogin
}

func (o *doctorLive) bind(fl *pflag.FlagSet) {
	fl.StringVar(&o.source, "source", "", "Oracle database to ask: oracle://user@host:1521/service")
	fl.StringSliceVar(&o.schemas, "schemas", nil, "schemas whose dictionary is asked for, comma-separated (default: all but Oracle's own)")
	fl.StringVar(&o.table, "table", "", "table to read from, OWNER.NAME (default: the largest that may be read)")
	fl.IntVar(&o.rows, "rows", 100_000, "at most so many rows are read to measure a rate")
	o.login.bind(fl)
}

func runDoctorLive(ctx context.Context, opt doctorLive, io *IOStreams, asJSON, quiet bool) error {
	if opt.rows < 1 || opt.rows > 100_000_000 {
		return usageError("1 to 100000000", "--rows cannot be %d", opt.rows)
	}
	if strings.ContainsAny(opt.table, "; \n\x00") {
		return usageError("a name such as ERP.INVOICE", "--table cannot be %q", opt.table)
	}
	src, err := opt.login.open(opt.source, 2, "landfall doctor", io)
	if err != nil {
		return err
	}
	meter := phases{io: io, quiet: quiet}
	r, err := livecheck.Run(ctx, src, livecheck.Options{
		Schemas: foldNames(opt.schemas), Table: opt.table, Rows: opt.rows, Progress: func(_ string, done, total int) { meter.at("asking", done, total) },
	})
	meter.end()
	if r != nil {
		var told error
		switch {
		case asJSON:
			told = json.NewEncoder(io.Out).Encode(r)
		case !quiet:
			_, told = stdio.WriteString(io.Out, liveText(r))
		}
		if told != nil {
			return told
		}
	}
	switch {
	case err != nil:
		return err
	case r.Counts[livecheck.Differs] > 0:
		return done(ExitDifferences)
	case r.Counts[livecheck.Failed] > 0 || r.Counts[livecheck.Denied] > 0:
		return done(ExitPartly)
	}
	return nil
}

// liveText is the report for people: the database, every question that did not go as expected, and counts of the others.
func liveText(r *livecheck.Report) string {
	var b strings.Builder
	f := r.Facts
	fmt.Fprintf(&b, "%s\n%s; %s\n", r.Target, orElse(f.Banner, "Oracle "+f.Version), r.Driver)
	fmt.Fprintf(&b, "container %s, role %s, %s; character sets %s, %s; time zone %s, file %s; SCN %s\n", orElse(f.Container, "-"), orElse(f.Role, "?"), orElse(f.OpenMode, "?"), f.Charset, f.NCharset, f.DBZone, orElse(f.ZoneFile, "?"), orElse(f.SCN, "?"))
	fmt.Fprintf(&b, "user %s, schema %s, service %s; password verifier %d, protocol fields %d, encrypted %v; the catalog can be read: %v\n", f.User, f.Schema, f.Service, r.Verifier, r.Fields, f.Encrypted, f.Catalog)
	w := tabwriter.NewWriter(&b, 0, 4, 2, ' ', 0)
	var groups []string
	count := map[string]map[livecheck.Status]int{}
	for _, k := range r.Checks {
		if count[k.Group] == nil {
			count[k.Group] = map[livecheck.Status]int{}
			groups = append(groups, k.Group)
		}
		count[k.Group][k.Status]++
	}
	fmt.Fprintln(w, "\nGROUP\tOK\tDIFFERS\tFAILED\tDENIED\tSKIPPED")
	for _, g := range groups {
		c := count[g]
		fmt.Fprintf(w, "%s\t%d\t%d\t%d\t%d\t%d\n", g, c[livecheck.OK], c[livecheck.Differs], c[livecheck.Failed], c[livecheck.Denied], c[livecheck.Skipped])
	}
	_ = w.Flush() // into memory
	for _, s := range []livecheck.Status{livecheck.Differs, livecheck.Failed, livecheck.Denied} {
		for _, k := range r.Checks {
			if k.Status != s {
				continue
			}
			fmt.Fprintf(&b, "\n%s: %s: %s\n", s, k.Group, k.Name)
			if s == livecheck.Differs {
				fmt.Fprintf(&b, "  expected %s\n  came     %s\n", k.Want, k.Got)
			}
			if k.Detail != "" {
				fmt.Fprintf(&b, "  %s\n", k.Detail)
			}
		}
	}
	if len(r.Rates) > 0 {
		fmt.Fprintln(w, "\nTABLE\tWAY\tROWS A CALL\tREAD\tROWS/S\tMB/S")
		for _, x := range r.Rates {
			mb := "-"
			if x.Bytes > 0 && x.Seconds > 0 {
				mb = fmt.Sprintf("%.1f", float64(x.Bytes)/x.Seconds/1e6)
			}
			fmt.Fprintf(w, "%s\t%s\t%d\t%d\t%.0f\t%s\n", x.Table, x.Way, x.Rows, x.Read, x.PerSec, mb)
		}
		_ = w.Flush() // into memory
	}
	var total []string
	for _, s := range []livecheck.Status{livecheck.OK, livecheck.Differs, livecheck.Failed, livecheck.Denied, livecheck.Skipped} {
		if n := r.Counts[s]; n > 0 || s == livecheck.OK {
			total = append(total, fmt.Sprintf("%d %s", n, s))
		}
	}
	fmt.Fprintf(&b, "\n%s\n", strings.Join(slices.Clip(total), ", "))
	return b.String()
}
