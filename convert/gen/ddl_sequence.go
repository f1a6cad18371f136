package gen

import (
	"math/big"
	"strings"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

func (g *gen) createSequence(x *ast.CreateSequence) {
	sql := "CREATE SEQUENCE " + g.declaredName(x.Name)
	if opts := g.sequenceOptions(x.Options); opts != "" {
		sql += " " + opts
	}
	g.emitDDL(x, PhaseSequence, sql)
}

var maxBigint = big.NewInt(1<<63 - 1)

// sequenceOptions converts the options of a sequence or identity column. Numbers beyond bigint are PostgreSQL's limits.
func (g *gen) sequenceOptions(list []*ast.SeqOption) string {
	var opts []string
	for _, o := range list {
		v := ""
		if o.Value != nil {
			v = strings.Join(strings.Fields(g.source(o.Value)), "")
		}
		n, isNumber := new(big.Int).SetString(v, 10)
		wide := isNumber && n.CmpAbs(maxBigint) > 0
		switch o.Kind {
		case token.START:
			opts = append(opts, "START WITH "+v)
		case token.INCREMENT:
			opts = append(opts, "INCREMENT BY "+v)
		case token.MAXVALUE:
			if wide {
				g.report(o, "sequence-options", "MAXVALUE %s is beyond bigint: the sequence ends at 9223372036854775807", v)
				continue
			}
			opts = append(opts, "MAXVALUE "+v)
		case token.MINVALUE:
			if wide {
				g.report(o, "sequence-options", "MINVALUE %s is beyond bigint", v)
				continue
			}
			opts = append(opts, "MINVALUE "+v)
		case token.NOMAXVALUE:
			opts = append(opts, "NO MAXVALUE")
		case token.NOMINVALUE:
			opts = append(opts, "NO MINVALUE")
		case token.CYCLE:
			opts = append(opts, "CYCLE")
		case token.CACHE:
			// Oracle's cache is one for all sessions and loses order in no session; PostgreSQL's is one for each
			g.ignore(o, "sequence-options", "%s", g.source(o))
		case token.LIMIT:
			g.ignore(o, "sequence-options", "%s", g.source(o))
		case token.SCALE, token.SHARD, token.SESSION:
			g.report(o, "sequence-options", "%s has no counterpart", g.source(o))
		default:
			g.ignore(o, "sequence-options", "%s", g.source(o))
		}
	}
	return strings.Join(opts, " ")
}

// alterSequence converts ALTER SEQUENCE.
func (g *gen) alterSequence(x *ast.Alter) {
	for _, a := range x.Actions {
		if a.Verb == token.RENAME {
			g.script(x, PhaseSequence, "ALTER SEQUENCE "+g.declaredName(x.Name)+" RENAME TO "+g.word(a.NewName))
			return
		}
		if opts := g.sequenceOptions(a.Options); opts != "" {
			g.emitDDL(x, PhaseSequence, "ALTER SEQUENCE "+g.declaredName(x.Name)+" "+strings.ReplaceAll(opts, "START WITH", "RESTART WITH"))
		}
	}
}
