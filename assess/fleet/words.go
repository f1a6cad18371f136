package fleet

import (
	"embed"

	"landfall/assess/phrase"
)

//go:embed text/phrases.zh.yaml
var phraseFiles embed.FS

// phrases are the sentences of a roll-up in a language; English where it is not known.
var phrases = phrase.In(phraseFiles, "text/phrases.zh.yaml")
