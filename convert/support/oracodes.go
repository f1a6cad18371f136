package support

import (
	"fmt"
	"strconv"
	"strings"
)

// oraCode is one error of Oracle's with what PostgreSQL raises for it.
type oraCode struct {
	Ora   int    // as SQLCODE gives it, but positive: 1403 is the number in the text, SQLCODE is 100
	Name  string // exception of PL/SQL, or of a package; "" when it has none
	State string // the SQLSTATE that converted code raises and catches for it; "" makes 'O' and base 36
	More  string // further SQLSTATEs that mean it when PostgreSQL raises them by itself
	Text  string // message without "ORA-nnnnn: "
}

// oraCodes is the one table of error numbers. Texts are those of the Database Error Messages 19c; exceptions
// those of PL/SQL Language Reference 19c, table 11-3, and of the packages' chapters in PL/SQL Packages and Types.
// Where one SQLSTATE stands for many numbers, the row that names it in State is what SQLCODE tells by the
// SQLSTATE alone; our own functions put the exact number at the beginning of their message.
var oraCodes = []oraCode{
	{1, "DUP_VAL_ON_INDEX", "23505", "23P01", "unique constraint (.) violated"},
	{18, "", "53300", "", "maximum number of sessions exceeded"},
	{22, "", "", "", "invalid session ID; access denied"},
	{28, "", "57P01", "57P02 57P05", "your session has been killed"},
	{51, "TIMEOUT_ON_RESOURCE", "", "", "timeout occurred while waiting for a resource"},
	{54, "", "55P03", "", "resource busy and acquire with NOWAIT specified or timeout expired"},
	{60, "", "40P01", "", "deadlock detected while waiting for resource"},
	{61, "TRANSACTION_BACKED_OUT", "", "", "another instance has a different DML_LOCKS setting"},
	{904, "", "42703", "42702", "invalid identifier"},
	{911, "", "", "", "invalid character"},
	{917, "", "", "", "missing comma"},
	{918, "", "", "", "column ambiguously defined"},
	{923, "", "", "", "FROM keyword not found where expected"},
	{932, "", "42804", "42846 42883", "inconsistent datatypes"},
	{933, "", "", "", "SQL command not properly ended"},
	{936, "", "", "", "missing expression"},
	{900, "", "42601", "", "invalid SQL statement"},
	{938, "", "", "", "not enough arguments for function"},
	{939, "", "54023", "", "too many arguments for function"},
	{942, "", "42P01", "3F000", "table or view does not exist"},
	{947, "", "", "", "not enough values"},
	{955, "", "42P07", "42710 42723 42P06", "name is already used by an existing object"},
	{957, "", "42701", "", "duplicate column name"},
	{972, "", "42622", "", "identifier is too long"},
	{979, "", "42803", "", "not a GROUP BY expression"},
	{1000, "", "", "", "maximum open cursors exceeded"},
	{1001, "INVALID_CURSOR", "34000", "24000", "invalid cursor"},
	{1002, "", "", "", "fetch out of sequence"},
	{1006, "", "", "", "bind variable does not exist"},
	{1008, "", "42P02", "", "not all variables bound"},
	{1012, "NOT_LOGGED_ON", "08003", "", "not logged on"},
	{1013, "", "57014", "", "user requested cancel of current operation"},
	{1017, "LOGIN_DENIED", "28P01", "28000", "invalid username/password; logon denied"},
	{1031, "", "42501", "", "insufficient privileges"},
	{1086, "", "3B001", "", "savepoint never established in this session or is invalid"},
	{1400, "", "23502", "", "cannot insert NULL"},
	{1401, "", "", "", "inserted value too large for column"},
	{1403, "NO_DATA_FOUND", "P0002", "02000", "no data found"},
	{1407, "", "", "", "cannot update to NULL"},
	{1410, "SYS_INVALID_ROWID", "", "", "invalid ROWID"},
	{1422, "TOO_MANY_ROWS", "P0003", "", "exact fetch returns more than requested number of rows"},
	{1426, "", "", "", "numeric overflow"},
	{1427, "", "21000", "", "single-row subquery returns more than one row"},
	{1428, "", "", "2201E 2201F 2201G", "argument is out of range"},
	{1436, "", "", "", "CONNECT BY loop in user data"},
	{1438, "", "", "", "value larger than specified precision allowed for this column"},
	{1456, "", "25006", "", "may not perform insert, delete, update operation inside a READ ONLY transaction"},
	{1465, "", "", "", "invalid hex number"},
	{1476, "ZERO_DIVIDE", "22012", "", "divisor is equal to zero"},
	{1481, "", "", "", "invalid number format model"},
	{1722, "INVALID_NUMBER", "22P02", "", "invalid number"},
	{1725, "USERENV_COMMITSCN_ERROR", "", "", "USERENV('COMMITSCN') not allowed here"},
	{1732, "", "", "", "data manipulation operation not legal on this view"},
	{1760, "", "22023", "", "illegal argument for function"},
	{1821, "", "", "", "date format not recognized"},
	{1830, "", "", "", "date format picture ends before converting entire input string"},
	{1839, "", "22008", "", "date not valid for month specified"},
	{1841, "", "", "", "(full) year must be between -4713 and +9999, and not be 0"},
	{1843, "", "", "", "not a valid month"},
	{1847, "", "", "", "day of month must be between 1 and last day of month"},
	{1850, "", "", "", "hour must be between 0 and 23"},
	{1858, "", "", "", "a non-numeric character was found where a numeric was expected"},
	{1861, "", "22007", "", "literal does not match format string"},
	{1867, "", "", "", "the interval is invalid"},
	{1873, "", "22015", "", "the leading precision of the interval is too small"},
	{1882, "", "22009", "", "timezone region not found"},
	{1917, "", "42704", "", "user or role does not exist"},
	{2003, "", "", "", "invalid USERENV parameter"},
	{2049, "", "", "", "timeout: distributed transaction waiting for lock"},
	{2289, "", "", "", "sequence does not exist"},
	{2290, "", "23514", "44000", "check constraint (.) violated"},
	{2291, "", "23503", "", "integrity constraint (.) violated - parent key not found"},
	{2292, "", "23001", "", "integrity constraint (.) violated - child record found"},
	{2303, "", "2BP01", "", "cannot drop or replace a type with type or table dependents"},
	{2449, "", "", "", "unique/primary keys in table referenced by foreign keys"},
	{3113, "", "08006", "08000 08001 08004", "end-of-file on communication channel"},
	{4021, "", "", "", "timeout occurred while waiting to lock object"},
	{4030, "", "", "", "out of process memory"},
	{4061, "", "", "", "existing state of package has been invalidated"},
	{4068, "", "", "", "existing state of packages has been discarded"},
	{4088, "", "", "", "error during execution of trigger"},
	{4091, "", "27000", "", "table is mutating, trigger/function may not see it"},
	{4098, "", "", "", "trigger is invalid and failed re-validation"},
	{4092, "", "2D000", "0A000", "cannot COMMIT or ROLLBACK in a trigger"},
	{6500, "STORAGE_ERROR", "53200", "54001 53000", "PL/SQL: storage error"},
	{6501, "PROGRAM_ERROR", "XX000", "", "PL/SQL: program error"},
	{6502, "VALUE_ERROR", "22000", "22001 22003 22004 22021 22P03 22026 22P05", "PL/SQL: numeric or value error"},
	{6503, "", "2F005", "", "PL/SQL: Function returned without value"},
	{6504, "ROWTYPE_MISMATCH", "42P18", "", "PL/SQL: Return types of Result Set variables or query do not match"},
	{6508, "", "LFREF", "", "PL/SQL: could not find program unit being called"},
	{6511, "CURSOR_ALREADY_OPEN", "42P03", "", "PL/SQL: cursor already open"},
	{6512, "", "", "", "at line"},
	{6519, "", "25000", "", "active autonomous transaction detected and rolled back"},
	{6530, "ACCESS_INTO_NULL", "", "", "Reference to uninitialized composite"},
	{6531, "COLLECTION_IS_NULL", "", "", "Reference to uninitialized collection"},
	{6532, "SUBSCRIPT_OUTSIDE_LIMIT", "", "", "Subscript outside of limit"},
	{6533, "SUBSCRIPT_BEYOND_COUNT", "2202E", "", "Subscript beyond count"},
	{6535, "", "", "", "statement string in EXECUTE IMMEDIATE is NULL or 0 length"},
	{6548, "NO_DATA_NEEDED", "", "", "no more rows needed"},
	{6550, "", "42P13", "", "PL/SQL compilation error"},
	{6592, "CASE_NOT_FOUND", "20000", "", "CASE not found while executing CASE statement"},
	{8002, "", "55000", "", "sequence CURRVAL is not yet defined in this session"},
	{8004, "", "2200H", "", "sequence NEXTVAL exceeds MAXVALUE and cannot be instantiated"},
	{8177, "", "40001", "", "can't serialize access for this transaction"},
	{12899, "", "", "", "value too large for column"},
	{12725, "", "2201B", "", "unmatched parentheses in regular expression"},
	{21560, "", "", "", "argument is null, invalid, or out of range"},
	{22275, "", "", "", "invalid LOB locator specified"},
	{22925, "", "", "", "operation would exceed maximum size allowed for a LOB value"},
	{23292, "", "", "", "The constraint does not exist"},
	{24344, "", "", "", "success with compilation error"},
	{24381, "", "", "", "error(s) in array DML"},
	{28009, "", "", "", "connection as SYS should be as SYSDBA or SYSOPER"},
	{28817, "", "", "", "PL/SQL function returned an error."},
	{29261, "", "", "", "bad argument"},
	{29280, "", "", "", "invalid directory path"},
	{29282, "", "", "", "invalid file ID"},
	{29283, "", "58P01", "58030", "invalid file operation"},
	{29284, "", "", "", "file read error"},
	{29285, "", "", "", "file write error"},
	{30006, "", "", "", "resource busy; acquire with WAIT timeout expired"},
	{30625, "SELF_IS_NULL", "", "", "method dispatch on NULL SELF argument is disallowed"},
	{30926, "", "", "", "unable to get a stable set of rows in the source tables"},
	{31011, "", "2200M", "2200N", "XML parsing failed"},
	{38104, "", "", "", "Columns referenced in the ON Clause cannot be updated"},
	{40441, "", "22030", "22032", "JSON syntax error"},
	{44001, "", "44001", "", "invalid schema"}, // 44001 to 44004 are orafce's own, of dbms_assert
	{44002, "", "44002", "", "invalid object name"},
	{44003, "", "44003", "", "invalid SQL name"},
	{44004, "", "44004", "", "invalid qualified SQL name"},
}

