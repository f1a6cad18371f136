package value

import (
	"errors"
	"fmt"
	"math"
	"time"

	ora "landfall/internal/oracle/value"
)

// plan makes a column ready, or says why it cannot be.
func plan(col Column, opt Options) (*column, error) {
	c := &column{Column: col}
	k := col.Target.kind()
	if err := c.size(k); err != nil {
		return nil, err
	}
	c.append = chooseAppend(col.Source.Type, k)
	if c.append == nil {
		return nil, fmt.Errorf("no encoding is known of Oracle's %s as PostgreSQL's %s", col.Source.Type, col.Target)
	}
	if err := c.place(k, opt); err != nil {
		return nil, err
	}
	c.chooseShort(k)
	if col.Source.Type == ora.Object {
		return c, planObject(c, opt)
	}
	return c, nil
}

// size reads what the target's modifier limits.
func (c *column) size(k kind) error {
	m := c.Target.Typmod
	switch k {
	case kindNumeric:
		if m >= 4 {
			c.precision, c.scale = numericTypmod(m)
			c.sized = true
		}
	case kindInt2:
		c.low, c.high, c.bits = math.MinInt16, math.MaxInt16, 16
	case kindInt4:
		c.low, c.high, c.bits = math.MinInt32, math.MaxInt32, 32
	case kindInt8:
		c.low, c.high, c.bits = math.MinInt64, math.MaxInt64, 64
	case kindVarchar, kindVarcharBytes, kindChar:
		if m >= 4 {
			c.limit = int(m) - 4
		} else if k == kindChar && m < 0 {
			c.limit = 0 // bpchar without a length neither pads nor cuts
		}
	case kindTimestamp, kindTimestampTZ:
		if m < 0 {
			m = 6
		}
		return c.keepDigits(int(m))
	case kindInterval:
		if m < 0 {
			return c.keepDigits(6)
		}
		const all, yearToMonth, dayToSecond = 0x7fff, 1<<2 | 1<<1, 1<<3 | 1<<10 | 1<<11 | 1<<12
		switch fields := m >> 16 & 0x7fff; {
		case fields == all, fields == yearToMonth && c.Source.Type == ora.IntervalYM, fields == dayToSecond && c.Source.Type == ora.IntervalDS:
		default: // the server would drop what the fields do not name
			return fmt.Errorf("not all of Oracle's %s is among the fields of the interval", c.Source.Type)
		}
		if m &= 0xffff; m == 0xffff {
			m = 6
		}
		return c.keepDigits(int(m))
	}
	return nil
}

func (c *column) keepDigits(digits int) error {
	if digits < 0 || digits > 6 {
		return fmt.Errorf("%d digits of seconds are none that PostgreSQL has", digits)
	}
	c.unit = 1
	for range 9 - digits {
		c.unit *= 10
	}
	return nil
}

// place finds the zone that a column's fields are in.
func (c *column) place(k kind, opt Options) error {
	switch src := c.Source.Type; {
	case src == ora.TimestampLTZ:
		if c.zone = opt.DBZone; c.zone == nil {
			return errors.New("TIMESTAMP WITH LOCAL TIME ZONE needs the time zone of the database")
		}
	case k == kindTimestampTZ && (src == ora.Date || src == ora.Timestamp):
		if c.zone = opt.LocalZone; c.zone == nil {
			return fmt.Errorf("%s as timestamptz needs the time zone that its values are meant in", src)
		}
	default:
		return nil
	}
	if offset, fixed := fixedZone(c.zone); fixed {
		c.zone, c.fixed = nil, int64(offset)*1e6
	}
	return nil
}

// fixedZone reports whether a zone has one offset for all time, as those that are named by an offset have.
func fixedZone(z *time.Location) (seconds int, fixed bool) {
	_, seconds = time.Unix(0, 0).In(z).Zone()
	if z == time.UTC {
		return 0, true
	}
	// a FixedZone has no transition at any time
	start, end := time.Unix(0, 0).In(z).ZoneBounds()
	return seconds, start.IsZero() && end.IsZero()
}

// chooseAppend is the encoding of a pair of types; nil where there is none.
func chooseAppend(src ora.Type, k kind) appendFunc {
	switch k {
	case kindText, kindVarchar, kindVarcharBytes:
		return textFrom(src, k)
	case kindChar:
		if src == ora.Char || src == ora.Varchar2 {
			return appendPaddedText
		}
	case kindNumeric:
		switch src {
		case ora.Number:
			return appendNumeric
		case ora.BinaryDouble, ora.BinaryFloat:
			return appendFloatNumeric
		}
	case kindInt2, kindInt4, kindInt8:
		if src == ora.Number {
			return appendInteger
		}
	case kindFloat8:
		switch src {
		case ora.BinaryDouble:
			return appendDouble
		case ora.BinaryFloat:
			return appendFloatAsDouble
		case ora.Number:
			return appendNumberDouble
		}
	case kindFloat4:
		if src == ora.BinaryFloat {
			return appendFloat
		}
	case kindBytea:
		switch src {
		case ora.Raw, ora.LongRaw, ora.BLOB:
			return appendBytes
		}
	case kindTimestamp:
		if src == ora.Date || src == ora.Timestamp {
			return appendTimestamp
		}
	case kindTimestampTZ:
		switch src {
		case ora.TimestampTZ:
			return appendZoned
		case ora.TimestampLTZ, ora.Date, ora.Timestamp:
			return appendLocal
		}
	case kindDate:
		if src == ora.Date || src == ora.Timestamp {
			return appendDate
		}
	case kindInterval:
		switch src {
		case ora.IntervalYM:
			return appendMonths
		case ora.IntervalDS:
			return appendSpan
		}
	case kindBoolean:
		switch src {
		case ora.Boolean:
			return appendBoolean
		case ora.Number:
			return appendNumberBoolean
		case ora.Char, ora.Varchar2:
			return appendTextBoolean
		}
	case kindJSON, kindJSONB:
		switch src {
		case ora.JSON, ora.Object, ora.CLOB, ora.Varchar2, ora.Long:
			if k == kindJSONB {
				return appendJSONB
			}
			return appendText
		}
	case kindComposite, kindArray:
		if src == ora.Object {
			return appendObject
		}
	case kindXML:
		switch src {
		case ora.XMLType, ora.CLOB, ora.Varchar2, ora.Long:
			return appendXML
		}
	case kindUUID:
		switch src {
		case ora.Raw:
			return appendRawUUID
		case ora.Char, ora.Varchar2:
			return appendTextUUID
		}
	}
	return nil
}

func textFrom(src ora.Type, k kind) appendFunc {
	switch src {
	case ora.Varchar2, ora.Long, ora.CLOB, ora.BFile:
		if k == kindText {
			return appendText
		}
		return appendLimitedText
	case ora.Char:
		return appendCharText
	case ora.XMLType, ora.JSON, ora.Object:
		return appendText
	case ora.RowID, ora.URowID:
		return appendRowIDText
	case ora.Number:
		return appendNumberText
	}
	return nil
}
