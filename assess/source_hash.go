package assess

import (
	"crypto/sha256"
	"encoding/hex"
	"hash"

	"landfall/internal/oracle/scripts"
	"landfall/internal/oracle/syntax/token"
)

// hashSources gives every object a hash of the tokens that make it: comments, spaces and case do not count, and neither
// does the name of its own schema, so that the same object under another owner has the same hash.
func hashSources(r *Result, estate *scripts.Estate, looked []look) {
	schema := make(map[string]string, len(r.Objects))
	for i := range r.Objects {
		schema[string(r.Objects[i].ID)] = r.Objects[i].Schema
	}
	sums := map[string]hash.Hash{}
	for i, u := range estate.Units {
		id := string(looked[i].object)
		own, listed := schema[id]
		if !listed {
			continue
		}
		h := sums[id]
		if h == nil {
			h = sha256.New()
			sums[id] = h
		}
		f := u.Source.Parsed
		skip := false
		for t := range f.Significant(u.Stmt.Range()) {
			if skip { // the dot behind the schema
				skip = false
				continue
			}
			tok := f.Tokens[t]
			if tok.Name() && own != "" && f.Ident(t) == own && followedByDot(f.Tokens, t) {
				skip = true
				continue
			}
			_, _ = h.Write([]byte(f.TokenText(t)))
			_, _ = h.Write([]byte{0})
		}
		_, _ = h.Write([]byte{1})
	}
	for i := range r.Objects {
		if h := sums[string(r.Objects[i].ID)]; h != nil {
			r.Objects[i].Hash = hex.EncodeToString(h.Sum(nil)[:8])
		}
	}
}

func followedByDot(tokens []token.Token, at uint32) bool {
	return int(at)+1 < len(tokens) && tokens[at+1].Kind == token.Dot
}
