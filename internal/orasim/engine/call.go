package engine

import (
	"bytes"
	"strings"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
	"landfall/internal/orasim/ora"
)

// builtin is a function that is neither aggregate nor analytic.
type builtin struct {
	min, max int  // number of arguments; max -1 for any
	bare     bool // stands without parentheses
	compile  func(c *compiler, n ast.Node, args []expr) (expr, error)
}

// builtins by name, PACKAGE.NAME for those of packages.
var builtins = map[string]builtin{}

func register(all map[string]builtin) {
	for name, b := range all {
		builtins[name] = b
	}
}

func containsBytes(b, part []byte) bool { return bytes.Contains(b, part) }

// call compiles a function call.
func (c *compiler) call(n *ast.Call) (expr, error) {
	name, ok := n.Fn.(*ast.Name)
	if !ok || n.Joined {
		return expr{}, c.unsupported(n, "call")
	}
	parts := c.f.Parts(name)
	if c.names != nil && !n.Star && !(c.names.InSQL() && (isBuiltin(parts) || len(parts) == 1 && aggregates[parts[0]] != nil)) {
		if x, ok, err := c.nameOfBlock(n); ok || err != nil {
			return x, err
		}
	}
	if len(parts) == 1 {
		f := parts[0]
		if n.Over != nil {
			return c.windowCall(n, f)
		}
		switch f {
		case "GROUPING", "GROUPING_ID", "GROUP_ID":
			return c.groupingCall(n, f)
		case "DECODE":
			return c.decode(n)
		case "TRIM":
			return c.trim(n)
		case "XMLSERIALIZE":
			return c.xmlSerialize(n)
		case "JSON_OBJECT":
			return c.jsonObject(n)
		case "JSON_ARRAY":
			return c.jsonArray(n)
		case "VALUE":
			return c.elementValue(n)
		case "REGEXP_LIKE", "LNNVL":
			return expr{}, c.fail(n, 904, `"`+f+`"`)
		}
		if c.inPLSQL() && (f == "SET" || f == "CARDINALITY") { // of its own collections
			return expr{}, c.unsupported(n, "call")
		}
		if _, ok := aggregates[f]; ok || n.Within != nil {
			return c.aggregateCall(n, f)
		}
		if _, ok := analytic[f]; ok {
			return expr{}, c.fail(n, 30484)
		}
	}
	if x, ok, err := c.xmlMethod(n, name, parts); ok {
		return x, err
	}
	if n.Distinct != 0 || n.Star || n.Spec != nil || n.Options != nil || n.Within != nil || n.Keep != nil || n.Nulls != 0 || n.Filter != nil {
		return expr{}, c.unsupported(n, "call")
	}
	if !isBuiltin(parts) {
		if x, ok, err := c.construct(n, parts); ok || err != nil {
			return x, err
		}
		return expr{}, c.unknownName(n, name, parts, "call")
	}
	var args []expr
	for _, a := range n.Args {
		if a.Name != nil || a.Extra != nil || len(a.Keys) > 0 {
			return expr{}, c.unsupported(n, "call")
		}
		x, err := c.expr(a.X)
		if err != nil {
			return expr{}, err
		}
		args = append(args, x)
	}
	x, ok, err := c.callBuiltin(n, parts, n, args)
	if ok || err != nil {
		return x, err
	}
	return expr{}, c.unknownName(n, name, parts, "call")
}

// unknownName tells what is not known here from what Oracle would not know either.
func (c *compiler) unknownName(n ast.Node, name *ast.Name, parts []string, what string) error {
	if o := c.s.db.lookup(c.schema, parts[:min(len(parts), 2)]); o != nil || len(parts) > 1 && c.s.db.lookup(c.schema, parts[:1]) != nil {
		return c.unsupported(n, what+" of a PL/SQL unit or the like")
	}
	if oracleHas[parts[0]] {
		return c.unsupported(n, what)
	}
	// the dictionary's views have more columns in Oracle
	for s := c.scope; s != nil; s = s.parent {
		for _, x := range s.srcs {
			if x.table != nil && x.table.dict != nil && x.is(parts[:len(parts)-1]) {
				return c.unsupported(n, "column of the dictionary view "+x.table.dict.title)
			}
		}
	}
	if len(parts) == 1 {
		return c.invalid(name, parts)
	}
	for k := len(parts) - 1; k > 0; k-- {
		if hit, err := c.column(name, parts[:k]); err == nil && hit != nil && (hit.col.typ.kind == kOther || hit.col.typ.kind == kXML) {
			return c.unsupported(n, "attribute of an object")
		}
	}
	if strings.HasPrefix(parts[0], "DBMS_") || strings.HasPrefix(parts[0], "UTL_") || parts[0] == "SYS" || parts[0] == "STANDARD" {
		return c.unsupported(n, what)
	}
	return c.invalid(name, parts)
}

// oracleHas are Oracle's own functions and pseudocolumns that are not known here: ORA-00904 would be wrong for them.
var oracleHas = map[string]bool{}

