package mask

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/bundle"
	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/token"
)

// KeySize is the length of a key in bytes.
const KeySize = 32

// Masker masks content with one key.
type Masker struct {
	key         []byte
	identifiers bool
	// Names maps what names became, for the owner: original -> masked. Empty unless names are masked.
	Names map[string]string
	taken map[string]string // masked -> original
	keep  map[string]bool
	known map[string]bool // names of the dictionary, which literals may hold too
	own   map[string]bool // names of objects that are not Oracle's
}

// New makes a masker. Names are masked when identifiers is set; known are names masked before, which keep their mask.
func New(key []byte, identifiers bool, known map[string]string) (*Masker, error) {
	if len(key) != KeySize {
		return nil, fmt.Errorf("a key has %d bytes, not %d", KeySize, len(key))
	}
	m := &Masker{key: key, identifiers: identifiers, Names: map[string]string{}, taken: map[string]string{}, keep: map[string]bool{}}
	for k := 1; k < token.Keywords(); k++ {
		m.keep[token.Keyword(k).String()] = true
	}
	for _, n := range resolve.BuiltinNames() {
		m.keep[strings.ToUpper(n)] = true
	}
	for n, masked := range known {
		m.Names[n], m.taken[masked] = masked, n
	}
	return m, nil
}

// KeyID tells keys apart without telling them.
func (m *Masker) KeyID() string {
	sum := sha256.Sum256(append([]byte("landfall mask key id\x00"), m.key...))
	return hex.EncodeToString(sum[:8])
}

func hash(key []byte, s string) uint64 {
	h := hmac.New(sha256.New, key)
	h.Write([]byte(s))
	return binary.BigEndian.Uint64(h.Sum(nil))
}

// Content masks everything; c itself stays as it is. A statement that would not read as before is an error with code
// bundle.CodeMaskParse: nothing is let through unmasked.
func (m *Masker) Content(c *bundle.Content) (*bundle.Content, error) {
	out := *c
	out.Manifest.Mask = &bundle.Mask{Literals: true, Identifiers: m.identifiers, KeyID: m.KeyID()}
	d := &out.Manifest.Database
	d.Host = text(m.key, d.Host)
	if m.identifiers {
		for _, s := range []*string{&d.Name, &d.UniqueName, &d.Container, &d.SessionUser} {
			*s = m.name(*s)
		}
		out.Manifest.Schemas = m.names(c.Manifest.Schemas)
		m.learn(c)
	}
	out.Manifest.NotCollected = slices.Clone(c.Manifest.NotCollected)
	for i := range out.Manifest.NotCollected {
		out.Manifest.NotCollected[i].Detail = m.message(out.Manifest.NotCollected[i].Detail)
	}
	out.Incomplete = map[string]string{}
	for k, v := range c.Incomplete {
		out.Incomplete[k] = m.message(v)
	}
	out.Tables = nil
	for _, t := range c.Tables {
		masked := &bundle.Table{Extract: t.Extract, Rows: make([][]string, len(t.Rows))}
		for i, row := range t.Rows {
			var err error
			if masked.Rows[i], err = m.row(t.Extract, row); err != nil {
				return nil, &model.Error{
					Code: bundle.CodeMaskParse, Op: "mask", Pos: model.Pos{File: t.Extract.Name, Line: i + 1, Col: 1}, Err: err, Hint: "leave the extract's object out, or mask nothing and send the bundle to somebody you trust",
				}
			}
		}
		out.Tables = append(out.Tables, masked)
	}
	return &out, nil
}

// learn collects the names of the dictionary: a literal that is one, in a call of DBMS_SCHEDULER or in dynamic SQL, has to become
// what the name becomes.
func (m *Masker) learn(c *bundle.Content) {
	m.known, m.own = map[string]bool{}, map[string]bool{}
	for _, t := range c.Tables {
		if t.Extract.Name == "objects" {
			_, owner := t.Extract.Column("owner")
			_, name := t.Extract.Column("object_name")
			for _, r := range t.Rows {
				if !oracleName.MatchString(r[owner]) {
					m.own[r[name]] = true
				}
			}
		}
		if t.Extract.Name == "scripts" || t.Extract.Name == "script_problems" {
			continue
		}
		for i, col := range t.Extract.Columns {
			if col.Kind != bundle.Name {
				continue
			}
			for _, r := range t.Rows {
				m.known[r[i]] = true
			}
		}
	}
}

