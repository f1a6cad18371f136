package assess

import (
	"embed"

	"landfall/assess/phrase"
)

//go:embed text/phrases.zh.yaml
var phraseFiles embed.FS

// phrases are the sentences of an assessment in a language; English where it is not known. What rules say about a place, what
// the parser and the readers of files say of their input, and names of Oracle's are the same in every language.
var phrases = phrase.In(phraseFiles, "text/phrases.zh.yaml")

// inWords says the constant words of a sizing or window in the language of the result.
func (s *Sizing) inWords(t phrase.Table) {
	for i := range s.Storage {
		s.Storage[i].What = t.Say(s.Storage[i].What)
	}
	for i := range s.Basis {
		s.Basis[i].Name = t.Say(s.Basis[i].Name)
	}
	missingInWords(s.Missing, t)
}

func missingInWords(list []MissingExtract, t phrase.Table) {
	for i := range list {
		list[i].For, list[i].Reason = t.Say(list[i].For), t.Say(list[i].Reason)
	}
}
