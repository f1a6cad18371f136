package cli

import (
	"fmt"

	"landfall/internal/oracle/scripts"
)

// tellUnread names the files that the source has and that were not read: the result lacks what they hold. It reports whether there are
// some.
func tellUnread(io *IOStreams, estate *scripts.Estate) bool {
	told := false
	for _, p := range estate.Problems {
		if p.Note || p.Kind != scripts.ProblemFile && p.Kind != scripts.ProblemInclude {
			continue
		}
		told = true
		fmt.Fprintf(io.Err, "%s: not read: %s\n", oneLine(p.Pos.String()), oneLine(p.Msg))
		if p.Hint != "" {
			fmt.Fprintf(io.Err, "  hint: %s\n", p.Hint)
		}
	}
	for _, s := range estate.Files {
		told = told || s.Parsed == nil
	}
	return told
}
