package mask

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"

	"landfall/internal/oracle/syntax/lexer"
	"landfall/internal/oracle/syntax/parser"
	"landfall/internal/oracle/syntax/token"
)

// lex gives all tokens of a text that holds no SQL*Plus commands.
func lex(src []byte) []token.Token {
	l := lexer.New(src)
	var tokens []token.Token
	for {
		n := len(tokens)
		tokens = l.Fill(tokens)
		if l.Stopped == lexer.StopEnd || len(tokens) == n && l.Stopped != lexer.StopSoft {
			break
		}
	}
	for len(tokens) > 0 && tokens[len(tokens)-1].Kind == token.EOF {
		tokens = tokens[:len(tokens)-1]
	}
	return tokens
}

// script gives all tokens of a SQL*Plus script.
func script(src []byte) []token.Token { return parser.Parse("", src, parser.Options{}).Tokens }

var wrapped = regexp.MustCompile(`(?is)^\s*(?:create\s+(?:or\s+replace\s+)?)?(?:(?:non)?editionable\s+)?(?:package(?:\s+body)?|procedure|function|type(?:\s+body)?|trigger)\s+\S+\s+wrapped\s*\n`)

// code masks SQL or PL/SQL.
func (m *Masker) code(src string, depth int) (string, error) {
	if loc := wrapped.FindStringIndex(src); loc != nil {
		return src[:loc[1]] + "a000000\nmasked\n", nil
	}
	return m.tokens([]byte(src), lex, depth)
}

// tokens masks a text token by token, and the comments between.
func (m *Masker) tokens(src []byte, cut func([]byte) []token.Token, depth int) (string, error) {
	list := cut(src)
	var out bytes.Buffer
	out.Grow(len(src))
	at := 0
	for i, t := range list {
		if int(t.Off) < at || t.Kind == token.EOF {
			continue
		}
		out.WriteString(m.trivia(string(src[at:t.Off])))
		s := string(src[t.Off:t.End()])
		masked, err := m.token(src, list, i, s, depth)
		if err != nil {
			return "", err
		}
		out.WriteString(masked)
		at = int(t.End())
	}
	out.WriteString(m.trivia(string(src[at:])))
	again := cut(out.Bytes())
	if len(again) != len(list) {
		return "", fmt.Errorf("%d tokens became %d", len(list), len(again))
	}
	for i := range list {
		if list[i].Kind != again[i].Kind && list[i].Kind != token.QString {
			return "", fmt.Errorf("token %d became another: %s", i, out.Bytes()[again[i].Off:again[i].End()])
		}
	}
	return out.String(), nil
}

// trivia masks the comments in the space between two tokens; hints stay.
func (m *Masker) trivia(s string) string {
	if !strings.Contains(s, "--") && !strings.Contains(s, "/*") {
		return s
	}
	var b strings.Builder
	for s != "" {
		switch {
		case strings.HasPrefix(s, "--"):
			line, rest, found := strings.Cut(s, "\n")
			b.WriteString(m.comment(line))
			if found {
				b.WriteByte('\n')
			}
			s = rest
		case strings.HasPrefix(s, "/*"):
			end := strings.Index(s[2:], "*/")
			if end < 0 {
				end = len(s) - 4
			}
			b.WriteString(m.comment(s[:max(0, end+4)]))
			s = s[max(0, end+4):]
		default:
			b.WriteByte(s[0])
			s = s[1:]
		}
	}
	return b.String()
}

func (m *Masker) comment(s string) string {
	if strings.HasPrefix(s, "/*+") || strings.HasPrefix(s, "--+") {
		return s
	}
	return text(m.key, s)
}

func (m *Masker) token(src []byte, list []token.Token, i int, s string, depth int) (string, error) {
	t := list[i]
	switch t.Kind {
	case token.String:
		return m.literal(src, list, i, s, depth)
	case token.NString:
		inner, err := m.literal(src, list, i, s[1:], depth)
		return s[:1] + inner, err
	case token.QString:
		return m.quoted(src, list, i, s, depth)
	case token.UString:
		return s[:1] + "'" + text(m.key, "unicode"+fmt.Sprintf("%x", hash(m.key, s))[:8]) + "'", nil
	case token.Number:
		return m.number(src, list, i, s), nil
	case token.Ident, token.QuotedIdent:
		if t.Flags&token.FlagSubst == 0 && !strings.EqualFold(s, "VALUES") && password(src, list, i) {
			return m.password(s), nil
		}
		if m.identifiers && t.Flags&token.FlagSubst == 0 {
			return m.identifier(src, list, i, s), nil
		}
	case token.Raw:
		return text(m.key, s), nil
	case token.Command:
		return m.command(s), nil
	}
	return s, nil
}

