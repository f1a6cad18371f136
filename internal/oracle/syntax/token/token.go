// Package token names the lexical elements of Oracle SQL, PL/SQL and SQL*Plus scripts.
//
// Input -> output: nothing is computed here beyond keyword lookup; lexer, parser and printer share these
// types. A Token is 12 bytes and points into the source by offset; it holds no text. Everything in this
// package is read-only after start and may be used concurrently.
//
// Source: Oracle Database SQL Language Reference 19c-23ai, "Lexical Conventions", "Literals"; PL/SQL
// Language Reference, "Lexical Units".
package token

//go:generate go run ./gen

// Kind is the lexical class of a token.
type Kind uint8

// Token kinds. Punctuation has one kind a spelling, except not-equal, whose four spellings share NE.
const (
	EOF   Kind = iota // end of input; Len 0
	Ident             // unquoted identifier or keyword; Token.Kw tells which keyword, 0 for none
	QuotedIdent
	Number    // 1, 1.5, .5, 1e10, 1.5f, 2d
	String    // 'text', without a prefix
	QString   // q'[text]' and Nq'[text]'
	NString   // N'text'
	UString   // U'text'
	Bind      // :x  :1  :"X"  (one token, colon included); ":new" is a Bind
	Inquiry   // $$name, a conditional-compilation inquiry directive
	Directive // $IF $ELSIF $ELSE $THEN $END $ERROR; Token.Kw is the keyword behind the dollar sign
	Semi      // ;
	Slash     // / as division
	TermSlash // / alone on its line: ends the SQL*Plus buffer
	Comma     // ,
	Dot       // .
	DotDot    // ..
	LParen    // (
	RParen    // )
	LBracket  // [ (MODEL cell reference, JSON path in dot notation)
	RBracket  // ]
	LBrace    // { (row pattern exclusion, JDBC escapes)
	RBrace    // }
	Plus      // +
	Minus     // -
	Star      // *
	Power     // **
	EQ        // =
	NE        // <> != ^= ~=
	LT        // <
	GT        // >
	LE        // <=
	GE        // >=
	Assign    // :=
	Arrow     // =>
	Concat    // ||
	Bar       // | (row pattern alternation)
	At        // @
	Percent   // %
	LLabel    // <<
	RLabel    // >>
	Colon     // : alone (JSON_OBJECT key : value)
	Question  // ? (row pattern quantifier, JDBC parameter)
	Caret     // ^ (row pattern anchor)
	Dollar    // $ (row pattern anchor)
	Amp       // & alone; &x and &&x. are part of an identifier token, see FlagSubst
	Command   // a whole SQL*Plus command, continuation lines included, without its line end
	Raw       // text kept whole that is not tokenised (wrapped unit body, Java source, data after a loader command)
	Illegal   // a byte sequence that starts no token; the lexer has reported it
)

// Flag holds facts of the lexer about one token.
type Flag uint8

// Flags of a token.
const (
	FlagNewline  Flag = 1 << iota // a line break stands between the token before and this one
	FlagComment                   // a comment stands between the token before and this one
	FlagHint                      // a hint comment (/*+ or --+) stands between the token before and this one
	FlagSubst                     // the token holds a SQL*Plus substitution variable (&x, &&x, &x.)
	FlagInactive                  // in a conditional-compilation branch that is not selected, or a directive itself
	FlagUnclosed                  // a literal or quoted identifier that never ends
	FlagBlank                     // at least one blank line stands between the token before and this one
)

// Token is one lexical element. Off and Len are in bytes of the (UTF-8) source. Trivia (space, comments)
// is not in the token list: it is the text between two tokens.
type Token struct {
	Off   uint32
	Len   uint32
	Kind  Kind
	Flags Flag
	Kw    Keyword
}

// End is the offset of the first byte after the token.
func (t Token) End() uint32 { return t.Off + t.Len }

// Is reports whether the token is the (unquoted) keyword k.
func (t Token) Is(k Keyword) bool { return t.Kw == k && t.Kind == Ident }

// Name reports whether the token can stand for a name when nothing reserves it: identifier, quoted
// identifier or keyword.
func (t Token) Name() bool { return t.Kind == Ident || t.Kind == QuotedIdent }

// Keyword is the number of a word that the grammar knows; 0 is "no keyword". Most Oracle keywords are not
// reserved and are ordinary names wherever the grammar does not ask for them.
type Keyword uint16

// String is the keyword in upper case, or "" for 0.
func (k Keyword) String() string {
	if int(k) < len(keywordNames) {
		return keywordNames[k]
	}
	return ""
}

// ReservedSQL reports whether the word is reserved in SQL (SQL Language Reference, appendix E).
func (k Keyword) ReservedSQL() bool {
	return int(k) < len(keywordReserved) && keywordReserved[k]&1 != 0
}

// ReservedPLSQL reports whether the word is reserved in PL/SQL (PL/SQL Language Reference, appendix D).
func (k Keyword) ReservedPLSQL() bool {
	return int(k) < len(keywordReserved) && keywordReserved[k]&2 != 0
}

// Keywords is the number of keywords, the zero keyword included.
func Keywords() int { return len(keywordNames) }
