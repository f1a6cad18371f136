package checks

import (
	"embed"
	"fmt"
	"maps"
	"slices"
	"sync"

	"gopkg.in/yaml.v3"
)

// Texts are the words about one check in one language.
type Texts struct {
	Title  string `yaml:"title"`
	Why    string `yaml:"why"`
	Advice string `yaml:"advice"`
}

//go:embed text/*.yaml
var textFiles embed.FS

// Languages are the languages that the texts are complete in.
func Languages() []string { return []string{"en", "zh"} }

var loadTexts = sync.OnceValue(func() map[string]map[string]Texts {
	all := map[string]map[string]Texts{}
	for _, lang := range Languages() {
		b, err := textFiles.ReadFile("text/" + lang + ".yaml")
		if err != nil {
			panic(fmt.Sprintf("checks: texts in %s are not in the program: %v", lang, err))
		}
		byCode := map[string]Texts{}
		if err := yaml.Unmarshal(b, &byCode); err != nil {
			panic(fmt.Sprintf("checks: text/%s.yaml: %v", lang, err))
		}
		all[lang] = byCode
	}
	return all
})

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
