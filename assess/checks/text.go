package checks

import (
	"embed"
	"maps"
	"slices"
	"sync"

	"landfall/assess/phrase"
	"landfall/convert/rules"
)

// Texts are the words about one check in one language.
type Texts = rules.Texts

//go:embed text/*.yaml
var textFiles embed.FS

// Languages are the languages that the texts are complete in.
func Languages() []string { return rules.Languages() }

var loadTexts = sync.OnceValue(func() map[string]map[string]Texts { return rules.ReadTexts(textFiles, "checks") })

// Text gives the words about a check, in English for a language that is not known; ok is false for an unknown code.
func Text(lang, code string) (t Texts, ok bool) {
	byCode, known := loadTexts()[lang]
	if !known {
		byCode = loadTexts()["en"]
	}
	t, ok = byCode[code]
	return t, ok
}

// TextCodes lists the codes that have texts in a language, sorted.
func TextCodes(lang string) []string { return slices.Sorted(maps.Keys(loadTexts()[lang])) }

// phrases are what judges say, in a language; English where it is not known.
var phrases = phrase.In(textFiles, "text/phrases.zh.yaml")
