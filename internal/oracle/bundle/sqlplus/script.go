package sqlplus

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"landfall/internal/oracle/bundle"
)

// Options say what a script set collects.
type Options struct {
	Schemas   []string // folded names; none: all but Oracle's own
	Days      int      // of history in redo, AWR, Statspack and audit; 0 is 30
	Minutes   int      // that a block or the whole run may take before the rest is left out; 0 is 240
	Container string   // pluggable database to go into from the root
	// Diagnostics, Statspack and Audit say whether those extracts are collected: Ask leaves it to the one who runs the scripts.
	Diagnostics, Statspack, Audit Answer
	Version                       string // of the program, for the README
}

// Answer is what is said about what must be asked for.
type Answer uint8

// Answers.
const (
	Ask Answer = iota
	Yes
	No
)

// File is one file of a script set. Its name has slashes.
type File struct {
	Name string
	Text string
	Exec bool // may be run by a shell
}

// Scripts writes the set. The same options give the same files.
func Scripts(opt Options) []File {
	if opt.Days <= 0 {
		opt.Days = 30
	}
	if opt.Minutes <= 0 {
		opt.Minutes = 240
	}
	s := &set{opt: opt}
	sum := sha256.Sum256([]byte(fmt.Sprintf("%q %d %q %d %d %d", opt.Schemas, opt.Days, opt.Container, opt.Diagnostics, opt.Statspack, opt.Audit)))
	s.id = hex.EncodeToString(sum[:4])
	s.collect()
	s.lib()
	for i := range bundle.Registry() {
		if e := &bundle.Registry()[i]; collected(e) {
			s.extract(e)
		}
	}
	s.add("state/ddl_run.sql", "-- x/ddl writes one line for every hundred objects here\n")
	s.grants()
	s.shells()
	s.add("spool/"+SetFile, s.about())
	slices.SortFunc(s.files, func(a, b File) int { return strings.Compare(a.Name, b.Name) })
	return s.files
}

// collected reports whether an extract can come from a database at all.
func collected(e *bundle.Extract) bool { return e.Only != bundle.FromFiles }

type set struct {
	opt   Options
	id    string
	files []File
}

func (s *set) add(name, text string) { s.files = append(s.files, File{Name: name, Text: text}) }

// SetFile lies among the spools and says what the set was written for: S|SET|DAYS|SCHEMA|SCHEMA|...|;
const SetFile = "set.txt"

func (s *set) about() string {
	line := fmt.Sprintf("S|%s|%d|", s.id, s.opt.Days)
	for _, n := range s.opt.Schemas {
		line += Escape(n) + "|"
	}
	return line + ";\n"
}

// collect is the script to start.
func (s *set) collect() {
	var b strings.Builder
	b.WriteString(`-- Collects what landfall needs to know of this database. It only reads. Start it in its folder:
--   sqlplus user@database @collect.sql
-- Started again it goes on where it ended: finished extracts are skipped. README.txt says more.
@lib/settings.sql
@lib/detect.sql
`)
	if s.opt.Container != "" {
		fmt.Fprintf(&b, "PROMPT going into the pluggable database %s\nALTER SESSION SET CONTAINER = %s;\n@lib/session.sql\n@lib/detect.sql\n", s.opt.Container, plainOrQuoted(s.opt.Container))
	}
	b.WriteString("@lib/ask.sql\n")
	group := bundle.Group("")
	for i := range bundle.Registry() {
		e := &bundle.Registry()[i]
		if !collected(e) {
			continue
		}
		if e.Group != group {
			group = e.Group
			fmt.Fprintf(&b, "PROMPT == %s\n", group)
		}
		pack := "none"
		if e.Pack != bundle.NoPack {
			pack = string(e.Pack)
		}
		fmt.Fprintf(&b, "@lib/step.sql %s %s\n", e.Name, pack)
	}
	b.WriteString("SET TERMOUT ON\nPROMPT\nPROMPT Done. Pack the folder spool and take it to landfall:\nPROMPT   landfall collect --source spool:spool --out NAME.zip\nEXIT\n")
	s.add("collect.sql", b.String())
}

