package lexer_test

import (
	"fmt"
	"strings"
	"testing"

	"landfall/internal/oracle/syntax/lexer"
	"landfall/internal/oracle/syntax/token"
)

var kindNames = map[token.Kind]string{
	token.Ident: "id", token.QuotedIdent: "qid", token.Number: "num", token.String: "str", token.QString: "qstr",
	token.NString: "nstr", token.UString: "ustr", token.Bind: "bind", token.Inquiry: "inq", token.Directive: "dir",
	token.TermSlash: "term", token.Illegal: "ILLEGAL", token.Colon: "colon", token.NE: "ne", token.Arrow: "arrow",
	token.Power: "power", token.DotDot: "range", token.Assign: "assign", token.Concat: "concat",
}

// lex gives all tokens as kind:text, with marks for what stands before and for flags, and the reports.
func lex(src string) string {
	l := lexer.New([]byte(src))
	var b strings.Builder
	l.Report = func(off int, msg, _ string) { fmt.Fprintf(&b, "{%d %s} ", off, msg) }
	l.Note = func(off int, _, _ string) { fmt.Fprintf(&b, "{note %d} ", off) }
	var toks []token.Token
	for {
		n := len(toks)
		toks = l.Fill(toks)
		if len(toks) == n {
			break
		}
	}
	for _, t := range toks {
		text := src[t.Off:t.End()]
		switch {
		case t.Kw != 0 && t.Kind == token.Ident:
			b.WriteString(t.Kw.String())
		case kindNames[t.Kind] != "":
			b.WriteString(kindNames[t.Kind] + ":" + text)
		default:
			b.WriteString(text)
		}
		for f, s := range map[token.Flag]string{token.FlagUnclosed: "!", token.FlagSubst: "&"} {
			if t.Flags&f != 0 {
				b.WriteString(s)
			}
		}
		b.WriteByte(' ')
	}
	return strings.TrimSpace(b.String())
}

func TestTokens(t *testing.T) {
	for _, c := range []struct{ src, want string }{
		{"select a$b#1 from dual", "SELECT id:a$b#1 FROM id:dual"},
		{"1 1.5 .5 1. 1e5 1.e5 1.5E-3 1f 2.5D 1e2f", "num:1 num:1.5 num:.5 num:1. num:1e5 num:1.e5 num:1.5E-3 num:1f num:2.5D num:1e2f"},
		{"1..10 1 .. 2", "num:1 range:.. num:10 num:1 range:.. num:2"},
		{"1days 1e 0x1F 1fa", "num:1 DAYS num:1 E num:0 id:x1F num:1 id:fa"},
		{"'it''s' '' N'x' n'x' U'\\00e4' ", "str:'it''s' str:'' nstr:N'x' nstr:n'x' ustr:U'\\00e4'"},
		{"q'[it's]' Q'{a}' q'(b)' q'<c>' q'!d'!' nq'|x|' Nq'aba'", "qstr:q'[it's]' qstr:Q'{a}' qstr:q'(b)' qstr:q'<c>' qstr:q'!d'!' qstr:nq'|x|' qstr:Nq'aba'"},
		{"q'字多'x字' 1", "qstr:q'字多'x字' num:1"},
		{`"Mixed ""x" "a.b"`, `qid:"Mixed " qid:"x" qid:"a.b"`},
		{":x :1 :new.id :\"X\" : y", `bind::x bind::1 bind::new . ID bind::"X" colon:: id:y`},
		{"a = : b", "A = bind:: b"},
		{":5and :12", "bind::5 AND bind::12"},
		{"where : b", "WHERE bind:: b"},
		{"json_object('k' : v, k : w)", "JSON_OBJECT ( str:'k' colon:: V , id:k colon:: id:w )"},
		{"x := y", "id:x assign::= id:y"},
		{"&x &&owner..t tab_&1._x &1", "id:&x& id:&&owner.& . id:t id:tab_&1._x& id:&1&"},
		{":b&n", "bind::b id:&n&"},
		{"<> != ^= ~= < > ! = ^ =", "ne:<> ne:!= ne:^= ne:~= ne:< > ne:! = ne:^ ="},
		{"< = > = <= >= => ** || ..", "< = > = <= >= arrow:=> power:** concat:|| range:.."},
		{"a /*x*/ -- y\n b", "A id:b"},
		{"/* a /* b */ c", "{note 5} C"},
		{"$if $$debug $then $end a$if", "dir:$if inq:$$debug dir:$then dir:$end id:a$if"},
		{"a\n/\nb / c\n /  \n", "A term:/ id:b / C term:/"},
		{"a\n.\nb.c", "A term:. id:b . C"},
		{"<<l>> sql%rowcount t@link sysdate@!", "<< id:l >> SQL % ROWCOUNT id:t @ LINK SYSDATE @ id:!"},
		{"表名 列_1 é\u3000ß\u00a0x", "{note 15} {note 20} id:表名 id:列_1 id:é id:ß id:x"},
		{"\ufeffselect", "SELECT"},
		{"a\x00b", "{1 control character in the text} A ILLEGAL:\x00 id:b"},
		{"a\n\x1a", "A"},
		{"a，b", "{1 full-width character \"，\"} A ILLEGAL:， id:b"},
		{"a\xff\xfeb", "{1 bytes that are not UTF-8} A ILLEGAL:\xff\xfe id:b"},
		{"x -- end", "id:x"},
		{"--", ""},
		{"'abc", "{0 quoted text is not closed} str:'abc!"},
		{"a q'[b", "{2 quoted text is not closed} A qstr:q'[b!"},
		{"a\rb -- c\rd\r/\r", "A id:b id:d term:/"},
		{"a-\n,b", "A , id:b"},
		{"a -\n b", "A - id:b"},
		{"x(1726-\n,'Z'-\n)", "id:x ( num:1726 , str:'Z' )"},
		{"a ? [1] {b} ~", "{12 unexpected character \"~\"} A ? [ num:1 ] { id:b } ILLEGAL:~"},
	} {
		if got := lex(c.src); got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.src, got, c.want)
		}
	}
}
