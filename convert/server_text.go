package convert

import (
	"regexp"
	"strings"

	"landfall/convert/gen"
)

var (
	// psqlVariable is a variable of psql that a statement of a script takes: :'name'.
	psqlVariable = regexp.MustCompile(`:'[a-z_0-9\x80-\xff]+'`)
	// psqlCommand is a line that is psql's alone.
	psqlCommand = regexp.MustCompile(`(?m)^\\(if|set|echo) .*$`)
	// psqlEnd ends a statement whose row goes into variables.
	psqlEnd = regexp.MustCompile(`(?m) \\gset$`)
)

// ServerText is an output as a server gets it. psql puts values in the place of its variables, here it is NULL; its own
// commands are left out, lines stay where they are.
func ServerText(o *Output) string {
	if o.Phase != gen.PhaseScript || !strings.Contains(o.SQL, ":'") && !strings.Contains(o.SQL, `\gset`) {
		return o.SQL
	}
	sql := psqlVariable.ReplaceAllStringFunc(o.SQL, func(v string) string { return "NULL" + strings.Repeat(" ", max(0, len(v)-4)) })
	sql = psqlCommand.ReplaceAllString(sql, "")
	return psqlEnd.ReplaceAllString(sql, ";")
}
