package connect

import (
	"fmt"
	"strings"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/parser"
	"landfall/internal/oracle/syntax/token"
)

// settings are what ALTER SESSION may set: nothing that changes data, or what others see.
var settings = setOf(`TIME_ZONE CURRENT_SCHEMA CONTAINER NLS_LANGUAGE NLS_TERRITORY NLS_DATE_FORMAT NLS_DATE_LANGUAGE NLS_TIMESTAMP_FORMAT NLS_TIMESTAMP_TZ_FORMAT
	NLS_NUMERIC_CHARACTERS NLS_SORT NLS_COMP NLS_CALENDAR NLS_CURRENCY NLS_ISO_CURRENCY NLS_DUAL_CURRENCY NLS_LENGTH_SEMANTICS NLS_NCHAR_CONV_EXCP
	NLS_TIME_FORMAT NLS_TIME_TZ_FORMAT STATISTICS_LEVEL OPTIMIZER_MODE OPTIMIZER_DYNAMIC_SAMPLING CURSOR_SHARING RESULT_CACHE_MODE DB_FILE_MULTIBLOCK_READ_COUNT
	WORKAREA_SIZE_POLICY SORT_AREA_SIZE HASH_AREA_SIZE PARALLEL_DEGREE_POLICY _SERIAL_DIRECT_READ TRACEFILE_IDENTIFIER`)

// calls are the procedures that a block may call: they change what the session says of itself, or how it is answered.
var calls = setOf(`DBMS_APPLICATION_INFO.SET_MODULE DBMS_APPLICATION_INFO.SET_ACTION DBMS_APPLICATION_INFO.SET_CLIENT_INFO DBMS_SESSION.SET_IDENTIFIER
	DBMS_SESSION.CLEAR_IDENTIFIER DBMS_METADATA.SET_TRANSFORM_PARAM DBMS_FLASHBACK.ENABLE_AT_SYSTEM_CHANGE_NUMBER DBMS_FLASHBACK.DISABLE
	DBMS_LOGMNR.ADD_LOGFILE DBMS_LOGMNR.REMOVE_LOGFILE DBMS_LOGMNR.START_LOGMNR DBMS_LOGMNR.END_LOGMNR`)

// functions are the functions of packages that a query may call. Functions that stand alone are the server's own or unknown to us; what
// they do to the database is stopped by their rights and, in a read-only transaction, by ORA-01456.
var functions = setOf(`DBMS_LOB.GETLENGTH DBMS_LOB.SUBSTR DBMS_LOB.INSTR DBMS_LOB.COMPARE DBMS_METADATA.GET_DDL DBMS_METADATA.GET_DEPENDENT_DDL
	DBMS_METADATA.GET_GRANTED_DDL DBMS_METADATA.GET_XML DBMS_FLASHBACK.GET_SYSTEM_CHANGE_NUMBER DBMS_ROWID.ROWID_OBJECT DBMS_ROWID.ROWID_RELATIVE_FNO
	DBMS_ROWID.ROWID_BLOCK_NUMBER DBMS_ROWID.ROWID_ROW_NUMBER DBMS_ROWID.ROWID_TYPE DBMS_ROWID.ROWID_CREATE DBMS_UTILITY.GET_HASH_VALUE DBMS_UTILITY.PORT_STRING
	DBMS_XMLGEN.GETXML DBMS_XMLGEN.GETXMLTYPE UTL_RAW.CAST_FROM_NUMBER UTL_RAW.CAST_FROM_BINARY_FLOAT UTL_RAW.CAST_FROM_BINARY_DOUBLE UTL_RAW.CAST_TO_RAW UTL_RAW.CAST_TO_VARCHAR2 UTL_RAW.LENGTH UTL_RAW.SUBSTR DBMS_CRYPTO.HASH
	DBMS_LOGMNR.MINE_VALUE DBMS_LOGMNR.COLUMN_PRESENT DBMS_DB_VERSION.VERSION DBMS_TTS.ISSELFCONTAINED DBMS_SQLTUNE.SELECT_CURSOR_CACHE DBMS_XPLAN.DISPLAY_CURSOR DBMS_XPLAN.DISPLAY_AWR`)

// methods of XMLTYPE, which read.
var methods = setOf("GETCLOBVAL GETBLOBVAL GETSTRINGVAL GETNUMBERVAL GETROOTELEMENT GETNAMESPACE EXISTSNODE EXTRACT")

