package livecheck

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"landfall/internal/model"
	"landfall/internal/oracle/connect"
	"landfall/internal/oracle/value"
)

// choose finds the table to fetch from: the one that was named, or the largest by its statistics.
func (c *checker) choose() (string, error) {
	if c.opt.Table != "" {
		return c.opt.Table, nil
	}
	where := "owner NOT IN ('SYS', 'SYSTEM', 'XDB', 'MDSYS', 'CTXSYS', 'WMSYS', 'OUTLN', 'DBSNMP', 'ORDDATA', 'ORDSYS', 'LBACSYS', 'DVSYS', 'GSMADMIN_INTERNAL', 'OJVMSYS', 'AUDSYS')"
	if len(c.opt.Schemas) > 0 {
		var list []string
		for _, s := range c.opt.Schemas {
			list = append(list, "'"+strings.ReplaceAll(s, "'", "''")+"'")
		}
		where = "owner IN (" + strings.Join(list, ", ") + ")"
	}
	rows, err := c.se.QueryWith(c.ctx, connect.Query{FetchRows: 1}, "SELECT owner, table_name FROM all_tables WHERE "+where+
		" AND num_rows > 0 AND nested = 'NO' AND temporary = 'N' AND iot_name IS NULL ORDER BY num_rows DESC")
	if err != nil {
		return "", err
	}
	name := ""
	if rows.Next(c.ctx) {
		name = model.CatalogName(shown(rows.Values()[0]), shown(rows.Values()[1])).String()
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return "", err
	}
	if name == "" {
		return "", &skipped{"no table with rows that this account may read; --table OWNER.NAME names one"}
	}
	return name, nil
}

// flashback asks for the SCN and reads a table as of it.
func (c *checker) flashback() error {
	scn := ""
	err := c.add("flashback", "the SCN of now", "a number", func() (string, string, error) {
		got, err := c.text("SELECT TO_CHAR(current_scn) FROM v$database")
		if err != nil {
			got, err = c.text("SELECT TO_CHAR(dbms_flashback.get_system_change_number) FROM dual")
		}
		if _, bad := strconv.ParseUint(got, 10, 64); err != nil || bad != nil {
			return got, "from V$DATABASE, else DBMS_FLASHBACK", err
		}
		scn = got
		return "a number", got, nil
	})
	if err != nil {
		return err
	}
	table := ""
	err = c.add("flashback", "a table AS OF SCN, twice the same", "same", func() (string, string, error) {
		if scn == "" {
			return "", "", &skipped{"no SCN"}
		}
		var err error
		if table, err = c.choose(); err != nil {
			return "", "", err
		}
		first, err := c.text("SELECT COUNT(*) FROM (SELECT 1 FROM " + table + " AS OF SCN " + scn + " WHERE ROWNUM <= 100000)")
		if err != nil {
			return "", "", err
		}
		second, err := c.text("SELECT COUNT(*) FROM (SELECT 1 FROM " + table + " AS OF SCN " + scn + " WHERE ROWNUM <= 100000)")
		if first != second {
			return first + ", then " + second, table, err
		}
		return "same", table + ": " + first + " rows", err
	})
	if err != nil {
		return err
	}
	return c.add("flashback", "an SCN of the future is refused", "ORA-08181", func() (string, string, error) {
		if table == "" {
			return "", "", &skipped{"no table"}
		}
		_, err := c.text("SELECT COUNT(*) FROM " + table + " AS OF SCN 99999999999999 WHERE ROWNUM = 1")
		var e *connect.OracleError
		if errors.As(err, &e) && e.Code != 0 && c.se.Broken() == nil {
			return fmt.Sprintf("ORA-%05d", e.Code), e.Text, nil
		}
		return "no error", "", err
	})
}

// cancel interrupts a query that has no end.
func (c *checker) cancel() error {
	return c.add("cancel", "a query is interrupted after a second, and the session is of use", "same", func() (string, string, error) {
		ctx, stop := context.WithTimeout(c.ctx, time.Second)
		defer stop()
		start := time.Now()
		const many = "(SELECT LEVEL AS n FROM dual CONNECT BY LEVEL <= 10000)"
		rows, err := c.se.Query(ctx, "SELECT COUNT(*) FROM "+many+" a, "+many+" b, "+many+" c WHERE a.n + b.n <> c.n")
		if err == nil {
			return "it ended by itself", "", rows.Close()
		}
		if !errors.Is(err, connect.ErrCancelled) {
			return "", "", err
		}
		took := time.Since(start).Round(100 * time.Millisecond)
		if c.se.Broken() != nil {
			return "the session was lost", "after " + took.String(), nil
		}
		got, err := c.text("SELECT 'same' FROM dual")
		return got, "interrupted after " + took.String(), err
	})
}

