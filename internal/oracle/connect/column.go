package connect

import (
	"database/sql/driver"
	"fmt"
	"slices"
	"strings"
	"time"

	goora "github.com/sijms/go-ora/v2"
)

// Column describes a column of a result, as the server describes it.
type Column struct {
	Name       string
	OracleType string // NUMBER, VARCHAR2, CHAR, NVARCHAR2, NCHAR, DATE, TIMESTAMP, TIMESTAMP WITH TIME ZONE, CLOB, NCLOB, BLOB, RAW, LONG ...
	// Precision and Scale of a NUMBER: 38 and 255 for one without; the driver gives the scale as an unsigned byte, so that -2 is 254.
	// Scale alone: digits of a second of TIMESTAMP and INTERVAL are not told by the driver and are 0.
	Precision, Scale int
	Length           int // characters, of VARCHAR2, CHAR and their national forms; else 0
	CharsetForm      int // 2 national, 1 of the database, 0 no text
	Nullable         bool
}

// typeNames are Oracle's names of what the driver calls otherwise. Text is named in describe, by its form.
var typeNames = map[goora.TNSType]string{
	goora.NUMBER: "NUMBER", goora.LONG: "LONG", goora.LongVarChar: "CLOB", goora.RAW: "RAW", goora.LongRaw: "LONG RAW", goora.ROWID: "ROWID",
	goora.UROWID: "UROWID", goora.DATE: "DATE", goora.TimeStampDTY: "TIMESTAMP", goora.TIMESTAMP: "TIMESTAMP", goora.TimeStampTZ_DTY: "TIMESTAMP WITH TIME ZONE",
	goora.TIMESTAMPTZ: "TIMESTAMP WITH TIME ZONE", goora.TimeStampLTZ_DTY: "TIMESTAMP WITH LOCAL TIME ZONE", goora.TimeStampeLTZ: "TIMESTAMP WITH LOCAL TIME ZONE",
	goora.IntervalYM_DTY: "INTERVAL YEAR TO MONTH", goora.IntervalDS_DTY: "INTERVAL DAY TO SECOND", goora.IBFloat: "BINARY_FLOAT", goora.IBDouble: "BINARY_DOUBLE",
	goora.OCIClobLocator: "CLOB", goora.OCIBlobLocator: "BLOB", goora.OCIFileLocator: "BFILE", goora.XMLType: "XMLTYPE", goora.Boolean: "BOOLEAN",
	goora.JSON: "JSON", goora.VECTOR: "VECTOR",
}

// describe names the columns, and finds those whose values must be looked at.
func (r *Rows) describe(q Query) error {
	infos, err := reachColumns(r.rows)
	if err != nil {
		return err
	}
	for i := range infos {
		c := columnOf(&infos[i])
		r.columns = append(r.columns, c)
		r.addCheck(i, c, q)
	}
	return nil
}

// columnOf names the type of a column as Oracle does.
func columnOf(p *goora.ParameterInfo) Column {
	c := Column{Name: strings.ToValidUTF8(p.Name, "?"), Precision: int(p.Precision), Scale: int(p.Scale), Length: p.MaxCharLen, CharsetForm: p.CharsetForm, Nullable: p.AllowNull}
	if p.DataType != goora.NUMBER {
		c.Precision, c.Scale = 0, 0
	}
	name, known := typeNames[p.DataType]
	switch {
	case p.DataType == goora.NCHAR && p.CharsetForm == 2:
		name = "NVARCHAR2"
	case p.DataType == goora.NCHAR:
		name = "VARCHAR2"
	case p.DataType == goora.CHAR && p.CharsetForm == 2:
		name = "NCHAR"
	case p.DataType == goora.CHAR:
		name = "CHAR"
	case p.DataType == goora.LongRaw && p.MaxLen > 0:
		name = "BLOB" // fetched as LONG RAW; a real LONG RAW has no size
	case p.DataType == goora.LongVarChar && p.CharsetForm == 2, p.DataType == goora.OCIClobLocator && p.CharsetForm == 2:
		name = "NCLOB"
	case !known:
		name = fmt.Sprint(p.DataType)
	}
	c.OracleType = name
	if !slices.Contains([]string{"VARCHAR2", "CHAR", "NVARCHAR2", "NCHAR"}, name) {
		c.Length = 0
	}
	return c
}