// SQLState is the SQLSTATE that stands for an Oracle error number in converted code. The number may be given
// as SQLCODE gives it (-1422, 100, -20001) or as texts do (1422, 1403, 20001).
func SQLState(ora int) string {
	if ora == 100 {
		ora = 1403
	}
	if ora < 0 {
		ora = -ora
	}
	if ora >= 20000 && ora <= 20999 {
		return fmt.Sprintf("45%03d", ora-20000)
	}
	for _, c := range oraCodes {
		if c.Ora == ora && c.State != "" {
			return c.State
		}
	}
	s := strings.ToUpper(strconv.FormatInt(int64(ora), 36))
	return "O" + strings.Repeat("0", max(0, 4-len(s))) + s
}

// Predefined is an exception that PL/SQL declares by itself (package STANDARD), in any case of letters:
// the condition for WHEN (alternatives joined by OR, as PL/pgSQL takes it), the SQLSTATE to raise it with, and its
// SQLCODE. ok is false for other names.
func Predefined(name string) (condition, sqlstate string, ora int, ok bool) {
	for _, c := range oraCodes {
		if c.Name == "" || !strings.EqualFold(c.Name, name) {
			continue
		}
		state := SQLState(c.Ora)
		ora := -c.Ora
		if c.Ora == 1403 {
			ora = 100
		}
		return conditions(c, state), state, ora, true
	}
	return "", "", 0, false
}

