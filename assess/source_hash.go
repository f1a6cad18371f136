package assess

import (
	"context"
	"crypto/sha256"
	"encoding/hex"

	"landfall/internal/oracle/scripts"
	"landfall/internal/oracle/syntax/token"
	"landfall/internal/parallel"
)

// hashSources gives every object a hash of the tokens that make it: comments, spaces and case do not count, and neither
// does the name of its own schema, so that the same object under another owner has the same hash. jobs objects are looked
// at at the same time.
func hashSources(r *Result, estate *scripts.Estate, looked []look, jobs int) {
	at := make(map[string]int, len(r.Objects))
	for i := range r.Objects {
		at[string(r.Objects[i].ID)] = i
	}
	units := make([][]*scripts.Unit, len(r.Objects))
	for i, u := range estate.Units {
		if n, listed := at[string(looked[i].object)]; listed {
			units[n] = append(units[n], u)
		}
	}
	_ = parallel.Each(context.Background(), len(units), jobs, nil, func(i int) { // which only fails when its context ends
		if len(units[i]) > 0 {
			r.Objects[i].Hash = hashUnits(units[i], r.Objects[i].Schema)
		}
	})
}

// hashBytes is how much text is collected before it is hashed.
const hashBytes = 16 << 10

// hashUnits is the hash of the statements of one object of a schema.
func hashUnits(units []*scripts.Unit, schema string) string {
	h := sha256.New()
	var room [hashBytes + 512]byte
	for _, u := range units {
		f := u.Source.Parsed
		skip := false
		b := room[:0]
		for t := range f.Significant(u.Stmt.Range()) {
			if skip { // the dot behind the schema
				skip = false
				continue
			}
			if schema != "" && f.Tokens[t].Name() && followedByDot(f.Tokens, t) && f.Ident(t) == schema {
				skip = true
				continue
			}
			b = append(f.AppendTokenText(b, t), 0)
			if len(b) >= hashBytes {
				_, _ = h.Write(b)
				b = b[:0]
			}
		}
		b = append(b, 1)
		_, _ = h.Write(b)
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

func followedByDot(tokens []token.Token, at uint32) bool {
	return int(at)+1 < len(tokens) && tokens[at+1].Kind == token.Dot
}
