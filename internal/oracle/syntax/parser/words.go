package parser

import "landfall/internal/oracle/syntax/token"

// What a keyword may not be. Two bytes a keyword, so that a test is one load.
const (
	wordReserved   uint16 = 1 << iota // never a name without quotes, in SQL: V$RESERVED_WORDS, RESERVED = 'Y'
	wordPLSQLStop                     // never an operand in PL/SQL: words that end or begin a construct
	wordInfix                         // may continue an operand: AND, IS, LIKE ...
	wordSpecial                       // primary with a grammar of its own: CASE, CAST, DATE ...
	wordTableStop                     // may follow a table in FROM and is then no alias; see tableAlias
	wordCallTail                      // may follow a call: OVER, KEEP, WITHIN ...
	wordOwnArgs                       // function whose arguments have a grammar of their own: TRIM, XMLELEMENT ...
	wordConversion                    // function that takes DEFAULT ... ON CONVERSION ERROR
	wordUsing                         // function that takes USING
	wordMining                        // data mining function
	wordType                          // built-in data type
	wordNoPart                        // not even a name behind a dot
)

var words = func() []uint16 {
	w := make([]uint16, token.Keywords())
	set := func(flag uint16, ks ...token.Keyword) {
		for _, k := range ks {
			w[k] |= flag
		}
	}
	set(wordReserved,
		token.ALL, token.ALTER, token.AND, token.ANY, token.AS, token.ASC, token.BETWEEN, token.BY, token.CHAR,
		token.CHECK, token.CLUSTER, token.COMPRESS, token.CONNECT, token.CREATE, token.DATE, token.DECIMAL,
		token.DEFAULT, token.DELETE, token.DESC, token.DISTINCT, token.DROP, token.ELSE, token.EXCLUSIVE,
		token.EXISTS, token.FLOAT, token.FOR, token.FROM, token.GRANT, token.GROUP, token.HAVING,
		token.IDENTIFIED, token.IN, token.INDEX, token.INSERT, token.INTEGER, token.INTERSECT, token.INTO,
		token.IS, token.LIKE, token.LOCK, token.LONG, token.MINUS, token.MODE, token.NOCOMPRESS, token.NOT,
		token.NOWAIT, token.NULL, token.NUMBER, token.OF, token.ON, token.OPTION, token.OR, token.ORDER,
		token.PCTFREE, token.PRIOR, token.PUBLIC, token.RAW, token.RENAME, token.RESOURCE, token.REVOKE,
		token.SELECT, token.SET, token.SHARE, token.SIZE, token.SMALLINT, token.START, token.SYNONYM,
		token.TABLE, token.THEN, token.TO, token.TRIGGER, token.UNION, token.UNIQUE, token.UPDATE,
		token.VALUES, token.VARCHAR, token.VARCHAR2, token.VIEW, token.WHERE, token.WITH)
	set(wordNoPart,
		token.AND, token.FROM, token.GROUP, token.HAVING, token.INTO, token.OR, token.ORDER, token.SELECT, token.THEN,
		token.UNION, token.WHERE)
	set(wordPLSQLStop,
		token.ALL, token.ALTER, token.AND, token.ANY, token.AS, token.ASC, token.BEGIN, token.BETWEEN, token.BY,
		token.CHECK, token.CONNECT, token.CREATE, token.DECLARE, token.DESC, token.DISTINCT, token.DROP,
		token.ELSE, token.END, token.EXCEPTION, token.FOR, token.FROM, token.FUNCTION, token.GOTO, token.GRANT,
		token.GROUP, token.HAVING, token.IF, token.IN, token.INSERT, token.INTERSECT, token.INTO, token.IS,
		token.LIKE, token.MINUS, token.NOT, token.OF, token.ON, token.OPTION, token.OR, token.ORDER,
		token.PROCEDURE, token.REVOKE, token.SELECT, token.START, token.TABLE, token.THEN, token.TO, token.UNION,
		token.UNIQUE, token.UPDATE, token.VALUES, token.VIEW, token.WHEN, token.WHERE, token.WITH)
	set(wordInfix,
		token.AND, token.OR, token.IS, token.IN, token.LIKE, token.LIKE2, token.LIKE4, token.LIKEC, token.BETWEEN,
		token.NOT, token.MEMBER, token.SUBMULTISET, token.MULTISET, token.OVERLAPS, token.MOD, token.REM,
		token.COLLATE, token.AT, token.DAY, token.YEAR)
	set(wordSpecial,
		token.NULL, token.TRUE, token.FALSE, token.DEFAULT, token.DATE, token.TIMESTAMP, token.TIME,
		token.INTERVAL, token.CASE, token.PRIOR, token.CONNECT_BY_ROOT, token.EXISTS, token.CURSOR, token.NEW,
		token.CAST, token.TREAT, token.XMLCAST, token.EXTRACT, token.FINAL, token.RUNNING, token.JSON, token.SET)
	set(wordTableStop,
		token.JOIN, token.INNER, token.CROSS, token.NATURAL, token.LEFT, token.RIGHT, token.FULL, token.OUTER,
		token.PARTITION, token.SUBPARTITION, token.SAMPLE, token.PIVOT, token.UNPIVOT, token.MODEL,
		token.MATCH_RECOGNIZE, token.VERSIONS, token.USING, token.WINDOW, token.QUALIFY, token.FETCH,
		token.OFFSET, token.EXCEPT, token.LOG, token.RETURNING, token.RETURN, token.EXTERNAL, token.LOOP,
		token.BEGIN, token.DECLARE, token.END, token.WHEN, token.BULK, token.NESTED)
	set(wordCallTail,
		token.WITHIN, token.KEEP, token.OVER, token.IGNORE, token.RESPECT, token.FROM, token.FILTER)
	set(wordOwnArgs,
		token.TRIM, token.SUBSTRING, token.OVERLAY, token.POSITION, token.XMLELEMENT, token.XMLFOREST,
		token.XMLATTRIBUTES, token.XMLQUERY, token.XMLEXISTS, token.XMLPARSE, token.XMLSERIALIZE, token.XMLROOT,
		token.XMLPI, token.XMLCOLATTVAL, token.XMLTABLE, token.JSON, token.JSON_VALUE, token.JSON_QUERY,
		token.JSON_EXISTS, token.JSON_TABLE, token.JSON_OBJECT, token.JSON_ARRAY, token.JSON_OBJECTAGG,
		token.JSON_ARRAYAGG, token.JSON_MERGEPATCH, token.JSON_TRANSFORM, token.JSON_SERIALIZE,
		token.JSON_SCALAR, token.JSON_TEXTCONTAINS, token.GRAPH_TABLE)
	set(wordConversion,
		token.TO_NUMBER, token.TO_DATE, token.TO_TIMESTAMP, token.TO_TIMESTAMP_TZ, token.TO_DSINTERVAL,
		token.TO_YMINTERVAL, token.TO_BINARY_DOUBLE, token.TO_BINARY_FLOAT, token.TO_CLOB, token.TO_BOOLEAN)
	set(wordUsing, token.TRANSLATE, token.CHR, token.VECTOR_EMBEDDING)
	set(wordMining,
		token.PREDICTION, token.PREDICTION_PROBABILITY, token.PREDICTION_DETAILS, token.PREDICTION_COST,
		token.PREDICTION_BOUNDS, token.PREDICTION_SET, token.CLUSTER_ID, token.CLUSTER_DETAILS,
		token.CLUSTER_DISTANCE, token.CLUSTER_PROBABILITY, token.CLUSTER_SET, token.FEATURE_ID,
		token.FEATURE_VALUE, token.FEATURE_DETAILS, token.FEATURE_SET, token.FEATURE_COMPARE,
		token.ORA_DM_PARTITION_NAME)
	set(wordType,
		token.NUMBER, token.VARCHAR2, token.VARCHAR, token.CHAR, token.CHARACTER, token.NCHAR, token.NVARCHAR2,
		token.NATIONAL, token.DATE, token.TIMESTAMP, token.TIME, token.INTERVAL, token.LONG, token.RAW,
		token.BLOB, token.CLOB, token.NCLOB, token.BFILE, token.ROWID, token.UROWID, token.FLOAT, token.REAL,
		token.DOUBLE, token.INTEGER, token.INT, token.SMALLINT, token.DEC, token.DECIMAL, token.NUMERIC,
		token.BINARY_FLOAT, token.BINARY_DOUBLE, token.BINARY_INTEGER, token.PLS_INTEGER, token.SIMPLE_INTEGER,
		token.SIMPLE_FLOAT, token.SIMPLE_DOUBLE, token.NATURAL, token.NATURALN, token.POSITIVE, token.POSITIVEN,
		token.SIGNTYPE, token.STRING, token.BOOLEAN, token.JSON, token.XMLTYPE, token.VECTOR,
		token.SYS_REFCURSOR, token.MLSLABEL)
	return w
}()