// fetch reads rows of a table by bytes and by the driver, compares them, and measures.
func (c *checker) fetch() error {
	table := ""
	err := c.add("fetch", "rows by bytes and by the driver", "same", func() (string, string, error) {
		var err error
		if table, err = c.choose(); err != nil {
			return "", "", err
		}
		return c.compare(table)
	})
	if err != nil || table == "" {
		return err
	}
	for _, w := range []struct {
		way  string
		rows int
	}{{"bytes", 100}, {"bytes", 1000}, {"bytes", 5000}, {"driver", 1000}} {
		err := c.add("fetch", fmt.Sprintf("rate by %s, %d rows a call", w.way, w.rows), "read", func() (string, string, error) {
			r, err := c.rate(table, w.way, w.rows)
			if err != nil {
				return "", "", err
			}
			c.r.Rates = append(c.r.Rates, r)
			return "read", fmt.Sprintf("%d rows, %d bytes in %.2f s: %.0f rows/s", r.Read, r.Bytes, r.Seconds, r.PerSec), nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// readable are the columns of a table that both ways can read as they are.
func (c *checker) readable(table string) (string, error) {
	rows, err := c.se.QueryWith(c.ctx, connect.Query{FetchRows: 1}, "SELECT * FROM "+table+" WHERE 1 = 0")
	if err != nil {
		return "", err
	}
	var list []string
	for _, col := range rows.Columns() {
		switch col.OracleType {
		case "NUMBER", "VARCHAR2", "CHAR", "NVARCHAR2", "NCHAR", "DATE", "TIMESTAMP", "RAW", "BINARY_FLOAT", "BINARY_DOUBLE", "INTERVAL YEAR TO MONTH", "INTERVAL DAY TO SECOND", "ROWID":
			list = append(list, model.QuoteOracle(col.Name))
		}
	}
	if err := rows.Close(); err != nil {
		return "", err
	}
	if len(list) == 0 {
		return "", &skipped{table + " has no column of a plain type"}
	}
	return strings.Join(list, ", "), nil
}

// compare reads up to 2,000 rows by bytes, then by the driver, in the order of their ROWIDs.
func (c *checker) compare(table string) (string, string, error) {
	const most = 2000
	list, err := c.readable(table)
	if err != nil {
		return "", "", err
	}
	sql := fmt.Sprintf("SELECT * FROM (SELECT %s FROM %s ORDER BY ROWID) WHERE ROWNUM <= %d", list, table, most)
	var kept [][][]byte
	w, err := c.se.Fetch(c.ctx, connect.Query{FetchRows: 500, AllText: connect.HexText}, sql)
	if err != nil {
		return "", "", err
	}
	cols := w.Columns()
	row := make([][]byte, len(cols))
	for err = w.Next(c.ctx, row); err == nil; err = w.Next(c.ctx, row) {
		one := make([][]byte, len(row))
		for i, v := range row {
			if v != nil {
				one[i] = append([]byte{}, v...)
			}
		}
		kept = append(kept, one)
	}
	if err == io.EOF {
		err = nil
	}
	if err = errors.Join(err, w.Close()); err != nil {
		return "", "", err
	}
	rows, err := c.se.QueryWith(c.ctx, connect.Query{FetchRows: 500, AllText: connect.HexText}, sql)
	if err != nil {
		return "", "", err
	}
	n, lost := 0, 0
	for ; rows.Next(c.ctx); n++ {
		for i, v := range rows.Values() {
			if n >= len(kept) {
				break
			}
			if _, fault := v.(*connect.Fault); fault {
				lost++
				continue
			}
			as, err := value.Of(model.TypeRef{Name: cols[i].OracleType})
			if err != nil {
				return "", "", errors.Join(err, rows.Close())
			}
			var b []byte
			if v != nil {
				if b, err = value.AppendDriver([]byte{}, as, v); err != nil {
					lost++
					continue
				}
			}
			if (b == nil) != (kept[n][i] == nil) || !bytes.Equal(b, kept[n][i]) {
				return fmt.Sprintf("row %d, %s: %X by bytes, %X by the driver", n+1, cols[i].Name, kept[n][i], b), table, rows.Close()
			}
		}
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return "", "", err
	}
	if n != len(kept) {
		return fmt.Sprintf("%d rows by bytes, %d by the driver", len(kept), n), table, nil
	}
	return "same", fmt.Sprintf("%s: %d rows of %d columns; %d values that the driver loses", table, n, len(cols), lost), nil
}

// rate reads rows and throws them away.
func (c *checker) rate(table, way string, rows int) (Rate, error) {
	r := Rate{Table: table, Way: way, Rows: rows}
	list, err := c.readable(table)
	if err != nil {
		return r, err
	}
	sql := fmt.Sprintf("SELECT %s FROM %s WHERE ROWNUM <= %d", list, table, c.opt.Rows)
	q := connect.Query{FetchRows: rows, AllText: connect.HexText}
	start := time.Now()
	if way == "driver" {
		got, err := c.se.QueryWith(c.ctx, q, sql)
		if err != nil {
			return r, err
		}
		for got.Next(c.ctx) {
			r.Read++
		}
		err = errors.Join(got.Err(), got.Close())
		return r.end(start), err
	}
	w, err := c.se.Fetch(c.ctx, q, sql)
	if err != nil {
		return r, err
	}
	row := make([][]byte, len(w.Columns()))
	for err = w.Next(c.ctx, row); err == nil; err = w.Next(c.ctx, row) {
		r.Read++
		for _, v := range row {
			r.Bytes += int64(len(v))
		}
	}
	if err == io.EOF {
		err = nil
	}
	return r.end(start), errors.Join(err, w.Close())
}

func (r Rate) end(start time.Time) Rate {
	r.Seconds = time.Since(start).Seconds()
	if r.Seconds > 0 {
		r.PerSec = float64(r.Read) / r.Seconds
	}
	return r
}