// conditionNames are PL/pgSQL's names of the SQLSTATEs that predefined exceptions stand for; appendix A of
// PostgreSQL's manual.
var conditionNames = map[string]string{
	"23505": "unique_violation", "23P01": "exclusion_violation", "34000": "invalid_cursor_name", "24000": "invalid_cursor_state",
	"08003": "connection_does_not_exist", "28P01": "invalid_password", "28000": "invalid_authorization_specification",
	"P0002": "no_data_found", "P0003": "too_many_rows", "22012": "division_by_zero", "22P02": "invalid_text_representation",
	"53200": "out_of_memory", "54001": "statement_too_complex", "53000": "insufficient_resources", "XX000": "internal_error",
	"22000": "data_exception", "22001": "string_data_right_truncation", "22003": "numeric_value_out_of_range",
	"22004": "null_value_not_allowed", "22021": "character_not_in_repertoire", "22P03": "invalid_binary_representation",
	"42P03": "duplicate_cursor", "2202E": "array_subscript_error", "20000": "case_not_found",
}

// conditions writes what a handler for c catches. VALUE_ERROR also takes a text that is no number: assigning it
// in PL/SQL is ORA-06502, converting it in SQL is ORA-01722, and PostgreSQL has one SQLSTATE for both.
func conditions(c oraCode, state string) string {
	states := append([]string{state}, strings.Fields(c.More)...)
	switch c.Name {
	case "VALUE_ERROR":
		// data_exception as a class would take division_by_zero too, and the class is what its name means
		states = append([]string{"22001", "22003", "22004"}, "22021", "22P02", "22P03", "22026", "22P05")
		list := []string{"SQLSTATE '22000'"}
		for _, s := range states {
			list = append(list, condition(s))
		}
		return strings.Join(list, " OR ")
	case "NO_DATA_FOUND":
		return "no_data_found" // 02000 is no error in PL/pgSQL
	}
	var list []string
	for _, s := range states {
		list = append(list, condition(s))
	}
	return strings.Join(list, " OR ")
}