var ordinaryName = regexp.MustCompile(`^[A-Z][A-Z0-9_$#]*$`)

func plainOrQuoted(name string) string {
	if ordinaryName.MatchString(name) {
		return name
	}
	return `"` + name + `"`
}

// extract writes the choice of an extract's variant, the variants, and its state.
func (s *set) extract(e *bundle.Extract) {
	s.add("state/"+e.Name+".sql", "DEFINE lf_state = todo\n")
	list := variants(e)
	var b strings.Builder
	fmt.Fprintf(&b, "-- %s: chooses by version, and by what may be read. An error here only says that a view may not be read.\nSET TERMOUT OFF\nDEFINE lf_next = lib/no_view\n", e.Title)
	byLevel := map[string][]variant{}
	for _, v := range list {
		byLevel[v.level] = append(byLevel[v.level], v)
	}
	for _, level := range []string{"all", "dba"} {
		vs := byLevel[level]
		if len(vs) == 0 {
			continue
		}
		b.WriteString("SELECT CASE\n")
		for i := len(vs) - 1; i >= 0; i-- {
			fmt.Fprintf(&b, "  WHEN &lf_ver >= %d THEN '%s'\n", vs[i].from, vs[i].file())
		}
		b.WriteString("  ELSE 'lib/no_version' END AS lf_next\nFROM dual\nWHERE &lf_ver >= 0")
		for _, view := range vs[0].views() {
			fmt.Fprintf(&b, "\n  AND (SELECT COUNT(*) FROM %s WHERE 1 = 0) = 0", view)
		}
		b.WriteString(";\n")
	}
	if e.Since > bundle.Versions[0] {
		fmt.Fprintf(&b, "SELECT 'lib/no_version' AS lf_next FROM dual WHERE &lf_ver < %d;\n", e.Since)
	}
	b.WriteString("@&lf_next..sql\n")
	s.add("x/"+e.Name+".sql", b.String())
	for _, v := range list {
		s.variant(v)
	}
}

func (s *set) variant(v variant) {
	columns, long := ordered(v.e)
	var names []string
	for i, c := range columns {
		if long && i == len(columns)-1 {
			names = append(names, "piece", "pieces")
		}
		names = append(names, c.Name)
	}
	head := fmt.Sprintf("@lib/open.sql %s %d\nPROMPT C|%s|;\n", v.level, v.from, strings.Join(names, "|"))
	switch v.e.Form {
	case bundle.FormDDL:
		s.add(v.file()+".sql", v.ddl(&s.opt))
		s.add(v.file()+".chunk.sql", v.chunk(&s.opt))
	case bundle.FormLong:
		s.add(v.file()+".sql", head+v.long(&s.opt)+"@lib/close_block.sql\n")
	default:
		s.add(v.file()+".sql", head+v.rows(&s.opt)+"@lib/close.sql\n")
	}
}

var viewName = regexp.MustCompile(`(?i)\b(?:(?:dba|all|user)_[a-z0-9_]+|g?v\$[a-z0-9_]+|unified_audit_trail|nls_database_parameters|product_component_version|perfstat\.stats\$[a-z_]+|system\.logstdby\$[a-z_]+)`)

// views are those that a variant reads.
func (v variant) views() []string {
	text := v.source() + " " + v.e.Where
	if v.e.Form == bundle.FormDDL {
		text += strings.ReplaceAll(" {p}_tables {p}_mviews {p}_mview_logs {p}_constraints {p}_indexes", "{p}", v.level)
	}
	var list []string
	for _, m := range viewName.FindAllString(strings.ToLower(text), -1) {
		if !slices.Contains(list, m) {
			list = append(list, m)
		}
	}
	return list
}