// password reports whether a word is one: behind IDENTIFIED BY, in the list behind it, or behind REPLACE of ALTER USER.
func password(src []byte, list []token.Token, i int) bool {
	for k := i; k >= 2 && k > i-20; k -= 2 {
		switch before(src, list, k) {
		case "BY":
			return before(src, list, k-1) == "IDENTIFIED"
		case ",", "REPLACE":
			if kind := list[k-2].Kind; kind != token.Ident && kind != token.QuotedIdent {
				return false
			}
		default:
			return false
		}
	}
	return false
}

// password masks one, whether names are masked or not. It stays what it is: a word, or one in quotes.
func (m *Masker) password(s string) string {
	masked := fmt.Sprintf("P%011X", hash(m.key, "password\x00"+s)>>20)
	if strings.HasPrefix(s, `"`) {
		return `"` + masked + `"`
	}
	return masked
}

// command masks what a SQL*Plus command says to people; the rest steers the script.
func (m *Masker) command(s string) string {
	word, rest, ok := strings.Cut(s, " ")
	switch strings.ToUpper(word) {
	case "PROMPT", "PRO", "REM", "REMARK":
		if ok {
			return word + " " + text(m.key, rest)
		}
	case "ACCEPT", "PAUSE", "CONNECT", "CONN", "HOST", "HO":
		if ok {
			return word + " " + text(m.key, rest)
		}
	}
	if m.identifiers && strings.HasPrefix(s, "@") {
		return m.path(s)
	}
	return s
}

// literal masks 'text'.
func (m *Masker) literal(src []byte, list []token.Token, i int, s string, depth int) (string, error) {
	if len(s) < 2 || s[len(s)-1] != '\'' {
		return text(m.key, s), nil // never closed
	}
	value := strings.ReplaceAll(s[1:len(s)-1], "''", "'")
	masked, err := m.value(value, before(src, list, i), depth)
	return "'" + strings.ReplaceAll(masked, "'", "''") + "'", err
}

// quoted masks q'[text]' and becomes ” where the bracket is a letter or digit, which masking could make.
func (m *Masker) quoted(src []byte, list []token.Token, i int, s string, depth int) (string, error) {
	at := strings.IndexByte(s, '\'')
	if at < 0 || len(s) < at+4 {
		return text(m.key, s), nil
	}
	head, body := s[:at+2], s[at+2:]
	open := s[at+1]
	if len(body) < 2 || open >= 0x80 {
		return s[:at+1] + text(m.key, s[at+1:]), nil
	}
	masked, err := m.value(body[:len(body)-2], before(src, list, i), depth)
	if err != nil {
		return "", err
	}
	if _, letter := classOf(rune(open)); letter || strings.Contains(masked, body[len(body)-2:]) {
		prefix := ""
		if s[0] == 'n' || s[0] == 'N' {
			prefix = "N"
		}
		return prefix + "'" + strings.ReplaceAll(masked, "'", "''") + "'", nil
	}
	return head + masked + body[len(body)-2:], nil
}

// before is the word before a token, in capitals.
func before(src []byte, list []token.Token, i int) string {
	if i == 0 {
		return ""
	}
	t := list[i-1]
	return strings.ToUpper(string(src[t.Off:t.End()]))
}

var (
	sqlStart    = regexp.MustCompile(`(?i)^\s*(?:select|insert|update|delete|merge|begin|declare|create|alter|drop|truncate|grant|with|call)\s`)
	dateModel   = regexp.MustCompile(`(?i)^(?:FM|FX)?(?:S?YYYY|YYY|YY|RRRR|RR|IYYY|IW|WW|MONTH|MON|MM|DDD|DD|DAY|DY|HH24|HH12|HH|MI|SSSSS|SS|FF[1-9]?|AM|PM|TZH|TZM|TZR|TZD|TH|Q|"[^"]*"|[-/.,;: T年月日时分秒])+$`)
	dateElement = regexp.MustCompile(`(?i)YY|RR|MM|MON|DD|DAY|DY|HH|MI|SS|WW|IW|FF`)
	numberModel = regexp.MustCompile(`(?i)^(?:FM)?[SBL$]*[09GDX,.]*[09X](?:MI|PR|S|EEEE|V9+)?[.]?$|^TM[9E]?$`)
	isoDate     = regexp.MustCompile(`^\d{4}([-/.]?)(\d{2})([-/.]?)(\d{2})($|[ T])`)
	nlsSetting  = regexp.MustCompile(`(?i)^NLS_[A-Z_]+\s*(?:=|$)`)
)

