package reports

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"landfall/assess"
	"landfall/internal/model"
)

// WriteGitHub writes findings as workflow commands of GitHub Actions, one a line: a runner that sees them in the output of a
// step shows them at the lines of the change. Errors come first, then warnings, then notices, because a runner shows the
// first few of each only. Findings of severity info stand in the other reports; a last line says how many.
func WriteGitHub(w io.Writer, r *assess.Result, o Options) error {
	b := bufio.NewWriterSize(w, 1<<16)
	left, known := 0, 0
	for _, pass := range []struct {
		command string
		takes   func(model.Severity) bool
	}{
		{"error", func(s model.Severity) bool { return level(s) == "error" }},
		{"warning", func(s model.Severity) bool { return level(s) == "warning" }},
		{"notice", func(s model.Severity) bool { return level(s) == "note" }},
	} {
		err := annotations(r, o, func(a annotation) error {
			switch {
			case !pass.takes(a.severity):
			case a.settled():
				known++
			case a.severity == model.Info:
				left++
			default:
				_, err := b.WriteString(githubLine(pass.command, a))
				return err
			}
			return nil
		})
		if err != nil {
			return &model.Error{Code: "RP0008", Op: "write report.github.txt", Err: err}
		}
	}
	if known > 0 {
		fmt.Fprintf(b, "::notice title=%s::%d findings are waived or were in the baseline; the other reports have them\n", githubProperty(r.Tool.Name), known)
	}
	if r.Gates != nil {
		for _, g := range r.Gates.Gates {
			if !g.Passed {
				fmt.Fprintf(b, "::error title=%s::%s\n", githubProperty("gate "+g.Gate), githubText(visible(g.Message)))
			}
		}
	}
	if left > 0 {
		fmt.Fprintf(b, "::notice title=%s::%d findings of severity info are in the other reports\n", githubProperty(r.Tool.Name), left)
	}
	if err := b.Flush(); err != nil {
		return &model.Error{Code: "RP0008", Op: "write report.github.txt", Err: err}
	}
	return nil
}

func githubLine(command string, a annotation) string {
	title := a.code + " " + a.name
	if a.object != "" {
		title += " " + a.object.Name()
	}
	var where strings.Builder
	where.WriteString("title=" + githubProperty(title))
	if !a.made {
		where.WriteString(",file=" + githubProperty(a.file))
		if a.line > 0 {
			fmt.Fprintf(&where, ",line=%d", a.line)
		}
		if a.line > 0 && a.col > 0 {
			fmt.Fprintf(&where, ",col=%d", a.col)
		}
	}
	return "::" + command + " " + where.String() + "::" + githubText(a.sayMore()) + "\n"
}

var (
	githubData  = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	githubProps = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

// githubText and githubProperty escape as the runner's own toolkit does, so that no text of the source begins a command.
func githubText(s string) string     { return githubData.Replace(s) }
func githubProperty(s string) string { return githubProps.Replace(visible(s)) }
