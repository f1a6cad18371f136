package tui

import (
	"github.com/charmbracelet/x/ansi"

	"landfall/internal/model"
	"landfall/reports/highlight"
)

// look is how text stands out. Only the terminal's own 16 colours are used, so that it reads on light and dark ground, and
// whatever has a colour says the same by a word or a sign: bubbletea leaves the colours out where NO_COLOR is set.
type look uint8

const (
	lookPlain look = iota
	lookBold
	lookFaint
	lookTitle
	lookSelected
	lookResting // selected, in a pane without focus
	lookFound
	lookError
	lookBlocker
	lookHigh
	lookMedium
	lookLow
	lookGood
	lookKeyword
	lookString
	lookNumber
	lookComment
	lookHint
	lookQuoted
	lookBind
	lookKey
)

var looks = map[look]ansi.Style{
	lookBold:     ansi.NewStyle().Bold(),
	lookFaint:    ansi.NewStyle().Faint(),
	lookTitle:    ansi.NewStyle().Bold().ForegroundColor(ansi.Cyan),
	lookSelected: ansi.NewStyle().Bold().Reverse(true),
	lookResting:  ansi.NewStyle().Underline(true),
	lookFound:    ansi.NewStyle().Reverse(true).ForegroundColor(ansi.Yellow),
	lookError:    ansi.NewStyle().Bold().ForegroundColor(ansi.Red),
	lookBlocker:  ansi.NewStyle().Bold().ForegroundColor(ansi.Magenta),
	lookHigh:     ansi.NewStyle().ForegroundColor(ansi.Red),
	lookMedium:   ansi.NewStyle().ForegroundColor(ansi.Yellow),
	lookLow:      ansi.NewStyle().ForegroundColor(ansi.Blue),
	lookGood:     ansi.NewStyle().ForegroundColor(ansi.Green),
	lookKeyword:  ansi.NewStyle().Bold().ForegroundColor(ansi.Blue),
	lookString:   ansi.NewStyle().ForegroundColor(ansi.Green),
	lookNumber:   ansi.NewStyle().ForegroundColor(ansi.Magenta),
	lookComment:  ansi.NewStyle().Faint(),
	lookHint:     ansi.NewStyle().ForegroundColor(ansi.Yellow),
	lookQuoted:   ansi.NewStyle().ForegroundColor(ansi.Cyan),
	lookBind:     ansi.NewStyle().ForegroundColor(ansi.Cyan),
	lookKey:      ansi.NewStyle().Bold(),
}

func (k look) on(s string) string {
	style, ok := looks[k]
	if !ok {
		return s
	}
	return style.Styled(s)
}

var classLooks = map[byte]look{
	highlight.Keyword: lookKeyword, highlight.String: lookString, highlight.Number: lookNumber, highlight.Comment: lookComment,
	highlight.Hint: lookHint, highlight.Quoted: lookQuoted, highlight.Bind: lookBind,
}

var severityLooks = map[model.Severity]look{model.Blocker: lookBlocker, model.High: lookHigh, model.Medium: lookMedium, model.Low: lookLow}

// severitySign is one letter for each severity.
func severitySign(s model.Severity) string {
	return map[model.Severity]string{model.Blocker: "B", model.High: "H", model.Medium: "M", model.Low: "L", model.Info: "i"}[s]
}

// standingSign is one sign and a look for each standing: the number of the rung, or an x.
func standingSign(s model.Standing) span {
	if s.Refused {
		return span{lookHigh, "x"}
	}
	k := lookPlain
	switch {
	case s.Rung == model.RungUnread:
		k = lookHigh
	case s.Rung < model.RungConverted:
		k = lookMedium
	case s.Rung >= model.RungCompiled:
		k = lookGood
	}
	return span{k, string(rune('0' + int(s.Rung)))}
}
