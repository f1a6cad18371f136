package gen

import (
	"regexp"
	"slices"
	"strings"
)

// loaderFile is what ACCESS PARAMETERS of ORACLE_LOADER say of a file of delimited text (Utilities, "The ORACLE_LOADER Access
// Driver"). Only what file_fdw can read the same way is taken; why says what is not.
type loaderFile struct {
	separator string
	enclosed  bool // by double quotes, where they are
	encoding  string
	skip      int
	program   string   // of PREPROCESSOR: directory and file
	directory string   // of the program, "" for the table's
	fields    []string // folded; empty for the columns in order
	masked    []string // fields with a date format that PostgreSQL reads
	trims     string   // LRTRIM, LTRIM or RTRIM where written: file_fdw keeps blanks
	recnum    string   // the field that is the number of the record
	missing   bool     // MISSING FIELD VALUES ARE NULL
	why       string
}

var accessToken = regexp.MustCompile(`(?s)--[^\n]*|/\*.*?\*/|[xX]?'(?:[^']|'')*'|[xX]?"[^"]*"|0[xX]'[^']*'|[A-Za-z_][\w$#%.]*|\d+|\S`)

// loaderEncodings are the character sets that PostgreSQL reads. Of ASCII every encoding has the characters.
var loaderEncodings = map[string]string{
	"US7ASCII": "", "UTF8": "UTF8", "AL32UTF8": "UTF8", "WE8ISO8859P1": "LATIN1", "WE8ISO8859P15": "LATIN9", "WE8MSWIN1252": "WIN1252", "EE8ISO8859P2": "LATIN2",
	"EE8MSWIN1250": "WIN1250", "CL8MSWIN1251": "WIN1251", "ZHS16GBK": "GBK", "ZHS32GB18030": "GB18030", "ZHT16BIG5": "BIG5", "ZHT16MSWIN950": "BIG5", "JA16SJIS": "SJIS", "JA16EUC": "EUC_JP", "KO16MSWIN949": "UHC",
}

// isoMasks are masks whose text PostgreSQL reads as a timestamp whatever DateStyle says.
var isoMasks = []string{"YYYY-MM-DD", "YYYY-MM-DD HH24:MI:SS", "YYYYMMDD", "YYYY-MM-DD HH24:MI", "YYYY-MM-DD HH24:MI:SSXFF", "YYYY-MM-DD HH24:MI:SS.FF"}

// loaderAccess reads access parameters without their outer parentheses.
func loaderAccess(text string) *loaderFile {
	p := &accessReader{f: &loaderFile{separator: ","}}
	for _, t := range accessToken.FindAllString(text, -1) {
		if !strings.HasPrefix(t, "--") && !strings.HasPrefix(t, "/*") {
			p.list = append(p.list, t)
		}
	}
	p.parameters()
	return p.f
}

type accessReader struct {
	list []string
	f    *loaderFile
}

func (p *accessReader) peek() string {
	if len(p.list) == 0 {
		return ""
	}
	return strings.ToUpper(p.list[0])
}

func (p *accessReader) next() string {
	s := p.peek()
	if len(p.list) > 0 {
		p.list = p.list[1:]
	}
	return s
}

// got takes words when all of them come next.
func (p *accessReader) got(words ...string) bool {
	for i, w := range words {
		if i >= len(p.list) || strings.ToUpper(p.list[i]) != w {
			return false
		}
	}
	p.list = p.list[len(words):]
	return true
}

// text takes a quoted text. Escapes for control characters are those of the loader; hexadecimal digits are none of ours.
func (p *accessReader) text() (string, bool) {
	if len(p.list) == 0 {
		return "", false
	}
	s := p.list[0]
	if !strings.HasPrefix(s, "'") && !strings.HasPrefix(s, `"`) {
		if hex, ok := strings.CutPrefix(strings.ToLower(s), "0x'"); ok && hex == "09'" {
			p.next()
			return "\t", true
		}
		return "", false
	}
	p.list = p.list[1:]
	s = s[1 : len(s)-1]
	return strings.NewReplacer(`\t`, "\t", `\n`, "\n", `\r`, "\r").Replace(strings.ReplaceAll(s, "''", "'")), true
}

func (p *accessReader) refuse(why string) { p.f.why = why; p.list = nil }

