package rules

import (
	"fmt"

	"landfall/internal/model"
)

// TypeProposal is what stands for a type on a target of the MySQL family.
type TypeProposal struct {
	To       string // "" when nothing does; Note says why
	Rule     string // name of the rule that Note is of
	Severity model.Severity
	Note     string
}

// Limits of the family: characters of a VARCHAR of utf8mb4 in a row, digits of DECIMAL and of its scale.
const (
	mysqlMaxVarchar = 16383
	mysqlMaxDigits  = 65
	mysqlMaxScale   = 30
)

// MySQLType gives the type of the MySQL family for a type of Oracle.
func MySQLType(t model.TypeRef) TypeProposal {
	if t.Anchor != "" || t.Ref || t.User {
		return TypeProposal{"", "mysql-no-type", model.High, "object, reference and anchored types do not exist"}
	}
	switch t.Name {
	case "NUMBER", "NUMERIC", "DECIMAL", "DEC":
		return mysqlNumber(t)
	case "VARCHAR2", "VARCHAR", "NVARCHAR2", "STRING":
		return mysqlText("VARCHAR", t)
	case "CHAR", "NCHAR", "CHARACTER":
		if t.Precision != nil && *t.Precision > 255 {
			return mysqlText("VARCHAR", t)
		}
		p := mysqlText("CHAR", t)
		if t.Precision != nil && *t.Precision > 1 {
			p.Rule, p.Severity, p.Note = "mysql-char", model.Low, "blanks at the end are taken off when a value is read"
		}
		return p
	case "RAW":
		n := 2000
		if t.Precision != nil {
			n = *t.Precision
		}
		return TypeProposal{To: fmt.Sprintf("VARBINARY(%d)", n)}
	case "TIMESTAMP", "TIMESTAMP WITH LOCAL TIME ZONE":
		return mysqlTimestamp(t)
	}
	if p, ok := mysqlPlain[t.Name]; ok {
		return p
	}
	return TypeProposal{"", "mysql-no-type", model.High, "no type of TiDB holds the same"}
}

const mysqlLob = "values of more than 6 MB are refused by default (txn-entry-size-limit)"

var mysqlPlain = map[string]TypeProposal{
	"INTEGER": {To: "DECIMAL(38,0)"}, "INT": {To: "DECIMAL(38,0)"}, "SMALLINT": {To: "DECIMAL(38,0)"},
	"FLOAT":            {"DOUBLE", "mysql-float", model.Medium, "decimal with up to 38 digits in Oracle, binary with 15 here"},
	"REAL":             {"DOUBLE", "mysql-float", model.Medium, "decimal with 18 digits in Oracle, binary with 15 here"},
	"DOUBLE PRECISION": {"DOUBLE", "mysql-float", model.Medium, "decimal with 38 digits in Oracle, binary with 15 here"},
	"BINARY_FLOAT":     {"FLOAT", "mysql-float", model.Low, "there is no NaN and no infinity"},
	"BINARY_DOUBLE":    {"DOUBLE", "mysql-float", model.Low, "there is no NaN and no infinity"},
	"BOOLEAN":          {To: "BOOLEAN"},
	"DATE":             {"DATETIME", "mysql-date", model.Info, "DATE of Oracle has a time of day"},
	"CLOB":             {"LONGTEXT", "mysql-lob", model.Medium, mysqlLob},
	"NCLOB":            {"LONGTEXT", "mysql-lob", model.Medium, mysqlLob},
	"LONG":             {"LONGTEXT", "mysql-lob", model.Medium, mysqlLob},
	"BLOB":             {"LONGBLOB", "mysql-lob", model.Medium, mysqlLob},
	"LONG RAW":         {"LONGBLOB", "mysql-lob", model.Medium, mysqlLob},
	"JSON":             {"JSON", "mysql-lob", model.Low, "dates inside become text"},

	"TIMESTAMP WITH TIME ZONE": {"", "mysql-no-type", model.High, "no type keeps the zone of each value"},
	"INTERVAL YEAR TO MONTH":   {"", "mysql-no-type", model.High, "there are no intervals; a number of months says the same"},
	"INTERVAL DAY TO SECOND":   {"", "mysql-no-type", model.High, "there are no intervals; a number of seconds says the same"},
	"XMLTYPE":                  {"LONGTEXT", "mysql-no-type", model.High, "there is no XML: LONGTEXT holds the text alone, nothing is validated or searched by path"},
	"ROWID":                    {"", "mysql-no-type", model.High, "row addresses mean nothing after the move; store the key"},
	"UROWID":                   {"", "mysql-no-type", model.High, "row addresses mean nothing after the move; store the key"},
	"BFILE":                    {"", "mysql-no-type", model.High, "files of the server have no type"},
}

