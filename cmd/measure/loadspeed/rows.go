package loadspeed

import (
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"strconv"
	"time"

	ora "landfall/internal/oracle/value"
	"landfall/internal/postgres/value"
)

// columns of the table: what an insurer's policy table is like, some 340 bytes a row as COPY text.
var columns = []struct {
	name   string
	source ora.Column
	target string
}{
	{"id", ora.Column{Type: ora.Number, Precision: 12, Sized: true}, "numeric(12)"},
	{"premium", ora.Column{Type: ora.Number, Precision: 14, Scale: 2, Sized: true}, "numeric(14,2)"},
	{"insured", ora.Column{Type: ora.Number, Precision: 14, Scale: 2, Sized: true}, "numeric(14,2)"},
	{"deductible", ora.Column{Type: ora.Number, Precision: 14, Scale: 2, Sized: true}, "numeric(14,2)"},
	{"policy_no", ora.Column{Type: ora.Varchar2, Length: 20}, "varchar(20)"},
	{"holder", ora.Column{Type: ora.Varchar2, Length: 60}, "varchar(60)"},
	{"product", ora.Column{Type: ora.Varchar2, Length: 10}, "varchar(10)"},
	{"agent", ora.Column{Type: ora.Varchar2, Length: 40}, "varchar(40)"},
	{"valid_from", ora.Column{Type: ora.Date}, "timestamp(0)"},
	{"changed", ora.Column{Type: ora.Timestamp, Scale: 6}, "timestamp(6)"},
	{"status", ora.Column{Type: ora.Char, Length: 1}, "char(1)"},
	{"note", ora.Column{Type: ora.Varchar2, Length: 400}, "varchar(400)"},
}

// rows are in memory as Oracle sends them: each column's length in a byte, and its bytes.
type rows struct {
	wire  []byte
	count int
}

// makeRows makes rows up, the same for the same number.
func makeRows(n int) rows {
	r := rand.New(rand.NewPCG(1, 2))
	b := make([]byte, 0, n*310)
	var scratch []byte
	add := func(v []byte, err error) {
		if err != nil {
			panic(err) // of a value made here
		}
		b = append(append(b, byte(len(v))), v...)
	}
	money := func(limit int64) {
		scratch = strconv.AppendInt(scratch[:0], r.Int64N(limit), 10)
		scratch = fmt.Appendf(scratch, ".%02d", r.IntN(100))
		add(ora.AppendNumber(nil, scratch))
	}
	names := []string{"Anna Weber", "王小明", "Jürgen Großmann", "Maria dos Santos", "李娜", "John Smith", "Françoise Lefèvre", "Ivan Petrov"}
	products := []string{"LIFE", "MOTOR", "HOME", "TRAVEL", "HEALTH", "LEGAL"}
	words := []string{"policy ", "holder ", "asked ", "for ", "an ", "extension ", "of ", "cover; ", "see ", "letter ", "dated ", "claim ", "settled "}
	for i := range n {
		add(ora.AppendNumber(nil, strconv.Itoa(i+1)))
		money(100000)
		money(9000000)
		money(1000)
		add(fmt.Appendf(nil, "P-%04d-%09d", r.IntN(10000), i), nil)
		add([]byte(names[r.IntN(len(names))]+" "+strconv.Itoa(r.IntN(100000))), nil)
		add([]byte(products[r.IntN(len(products))]), nil)
		add(fmt.Appendf(nil, "agent %05d of branch %03d", r.IntN(50000), r.IntN(300)), nil)
		t := time.Date(2000, 1, 1, 0, 0, r.IntN(800000000), 0, time.UTC)
		add(ora.AppendDriver(nil, ora.Column{Type: ora.Date}, t))
		add(ora.AppendDriver(nil, ora.Column{Type: ora.Timestamp}, t.Add(time.Duration(r.IntN(1e6))*time.Microsecond)))
		add([]byte{"AEC"[r.IntN(3)]}, nil)
		scratch = scratch[:0]
		for size := 190 + r.IntN(11); len(scratch) < size; {
			w := words[r.IntN(len(words))]
			scratch = append(scratch, w[:min(len(w), size-len(scratch))]...)
		}
		if scratch[len(scratch)-1] == ' ' {
			scratch[len(scratch)-1] = '.'
		}
		add(scratch, nil)
	}
	return rows{b, n}
}

// next takes the row at an offset apart.
func (r *rows) next(at int, cols [][]byte) int {
	b := r.wire
	for i := range cols {
		n := int(b[at])
		cols[i] = b[at+1 : at+1+n : at+1+n]
		at += 1 + n
	}
	return at
}

// decoded gives the first rows as database/sql has them from go-ora: NUMBER and text as string, DATE and TIMESTAMP as
// time.Time.
func (r *rows) decoded(n int) ([][]any, error) {
	cols := make([][]byte, len(columns))
	var list [][]any
	at := 0
	var d ora.Decimal
	for range min(n, r.count) {
		at = r.next(at, cols)
		row := make([]any, len(cols))
		for i, c := range cols {
			switch columns[i].source.Type {
			case ora.Number:
				if err := d.Decode(c); err != nil {
					return nil, err
				}
				row[i] = string(d.AppendText(nil))
			case ora.Date, ora.Timestamp:
				t, err := ora.DecodeDateTime(c)
				if err != nil {
					return nil, err
				}
				row[i] = time.Date(t.Year, time.Month(t.Month), t.Day, t.Hour, t.Minute, t.Second, t.Nano, time.UTC)
			default:
				row[i] = string(c)
			}
		}
		list = append(list, row)
	}
	return list, nil
}

func newEncoder() (*value.Encoder, error) {
	var list []value.Column
	for _, c := range columns {
		t, err := value.ParseTarget(c.target)
		if err != nil {
			return nil, err
		}
		list = append(list, value.Column{Name: c.name, Source: c.source, Target: t})
	}
	return value.Plan(list, value.Options{})
}

func names() []string {
	var list []string
	for _, c := range columns {
		list = append(list, c.name)
	}
	return list
}

// rowID is a ROWID for the tag of row i.
func rowID(dst []byte, i int) []byte {
	dst = append(dst[:0], 1, 0, 1, 2, 3, 0, 4)
	dst = binary.BigEndian.AppendUint32(dst, uint32(i>>7))
	return binary.BigEndian.AppendUint16(dst, uint16(i&127))
}
