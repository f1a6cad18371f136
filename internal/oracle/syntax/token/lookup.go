package token

// The keyword hash is FNV-1a over the upper-cased bytes; the lexer computes it while it scans a word.
const (
	HashSeed  uint32 = 2166136261
	HashPrime uint32 = 16777619
)

// Lookup finds the keyword of an identifier as written, in any case; 0 for none. Words with bytes outside
// ASCII are never keywords. It does not allocate.
func Lookup(word []byte) Keyword {
	if len(word) > MaxKeyword {
		return 0
	}
	h := HashSeed
	for _, c := range word {
		h = (h ^ uint32(upper(c))) * HashPrime
	}
	return LookupHash(word, h)
}

// LookupHash is Lookup for callers that have computed the hash while scanning the word.
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