func setOf(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// kind is what a checked statement is.
type kind int

const (
	query kind = iota
	setting
	block
)

// Check says whether a statement may be sent by a Source: one query without FOR UPDATE, NEXTVAL and PL/SQL of its own, whose calls
// of packages are on the list; ALTER SESSION SET of listed settings; SET TRANSACTION READ ONLY; COMMIT and ROLLBACK, which end
// that; a block of nothing but listed calls. The error wraps ErrRefused and says why.
func Check(sql string) error {
	_, err := check(sql)
	return err
}

func check(sql string) (kind, error) {
	f := parser.Parse("", []byte(sql), parser.Options{})
	refuse := func(format string, args ...any) (kind, error) {
		text := strings.Join(strings.Fields(sql), " ")
		if len(text) > 80 {
			text = text[:80] + "..."
		}
		return 0, fmt.Errorf("%w: %s: %s", ErrRefused, fmt.Sprintf(format, args...), text)
	}
	if len(f.Errors) > 0 {
		return refuse("it cannot be read: %s", f.Errors[0].Msg)
	}
	if len(f.Stmts) != 1 {
		return refuse("%d statements in one", len(f.Stmts))
	}
	for i := range f.Tokens {
		if f.Tokens[i].Flags&token.FlagSubst != 0 {
			return refuse("it has a substitution variable")
		}
	}
	switch s := f.Stmts[0].(type) {
	case *ast.SelectStmt:
		if int(s.Hi) < len(f.Tokens) {
			return refuse("something follows the query")
		}
		if why := checkQuery(f, s); why != "" {
			return refuse("%s", why)
		}
		return query, nil
	case *ast.AlterSession:
		if s.Words != nil || len(s.Settings) == 0 {
			return refuse("ALTER SESSION does more than to set")
		}
		for _, set := range s.Settings {
			if name := f.Last(set.Name); !settings[name] {
				return refuse("ALTER SESSION SET %s is not on the list", name)
			}
		}
		return setting, nil
	case *ast.SetTransaction:
		if s.Mode != token.ONLY {
			return refuse("only SET TRANSACTION READ ONLY")
		}
		return setting, nil
	case *ast.Commit:
		if s.Force != nil {
			return refuse("COMMIT FORCE ends the transaction of another")
		}
		return setting, nil
	case *ast.Rollback:
		if s.Force != nil {
			return refuse("ROLLBACK FORCE ends the transaction of another")
		}
		return setting, nil
	case *ast.Block:
		if why := checkBlock(f, s); why != "" {
			return refuse("%s", why)
		}
		return block, nil
	}
	return refuse("it is no query")
}

// checkQuery walks a query; the result says what is wrong with it.
func checkQuery(f *ast.File, n ast.Node) (why string) {
	switch n := n.(type) {
	case *ast.ForUpdate:
		return "FOR UPDATE locks rows"
	case *ast.With:
		if len(n.Decls) > 0 {
			return "it has PL/SQL of its own"
		}
	case *ast.Name:
		parts := f.Parts(n)
		if len(parts) > 1 && parts[len(parts)-1] == "NEXTVAL" {
			return "NEXTVAL changes a sequence"
		}
	case *ast.Call:
		switch fn := n.Fn.(type) {
		case *ast.Name:
			why = checkFunction(f, fn)
		case *ast.Field:
			if !fn.Star && !methods[f.Last(fn.Name)] {
				why = "the method " + f.Last(fn.Name) + " is not on the list"
			}
		default:
			why = "it calls what a call gave"
		}
		if why != "" {
			return why
		}
	}
	n.EachChild(func(c ast.Node) {
		if why == "" {
			why = checkQuery(f, c)
		}
	})
	return why
}

// checkFunction judges a call by its name.
func checkFunction(f *ast.File, n *ast.Name) string {
	for i := n.Lo; i < n.Hi; i++ {
		if f.Tokens[i].Kind == token.At {
			return "it calls a function of another database"
		}
	}
	parts := f.Parts(n)
	full := strings.TrimPrefix(strings.Join(parts, "."), "SYS.")
	if len(parts) < 2 || functions[full] || !strings.Contains(full, ".") && strings.HasPrefix(full, "ODCI") && strings.HasSuffix(full, "LIST") || methods[parts[len(parts)-1]] {
		return ""
	}
	return "the function " + full + " is not on the list"
}

func checkBlock(f *ast.File, b *ast.Block) string {
	if b.Declare || len(b.Decls) > 0 || len(b.Handlers) > 0 {
		return "a block may only call"
	}
	for _, s := range b.Stmts {
		call, ok := s.(*ast.CallStmt)
		if !ok {
			return "a block may only call"
		}
		fn := call.Call
		if c, ok := fn.(*ast.Call); ok {
			for _, a := range c.Args {
				if why := checkArgument(f, a.X); why != "" {
					return why
				}
			}
			fn = c.Fn
		}
		name, ok := fn.(*ast.Name)
		if !ok {
			return "a block may only call"
		}
		if full := strings.TrimPrefix(strings.Join(f.Parts(name), "."), "SYS."); !calls[full] {
			return "the procedure " + full + " is not on the list"
		}
	}
	return ""
}

// checkArgument takes what is no call: literals, binds, constants of packages and sums of those.
func checkArgument(f *ast.File, n ast.Node) (why string) {
	switch n.(type) {
	case *ast.Call, *ast.Subquery:
		return "an argument may not call or query: " + f.Source(n)
	}
	n.EachChild(func(c ast.Node) {
		if why == "" {
			why = checkArgument(f, c)
		}
	})
	return why
}
