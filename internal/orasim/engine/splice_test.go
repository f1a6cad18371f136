package engine

import (
	"context"
	"errors"
	"math/rand/v2"
	"path/filepath"
	"regexp"
	"runtime/debug"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"landfall/internal/orasim/session"
)

// TestSplices puts pieces of the cases into each other: most of it is nonsense that parses, and must end in an error of Oracle.
func TestSplices(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(11, 12))
	words := regexp.MustCompile(`'[^']*'|:=|\.\.|<<|>>|=>|\|\||<>|<=|>=|[\p{L}_$#0-9.]+|\S`)
	for _, file := range files {
		a, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var sqls [][]string
		setup := ""
		for _, sec := range a.Files {
			if strings.HasPrefix(sec.Name, "case") {
				sqls = append(sqls, words.FindAllString(string(sec.Data), -1))
			}
			if sec.Name == "setup" {
				setup = string(sec.Data)
			}
		}
		s := login(t, newDatabaseIn(t, caseSet(t, a).ID), "hr")
		if err := script(s, file, setup); err != nil {
			t.Fatal(err)
		}
		ran := 0
		for try := range 1200 {
			p := append([]string(nil), sqls[r.IntN(len(sqls))]...)
			if try%2 == 1 { // a word for a word, a literal for a literal: more of it is understood
				for range 1 + r.IntN(2) {
					q := sqls[r.IntN(len(sqls))]
					i, j := r.IntN(len(p)), r.IntN(len(q))
					if sort(p[i]) == sort(q[j]) {
						p[i] = q[j]
					}
				}
			}
			for range (1 + r.IntN(3)) * (1 - try%2) {
				q := sqls[r.IntN(len(sqls))]
				i, j := r.IntN(len(p)), r.IntN(len(q))
				n, m := 1+r.IntN(3), 1+r.IntN(5)
				mid := q[j:min(j+m, len(q))]
				p = append(append(append([]string(nil), p[:i]...), mid...), p[min(i+n, len(p)):]...)
			}
			sql := strings.Join(p, " ")
			if strings.Contains(strings.ToUpper(sql), "SLEEP") {
				continue
			}
			func() {
				defer func() {
					if x := recover(); x != nil {
						t.Errorf("%s\n%v\n%s", sql, x, debug.Stack())
					}
				}()
				ctx, cancel := context.WithTimeout(bg, time.Second)
				defer cancel()
				_, err := runIn(ctx, s, sql)
				var e *session.Error
				if err != nil && (!errors.As(err, &e) || e.Code == 600) {
					t.Errorf("%s\n%v", sql, err)
				}
				if err == nil {
					ran++
				}
			}()
			if t.Failed() {
				return
			}
			s.rollback()
		}
		if ran == 0 {
			t.Errorf("%s: nothing ran", file)
		}
	}
}

// sort tells words, numbers, texts and signs apart.
func sort(word string) int {
	switch c := word[0]; {
	case c == '\'':
		return 1
	case c >= '0' && c <= '9':
		return 2
	case c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z':
		return 3
	}
	return 4
}

func runIn(ctx context.Context, s *Session, sql string) (int, error) {
	st, err := s.Parse(ctx, sql)
	if err != nil {
		return 0, err
	}
	res, err := st.Execute(ctx, &session.Call{Rows: [][][]byte{{}}})
	if err != nil || res.Rows == nil {
		return 0, err
	}
	defer res.Rows.Close()
	row := make([][]byte, len(res.Columns))
	for n := 0; n < 500; n++ {
		if err := res.Rows.Next(ctx, row); err != nil {
			if err.Error() == "EOF" {
				return n, nil
			}
			return n, err
		}
	}
	return 500, nil
}
