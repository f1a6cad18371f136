package witness

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"time"

	"landfall/internal/orasim/engine"
	"landfall/internal/orasim/session"
)

// Outcomes of a statement in the embedded Oracle. Ran and Excluded are those of the conversion.
const (
	Right = "right" // the same rows, or an error on both sides
	Wrong = "wrong"
	Apart = "apart" // different, and a rule of simmasks.txt says why the witness does not do as Oracle
)

// RunSim runs a file of a suite as it stands in the embedded Oracle, one session on a database of its own. Refused are
// errors of ORA-03001, LoadErr other errors where the witness has none.
func RunSim(ctx context.Context, kind string, masks []mask, f *File) (verdicts []*Verdict, err error) {
	clock := func() time.Time { return time.Date(2024, 5, 17, 10, 30, 45, 0, time.UTC) }
	// 23ai, which takes a SELECT without FROM as the suites write it
	db := engine.New(session.Info{Name: "SIM", Service: "SIM", Instance: "SIM", Version: session.Version{23, 4, 0, 0, 0}, Charset: 873, NCharset: 2000}, clock)
	db.AddUser("suite", "suite")
	s, err := db.Login(ctx, session.Login{User: "suite"})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	r := &runner{kind: kind, masks: masks, tainted: map[string]int{}, tables: map[string]bool{}, routines: map[string]bool{}, told: map[string][]string{}, formats: map[string]string{}}
	for _, set := range []string{ // how the witnesses read and print dates, which is a setting and no difference
		"ALTER SESSION SET NLS_DATE_FORMAT = '" + dateFormat[kind] + "'",
		"ALTER SESSION SET NLS_TIMESTAMP_FORMAT = '" + dateFormat[kind] + "'",
	} {
		if _, code, err := simulate(ctx, s, set); code != 0 || err != nil {
			return nil, fmt.Errorf("%s: ORA-%05d, %w", set, code, err)
		}
	}
	for n, st := range f.Statements {
		v, err := r.simOne(ctx, s, n, f, st)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", st.Line, err)
		}
		verdicts = append(verdicts, v)
	}
	return verdicts, nil
}

var plain = regexp.MustCompile(`(?is)^\s*(select|with|insert|update|delete|merge|alter|drop|truncate|comment|create\s+(unique\s+)?(table|view|index|sequence|synonym)|create\s+or\s+replace\s+view)\b`)

var (
	lnnvl            = regexp.MustCompile(`(?i)^lnnvl\b`)
	makesTrigger     = regexp.MustCompile(`(?is)^\s*create\b[^(]*?\btrigger\b`)
	makesView        = regexp.MustCompile(`(?is)^\s*create\b[^(]*?\bview\b`)
	orafceFormat     = regexp.MustCompile(`(?i)^\s*set\s+orafce\.nls_date_format\s*(?:=|to)\s*(?:'([^']*)'|default)`)
	oneCondition     = regexp.MustCompile(`(?is)^select\s+(.*?)(?:\s+as\s+\w+)?$`)
	conditionRefused = regexp.MustCompile(`a condition as a value|unimplemented feature: expression: |"(REGEXP_LIKE|LNNVL)": invalid identifier`)
)

// simForeign are what the witness has beside Oracle: names and types.
var simForeign = map[string]*regexp.Regexp{
	"orafce":  regexp.MustCompile(`(?i)\btext\s*[,)]|\b(plv\w+|dbms_alert|dbms_pipe|dbms_assert|utl_file|generate_series|regproc\w*|plunit|strposb|octet_length|set_nls_sort|orafce__\w+|language|temporary|serveroutput|obj)\b`),
	"mariadb": regexp.MustCompile(`(?i)\b(tinyint|mediumint|bigint|datetime|enum|double|text|nvarchar|time|row|temporary|space|contains|within|astext|now|current_user|geometry\w*|(multi)?(point|polygon|linestring)|inet6|json_\w+|partition_by|kill)\b|"2000|\b(\w+_schema|test\d?|db\d|unknown)\.|\bsysdate\s*\(|\\x00|\bdelete\s+history\b|\bsigned\b|/\*!|\bif\s+(not\s+)?exists\b|\breplace\s+table\b|\bstraight_join\b|\bset\s*\(`),
}

