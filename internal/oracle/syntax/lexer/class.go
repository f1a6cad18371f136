package lexer

// Byte classes. Those up to clsTrivia may begin trivia (a dash or slash only may).
const (
	clsSpace = iota
	clsNewline
	clsCR
	clsDash
	clsSlash
	clsControl // NUL, ^Z
	clsHigh    // byte of a multi-byte character
	clsTrivia  = clsHigh
)

const (
	clsIdent  = iota + clsTrivia + 1
	clsPrefix // n N q Q u U: may begin a literal
	clsDigit
	clsDot
	clsQuote
	clsDouble
	clsDollar
	clsColon
	clsPunct
)

// class tells what a byte may begin.
var class = func() (t [256]uint8) {
	for i := range t {
		t[i] = clsPunct
		switch c := byte(i); {
		case c == ' ' || c == '\t' || c == '\f' || c == '\v':
			t[i] = clsSpace
		case c == '\n':
			t[i] = clsNewline
		case c == '\r':
			t[i] = clsCR
		case c == '-':
			t[i] = clsDash
		case c == '/':
			t[i] = clsSlash
		case c == 0 || c == 0x1a:
			t[i] = clsControl
		case c >= 0x80:
			t[i] = clsHigh
		case c == 'n' || c == 'N' || c == 'q' || c == 'Q' || c == 'u' || c == 'U':
			t[i] = clsPrefix
		case c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_':
			t[i] = clsIdent
		case c >= '0' && c <= '9':
			t[i] = clsDigit
		case c == '.':
			t[i] = clsDot
		case c == '\'':
			t[i] = clsQuote
		case c == '"':
			t[i] = clsDouble
		case c == '$':
			t[i] = clsDollar
		case c == ':':
			t[i] = clsColon
		}
	}
	return t
}()

// fold is the upper-case form of a byte that may continue an ASCII identifier, 0 for every other byte, so
// that one lookup serves both the scan and the keyword hash.
var fold = func() (t [256]byte) {
	for c := 'a'; c <= 'z'; c++ {
		t[c] = byte(c - 32)
	}
	for c := 'A'; c <= 'Z'; c++ {
		t[c] = byte(c)
	}
	for c := '0'; c <= '9'; c++ {
		t[c] = byte(c)
	}
	t['_'], t['$'], t['#'] = '_', '$', '#'
	return t
}()

func identStart(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' }
func identPart(c byte) bool  { return fold[c] != 0 || c >= 0x80 }
func digit(c byte) bool      { return c-'0' < 10 }
