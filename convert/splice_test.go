package convert_test

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"landfall/convert"
	"landfall/convert/gen"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/parser"
	"landfall/internal/postgres/grammar"
)

// Texts that are put together from pieces of others find more than texts with changed bytes: most of them can be read, and
// have constructs beside each other that nobody has written down. TestSplices takes the seeds of FuzzConvert apart
// at their trees and puts an expression, a statement, a declaration or a type of one in the place of one of
// another, for a time, from a seed that it prints.

var (
	spliceFor  = flag.Duration("splice.for", 0, "how long TestSplices makes texts; 0 skips it")
	spliceSeed = flag.Uint64("splice.seed", 0, "seed of TestSplices; 0 is the clock")
	spliceOut  = flag.String("splice.out", "", "folder for the texts that TestSplices finds something in")
)

func TestSplices(t *testing.T) {
	if *spliceFor == 0 { // every new golden is a new seed: what comes out is for who looks for mistakes, not for who changes something else
		t.Skip("make splice SPLICETIME=20m")
	}
	texts := append(seedTexts(t), sampleTexts(t)...)
	seed := *spliceSeed
	if seed == 0 {
		seed = uint64(time.Now().UnixNano())
	}
	random := rand.New(rand.NewPCG(seed, 1))
	pieces := takeApart(texts)
	judge := grammar.New()
	end := time.Now().Add(*spliceFor)
	known := map[string]bool{}
	n := 0
	for ; time.Now().Before(end); n++ {
		src := pieces.splice(random)
		err := holdConvert(judge, src)
		if err == nil || known[kindOf(err)] {
			continue
		}
		known[kindOf(err)] = true
		t.Errorf("seed %d, text %d: %v", seed, n, err)
		if *spliceOut != "" {
			name := filepath.Join(*spliceOut, fmt.Sprintf("%d-%d.sql", seed, n))
			if err := os.WriteFile(name, []byte(src+"\n-- "+strings.ReplaceAll(err.Error(), "\n", "\n-- ")), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	t.Logf("seed %d: %d texts from %d seeds", seed, n, len(texts))
}

// kindOf is the first line of an error without its names and texts, so that one mistake is told once.
func kindOf(err error) string {
	line, _, _ := strings.Cut(err.Error(), "\n")
	return particular.ReplaceAllString(line, "_")
}

var particular = regexp.MustCompile(`[a-z_0-9]+|'[^']*'`)

// sampleTexts are the scripts of the sample system that are not large.
func sampleTexts(t *testing.T) (list []string) {
	t.Helper()
	err := filepath.WalkDir("../testdata/insurance", func(name string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(name, ".sql") && !strings.HasSuffix(name, ".pkb") && !strings.HasSuffix(name, ".pks") {
			return err
		}
		data, err := os.ReadFile(name)
		if err == nil && len(data) < 8000 {
			list = append(list, string(data))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// sort of a piece: pieces of one sort may stand in each other's place.
type sort byte

const (
	expression sort = iota
	statement       // of PL/SQL
	declaration
	query
	datatype
	sorts
)

// piece is a part of a text.
type piece struct {
	text   int
	lo, hi int // bytes
}

type pieces struct {
	texts []string
	of    [sorts][]piece
	in    [][sorts][]piece // by text
}

func takeApart(texts []string) *pieces {
	p := &pieces{texts: texts, in: make([][sorts][]piece, len(texts))}
	for i, text := range texts {
		f := parser.Parse("seed.sql", []byte(text), parser.Options{})
		top := map[ast.Node]bool{}
		for _, s := range f.Stmts {
			top[s] = true
		}
		for _, s := range f.Stmts {
			ast.Walk(s, func(n ast.Node) bool {
				r := n.Range()
				kind, ok := sortOf(n)
				if !ok || top[n] || r.Lo >= r.Hi || int(r.Hi) > len(f.Tokens) {
					return true
				}
				one := piece{i, int(f.Tokens[r.Lo].Off), int(f.Tokens[r.Hi-1].End())}
				if one.hi-one.lo < 2000 {
					p.of[kind] = append(p.of[kind], one)
					p.in[i][kind] = append(p.in[i][kind], one)
				}
				return true
			})
		}
	}
	return p
}

func sortOf(n ast.Node) (sort, bool) {
	switch n.(type) {
	case *ast.Select:
		return query, true
	case *ast.DataType:
		return datatype, true
	case ast.Expr:
		return expression, true
	case ast.Stmt:
		return statement, true
	case ast.Decl:
		return declaration, true
	}
	return 0, false
}

// splice makes a text: a seed in which one to four pieces are those of other seeds, at times with another seed behind it.
func (p *pieces) splice(random *rand.Rand) string {
	i := random.IntN(len(p.texts))
	text, in := p.texts[i], p.in[i]
	for range 1 + random.IntN(4) {
		kind := sort(random.IntN(int(sorts)))
		if len(in[kind]) == 0 || len(p.of[kind]) == 0 {
			continue
		}
		place, from := in[kind][random.IntN(len(in[kind]))], p.of[kind][random.IntN(len(p.of[kind]))]
		if place.hi > len(text) {
			continue // an earlier piece was longer
		}
		with := p.texts[from.text][from.lo:from.hi]
		switch random.IntN(8) {
		case 0:
			if kind == statement {
				with = text[place.lo:place.hi] + "\n" + with // beside each other
			}
		case 1:
			if kind == expression {
				with = "(" + with + ")"
			}
		}
		text = text[:place.lo] + with + text[place.hi:]
		// what lies in front of the place or is it has kept its place; the rest is not used again
		for k := range in {
			var keep []piece
			for _, one := range in[k] {
				if one.hi <= place.lo {
					keep = append(keep, one)
				}
			}
			in[k] = keep
		}
	}
	if random.IntN(4) == 0 {
		text += "\n" + p.texts[random.IntN(len(p.texts))]
	}
	return text
}

// holdConvert says what is wrong with the conversion of a text: it must not panic, must give the same bytes twice, must
// have a line in the ledger for every statement, and what is not refused must be PostgreSQL by PostgreSQL's own grammar.
func holdConvert(judge grammar.Checker, src string) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	text, r, err := convert.Text(ctx, "fuzz.sql", []byte(src), convert.Options{Jobs: 1})
	if err != nil {
		return err
	}
	for _, fd := range r.Findings {
		if strings.Contains(fd.Message, gen.InternalError) {
			return fmt.Errorf("%s\n%s", fd.Message, src)
		}
	}
	again, _, err := convert.Text(ctx, "fuzz.sql", []byte(src), convert.Options{Jobs: 2})
	if err != nil || again != text {
		return fmt.Errorf("converting twice gives two results (%v)\n%s\n----\n%s\n---- from\n%s", err, text, again, src)
	}
	l := r.Totals.Ledger
	if sum := l.Converted + l.Changed + l.Refused + l.Ignored; sum != r.Totals.Statements {
		return fmt.Errorf("the ledger has %d lines for %d statements\n%s", sum, r.Totals.Statements, src)
	}
	for _, o := range r.Outputs {
		if o.Refused {
			continue
		}
		for _, p := range judge.Check(convert.ServerText(o)) {
			if !undeclared(p) {
				lines := strings.Split(o.SQL, "\n")
				return fmt.Errorf("not refused, and no PostgreSQL: %s: %s\n%s\n---- from\n%s", p.Message, strings.TrimSpace(lines[min(max(p.Line, 1), len(lines))-1]), o.SQL, src)
			}
		}
	}
	return nil
}
