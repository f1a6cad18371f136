package gen

import (
	"strings"

	"landfall/internal/oracle/syntax/ast"
)

// rawMembers are those of UTL_RAW, UTL_ENCODE and UTL_I18N for which plain PostgreSQL does: bytea in the place of RAW. The character set of the database
// is taken to be UTF-8 (PL/SQL Packages and Types Reference 19c, "UTL_RAW", "UTL_ENCODE", "UTL_I18N").
func rawMembers() {
	suppliedFuncs["UTL_RAW.CAST_TO_RAW"] = suppliedFunc{"C", func(g *gen, at ast.Node, v []ast.Expr) frag {
		return g.rawResult(at, callFrag("convert_to", pgBytea, g.str(v[0]).s, "'UTF8'"))
	}}
	toText := func(g *gen, at ast.Node, v []ast.Expr) frag {
		return g.rawResult(at, emptyIsNull(callFrag("convert_from", pgText, g.raw(v[0]), "'UTF8'")))
	}
	suppliedFuncs["UTL_RAW.CAST_TO_VARCHAR2"] = suppliedFunc{"R", toText}
	suppliedFuncs["UTL_RAW.CAST_TO_NVARCHAR2"] = suppliedFunc{"R", toText}
	suppliedFuncs["UTL_RAW.LENGTH"] = suppliedFunc{"R", func(g *gen, at ast.Node, v []ast.Expr) frag {
		return g.rawResult(at, callFrag("octet_length", pgInteger, g.raw(v[0])))
	}}
	suppliedFuncs["UTL_RAW.SUBSTR"] = suppliedFunc{"R POS LEN?", func(g *gen, at ast.Node, v []ast.Expr) frag {
		r, pos := g.raw(v[0]), g.integer(v[1])
		if strings.HasPrefix(pos.s, "-") {
			pos = frag{s: "octet_length(" + r + ") + 1 - " + strings.TrimPrefix(pos.s, "-"), prec: precAdd, typ: pgInteger}
		}
		args := []string{r, pos.s}
		if v[2] != nil {
			args = append(args, g.integer(v[2]).s)
		}
		return g.rawResult(at, callFrag("substr", pgBytea, args...))
	}}
	suppliedFuncs["UTL_RAW.CONCAT"] = suppliedFunc{"R1? R2? R3? R4? R5? R6? R7? R8? R9? R10? R11? R12?", func(g *gen, at ast.Node, v []ast.Expr) frag {
		var list []string
		for _, e := range v {
			if e != nil {
				f := g.toBytes(e, g.expr(e))
				if s := f.in(precOther); f.notNull {
					list = append(list, s)
				} else {
					list = append(list, "coalesce("+f.s+", ''::bytea)")
				}
			}
		}
		if len(list) == 0 { // each has the default NULL
			return g.rawResult(at, atom("NULL::bytea", pgBytea))
		}
		return g.rawResult(at, frag{s: strings.Join(list, " || "), prec: precOther, typ: pgBytea, notNull: true})
	}}
	suppliedFuncs["UTL_RAW.COPIES"] = suppliedFunc{"R N", func(g *gen, at ast.Node, v []ast.Expr) frag {
		return g.rawResult(at, callFrag("decode", pgBytea, "repeat(encode("+g.raw(v[0])+", 'hex'), "+g.integer(v[1]).s+")", "'hex'"))
	}}
	suppliedFuncs["UTL_ENCODE.BASE64_DECODE"] = suppliedFunc{"R", func(g *gen, at ast.Node, v []ast.Expr) frag {
		return g.rawResult(at, callFrag("decode", pgBytea, "convert_from("+g.raw(v[0])+", 'UTF8')", "'base64'"))
	}}

	suppliedFuncs["UTL_I18N.STRING_TO_RAW"] = suppliedFunc{"DATA DST_CHARSET?", func(g *gen, at ast.Node, v []ast.Expr) frag {
		enc, ok := g.encoding(v[1])
		if !ok {
			return g.refuse(at, "utl-i18n", "PostgreSQL does not know the character set")
		}
		return callFrag("convert_to", pgBytea, g.str(v[0]).s, literal(enc))
	}}
	toChar := suppliedFunc{"DATA SRC_CHARSET?", func(g *gen, at ast.Node, v []ast.Expr) frag {
		enc, ok := g.encoding(v[1])
		if !ok {
			return g.refuse(at, "utl-i18n", "PostgreSQL does not know the character set")
		}
		return emptyIsNull(callFrag("convert_from", pgText, g.raw(v[0]), literal(enc)))
	}}
	suppliedFuncs["UTL_I18N.RAW_TO_CHAR"] = toChar
	suppliedFuncs["UTL_I18N.RAW_TO_NCHAR"] = toChar
}

// encodings are PostgreSQL's names of Oracle's character sets (PG, "Character Set Support").
var encodings = map[string]string{
	"AL32UTF8": "UTF8", "UTF8": "UTF8", "UTF-8": "UTF8", "WE8ISO8859P1": "LATIN1", "ISO-8859-1": "LATIN1", "WE8ISO8859P15": "LATIN9", "EE8ISO8859P2": "LATIN2",
	"WE8MSWIN1252": "WIN1252", "EE8MSWIN1250": "WIN1250", "CL8MSWIN1251": "WIN1251", "CL8ISO8859P5": "ISO_8859_5", "ZHS16GBK": "GBK", "ZHS32GB18030": "GB18030",
	"ZHT16BIG5": "BIG5", "JA16SJIS": "SJIS", "JA16EUC": "EUC_JP", "KO16MSWIN949": "UHC", "US7ASCII": "UTF8",
}

// encoding is the character set that an argument names; without one it is that of the database.
func (g *gen) encoding(e ast.Expr) (string, bool) {
	if e == nil || g.isNull(e) {
		return "UTF8", true
	}
	s, ok := g.constantText(e)
	if !ok {
		return "", false
	}
	enc, ok := encodings[strings.ToUpper(s)]
	return enc, ok
}

// raw is an argument as bytes: a text holds hexadecimal digits.
func (g *gen) raw(e ast.Expr) string { return g.toBytes(e, g.expr(e)).s }

func (g *gen) rawResult(at ast.Node, f frag) frag {
	g.suppliedNote(at, "UTL_RAW", "functions on bytea")
	return f
}
