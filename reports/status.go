package reports

import (
	"landfall/assess"
	"landfall/internal/model"
)

// waived is the status word of a finding that somebody answers for; it takes the place of new and unchanged.
const waived = "waived"

// statusOf is the word of a finding's status; "" without baseline and waiver.
func statusOf(f *model.Finding) string {
	if f.Waiver != nil {
		return waived
	}
	return f.Status
}

// settled says that a finding is known and asks nothing of a build: it is waived, or the baseline has it.
func settled(f *model.Finding) bool {
	s := statusOf(f)
	return s == waived || s == assess.StatusUnchanged
}

// statusWord is the word of a status in the reader's language.
func (t texts) statusWord(s string) string {
	if s == "" {
		return ""
	}
	return t.get("status." + s)
}

// waiverLine says who answers for a finding, why and until when; "" for nobody.
func waiverLine(f *model.Finding) string {
	if f.Waiver == nil {
		return ""
	}
	return f.Waiver.Owner + ", " + f.Waiver.Until + ": " + f.Waiver.Reason
}

var statusColour = map[string]string{assess.StatusNew: "D1491B", assess.StatusUnchanged: "8594A6", assess.StatusResolved: "1E8E5A", waived: "DE9A1B"}