func condition(state string) string {
	if name := conditionNames[state]; name != "" {
		return name
	}
	return "SQLSTATE '" + state + "'"
}

// codesSQL writes the table as functions. They are internal: sqlcode, sqlerrm and sqlstate in exception.sql call them.
func codesSQL() string {
	var byState, text, states strings.Builder
	done := map[string]bool{}
	for _, c := range oraCodes {
		if c.State == "" {
			continue
		}
		for _, s := range append([]string{c.State}, strings.Fields(c.More)...) {
			if !done[s] {
				done[s] = true
				fmt.Fprintf(&byState, "    WHEN '%s' THEN %d\n", s, c.Ora)
			}
		}
		fmt.Fprintf(&states, "    WHEN %d THEN '%s'\n", c.Ora, c.State)
	}
	for _, c := range oraCodes {
		for _, s := range strings.Fields(c.More) {
			if c.State == "" && !done[s] {
				done[s] = true
				fmt.Fprintf(&byState, "    WHEN '%s' THEN %d\n", s, c.Ora)
			}
		}
		fmt.Fprintf(&text, "    WHEN %d THEN '%s'\n", c.Ora, strings.ReplaceAll(c.Text, "'", "''"))
	}
	const function = `-- %s
-- for: the table of error numbers (convert/support/oracodes.go writes it)
CREATE OR REPLACE FUNCTION landfall.%s
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT CASE %s
%s  END $$;

`
	return fmt.Sprintf(function, "_ora_of_state(sqlstate): number in Oracle's text", "_ora_of_state(state text) RETURNS integer", "state", byState.String()) +
		fmt.Sprintf(function, "_state_of_ora(number): SQLSTATE", "_state_of_ora(ora integer) RETURNS text", "ora", states.String()) +
		fmt.Sprintf(function, "_ora_text(number): Oracle's text", "_ora_text(ora integer) RETURNS text", "ora", text.String())
}
