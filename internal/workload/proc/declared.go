package proc

import (
	"regexp"
	"strings"

	"landfall/internal/workload"
)

// Types of host variables stand in declarations of C, and in EXEC SQL VAR and TYPE. Scopes are not followed: a name that is
// declared with two types tells nothing. A member is known by its own name, as far as all structures agree on it.

// cTypes are what the precompiler sends for types of C (Pro*C/C++ Programmer's Guide, "Oracle Datatypes"; CHAR_MAP at its
// default makes CHARZ of arrays of char, which compare as CHAR).
var cTypes = map[string]string{
	"char": "CHAR", "varchar": "VARCHAR2", "uvarchar": "NVARCHAR2", "utext": "NCHAR", "string": "VARCHAR2",
	"short": "NUMBER", "int": "NUMBER", "long": "NUMBER", "unsigned": "NUMBER", "signed": "NUMBER", "float": "NUMBER", "double": "NUMBER", "size_t": "NUMBER",
	"int8_t": "NUMBER", "int16_t": "NUMBER", "int32_t": "NUMBER", "int64_t": "NUMBER", "uint8_t": "NUMBER", "uint16_t": "NUMBER", "uint32_t": "NUMBER", "uint64_t": "NUMBER",
	"ocidate": "DATE", "ocinumber": "NUMBER", "ocidatetime": "TIMESTAMP", "ociinterval": "", "ocicloblocator": "CLOB", "ocibloblocator": "BLOB", "ocirowid": "ROWID",
}

// externalTypes are the names that VAR and TYPE take.
var externalTypes = map[string]string{
	"CHAR": "CHAR", "CHARF": "CHAR", "CHARZ": "CHAR", "STRING": "VARCHAR2", "VARCHAR": "VARCHAR2", "VARCHAR2": "VARCHAR2", "LONG": "LONG", "LONG VARCHAR": "LONG", "DATE": "DATE", "RAW": "RAW", "VARRAW": "RAW",
	"LONG RAW": "LONG RAW", "NUMBER": "NUMBER", "INTEGER": "NUMBER", "FLOAT": "NUMBER", "DECIMAL": "NUMBER", "UNSIGNED": "NUMBER", "VARNUM": "NUMBER", "ROWID": "ROWID",
}

var (
	declaration = regexp.MustCompile(`([A-Za-z_]\w*)((?:\s+(?:long|int|char|short|double))*)[\s*]+([A-Za-z_]\w*)\s*([\[,;=)])`)
	declarator  = regexp.MustCompile(`^\s*\**\s*([A-Za-z_]\w*)\s*(?:\[[^\]]*\]\s*)*(?:=.*)?$`)
	typedef     = regexp.MustCompile(`\btypedef\s+(?:unsigned\s+|signed\s+)?([A-Za-z_]\w*)(?:\s+(?:long|int))*[\s*]+([A-Za-z_]\w*)\s*(?:\[[^\]]*\]\s*)*;`)
	equivalence = regexp.MustCompile(`(?i)\bEXEC\s+SQL\s+(VAR|TYPE)\s+([A-Za-z_]\w*)\s+IS\s+([A-Za-z][A-Za-z0-9 ]*?)\s*(?:\([^)]*\)\s*)?(?:REFERENCE\s*)?;`)
)

// maxDeclaration is how many bytes of a list of declarators are looked at.
const maxDeclaration = 4096

// declared are the types of the variables and members of a file by name, "" where declarations disagree.
func declared(text string) map[string]string {
	text = withoutText(text)
	types, sure := map[string]string{}, map[string]string{}
	aliases := map[string]string{}
	for _, m := range typedef.FindAllStringSubmatch(text, -1) {
		if t := cTypes[strings.ToLower(m[1])]; t != "" {
			aliases[m[2]] = t
		}
	}
	for _, m := range equivalence.FindAllStringSubmatch(text, -1) {
		if t := externalTypes[strings.ToUpper(strings.Join(strings.Fields(m[3]), " "))]; strings.EqualFold(m[1], "VAR") {
			sure[m[2]] = t
		} else {
			aliases[m[2]] = t
		}
	}
	enter := func(name, typ string) {
		if was, ok := types[name]; ok && was != typ {
			typ = ""
		}
		types[name] = typ
	}
	for _, m := range declaration.FindAllStringSubmatchIndex(text, -1) {
		typ, known := aliases[text[m[2]:m[3]]]
		if !known {
			typ, known = cTypes[strings.ToLower(text[m[2]:m[3]])]
		}
		if !known {
			continue
		}
		enter(text[m[6]:m[7]], typ)
		if text[m[8]] == ')' {
			continue
		}
		rest := text[m[7]:min(len(text), m[7]+maxDeclaration)]
		if end := strings.IndexAny(rest, ";){"); end >= 0 {
			rest = rest[:end]
		}
		for _, rest, more := strings.Cut(rest, ","); more; {
			var d string
			d, rest, more = strings.Cut(rest, ",")
			n := declarator.FindStringSubmatch(d)
			if n == nil { // the next parameter of a function
				break
			}
			enter(n[1], typ)
		}
	}
	for name, typ := range sure {
		types[name] = typ
	}
	return types
}

// withoutText blanks comments and literals of C.
func withoutText(s string) string {
	b := []byte(s)
	blank := func(lo, hi int) {
		for i := lo; i < hi && i < len(b); i++ {
			if b[i] != '\n' {
				b[i] = ' '
			}
		}
	}
	for at := 0; at < len(s); {
		switch {
		case strings.HasPrefix(s[at:], "/*"):
			end := strings.Index(s[at+2:], "*/")
			if end < 0 {
				blank(at, len(s))
				return string(b)
			}
			blank(at, at+end+4)
			at += end + 4
		case strings.HasPrefix(s[at:], "//"):
			end := strings.IndexByte(s[at:], '\n')
			if end < 0 {
				end = len(s) - at
			}
			blank(at, at+end)
			at += end
		case s[at] == '"' || s[at] == '\'':
			q, lo := s[at], at
			for at++; at < len(s) && s[at] != q && s[at] != '\n'; at++ {
				if s[at] == '\\' {
					at++
				}
			}
			at = min(at+1, len(s))
			blank(lo, at)
		default:
			at++
		}
	}
	return string(b)
}

var lastPart = regexp.MustCompile(`([A-Za-z_]\w*)\s*(?:\[[^\]]*\]\s*)*$`)

// typed are the variables among pieces with the types that the file declares for them.
func (s *scanner) typed(pieces []workload.Piece) []workload.Bind {
	var list []workload.Bind
	for _, p := range pieces {
		if p.Holds != workload.HoldsBind {
			continue
		}
		m := hostVariable.FindStringSubmatch(p.Name)
		if m == nil {
			continue
		}
		n := lastPart.FindStringSubmatch(m[1])
		if n == nil || s.types[n[1]] == "" {
			continue
		}
		name := strings.ToUpper(strings.TrimPrefix(p.Text, ":"))
		known := false
		for _, b := range list {
			known = known || b.Name == name
		}
		if !known {
			list = append(list, workload.Bind{Name: name, Type: s.types[n[1]]})
		}
	}
	return list
}