func init() {
	for _, name := range strings.Fields(`APPENDCHILDXML BFILENAME BIN_TO_NUM CARDINALITY CLUSTER_ID COMPOSE CONVERT CON_DBID_TO_ID CON_NAME_TO_ID CUBE_TABLE
		CURRENT_USER DATAOBJ_TO_PARTITION DECOMPOSE DELETEXML DEPTH DEREF EXISTSNODE EXTRACTVALUE FEATURE_ID INSERTCHILDXML INSERTXMLBEFORE ITERATION_NUMBER
		JSON_EXISTS JSON_QUERY JSON_TABLE JSON_VALUE JSON_SERIALIZE JSON_MERGEPATCH MAKE_REF NLSSORT NLS_CHARSET_DECL_LEN NLS_CHARSET_ID
		NLS_CHARSET_NAME NLS_COLLATION_ID NLS_COLLATION_NAME NLS_INITCAP NLS_LOWER NLS_UPPER NEW_TIME ORA_DM_PARTITION_NAME ORA_DST_AFFECTED ORA_DST_CONVERT
		ORA_DST_ERROR ORA_HASH ORA_INVOKING_USER ORA_INVOKING_USERID ORA_ROWSCN PATH POWERMULTISET POWERMULTISET_BY_CARDINALITY PREDICTION PRESENTNNV PRESENTV
		PREVIOUS RAWTONHEX REF REFTOHEX REGR_SLOPE ROWIDTONCHAR SESSIONTIMEZONE SET SYS_DBURIGEN SYS_EXTRACT_UTC SYS_OP_C2C SYS_OP_ZONE_ID SYS_TYPEID SYS_XMLGEN
		TO_BLOB TO_MULTI_BYTE TO_SINGLE_BYTE TO_UTC_TIMESTAMP_TZ TZ_OFFSET TRANSLATE UPDATEXML VALIDATE_CONVERSION XMLAGG XMLCAST XMLCDATA XMLCOLATTVAL
		XMLCOMMENT XMLCONCAT XMLDIFF XMLELEMENT XMLEXISTS XMLFOREST XMLISVALID XMLPARSE XMLPATCH XMLPI XMLQUERY XMLROOT XMLSEQUENCE XMLSERIALIZE XMLTABLE
		XMLTRANSFORM XMLTYPE ACOS ASIN ATAN ATAN2 COS COSH SIN SINH TAN TANH COLUMN_VALUE OBJECT_ID OBJECT_VALUE XMLDATA FIRST LAST ROUND_TIES_TO_EVEN
		STATS_BINOMIAL_TEST STATS_CROSSTAB STATS_F_TEST STATS_KS_TEST STATS_MW_TEST STATS_ONE_WAY_ANOVA STATS_T_TEST_ONE STATS_WSR_TEST CORR_K CORR_S
		APPROX_COUNT APPROX_RANK APPROX_SUM APPROX_MEDIAN APPROX_PERCENTILE APPROX_COUNT_DISTINCT COLLATION UID CV`) {
		oracleHas[name] = true
	}
}

// builtinName is a function's name without the owner of the standard packages.
func builtinName(parts []string) string {
	if len(parts) > 1 && (parts[0] == "SYS" || parts[0] == "STANDARD") {
		parts = parts[1:]
	}
	return strings.Join(parts, ".")
}

func isBuiltin(parts []string) bool {
	_, ok := builtins[builtinName(parts)]
	return ok
}

// callBuiltin compiles a built-in function; call is nil for a name without parentheses. It is false for an unknown name.
func (c *compiler) callBuiltin(n ast.Node, parts []string, call *ast.Call, args []expr) (expr, bool, error) {
	b, ok := builtins[builtinName(parts)]
	if !ok || call == nil && !b.bare && b.min > 0 {
		return expr{}, false, nil
	}
	if call == nil && !b.bare {
		return expr{}, false, nil
	}
	if len(args) < b.min {
		if len(args) == 0 && call != nil && len(call.Args) == 0 {
			return expr{}, true, c.fail(n, 938)
		}
		return expr{}, true, ora.At(ora.New(938), c.at(n))
	}
	if b.max >= 0 && len(args) > b.max {
		return expr{}, true, c.fail(n, 939)
	}
	x, err := b.compile(c, n, args)
	x.typ.pls = false
	return x, true, err
}

// condCall is a function that is a condition.
func (c *compiler) condCall(n *ast.Call) (cond, error) {
	name, ok := n.Fn.(*ast.Name)
	if ok {
		switch c.f.Last(name) {
		case "REGEXP_LIKE":
			return c.regexpLike(n)
		case "LNNVL":
			if len(n.Args) != 1 {
				return nil, c.fail(n, 909)
			}
			k, err := c.cond(n.Args[0].X)
			if err != nil {
				return nil, err
			}
			return func(e *env) (tri, error) {
				b, err := k(e)
				return truth(b != yes), err
			}, nil
		}
	}
	return nil, ora.At(ora.New(920), c.tokenAt(n.Range().Hi))
}

