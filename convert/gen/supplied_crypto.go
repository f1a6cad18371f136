package gen

import (
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// Algorithms of DBMS_CRYPTO by number (PL/SQL Packages and Types Reference 19c, "DBMS_CRYPTO").
var (
	hashNumbers = map[string]string{"HASH_MD4": "1", "HASH_MD5": "2", "HASH_SH1": "3", "HASH_SH256": "4", "HASH_SH384": "5", "HASH_SH512": "6"}
	macNumbers  = map[string]string{"HMAC_MD5": "1", "HMAC_SH1": "2", "HMAC_SH256": "3", "HMAC_SH384": "4", "HMAC_SH512": "5"}
	hashNames   = map[int]string{2: "md5", 3: "sha1", 4: "sha256", 5: "sha384", 6: "sha512"}
	macNames    = map[int]string{1: "md5", 2: "sha1", 3: "sha256", 4: "sha384", 5: "sha512"}
)

// cipherNumbers are the parts that the type of ENCRYPT and DECRYPT is the sum of, and sums that have a name.
var cipherNumbers = map[string]int{
	"ENCRYPT_DES": 1, "ENCRYPT_3DES_2KEY": 2, "ENCRYPT_3DES": 3, "ENCRYPT_AES": 6, "ENCRYPT_AES128": 6, "ENCRYPT_AES192": 7, "ENCRYPT_AES256": 8, "ENCRYPT_RC4": 129,
	"CHAIN_CBC": 256, "CHAIN_CFB": 512, "CHAIN_ECB": 768, "CHAIN_OFB": 1024, "PAD_PKCS5": 4096, "PAD_NONE": 8192, "PAD_ZERO": 12288,
	"DES_CBC_PKCS5": 4353, "DES3_CBC_PKCS5": 4355, "DES3_CBC_NONE": 8451, "AES_CBC_PKCS5": 4358,
}

func cryptoMembers() {
	for _, group := range []map[string]string{hashNumbers, macNumbers} {
		for name, value := range group {
			builtins["DBMS_CRYPTO."+name] = constant(value, pgInteger)
		}
	}
	for name, value := range cipherNumbers {
		builtins["DBMS_CRYPTO."+name] = constant(itoa(value), pgInteger)
	}
	suppliedFuncs["DBMS_CRYPTO.HASH"] = suppliedFunc{"SRC TYP", hashCall}
	suppliedFuncs["DBMS_CRYPTO.MAC"] = suppliedFunc{"SRC TYP KEY", func(g *gen, at ast.Node, v []ast.Expr) frag {
		name, ok := macNames[g.cryptoNumber(v[1])]
		if !ok {
			return g.refuse(at, "dbms-crypto", "the algorithm of DBMS_CRYPTO.MAC is known only when the code runs")
		}
		g.need("pgcrypto")
		g.suppliedNote(at, "DBMS_CRYPTO", "hmac of pgcrypto")
		return callFrag("hmac", pgBytea, g.lobBytes(v[0]), g.raw(v[2]), literal(name))
	}}
	suppliedFuncs["DBMS_CRYPTO.RANDOMBYTES"] = suppliedFunc{"NUMBER_BYTES", func(g *gen, at ast.Node, v []ast.Expr) frag {
		g.need("pgcrypto")
		g.suppliedNote(at, "DBMS_CRYPTO", "random bytes of pgcrypto")
		return callFrag("gen_random_bytes", pgBytea, g.integer(v[0]).s)
	}}
	suppliedFuncs["DBMS_CRYPTO.RANDOMINTEGER"] = suppliedFunc{"", func(g *gen, at ast.Node, _ []ast.Expr) frag {
		g.need("pgcrypto")
		return frag{s: "('x' || encode(gen_random_bytes(4), 'hex'))::bit(32)::integer", prec: precCast, typ: pgInteger, notNull: true}
	}}
	suppliedFuncs["DBMS_CRYPTO.ENCRYPT"] = suppliedFunc{"SRC TYP KEY IV?", cipherCall("encrypt")}
	suppliedFuncs["DBMS_CRYPTO.DECRYPT"] = suppliedFunc{"SRC TYP KEY IV?", cipherCall("decrypt")}

	for _, name := range []string{"SIMPLE_SQL_NAME", "QUALIFIED_SQL_NAME", "SCHEMA_NAME", "SQL_OBJECT_NAME", "ENQUOTE_LITERAL", "NOOP"} {
		target := "dbms_assert." + map[string]string{
			"SIMPLE_SQL_NAME": "simple_sql_name", "QUALIFIED_SQL_NAME": "qualified_sql_name", "SCHEMA_NAME": "schema_name", "SQL_OBJECT_NAME": "object_name",
			"ENQUOTE_LITERAL": "enquote_literal", "NOOP": "noop",
		}[name]
		suppliedFuncs["DBMS_ASSERT."+name] = suppliedFunc{"STR", func(g *gen, at ast.Node, v []ast.Expr) frag {
			g.need("orafce")
			g.suppliedNote(at, "DBMS_ASSERT", "orafce's dbms_assert")
			return callFrag(target, pgText, g.str(v[0]).s)
		}}
	}
	suppliedFuncs["DBMS_ASSERT.ENQUOTE_NAME"] = suppliedFunc{"STR CAPITALIZE?", func(g *gen, at ast.Node, v []ast.Expr) frag {
		g.suppliedNote(at, "DBMS_ASSERT", "quote_ident: a name in the case that PostgreSQL keeps it in")
		if v[1] != nil && g.text(v[1]) != "TRUE" {
			return callFrag("quote_ident", pgText, g.str(v[0]).s)
		}
		return callFrag("quote_ident", pgText, "lower("+g.str(v[0]).s+")")
	}}
}

// hashCall converts DBMS_CRYPTO.HASH: the hashes of the core, or digest of pgcrypto for SHA-1.
func hashCall(g *gen, at ast.Node, v []ast.Expr) frag {
	name, ok := hashNames[g.cryptoNumber(v[1])]
	src := g.lobBytes(v[0])
	switch {
	case !ok: // one that PostgreSQL has not, or that is known only when the code runs
		n, c := callParts(at.(ast.Expr))
		return g.ownSupplied(n, c, "DBMS_CRYPTO.HASH")
	case name == "md5":
		return callFrag("decode", pgBytea, "md5("+src+")", "'hex'")
	case name == "sha1":
		g.need("pgcrypto")
		return callFrag("digest", pgBytea, src, "'sha1'")
	}
	g.suppliedNote(at, "DBMS_CRYPTO", name+" of PostgreSQL")
	return callFrag(name, pgBytea, src)
}

// cipherCall converts ENCRYPT and DECRYPT of AES and triple DES in CBC with PKCS#5 padding or none, which pgcrypto has; the
// length of the key tells which AES it is. Without an initialisation vector it is zeros, as with Oracle.
func cipherCall(fn string) func(g *gen, at ast.Node, v []ast.Expr) frag {
	return func(g *gen, at ast.Node, v []ast.Expr) frag {
		n := g.cryptoNumber(v[1])
		name := map[int]string{3: "3des", 6: "aes", 7: "aes", 8: "aes"}[n&255]
		chain := map[int]string{256: "cbc", 768: "ecb"}[n&0xf00]
		pad := map[int]string{4096: "pkcs", 8192: "none"}[n&0xf000]
		if n <= 0 || name == "" || chain == "" || pad == "" || g.info.Type(v[0]).Class != g.info.Type(v[2]).Class {
			return g.refuse(at, "dbms-crypto", "pgcrypto has no such cipher, or which it is is known only when the code runs")
		}
		g.need("pgcrypto")
		g.suppliedNote(at, "DBMS_CRYPTO", fn+" of pgcrypto")
		kind := literal(name + "-" + chain + "/pad:" + pad)
		if v[3] == nil || g.isNull(v[3]) {
			return callFrag(fn, pgBytea, g.raw(v[0]), g.raw(v[2]), kind)
		}
		return callFrag(fn+"_iv", pgBytea, g.raw(v[0]), g.raw(v[2]), g.raw(v[3]), kind)
	}
}

// cryptoNumber is the value of a sum of constants of DBMS_CRYPTO, -1 when it is not known here.
func (g *gen) cryptoNumber(e ast.Expr) int {
	switch x := ast.Unparen(e).(type) {
	case *ast.Binary:
		a, b := g.cryptoNumber(x.X), g.cryptoNumber(x.Y)
		if x.Op.Kind == token.Plus && a >= 0 && b >= 0 {
			return a + b
		}
	case *ast.Name:
		ref := g.ref(x)
		for _, group := range []map[string]string{hashNumbers, macNumbers} {
			for name, value := range group {
				if ref.Builtin == "DBMS_CRYPTO."+name {
					return int(value[0] - '0')
				}
			}
		}
		for name, value := range cipherNumbers {
			if ref.Builtin == "DBMS_CRYPTO."+name {
				return value
			}
		}
	default:
		if v, ok := g.constantInt(e); ok {
			return v
		}
	}
	return -1
}

// lobBytes is a RAW or LOB as bytes: a CLOB by its UTF-8 form, a text by its hexadecimal digits.
func (g *gen) lobBytes(e ast.Expr) string {
	if f := g.expr(e); f.typ.text() && !g.isBytes(e) && g.info.Type(e).Class == resolve.ClassLOB {
		return "convert_to(" + f.s + ", 'UTF8')"
	}
	return g.raw(e)
}