func mysqlNumber(t model.TypeRef) TypeProposal {
	scale := 0
	if t.Scale != nil {
		scale = *t.Scale
	}
	switch {
	case t.Precision == nil && !t.Star && t.Name == "NUMBER":
		return TypeProposal{"DECIMAL(65,30)", "mysql-number", model.Medium, "any number of up to 40 digits in Oracle; BIGINT where it only holds whole numbers"}
	case t.Precision == nil && scale > mysqlMaxScale:
		return TypeProposal{"", "mysql-number-range", model.High, "DECIMAL has 30 digits behind the point at most"}
	case t.Precision == nil && scale > 0:
		return TypeProposal{To: fmt.Sprintf("DECIMAL(%d,%d)", min(mysqlMaxDigits, 38+scale), scale)}
	case t.Precision == nil:
		return TypeProposal{To: "DECIMAL(38,0)"}
	}
	p := *t.Precision
	switch {
	case scale > mysqlMaxScale || p-scale > mysqlMaxDigits:
		return TypeProposal{"", "mysql-number-range", model.High, "DECIMAL has 65 digits, 30 of them behind the point, at most"}
	case scale < 0:
		return TypeProposal{fmt.Sprintf("DECIMAL(%d,0)", p-scale), "mysql-number-range", model.Medium, fmt.Sprintf("nothing rounds to %d digits before the point", -scale)}
	case scale > p:
		return TypeProposal{fmt.Sprintf("DECIMAL(%d,%d)", scale, scale), "mysql-number-range", model.Low, "larger values fit as well"}
	case scale > 0:
		return TypeProposal{To: fmt.Sprintf("DECIMAL(%d,%d)", p, scale)}
	case p <= 9:
		return TypeProposal{"INT", "mysql-number-range", model.Info, fmt.Sprintf("more than %d digits fit", p)}
	case p <= 18:
		return TypeProposal{"BIGINT", "mysql-number-range", model.Info, fmt.Sprintf("more than %d digits fit", p)}
	}
	return TypeProposal{To: fmt.Sprintf("DECIMAL(%d,0)", p)}
}

func mysqlText(name string, t model.TypeRef) TypeProposal {
	n := 1
	if t.Precision != nil {
		n = *t.Precision
	}
	if n < 1 {
		return TypeProposal{"", "mysql-no-type", model.High, "a length below one"}
	}
	if n > mysqlMaxVarchar {
		return TypeProposal{"MEDIUMTEXT", "mysql-text-length", model.Low, "longer than a VARCHAR can be: no limit of length, no default, an index needs a prefix"}
	}
	p := TypeProposal{To: fmt.Sprintf("%s(%d)", name, n)}
	if t.Sem != "CHAR" && t.Name != "NVARCHAR2" && t.Name != "NCHAR" && t.Precision != nil {
		p.Rule, p.Severity, p.Note = "mysql-text-length", model.Info, "the length counts characters here"
	}
	return p
}

func mysqlTimestamp(t model.TypeRef) TypeProposal {
	digits := 6
	var p TypeProposal
	if t.Precision != nil {
		if digits = *t.Precision; digits > 6 {
			digits = 6
			p = TypeProposal{"", "mysql-timestamp", model.Medium, fmt.Sprintf("%d digits of a second are rounded to 6", *t.Precision)}
		}
	}
	p.To = fmt.Sprintf("DATETIME(%d)", digits)
	if t.Name != "TIMESTAMP" {
		p = TypeProposal{fmt.Sprintf("TIMESTAMP(%d)", digits), "mysql-timestamp", model.Medium, "TIMESTAMP follows the session's time zone and ends in January 2038"}
	}
	return p
}