func (p *parser) word(flag uint16) bool {
	return p.tok.Kind == token.Ident && words[p.tok.Kw]&flag != 0
}

func wordOf(t token.Token, flag uint16) bool { return t.Kind == token.Ident && words[t.Kw]&flag != 0 }

// operandName reports whether the current token can be a name where a value is expected. PL/SQL lets more
// words through than SQL (a variable may be called SIZE), and the two mix inside a block, so that only words
// which both refuse, or which would hide the end of a construct, are refused there.
func (p *parser) operandName() bool {
	switch p.tok.Kind {
	case token.QuotedIdent:
		return true
	case token.Ident:
		if p.plsql > 0 {
			return words[p.tok.Kw]&wordPLSQLStop == 0 || p.sql && p.columnWord()
		}
		return words[p.tok.Kw]&wordReserved == 0 && p.tok.Kw != token.WHEN && (p.tok.Kw != token.END || p.columnEnd())
	}
	return false
}

// columnEnd reports whether END is a column here, which SQL allows, and not the end of a CASE that lacks an operand.
func (p *parser) columnEnd() bool {
	switch n := p.peek(1); n.Kind {
	case token.Comma, token.RParen, token.EQ, token.NE, token.LT, token.GT, token.LE, token.GE, token.Dot:
		return true
	case token.Ident:
		return n.Is(token.IS) || n.Is(token.BETWEEN) || n.Is(token.ASC) || n.Is(token.DESC)
	}
	return false
}

// columnWord reports whether a word that only PL/SQL reserves is a column or alias in a SQL statement of a
// block: if.id, function = 1. What stands behind it must show it, or a statement whose ';' is missing would
// draw in the next one.
func (p *parser) columnWord() bool {
	if words[p.tok.Kw]&wordReserved != 0 || p.tok.Kw == token.END || p.tok.Kw == token.WHEN {
		return false
	}
	switch n := p.peek(1); n.Kind {
	case token.Dot, token.Comma, token.RParen:
		return true
	case token.Ident:
		return words[n.Kw]&(wordReserved|wordInfix) != 0 || n.Is(token.BULK)
	default:
		return kindPrec[n.Kind] != 0
	}
}
