package source_test

import (
	"testing"

	"landfall/load/source"
)

func TestTypeOf(t *testing.T) {
	for _, c := range []struct {
		name, owner, length, precision, scale, used, chars string
		want                                               string
	}{
		{"NUMBER", "", "22", "", "", "", "0", "NUMBER"},
		{"NUMBER", "", "22", "", "0", "", "0", "NUMBER(*,0)"},
		{"NUMBER", "", "22", "12", "0", "", "0", "NUMBER(12)"},
		{"NUMBER", "", "22", "5", "-2", "", "0", "NUMBER(5,-2)"},
		{"FLOAT", "", "22", "126", "", "", "0", "FLOAT(126)"},
		{"VARCHAR2", "", "40", "", "", "B", "40", "VARCHAR2(40 BYTE)"},
		{"VARCHAR2", "", "40", "", "", "C", "10", "VARCHAR2(10 CHAR)"},
		{"NVARCHAR2", "", "20", "", "", "C", "10", "NVARCHAR2(10)"},
		{"RAW", "", "16", "", "", "", "0", "RAW(16)"},
		{"DATE", "", "7", "", "", "", "0", "DATE"},
		{"TIMESTAMP(6)", "", "11", "", "6", "", "0", "TIMESTAMP(6)"},
		{"TIMESTAMP(9) WITH LOCAL TIME ZONE", "", "11", "", "9", "", "0", "TIMESTAMP(9) WITH LOCAL TIME ZONE"},
		{"INTERVAL DAY(2) TO SECOND(6)", "", "11", "2", "6", "", "0", "INTERVAL DAY(2) TO SECOND(6)"},
		{"INTERVAL YEAR(4) TO MONTH", "", "5", "4", "0", "", "0", "INTERVAL YEAR(4) TO MONTH"},
		{"XMLTYPE", "PUBLIC", "2000", "", "", "", "0", "XMLTYPE"},
		{"T_ADDRESS", "INS", "2000", "", "", "", "0", "INS.T_ADDRESS"},
		{"CLOB", "", "4000", "", "", "", "0", "CLOB"},
	} {
		if got := source.TypeOf(c.name, c.owner, c.length, c.precision, c.scale, c.used, c.chars).String(); got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
}
