package rules

import (
	"fmt"
	"strings"

	"landfall/internal/model"
)

// ProposeType gives the target's type for a type as the source writes it, how much that differs, and in words how.
// proposed is "" where the target has nothing for it.
//
// It proposes what conversion does where the project's settings say nothing: numbers stay numeric, with precision and
// scale as they are, so that no value is lost and none is rounded. A type that the target has by itself is kept.
func ProposeType(t model.TypeRef, target *Profile) (proposed string, severity model.Severity, note string) {
	if target.Family == MySQL {
		p := MySQLType(t)
		return p.To, p.Severity, p.Note
	}
	if f, ok := typeFeatures[t.Name]; ok && t.Anchor == "" && !t.User && target.Has(f) {
		c := target.Capability(f)
		if c.State == Partial {
			return t.String(), model.Low, c.Note
		}
		return t.String(), model.Info, c.Note
	}
	if t.Anchor != "" {
		return t.Name + "%" + t.Anchor, model.Info, "anchored types are kept; the type follows the column"
	}
	if t.Ref {
		return "", model.High, "references to row objects do not exist; use the key of the row"
	}
	if route, special := specialTypes[t.Name]; special {
		return "", model.High, "a type of Oracle's own; nearest: " + route
	}
	if t.User {
		return strings.ToLower(t.Name), model.Medium, "a user-defined type: a composite type without methods, or an array"
	}
	switch t.Name {
	case "NUMBER", "NUMERIC", "DECIMAL", "DEC":
		return proposeNumber(t)
	case "TIMESTAMP", "TIMESTAMP WITH TIME ZONE", "TIMESTAMP WITH LOCAL TIME ZONE":
		return proposeTimestamp(t)
	case "VARCHAR2", "VARCHAR", "NVARCHAR2", "STRING":
		return proposeText("varchar", t)
	case "CHAR", "NCHAR", "CHARACTER":
		if t.Precision == nil {
			return "char(1)", model.Info, ""
		}
		p, s, n := proposeText("char", t)
		if *t.Precision > 1 {
			s, n = model.Low, join(n, "blanks at the end are dropped in length(), || and casts")
		}
		return p, s, n
	}
	if p, ok := plainProposals[t.Name]; ok {
		return p.to, p.severity, p.note
	}
	return "", model.High, fmt.Sprintf("no proposal for %s", t.Name)
}

// typeFeatures are the features that say whether a target takes a type by Oracle's name.
var typeFeatures = map[string]Feature{
	"NUMBER": FeatureNumber, "VARCHAR2": FeatureVarchar2, "NVARCHAR2": FeatureNationalText, "NCHAR": FeatureNationalText, "DATE": FeatureDate, "CLOB": FeatureLob, "NCLOB": FeatureLob,
	"BLOB": FeatureLob, "LONG": FeatureLong, "LONG RAW": FeatureRaw, "RAW": FeatureRaw, "ROWID": FeatureRowidType, "UROWID": FeatureRowidType, "BFILE": FeatureBfile, "XMLTYPE": FeatureXMLType,
	"BINARY_FLOAT": FeatureBinaryFloat, "BINARY_DOUBLE": FeatureBinaryFloat, "INTERVAL YEAR TO MONTH": FeatureIntervals, "INTERVAL DAY TO SECOND": FeatureIntervals,
	"SYS_REFCURSOR": FeatureRefCursors, "JSON": FeatureJSONType,
}

type proposal struct {
	to       string
	severity model.Severity
	note     string
}

