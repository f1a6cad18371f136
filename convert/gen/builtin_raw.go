package gen

import (
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

// rawFunctions are those of bytes, sizes and hashes (SQL Language Reference 19c, RAWTOHEX, HEXTORAW, VSIZE, DUMP,
// ORA_HASH, STANDARD_HASH).
var rawFunctions = map[string]builtin{
	"RAWTOHEX": takes(1, 1, rawToHex), "RAWTONHEX": takes(1, 1, rawToHex), "HEXTORAW": takes(1, 1, hexToRaw), "TO_RAW": takes(1, 1, hexToRaw),
	"VSIZE": takes(1, 1, storageCall("vsize", pgInteger)), "DUMP": takes(1, 4, dumpCall),
	"ORA_HASH": takes(1, 3, oraHash), "STANDARD_HASH": takes(1, 2, standardHash),
}

func rawToHex(g *gen, n *ast.Name, c *ast.Call) frag {
	a := g.expr(c.Args[0].X)
	if a.typ.text() { // in SQL a text is taken for its bytes
		a = callFrag("convert_to", pgBytea, a.s, "'UTF8'")
	}
	g.note(c, "raw-functions", "hexadecimal digits in upper case")
	f := callFrag("upper", pgText, "encode("+a.s+", 'hex')")
	f.notNull = a.notNull
	return f
}

func hexToRaw(g *gen, n *ast.Name, c *ast.Call) frag {
	a := g.expr(c.Args[0].X)
	if s, ok := g.constArg(c, 0); ok && len(s)%2 == 1 && isHex("0"+s) { // Oracle puts a 0 in front of an odd number of digits
		return frag{s: "'\\x0" + strings.ToLower(s) + "'::bytea", prec: precCast, typ: pgBytea, notNull: true}
	}
	if a.typ.text() || a.typ == pgUnknown {
		g.note(c, "raw-functions", "bytes from hexadecimal digits")
		if _, ok := g.constArg(c, 0); ok {
			return g.toBytes(c.Args[0].X, a)
		}
		return callFrag("decode", pgBytea, a.s, "'hex'")
	}
	return a
}

// storageCall converts VSIZE and DUMP, which the support schema answers with the bytes that Oracle would store.
func storageCall(name string, t pgType) builtin {
	return func(g *gen, n *ast.Name, c *ast.Call) frag {
		a := g.expr(c.Args[0].X)
		switch a.typ {
		case pgLiteral: // a constant is a CHAR
			a = a.cast("bpchar", pgChar)
		case pgInteger:
			a = a.cast("numeric", pgNumeric)
		case pgText, pgChar, pgNumeric, pgTimestamp, pgBytea, pgUnknown:
		default:
			return g.refuse(c, "vsize-dump-hash", "%s of this type tells of Oracle's internal form", g.source(n))
		}
		list := []frag{a}
		for _, x := range c.Args[1:] {
			list = append(list, g.integer(x.X))
		}
		g.note(c, "vsize-dump-hash", "the support schema counts the bytes that Oracle would store")
		f := callFrag(g.use(name), t)
		f.s = strings.TrimSuffix(f.s, ")")
		for i, a := range list {
			if i > 0 {
				f.s += ", "
			}
			f.s += a.s
		}
		f.s += ")"
		return f
	}
}

// dumpCall converts DUMP(x [, format [, position [, length]]]).
func dumpCall(g *gen, n *ast.Name, c *ast.Call) frag {
	if len(c.Args) > 2 {
		all := *c
		all.Args = c.Args[:2]
		list := []string{storageCall("dump", pgText)(g, n, &all).s}
		for _, x := range c.Args[2:] {
			list = append(list, g.integer(x.X).s)
		}
		return callFrag(g.use("dump_part"), pgText, list...)
	}
	return storageCall("dump", pgText)(g, n, c)
}

// oraHash converts ORA_HASH(x [, buckets [, seed]]): a number that spreads as well, but another one.
func oraHash(g *gen, n *ast.Name, c *ast.Call) frag {
	g.reportAs(c, "vsize-dump-hash", model.Medium, model.Review, "ORA_HASH becomes PostgreSQL's hashtextextended: other numbers than before, so stored ones do not fit")
	seed := "0"
	if len(c.Args) == 3 {
		seed = g.integer(c.Args[2].X).s
	}
	top := frag{s: "4294967295", prec: precPrimary, typ: pgInteger}
	if len(c.Args) > 1 {
		top = g.num(c.Args[1].X)
		if v, ok := g.constantInt(c.Args[1].X); !ok || v > 1<<31-1 {
			top = top.cast("bigint", pgInteger)
		}
	}
	a := g.str(c.Args[0].X)
	if !a.typ.text() {
		a = a.cast("text", pgText)
	}
	s := "mod(hashtextextended(" + a.s + ", " + seed + ") & 9223372036854775807, " + top.in(precAdd) + " + 1)"
	return atom(s, pgInteger)
}

// standardHash converts STANDARD_HASH(x [, method]) of a text: the hash of its bytes. MD5 and SHA-2 are PostgreSQL's own.
func standardHash(g *gen, n *ast.Name, c *ast.Call) frag {
	method := "SHA1"
	if len(c.Args) == 2 {
		s, ok := g.constArg(c, 1)
		if !ok {
			return g.refuse(c, "vsize-dump-hash", "the method of STANDARD_HASH is known only when the code runs")
		}
		method = strings.ToUpper(s)
	}
	a := g.expr(c.Args[0].X)
	switch {
	case a.typ == pgBytea:
	case a.typ.text():
		a = callFrag("convert_to", pgBytea, a.s, "'UTF8'")
	default:
		return g.refuse(c, "vsize-dump-hash", "STANDARD_HASH of this type hashes Oracle's internal form of it")
	}
	g.note(c, "vsize-dump-hash", "the hash of the bytes")
	switch method {
	case "MD5":
		return callFrag("decode", pgBytea, "md5("+a.s+")", "'hex'")
	case "SHA256", "SHA384", "SHA512":
		return callFrag(strings.ToLower(method), pgBytea, a.s)
	case "SHA1":
		g.need("pgcrypto")
		return callFrag("digest", pgBytea, a.s, "'sha1'")
	}
	return g.refuse(c, "vsize-dump-hash", "STANDARD_HASH has no method %s", method)
}
