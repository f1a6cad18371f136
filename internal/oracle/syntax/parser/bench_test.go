package parser_test

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"unicode/utf8"

	"landfall/internal/oracle/syntax/parser"
)

// sources are the Oracle files below a folder.
func sources(tb testing.TB, root string) (all [][]byte, size int64) {
	tb.Helper()
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		switch filepath.Ext(path) {
		case ".sql", ".pks", ".pkb", ".pls", ".plb", ".typ", ".tps", ".tpb", ".trg", ".pkg":
			src, err := os.ReadFile(path)
			if err != nil || !utf8.Valid(src) {
				return err
			}
			all = append(all, src)
			size += int64(len(src))
		}
		return nil
	})
	if err != nil && !os.IsNotExist(err) {
		tb.Fatal(err)
	}
	if size == 0 {
		tb.Skip("no files in " + root)
	}
	return all, size
}

func benchmarkParse(b *testing.B, root string) {
	all, size := sources(b, root)
	b.SetBytes(size)
	b.ReportAllocs()
	for b.Loop() {
		for _, src := range all {
			parser.Parse("", src, parser.Options{})
		}
	}
}

func BenchmarkParseTestdata(b *testing.B) { benchmarkParse(b, "../../../../testdata") }

// BenchmarkParseCorpus reads the folder named by LANDFALL_CORPUS.
func BenchmarkParseCorpus(b *testing.B) {
	root := os.Getenv("LANDFALL_CORPUS")
	if root == "" {
		b.Skip("set LANDFALL_CORPUS to a folder of Oracle sources")
	}
	benchmarkParse(b, root)
}

// BenchmarkParseHuge parses one package body of 50 MB and reports the memory its tree keeps.
func BenchmarkParseHuge(b *testing.B) { benchmarkLarge(b, huge(50<<20)) }

// BenchmarkParseInserts does so for 20 MB of short INSERT statements, the text with the most nodes a byte.
func BenchmarkParseInserts(b *testing.B) {
	benchmarkLarge(b, bytes.Repeat([]byte("insert into t values (1,'abc',sysdate);\n"), 500_000))
}

func benchmarkLarge(b *testing.B, src []byte) {
	b.SetBytes(int64(len(src)))
	for b.Loop() {
		runtime.GC()
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		f := parser.Parse("", src, parser.Options{})
		if len(f.Errors) > 0 {
			b.Fatal(f.Errors[0].Msg)
		}
		runtime.ReadMemStats(&after)
		b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/float64(len(src)), "x-heap-before-gc")
		runtime.GC()
		runtime.ReadMemStats(&after)
		b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/float64(len(src)), "x-heap-kept")
		runtime.KeepAlive(f)
	}
}

// huge is a package body of about n bytes.
func huge(n int) []byte {
	var b bytes.Buffer
	b.WriteString("create or replace package body huge_pkg is\n")
	const proc = `
  -- pays one claim and writes the ledger
  procedure pay_claim(p_claim_id in claims.claim_id%type, p_amount in number default 0) is
    l_total  number(12,2) := 0;
    l_status varchar2(30 char);
  begin
    select c.status, nvl(sum(p.amount), 0) into l_status, l_total
      from claims c left join payments p on p.claim_id = c.claim_id and p.state <> 'X'
     where c.claim_id = p_claim_id and c.closed_on is null
     group by c.status;
    if l_status in ('OPEN', 'REOPENED') and l_total + p_amount <= c_limit then
      insert into payments (payment_id, claim_id, amount, paid_on)
      values (payment_seq.nextval, p_claim_id, round(p_amount * (1 + c_rate / 100), 2), sysdate);
      update claims set paid = paid + p_amount, changed_on = systimestamp where claim_id = p_claim_id;
    else
      raise_application_error(-20001, 'claim ' || to_char(p_claim_id) || ' is ' || l_status);
    end if;
  exception
    when no_data_found then
      log_pkg.error('pay_claim', sqlerrm);
      raise;
  end pay_claim;
`
	for b.Len() < n {
		b.WriteString(proc)
	}
	b.WriteString("end huge_pkg;\n/\n")
	return b.Bytes()
}