// Fault stands in Values for a value that the driver cannot give as the database holds it.
type Fault struct {
	Column string
	Kind   FaultKind
	Raw    []byte // of BadText: the bytes as they came
	Why    string
}

// FaultKind is what is wrong.
type FaultKind string

// Kinds of faults.
const (
	// BadText: bytes that are no text in the database's character set.
	BadText FaultKind = "bad text"
	// LostDate: the driver makes 1 March of 29 February in years that only the Julian calendar (which Oracle follows up to 1582-10-04) makes leap
	// years; which of the two it was, cannot be told. TO_CHAR can.
	LostDate FaultKind = "date lost in the driver"
	// LostSign: the driver has one name for both infinities of NUMBER.
	LostSign FaultKind = "sign lost in the driver"
	// LostZone: the driver did not know the region of the zone and made up an offset.
	LostZone FaultKind = "time zone lost in the driver"
)

// Error is the text of the fault; a Fault is an error, so that it can be handed on as one.
func (f *Fault) Error() string { return f.Column + ": " + f.Why }

// checked is a column whose values are looked at.
type checked struct {
	at     int
	what   byte // 't' text, 'n' NUMBER, 'd' date, 'z' with zone
	faults int  // in Rows.faults, of text
}

func (r *Rows) addCheck(i int, c Column, q Query) {
	k := checked{at: i}
	switch c.OracleType {
	case "VARCHAR2", "CHAR", "NVARCHAR2", "NCHAR", "CLOB", "NCLOB", "LONG", "XMLTYPE":
		k.what = 't'
		k.faults = len(r.faults)
		r.faults = append(r.faults, TextFaults{Column: c.Name, Policy: q.policy(c.Name, r.s.opt.Text)})
	case "NUMBER":
		k.what = 'n'
	case "DATE", "TIMESTAMP", "TIMESTAMP WITH LOCAL TIME ZONE":
		k.what = 'd'
	case "TIMESTAMP WITH TIME ZONE":
		k.what = 'z'
	default:
		return
	}
	r.checks = append(r.checks, k)
}

// gregorian is 1582-10-15, from which on Oracle's calendar and Go's are the same.
var gregorian = time.Date(1582, 10, 15, 0, 0, 0, 0, time.UTC).Unix()

// inspect finds what the driver has spoilt in the row, and puts faults in its place.
func (r *Rows) inspect() {
	for i := range r.checks {
		k := &r.checks[i]
		switch v := r.values[k.at].(type) {
		case string:
			switch {
			case v == "":
			case k.what == 't' && v[0] == badMark:
				r.values[k.at] = r.badText(k, v)
			case k.what == 'n' && v[len(v)-1] == 'y': // Infinity
				r.values[k.at] = r.fault(k, LostSign, "an infinity; the driver does not tell which")
			}
		case time.Time:
			if v.Unix() < gregorian && julianOnly(v) {
				r.values[k.at] = r.fault(k, LostDate, fmt.Sprintf("%04d-03-01 or the 29 February before it", v.Year()))
			} else if k.what == 'z' && !plausible(v) {
				r.values[k.at] = r.fault(k, LostZone, "a time zone region that the driver does not know; select SYS_EXTRACT_UTC of it")
			}
		}
	}
}

func (r *Rows) fault(k *checked, kind FaultKind, why string) driver.Value {
	return &Fault{Column: r.columns[k.at].Name, Kind: kind, Why: why}
}

// julianOnly says that a date may have been 29 February of a year that is no leap year in Go's calendar. Of years before
// Christ it says so for every one that either calendar might count as a leap year.
func julianOnly(t time.Time) bool {
	year, month, day := t.Date()
	if month != time.March || day != 1 {
		return false
	}
	if year <= 0 {
		return true
	}
	return year%100 == 0 && year%400 != 0
}

// plausible says that an offset is one that a zone can have: -15:59 to +15:59, in minutes (SQL Language Reference, "Datetime
// Datatypes"). What the driver makes up of a region that it does not know mostly is not.
func plausible(t time.Time) bool {
	_, offset := t.Zone()
	return offset%60 == 0 && offset > -16*3600 && offset < 16*3600
}