// isName reports a literal that is a name of the dictionary, or several with dots between.
func (m *Masker) isName(v string) bool {
	if len(m.known) == 0 || len(v) > 390 {
		return false
	}
	for part := range strings.SplitSeq(strings.ToUpper(v), ".") {
		if !m.known[part] {
			return false
		}
	}
	return true
}

func (m *Masker) names(list []string) []string {
	out := make([]string, len(list))
	for i, n := range list {
		out[i] = m.name(n)
	}
	return out
}

var (
	errorCode = regexp.MustCompile(`\b[A-Z]{2,4}-\d{4,5}\b`)
	plainWord = regexp.MustCompile(`^[A-Za-z0-9_., -]{0,40}$`)
)

// message masks what a database or this program said, but for the numbers of errors.
func (m *Masker) message(s string) string {
	var b strings.Builder
	at := 0
	for _, loc := range errorCode.FindAllStringIndex(s, -1) {
		b.WriteString(text(m.key, s[at:loc[0]]) + s[loc[0]:loc[1]])
		at = loc[1]
	}
	return b.String() + text(m.key, s[at:])
}

func (m *Masker) row(e *bundle.Extract, row []string) ([]string, error) {
	out := slices.Clone(row)
	for i, c := range e.Columns {
		v := row[i]
		if v == "" {
			continue
		}
		var err error
		switch {
		case e.Name == "scripts" && c.Name == "name", e.Name == "script_problems" && c.Name == "name":
			if m.identifiers {
				out[i] = m.path(v)
			}
		case e.Name == "scripts" && c.Kind == bundle.Code:
			out[i], err = m.tokens([]byte(v), script, 0)
		case e.Name == "scripts" && c.Name == "sha256":
			out[i] = "" // of a file that this is not any more
		case c.Kind == bundle.Name:
			if m.identifiers {
				out[i] = m.name(v)
			}
		case e.Name == "columns" && c.Name == "data_type":
			if _, at := e.Column("data_type_owner"); m.identifiers && row[at] != "" {
				out[i] = m.name(v)
			}
		case e.Name == "parameters" && plainWord.MatchString(v), e.Name == "script_problems" && c.Name == "hint":
		case c.Kind == bundle.Value && (c.Name == "message" || e.Name == "errors"):
			out[i] = m.message(v)
		case c.Kind == bundle.Value:
			out[i] = text(m.key, v)
		case c.Kind == bundle.Code, c.Kind == bundle.Expr:
			out[i], err = m.code(v, 0)
		}
		if err != nil {
			return nil, fmt.Errorf("column %s: %w", c.Name, err)
		}
	}
	return out, nil
}

// name masks a name of the dictionary.
func (m *Masker) name(n string) string {
	if n == "" || m.kept(n) {
		return n
	}
	if a, b, ok := strings.Cut(n, "."); ok && a != "" && b != "" { // SCHEMA.NAME, and the domain of a link
		return m.name(a) + "." + m.name(b)
	}
	if masked, ok := m.Names[n]; ok {
		return masked
	}
	for salt := 0; ; salt++ {
		masked := fmt.Sprintf("N%013X", hash(m.key, fmt.Sprintf("name\x00%d\x00%s", salt, n))>>12)
		if _, taken := m.taken[masked]; !taken {
			m.Names[n], m.taken[masked] = masked, n
			return masked
		}
	}
}