var sessionWords = words(`USERENV SESSION_USER CURRENT_USER CURRENT_SCHEMA CURRENT_USERID CURRENT_SCHEMAID SESSION_USERID SESSIONID SID HOST IP_ADDRESS OS_USER TERMINAL MODULE ACTION
	CLIENT_IDENTIFIER CLIENT_INFO DB_NAME DB_UNIQUE_NAME DB_DOMAIN INSTANCE INSTANCE_NAME SERVER_HOST SERVICE_NAME LANG LANGUAGE NLS_DATE_FORMAT NLS_SORT ISDBA ENTRYID CON_NAME CON_ID
	PROXY_USER BG_JOB_ID FG_JOB_ID AUTHENTICATION_METHOD DAY MONTH YEAR HOUR MINUTE SECOND TABLE VIEW INDEX PACKAGE PROCEDURE FUNCTION TRIGGER SEQUENCE TYPE`)

func words(s string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(s) {
		m[w] = true
	}
	return m
}

// value masks what a literal means.
func (m *Masker) value(v, before string, depth int) (string, error) {
	switch {
	case v == "", len(v) == 1, before == "INTERVAL", before == "ESCAPE":
		return v, nil
	case dateModel.MatchString(v) && dateElement.MatchString(v), numberModel.MatchString(v), nlsSetting.MatchString(v), sessionWords[strings.ToUpper(v)]:
		return v, nil
	case m.isName(v):
		return m.name(strings.ToUpper(v)), nil
	case depth < 4 && sqlStart.MatchString(v):
		return m.code(v, depth+1)
	}
	if loc := isoDate.FindStringSubmatchIndex(v); loc != nil {
		return m.date(v, loc), nil
	}
	return text(m.key, v), nil
}

// date masks the date that a text begins with and keeps it one: years from 1950 on, days up to the 28th, the time as it is.
func (m *Masker) date(v string, loc []int) string {
	h := hash(m.key, v[:loc[9]])
	return fmt.Sprintf("%04d%s%02d%s%02d", 1950+int(h%80), v[loc[2]:loc[3]], 1+int(h>>8%12), v[loc[6]:loc[7]], 1+int(h>>16%28)) + v[loc[9]:]
}

var (
	sizedTypes   = words("VARCHAR2 VARCHAR NVARCHAR2 CHAR NCHAR RAW NUMBER FLOAT NUMERIC DECIMAL DEC TIMESTAMP UROWID INTEGER CHARACTER STRING VARRAY VARYING DAY SECOND YEAR")
	storageWords = words(`PCTFREE PCTUSED INITRANS MAXTRANS INITIAL NEXT MINEXTENTS MAXEXTENTS PCTINCREASE FREELISTS GROUPS WITH BY MAXVALUE MINVALUE CACHE SIZE PCTVERSION CHUNK RETENTION
		PARTITIONS SUBPARTITIONS DEGREE PARALLEL SCALE LIMIT EXTEND COMPRESS PCTTHRESHOLD HASHKEYS INSTANCES ROWNUM`)
)

// number masks a number of four digits and more, unless it says a size.
func (m *Masker) number(src []byte, list []token.Token, i int, s string) string {
	digits := 0
	for _, c := range []byte(s) {
		if c >= '0' && c <= '9' {
			digits++
		}
	}
	word := before(src, list, i)
	switch {
	case digits < 4, storageWords[word], strings.ContainsAny(s, "eE"):
		return s
	case word == "-" && len(s) == 5 && strings.HasPrefix(s, "20"):
		return s
	case word == "(" && i >= 2 && sizedTypes[before(src, list, i-1)]:
		return s
	}
	return number(m.key, s)
}
