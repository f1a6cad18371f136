package rules

import (
	"embed"
	"fmt"
	"maps"
	"slices"
	"sync"

	"gopkg.in/yaml.v3"
)

// Texts are the words about one rule, or one check of assess, in one language.
type Texts struct {
	Title  string `yaml:"title"`
	Why    string `yaml:"why"`
	Advice string `yaml:"advice"`
}

//go:embed text/*.yaml
var textFiles embed.FS

// Languages are the languages that the texts are complete in.
func Languages() []string { return []string{"en", "zh"} }

var loadTexts = sync.OnceValue(func() map[string]map[string]Texts { return ReadTexts(textFiles, "rules") })

// ReadTexts reads text/LANGUAGE.yaml of a package: texts by language and code. Those files are part of the program, so that one that
// is missing or wrong is a panic, which names the package.
func ReadTexts(files embed.FS, of string) map[string]map[string]Texts {
	all := map[string]map[string]Texts{}
	for _, lang := range Languages() {
		b, err := files.ReadFile("text/" + lang + ".yaml")
		if err != nil {
			panic(fmt.Sprintf("%s: texts in %s are not in the program: %v", of, lang, err))
		}
		byCode := map[string]Texts{}
		if err := yaml.Unmarshal(b, &byCode); err != nil {
			panic(fmt.Sprintf("%s: text/%s.yaml: %v", of, lang, err))
		}
		all[lang] = byCode
	}
	return all
}

// Text gives the words about a rule; ok is false for an unknown language or code.
func Text(lang, code string) (t Texts, ok bool) {
	t, ok = loadTexts()[lang][code]
	return t, ok
}

// TextCodes lists the codes that have texts in a language, sorted.
func TextCodes(lang string) []string { return slices.Sorted(maps.Keys(loadTexts()[lang])) }