func (p *accessReader) parameters() {
	for len(p.list) > 0 && p.f.why == "" {
		switch {
		case p.got("RECORDS", "DELIMITED", "BY", "NEWLINE"), p.got("READSIZE"), p.got("="), p.got("DISABLE_DIRECTORY_LINK_CHECK"), p.got("NOBADFILE"), p.got("NODISCARDFILE"), p.got("NOLOGFILE"),
			p.got("STRING", "SIZES", "ARE", "IN", "BYTES"), p.got("STRING", "SIZES", "ARE", "IN", "CHARACTERS"):
		case p.got("RECORDS", "DELIMITED", "BY"):
			if s, ok := p.text(); !ok || s != "\n" && s != "\r\n" {
				p.refuse("records are delimited by something other than a line break")
			}
		case p.got("BADFILE"), p.got("LOGFILE"), p.got("DISCARDFILE"):
			p.file()
		case p.got("CHARACTERSET"):
			name := strings.Trim(p.next(), `'"`)
			enc, ok := loaderEncodings[name]
			if !ok {
				p.refuse("the character set " + name + " is none of PostgreSQL's")
			}
			p.f.encoding = enc
		case p.got("SKIP"):
			p.f.skip = atoi(p.next())
		case p.got("PREPROCESSOR"):
			p.f.directory, p.f.program = p.file()
		case p.got("FIELDS"):
			p.fieldsClause()
		case p.peek() != "" && p.peek()[0] >= '0' && p.peek()[0] <= '9':
			p.next()
		default:
			p.refuse("the access parameter " + p.peek() + " has no counterpart")
		}
	}
}

// file takes [directory :] 'file'.
func (p *accessReader) file() (directory, name string) {
	if len(p.list) > 1 && p.list[1] == ":" {
		directory = strings.Trim(p.next(), `"`)
		p.next()
	}
	name, _ = p.text()
	return directory, name
}

func (p *accessReader) fieldsClause() {
	for len(p.list) > 0 && p.f.why == "" {
		switch {
		case p.got("CSV", "WITHOUT", "EMBEDDED"), p.got("CSV", "WITH", "EMBEDDED"), p.got("CSV"):
			p.f.separator, p.f.enclosed = ",", true
		case p.got("TERMINATED", "BY"), p.got("TERMINATED"):
			s, ok := p.text()
			if !ok || len(s) != 1 || s == "\n" || s == "\r" {
				p.refuse("fields are separated by something other than one character")
			}
			p.f.separator = s
		case p.got("OPTIONALLY", "ENCLOSED", "BY"), p.got("OPTIONALLY", "ENCLOSED"), p.got("ENCLOSED", "BY"):
			if s, ok := p.text(); !ok || s != `"` || p.got("AND") {
				p.refuse("fields are enclosed by something other than double quotes")
			}
			p.f.enclosed = true
		case p.got("LDRTRIM"), p.got("NOTRIM"):
		case p.peek() == "LRTRIM", p.peek() == "LTRIM", p.peek() == "RTRIM":
			p.f.trims = p.next()
		case p.got("MISSING", "FIELD", "VALUES", "ARE", "NULL"):
			p.f.missing = true
		case p.got("REJECT", "ROWS", "WITH", "ALL", "NULL", "FIELDS"):
		case p.got("ALL", "FIELDS", "OVERRIDE", "THESE", "FIELDS"), p.got("ALL", "FIELDS", "OVERRIDE"):
			p.refuse("fields are named without their place")
		case p.got("("):
			p.fieldList()
		default:
			return
		}
	}
}

// fieldList takes the fields up to the closing parenthesis.
func (p *accessReader) fieldList() {
	for len(p.list) > 0 && p.f.why == "" {
		name := p.list[0]
		p.next()
		if strings.HasPrefix(name, `"`) {
			name = strings.Trim(name, `"`)
		} else {
			name = strings.ToUpper(name)
		}
		p.f.fields = append(p.f.fields, name)
		p.field(name)
		switch {
		case p.got(","):
		case p.got(")"):
			return
		default:
			p.refuse("what is said of the field " + name + " has no counterpart")
		}
	}
}

// field takes the data type of a field: text of any length, or a date in a form that PostgreSQL reads.
func (p *accessReader) field(name string) {
	for {
		switch {
		case p.got("CHAR"), p.got("VARCHAR2"), p.got("INTEGER", "EXTERNAL"), p.got("DECIMAL", "EXTERNAL"), p.got("FLOAT", "EXTERNAL"), p.got("DATE_FORMAT"), p.got("DATE"), p.got("TIMESTAMP"), p.got("MASK"):
		case p.got("RECNUM"):
			p.f.recnum = name
		case p.peek() == "(" && len(p.list) > 2 && p.list[2] == ")" && atoi(p.list[1]) > 0:
			p.list = p.list[3:]
		case strings.HasPrefix(p.peek(), "'") || strings.HasPrefix(p.peek(), `"`):
			mask, _ := p.text()
			if !slices.Contains(isoMasks, strings.ToUpper(mask)) {
				p.refuse("the date format " + mask + " of the field " + name + " is not read by PostgreSQL whatever its settings")
				return
			}
			p.f.masked = append(p.f.masked, name)
		default:
			return
		}
	}
}
