package token

// Lookup finds the keyword of an identifier as written, in any case; 0 for none. Words with bytes outside
// ASCII are never keywords. It does not allocate.
func Lookup(word []byte) Keyword {
	h := uint32(2166136261)
	for _, c := range word {
		h = (h ^ uint32(upper(c))) * 16777619
	}
	return LookupHash(word, h)
}

// LookupHash is Lookup for callers that have computed the hash (FNV-1a over the upper-cased bytes) while
// scanning the word.
func LookupHash(word []byte, h uint32) Keyword {
	for i := h & keywordMask; ; i = (i + 1) & keywordMask {
		k := keywordTable[i]
		if k == 0 {
			return 0
		}
		if name := keywordNames[k]; len(name) == len(word) && equalFold(word, name) {
			return k
		}
	}
}

func equalFold(word []byte, name string) bool {
	for i, c := range word {
		if upper(c) != name[i] {
			return false
		}
	}
	return true
}

func upper(c byte) byte {
	if c-'a' < 26 {
		return c - 32
	}
	return c
}
