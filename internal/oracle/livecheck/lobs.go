package livecheck

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"landfall/internal/oracle/connect"
)

// lobs asks for LOBs that the server makes up, by locator and with the row.
func (c *checker) lobs() error {
	const piece = "天地玄黃 grüße "
	ascii := "x"
	if c.se.Holds(piece) {
		ascii = piece
	}
	long := strings.Repeat(ascii, 200)
	for _, l := range []struct {
		name, expr, typ, want string
		args                  []any
	}{
		{"CLOB, small", "TO_CLOB(:1)", "CLOB", long, []any{long}},
		{"CLOB of two pieces joined", "TO_CLOB(:1) || TO_CLOB(:2)", "CLOB", long + long, []any{long, long}},
		{"CLOB, empty and not NULL", "EMPTY_CLOB()", "CLOB", "empty", nil},
		{"CLOB, NULL", "CAST(NULL AS CLOB)", "CLOB", "NULL", nil},
		{"NCLOB", "TO_NCLOB(UNISTR(:1))", "NCLOB", "國😀", []any{asciistr("國😀")}},
		{"BLOB", "TO_BLOB(HEXTORAW('0001FFFE'))", "BLOB", "\x00\x01\xFF\xFE", nil},
		{"BLOB, empty and not NULL", "EMPTY_BLOB()", "BLOB", "empty", nil},
	} {
		for _, small := range []int{0, connect.SmallLOB} {
			way := "by locator"
			if small > 0 {
				way = "with the row"
			}
			err := c.add("lobs", l.name+", "+way, l.want, func() (string, string, error) {
				got, err := c.lob(l.expr, l.typ, small, l.args)
				return got, "", err
			})
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// lob is a single LOB, read whole.
func (c *checker) lob(expr, typ string, small int, args []any) (string, error) {
	list, plan, err := connect.PlanRead([]connect.ReadColumn{{Expr: "c", Type: typ}}, small)
	if err != nil {
		return "", err
	}
	w, err := c.se.Fetch(c.ctx, connect.Query{FetchRows: 1, Plan: plan}, "SELECT "+list+" FROM (SELECT "+expr+" AS c FROM dual)", args...)
	if err != nil {
		return "", err
	}
	row := make([][]byte, 1)
	err = w.Next(c.ctx, row)
	got := "NULL"
	switch {
	case err == io.EOF:
		err = errors.New("no row")
	case err != nil:
	case w.LOB(c.ctx, 0) != nil:
		var b []byte
		b, err = io.ReadAll(w.LOB(c.ctx, 0))
		got = string(b)
	case row[0] != nil && len(row[0]) == 0:
		got = "empty"
	case row[0] != nil:
		got = string(row[0])
	}
	return got, errors.Join(err, w.Close())
}

// shortly shows a long text by its ends and its length.
func shortly(s string) string {
	if r := []rune(s); len(r) > 60 {
		return fmt.Sprintf("%s...%s (%d characters)", string(r[:20]), string(r[len(r)-20:]), len(r))
	}
	return s
}