// notPlainSQL are statements that are not SQL as it is measured here: PL/SQL, calls of it, accounts and schemas, lists of VALUES in the place of
// a query, which are not Oracle's before 23ai.
var notPlainSQL = regexp.MustCompile(`(?is)^\s*(declare|begin|call|exec|execute|do|<<|(create|drop|alter)\b[^(]*?\b(function|procedure|package|trigger|type|library|user|schema|role)\b|values\b)|\(\s*values\b|\bas\s*\(?\s*values\b`)

var dateFormat = map[string]string{"orafce": "YYYY-MM-DD HH24:MI:SS", "mariadb": "YYYY-MM-DD HH24:MI:SS"}

// simOne runs a statement and judges it.
func (r *runner) simOne(ctx context.Context, s session.Session, n int, f *File, st *Statement) (*Verdict, error) {
	v := &Verdict{File: f.Name, Statement: st, Outcome: Excluded, SQL: st.Text}
	r.know(st)
	leave := func(why string) (*Verdict, error) {
		v.Why = why
		if st.Want.Error == "" {
			r.taint(st)
		}
		return v, nil
	}
	if st.Direct != "" {
		return leave("a transaction of the client")
	}
	if m := orafceFormat.FindStringSubmatch(st.Raw); m != nil && r.kind == "orafce" {
		format := cmp.Or(m[1], dateFormat[r.kind])
		if _, code, err := simulate(ctx, s, "ALTER SESSION SET NLS_DATE_FORMAT = '"+format+"'"); code != 0 || err != nil {
			return leave("a format of dates that Oracle does not have")
		}
	}
	if st.Skip != "" {
		return leave(st.Skip)
	}
	if makesTrigger.MatchString(stripComments(st.Text)) { // what it does to the table is not seen here
		for _, word := range nameWord.FindAllString(stripComments(st.Text), -1) {
			if word = strings.ToLower(word); r.tables[word] && r.tainted[word] == 0 {
				r.tainted[word] = st.Line
			}
		}
	}
	block := ""
	if r.kind == "mariadb" {
		if r.keepRoutine(st) {
			r.untaint(st)
			v.Why = "a routine, which runs where it is called"
			return v, nil
		}
		block = r.block(stripComments(st.Text))
	}
	if block == "" && cursorAttribute.MatchString(stripComments(st.Raw)) {
		return leave("names and types that Oracle does not have")
	}
	if block == "" && r.callsStored(st) {
		return leave("a function of the suite in SQL")
	}
	if block == "" && notPlainSQL.MatchString(stripComments(st.Text)) {
		return leave("PL/SQL and accounts")
	}
	if simForeign[r.kind].MatchString(stripComments(st.Raw)) || block != "" && simForeign[r.kind].MatchString(block) {
		return leave("names and types that Oracle does not have")
	}
	c := read(n, cmp.Or(block, st.Text))
	if c.unread != "" {
		return leave("not Oracle's language: " + c.unread)
	}
	text := cmp.Or(block, strings.TrimSpace(st.Text))
	v.SQL = text
	if plain.MatchString(text) { // of others the semicolon is a part
		text = strings.TrimSpace(strings.TrimSuffix(text, ";"))
	}
	var res result
	var code int
	var err error
	for _, one := range singleRows(text) {
		if res, code, err = simulate(ctx, s, one); err != nil {
			return nil, err
		}
		if code != 0 {
			break
		}
	}
	if m := oneCondition.FindStringSubmatch(text); m != nil && res.err != "" && conditionRefused.MatchString(res.err) {
		// a condition is a value at the witness, and none in Oracle
		v.SQL = "SELECT CASE WHEN " + m[1] + " THEN 1 WHEN NOT (" + m[1] + ") THEN 0 END FROM DUAL"
		if lnnvl.MatchString(m[1]) { // it cannot be negated, and is never unknown
			v.SQL = "SELECT CASE WHEN " + m[1] + " THEN 1 ELSE 0 END FROM DUAL"
		}
		again, c2, err := simulate(ctx, s, v.SQL)
		if err != nil {
			return nil, err
		}
		for _, t := range again.tables {
			if r.kind == "orafce" && len(t.rows) == 1 && t.rows[0][0] != nil {
				t.rows[0][0] = []byte{"ft"[t.rows[0][0][0]-'0']}
			}
			t.oids[0] = 25
		}
		res, code = again, c2
	}
	if block != "" {
		st.Want.Tables = regroup(st.Want.Tables, res.tables)
	}
	v.Got = res.String()
	follows := r.follows(&Statement{Line: st.Line, Raw: st.Raw + "\n" + block}) // what a call stands on, its routines tell
	why := ""
	if code != 0 && code != 3001 || res.err == "" {
		why = r.compare(st, c, &res)
	}
	switch {
	case code == 3001 && follows == 0:
		v.Outcome, v.Why = Refused, res.err
	case code == 0 && len(st.Want.Tables) > 0 && len(res.tables) == 0, // an echo that was not read as one
		why == "" && code != 3001 && st.Want.Empty() && len(res.tables) > 0 && selects.MatchString(stripComments(st.Raw)):
		v.Why = "what it printed is not found"
	case follows != 0:
		v.Why = "follows what is not the same or not compared"
	case code == 600:
		v.Outcome, v.Why = Wrong, res.err
	case why == "" && st.Want.Empty():
		v.Outcome = Ran
	case why == "":
		v.Outcome = Right
	case r.masked(v, why):
		v.Outcome = Apart
	case code != 0 && code != 600:
		v.Outcome, v.Why = LoadErr, res.err
	default:
		v.Outcome, v.Why = Wrong, why
	}
	if failed := res.err != ""; failed != (st.Want.Error != "") || why != "" {
		r.taint(st)
	} else if !failed && c.defines && follows != 0 && makesView.MatchString(st.Raw) {
		r.taint(st)
	} else if !failed && c.defines {
		r.untaint(st)
	}
	return v, nil
}

