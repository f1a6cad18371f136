package reports

import (
	"fmt"

	"landfall/internal/model"
)

// texts holds the words of one language by key. Every word that a reader sees comes from here; names, codes
// and the texts of findings come from the result.
type texts map[string]string

// languages has the table of every language that reports can be written in.
var languages = map[string]texts{"en": english, "zh": chinese}

// textsFor finds the table of a language.
func textsFor(lang string) (texts, error) {
	if lang == "" {
		lang = "en"
	}
	t, ok := languages[lang]
	if !ok {
		return nil, &model.Error{Code: "RP0003", Op: "write report", Err: fmt.Errorf("no texts for language %q", lang), Hint: "use --lang en or --lang zh"}
	}
	return t, nil
}

// get finds a text; a key that does not exist is our own mistake and shows itself.
func (t texts) get(key string, args ...any) string {
	s, ok := t[key]
	if !ok {
		return "[" + key + "]"
	}
	if len(args) > 0 {
		return fmt.Sprintf(s, args...)
	}
	return s
}

// word finds the text of a value that has a name: "severity.high".
func (t texts) severity(s model.Severity) string { return t.get("severity." + s.String()) }
func (t texts) effort(e model.Effort) string     { return t.get("effort." + e.String()) }
func (t texts) rung(r model.Rung) string         { return t.get("rung." + r.String()) }

func (t texts) standing(s model.Standing) string { return t.get("rung." + s.String()) }
