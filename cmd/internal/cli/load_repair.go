package cli

import (
	"context"
	"fmt"
	stdio "io"
	"strings"

	"landfall/load/ledger"
)

// repairSettings make the statements mean the same in every session: their values are texts.
const repairSettings = "SET LOCAL client_encoding = 'UTF8';\nSET LOCAL standard_conforming_strings = on;\nSET LOCAL DateStyle = 'ISO, YMD';\nSET LOCAL IntervalStyle = 'postgres';\n"

// repairHeader is what stands in front of the statements. replica says that the load's account may pass triggers and foreign keys over.
func repairHeader(id string, partly, replica bool) string {
	b := "-- what would make the target of load " + id + " equal to its source; read it before you run it\n"
	if partly {
		b += "-- THIS IS NOT ALL: there are more differences than were listed (--max-differences). Verify again behind it\n"
	}
	b += "\\set ON_ERROR_STOP on\nBEGIN;\n" + repairSettings
	if replica {
		return b + "-- rows are mended as they were loaded: triggers do not change them, and foreign keys do not ask for an order. It takes a superuser\nSET LOCAL session_replication_role = replica;\n"
	}
	return b + "-- triggers that are enabled fire for these statements (ALTER TABLE ... DISABLE TRIGGER USER), and foreign keys are held\n"
}

// writeRepair writes the SQL that would mend the differences of a load. Over all tables, what is too much goes first and what is missing
// comes last. A difference that has no SQL is told in a comment: what the file does not mend must not be taken for mended.
func writeRepair(ctx context.Context, l *ledger.Ledger, v *loadVerdict, replica bool, w stdio.Writer) error {
	if _, err := stdio.WriteString(w, repairHeader(v.Plan, v.partly(), replica)); err != nil {
		return err
	}
	for _, kind := range ledger.RepairOrder {
		err := l.EachRepair(ctx, v.Plan, kind, kind == "extra", func(d *ledger.Difference) error {
			line := d.Repair
			if line == "" {
				line = "-- no SQL for: " + strings.Join(strings.Fields(strings.Join([]string{d.Table, d.Kind, d.Place, strings.Join(d.Columns, ", "), d.Note}, " ")), " ") // one line
			}
			_, err := fmt.Fprintln(w, line)
			return err
		})
		if err != nil {
			return err
		}
	}
	_, err := fmt.Fprintln(w, "COMMIT;")
	return err
}
