package fleet

import (
	"embed"
	"sync"

	"landfall/assess/phrase"
)

//go:embed text/phrases.zh.yaml
var phraseFiles embed.FS

var chinese = sync.OnceValue(func() phrase.Table { return phrase.Read(phraseFiles, "text/phrases.zh.yaml") })

// phrases are the sentences of a roll-up in a language; English where it is not known.
func phrases(lang string) phrase.Table {
	if lang == "zh" {
		return chinese()
	}
	return nil
}