var insertValues = regexp.MustCompile(`(?is)^insert\s+into\s+[\w."]+\s*(\([^()]*\)\s*)?values?\s*`)

// singleRows makes an INSERT of several rows, which Oracle has from 23ai on, into one for each row. Any other statement is left alone.
func singleRows(text string) (list []string) {
	head := insertValues.FindString(text)
	if head == "" {
		return []string{text}
	}
	depth, row := 0, ""
	scan(text[len(head):], func(kind byte, part string) {
		if kind == 't' && part == "(" {
			depth++
		}
		if kind == 't' && part == ")" {
			depth--
		}
		if kind == 't' && part == "," && depth == 0 {
			list, row = append(list, head+row), ""
			return
		}
		row += part
	})
	return append(list, head+row)
}

// simulate runs a statement. An error of Oracle's is in the result, with its number; another one is a fault.
func simulate(ctx context.Context, s session.Session, sql string) (res result, code int, err error) {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	res.tables, err = simRows(ctx, s, sql)
	var e *session.Error
	if errors.As(err, &e) {
		return result{err: e.Error(), state: fmt.Sprintf("ORA-%05d", e.Code)}, e.Code, nil
	}
	if err != nil && ctx.Err() == nil { // counted as wrong: it has no number
		return result{err: "a fault: " + err.Error()}, 600, nil
	}
	return res, 0, err
}

// simRows gives the rows of a query, and the implicit results of a block.
func simRows(ctx context.Context, s session.Session, sql string) (list []table, err error) {
	st, err := s.Parse(ctx, sql)
	if err != nil {
		return nil, err
	}
	defer st.Close()
	r, err := st.Execute(ctx, &session.Call{Rows: [][][]byte{{}}})
	if err != nil {
		return nil, err
	}
	if r.Rows != nil {
		t, err := simTable(ctx, s, r.Columns, r.Rows)
		return []table{t}, err
	}
	for _, c := range r.Implicit {
		t, err := simTable(ctx, s, c.Columns, c.Rows)
		if err != nil {
			return list, err
		}
		list = append(list, t)
	}
	return list, nil
}

func simTable(ctx context.Context, s session.Session, columns []session.Column, rows session.Rows) (t table, err error) {
	defer rows.Close()
	for _, c := range columns {
		t.oids = append(t.oids, likeType(c.Type))
	}
	row := make([][]byte, len(columns))
	for {
		err := rows.Next(ctx, row)
		if errors.Is(err, io.EOF) {
			return t, nil
		}
		if err != nil {
			return t, err
		}
		cells := make([][]byte, len(row))
		for i, b := range row {
			if b == nil {
				continue
			}
			text, err := simText(ctx, s, columns[i], b)
			if err != nil {
				return t, err
			}
			cells[i] = []byte(text)
		}
		t.rows = append(t.rows, cells)
	}
}