var oracleName = regexp.MustCompile(`^(?:SYS|SYSTEM|PUBLIC|DUAL|XDB|MDSYS|CTXSYS|SYS_.*|DBMS_.*|UTL_.*|OWA_.*|CTX_.*|SDO_.*|APEX_.*|HTP|HTF|ANYDATA|ANYTYPE|XMLTYPE|STANDARD|V\$.*|GV\$.*|V_\$.*|(?:DBA|ALL|USER|CDB)_(?:TABLES|TAB_COLUMNS|TAB_COLS|OBJECTS|VIEWS|SOURCE|CONSTRAINTS|CONS_COLUMNS|INDEXES|IND_COLUMNS|TRIGGERS|USERS|SEQUENCES|SYNONYMS|ERRORS|DEPENDENCIES|JOBS|SCHEDULER_.*|SEGMENTS|TAB_PARTITIONS|TAB_COMMENTS|COL_COMMENTS|ROLE_PRIVS|SYS_PRIVS|TAB_PRIVS)|NLS_.*|ODCI.*|ORA_.*)$`)

// generated are names that Oracle makes up.
var generated = regexp.MustCompile(`^SYS_(?:C|IL|LOB|NC|P|SUBP|IOT_[A-Z]+_|STU|STS|YOID|FK|NT)\d[0-9A-Z$_]*$`)

// kept reports a word that Oracle uses too.
func (m *Masker) kept(n string) bool {
	return m.keep[n] || len(n) == 1 || generated.MatchString(n) || m.oracles(n)
}

// oracles reports a name of Oracle's own. Objects of the database that only begin like one, SYS_PARAMETER or DBMS_MAIL, are
// not.
func (m *Masker) oracles(n string) bool {
	return oracleName.MatchString(n) && !m.own[n] && !strings.HasPrefix(n, "SYS_C_") // as a bundle of scripts calls what has no name
}

// identifier masks a name in code, as its dictionary name is masked.
func (m *Masker) identifier(src []byte, list []token.Token, i int, s string) string {
	if i >= 2 && list[i-1].Kind == token.Dot { // a member of what Oracle supplies
		if head := before(src, list, i-1); m.oracles(strings.Trim(head, `"`)) && !strings.HasPrefix(head, "SYS") || i >= 4 && list[i-3].Kind == token.Dot && m.oracles(before(src, list, i-3)) {
			return s
		}
	}
	if i > 0 && (list[i-1].Kind == token.Dollar || list[i-1].Kind == token.Percent) {
		return s
	}
	if i+1 < len(list) && list[i+1].Kind == token.Arrow && m.suppliedCall(src, list, i) {
		return s
	}
	if list[i].Kind == token.QuotedIdent {
		name := strings.Trim(s, `"`)
		return `"` + m.name(name) + `"`
	}
	return m.name(strings.ToUpper(s))
}

// suppliedCall reports whether a parameter's name stands in a call of what Oracle supplies: DBMS_SCHEDULER.CREATE_JOB(job_name => ...).
func (m *Masker) suppliedCall(src []byte, list []token.Token, i int) bool {
	depth := 0
	for k := i - 1; k > 0 && k > i-20000; k-- {
		switch list[k].Kind {
		case token.RParen:
			depth++
		case token.LParen:
			if depth--; depth < 0 {
				return k >= 3 && list[k-2].Kind == token.Dot && m.oracles(before(src, list, k-2))
			}
		case token.Semi:
			return false
		}
	}
	return false
}

// path masks the words of a file's path or of the command that includes it.
func (m *Masker) path(s string) string {
	var b strings.Builder
	word := func(w string) {
		switch lower := strings.ToLower(w); {
		case w == "", lower == "sql", len(w) <= 3 && lower == w, m.kept(strings.ToUpper(w)):
			b.WriteString(w)
		default:
			b.WriteString(strings.ToLower(m.name(strings.ToUpper(w))))
		}
	}
	from := 0
	for i := range len(s) {
		if strings.IndexByte("/\\.@ \t-:", s[i]) >= 0 {
			word(s[from:i])
			b.WriteByte(s[i])
			from = i + 1
		}
	}
	word(s[from:])
	return b.String()
}

// ErrKey is what is wrong with a file of a key.
var ErrKey = errors.New("not a key of landfall: 64 hexadecimal digits are")

// ParseKey reads a key in hexadecimal.
func ParseKey(s string) ([]byte, error) {
	key, err := hex.DecodeString(strings.TrimSpace(s))
	if err != nil || len(key) != KeySize {
		return nil, ErrKey
	}
	return key, nil
}