// decode is DECODE(x, search, result, ..., default): NULL equals NULL, everything is compared and given as the first
// search value and the first result are.
func (c *compiler) decode(n *ast.Call) (expr, error) {
	if len(n.Args) < 3 {
		return expr{}, c.fail(n, 938)
	}
	var xs []expr
	for _, a := range n.Args {
		x, err := c.expr(a.X)
		if err != nil {
			return expr{}, err
		}
		xs = append(xs, x)
	}
	var search, results []expr
	i := 1
	for ; i+1 < len(xs); i += 2 {
		search, results = append(search, xs[i]), append(results, xs[i+1])
	}
	other := fixed(tNull, nil)
	other.null = true
	if i < len(xs) {
		other = xs[i]
	}
	results = append(results, other)
	// the first search value decides how to compare
	x := xs[0]
	to := search[0].typ.kind
	if to == kNull {
		to = kVarchar
	}
	switch {
	case to.text():
		to = kVarchar
	case to.numeric():
		to = kNumber
		for _, s := range append([]expr{x}, search...) {
			if k := s.typ.kind; k == kDouble || k == kFloat && to == kNumber {
				to = k
			}
		}
	}
	both := x.typ.kind == kChar
	for _, s := range search {
		both = both && s.typ.kind == kChar
	}
	cmp := orderOf(typ{kind: to}, c.set())
	if both {
		cmp = comparePaddedIn(c.set())
	}
	var err error
	if x, err = c.convert(n, x, to); err != nil {
		return expr{}, err
	}
	for k := range search {
		if search[k], err = c.convert(n, search[k], to); err != nil {
			return expr{}, err
		}
	}
	// the first result decides the type; a literal NULL there makes it VARCHAR2
	first := results[0]
	if first.null || first.typ.kind == kNull {
		first.typ.kind = kVarchar
		first.typ.size = max(1, first.typ.size)
	}
	rt := first.typ
	if rt.kind == kChar {
		rt.kind = kVarchar
	}
	if rt.kind == kNumber {
		rt = tNumber
	}
	for k := range results {
		if results[k].typ.kind == rt.kind || results[k].typ.kind.text() && rt.kind.text() {
			if rt.kind == kVarchar {
				rt = widen(rt, typ{kind: kVarchar, size: textSize(results[k].typ), charSem: results[k].typ.charSem, national: results[k].typ.national})
			}
			continue
		}
		if results[k].typ.kind == kDouble && rt.kind == kNumber {
			return expr{}, c.unsupported(n, "DECODE with NUMBER and BINARY_DOUBLE")
		}
		if rt.kind == kVarchar {
			rt.size = min(4000, max(rt.size, textSize(results[k].typ)))
		}
		if results[k], err = c.convert(n, results[k], rt.kind); err != nil {
			return expr{}, err
		}
	}
	return computed(rt, func(e *env) ([]byte, error) {
		v, err := x.eval(e)
		if err != nil {
			return nil, err
		}
		for k := range search {
			w, err := search[k].eval(e)
			if err != nil {
				return nil, err
			}
			if v == nil && w == nil || v != nil && w != nil && cmp(v, w) == 0 {
				return results[k].eval(e)
			}
		}
		return results[len(search)].eval(e)
	}), nil
}

// trim is TRIM([LEADING|TRAILING|BOTH] [c] FROM s).
func (c *compiler) trim(n *ast.Call) (expr, error) {
	side := token.Keyword(0)
	if n.Spec != nil && n.Spec.Head != token.FROM {
		side = n.Spec.Head
	}
	if len(n.Args) < 1 || len(n.Args) > 2 {
		return expr{}, c.fail(n, 909)
	}
	x, err := c.exprText(n.Args[len(n.Args)-1].X)
	if err != nil {
		return expr{}, err
	}
	chars := fixed(typ{kind: kChar, size: 1}, []byte(" "))
	if len(n.Args) == 2 {
		if chars, err = c.exprText(n.Args[0].X); err != nil {
			return expr{}, err
		}
	}
	t := x.typ
	if t.kind == kChar {
		t.kind = kVarchar
	}
	return computed(t, func(e *env) ([]byte, error) {
		v, err := x.eval(e)
		if v == nil || err != nil {
			return nil, err
		}
		k, err := chars.eval(e)
		if k == nil || err != nil {
			return nil, err
		}
		if runeCount(k) != 1 {
			return nil, ora.New(30001)
		}
		if side != token.TRAILING {
			for bytes.HasPrefix(v, k) {
				v = v[len(k):]
			}
		}
		if side != token.LEADING {
			for bytes.HasSuffix(v, k) {
				v = v[:len(v)-len(k)]
			}
		}
		return notEmpty(v, t), nil
	}), nil
}

// notEmpty turns empty text into NULL; an empty CLOB is none.
func notEmpty(v []byte, t typ) []byte {
	if len(v) == 0 && t.kind != kClob {
		return nil
	}
	return v
}
