package cli

import (
	"fmt"

	"landfall/internal/oracle/scripts"
)

// tellUnread names the files that the source has and that were not read, the result lacks what they hold, and those with characters that were lost, which
// are others in the result. It reports whether there are some.
func tellUnread(io *IOStreams, estate *scripts.Estate) bool {
	told := false
	for _, p := range estate.Problems {
		what := ""
		switch p.Kind {
		case scripts.ProblemFile, scripts.ProblemInclude:
			what = "not read: "
		case scripts.ProblemCharset:
			what = "damaged: "
		}
		if p.Note || what == "" {
			continue
		}
		told = true
		fmt.Fprintf(io.Err, "%s: %s%s\n", oneLine(p.Pos.String()), what, oneLine(p.Msg))
		if p.Hint != "" {
			fmt.Fprintf(io.Err, "  hint: %s\n", p.Hint)
		}
	}
	for _, s := range estate.Files {
		told = told || s.Parsed == nil
	}
	return told
}