// plainProposals are the types whose target does not depend on their arguments.
var plainProposals = map[string]proposal{
	"INTEGER":          {"numeric(38)", model.Low, "INTEGER is NUMBER(38) in Oracle; integer or bigint where the values allow"},
	"INT":              {"numeric(38)", model.Low, "INT is NUMBER(38) in Oracle; integer or bigint where the values allow"},
	"SMALLINT":         {"numeric(38)", model.Low, "SMALLINT is NUMBER(38) in Oracle; integer where the values allow"},
	"FLOAT":            {"numeric", model.Medium, "FLOAT is decimal in Oracle, with up to 38 digits; double precision would round"},
	"REAL":             {"numeric", model.Medium, "REAL is FLOAT(63), a decimal number of 18 digits"},
	"DOUBLE PRECISION": {"numeric", model.Medium, "DOUBLE PRECISION is FLOAT(126), a decimal number of 38 digits"},
	"BINARY_FLOAT":     {"real", model.Low, "overflow raises an error instead of giving infinity"},
	"BINARY_DOUBLE":    {"double precision", model.Low, "overflow raises an error instead of giving infinity"},
	"PLS_INTEGER":      {"integer", model.Info, ""}, "BINARY_INTEGER": {"integer", model.Info, ""},
	"SIMPLE_INTEGER": {"integer", model.Low, "SIMPLE_INTEGER wraps around on overflow, integer raises an error"},
	"SIMPLE_FLOAT":   {"real", model.Info, ""}, "SIMPLE_DOUBLE": {"double precision", model.Info, ""},
	"NATURAL": {"integer", model.Low, "a CHECK keeps it from being negative"}, "NATURALN": {"integer", model.Low, "NOT NULL and a CHECK keep its range"},
	"POSITIVE": {"integer", model.Low, "a CHECK keeps it above 0"}, "POSITIVEN": {"integer", model.Low, "NOT NULL and a CHECK keep its range"},
	"SIGNTYPE": {"smallint", model.Low, "a CHECK keeps it to -1, 0, 1"}, "BOOLEAN": {"boolean", model.Info, ""},
	"DATE": {"timestamp(0)", model.Low, "DATE has a time of day; date where only whole days are stored"},
	"LONG": {"text", model.Medium, "values of 1 GB and more do not fit"}, "CLOB": {"text", model.Low, "values of 1 GB and more do not fit; no locators"},
	"NCLOB": {"text", model.Low, "values of 1 GB and more do not fit; no locators"}, "BLOB": {"bytea", model.Low, "values of 1 GB and more do not fit; no locators"},
	"LONG RAW": {"bytea", model.Medium, "values of 1 GB and more do not fit"}, "RAW": {"bytea", model.Low, "the length limit needs a CHECK; RAW(16) may be a uuid"},
	"BFILE": {"", model.High, "files of the server have no type; directory and name as text, or the content as bytea"},
	"ROWID": {"", model.High, "row addresses mean nothing after the move; store the key"}, "UROWID": {"", model.High, "row addresses mean nothing after the move; store the key"},
	"XMLTYPE": {"xml", model.Medium, "stored as text; no methods, no XML indexes"}, "JSON": {"jsonb", model.Low, "dates inside become text"},
	"VECTOR":                 {"vector", model.Medium, "needs the extension pgvector"},
	"INTERVAL YEAR TO MONTH": {"interval year to month", model.Low, "the precision of the leading field is not checked"},
	"INTERVAL DAY TO SECOND": {"interval day to second", model.Low, "the precision of the leading field is not checked; microseconds at most"},
	"SYS_REFCURSOR":          {"refcursor", model.Low, "a cursor lives as long as its transaction"},
}

func proposeNumber(t model.TypeRef) (string, model.Severity, string) {
	scale := 0
	if t.Scale != nil {
		scale = *t.Scale
	}
	switch {
	case t.Star && scale == 0:
		return "numeric(38)", model.Info, ""
	case t.Star:
		return fmt.Sprintf("numeric(%d,%d)", 38+max(0, scale), max(0, scale)), model.Low, "NUMBER(*,s) has 38 digits of precision"
	case t.Precision == nil && t.Name != "NUMBER":
		return "numeric(38)", model.Info, ""
	case t.Precision == nil:
		return "numeric", model.Info, "bigint where it only holds whole numbers"
	}
	p := *t.Precision
	switch {
	case scale < 0:
		return fmt.Sprintf("numeric(%d)", p-scale), model.Medium, fmt.Sprintf("rounds to %d digits before the point; from version 15 on numeric(%d,%d) does that", -scale, p, scale)
	case scale > p:
		return fmt.Sprintf("numeric(%d,%d)", scale, scale), model.Low, fmt.Sprintf("from version 15 on numeric(%d,%d) keeps the limit", p, scale)
	case scale > 0:
		return fmt.Sprintf("numeric(%d,%d)", p, scale), model.Info, ""
	case p <= 18:
		return fmt.Sprintf("numeric(%d)", p), model.Info, integerFor(p) + " with number: by-precision in landfall.yaml"
	}
	return fmt.Sprintf("numeric(%d)", p), model.Info, "too wide for bigint"
}

// integerFor is the integer type that holds p digits.
func integerFor(p int) string {
	switch {
	case p <= 4:
		return "smallint"
	case p <= 9:
		return "integer"
	}
	return "bigint"
}

func proposeTimestamp(t model.TypeRef) (string, model.Severity, string) {
	digits, sev, note := 6, model.Info, ""
	if t.Precision != nil {
		if digits = *t.Precision; digits > 6 {
			digits, sev, note = 6, model.Medium, fmt.Sprintf("%d digits of a second are rounded to 6", *t.Precision)
		}
	}
	switch t.Name {
	case "TIMESTAMP WITH TIME ZONE":
		return fmt.Sprintf("timestamptz(%d)", digits), model.Medium, join(note, "the instant is kept, the zone of each value is not")
	case "TIMESTAMP WITH LOCAL TIME ZONE":
		return fmt.Sprintf("timestamptz(%d)", digits), max(sev, model.Low), join(note, "shown in the zone of the session")
	}
	return fmt.Sprintf("timestamp(%d)", digits), sev, note
}

func proposeText(to string, t model.TypeRef) (string, model.Severity, string) {
	if t.Precision == nil {
		return to, model.Info, ""
	}
	note := ""
	if t.Sem == "BYTE" {
		note = "bytes in Oracle, characters here: takes more text than before"
	}
	return fmt.Sprintf("%s(%d)", to, *t.Precision), model.Info, note
}

func join(a, b string) string {
	if a == "" {
		return b
	}
	return a + "; " + b
}
