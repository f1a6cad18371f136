package model

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestIdent(t *testing.T) {
	for _, c := range []struct{ written, name, spelling string }{
		{"emp", "EMP", "EMP"},
		{`"emp"`, "emp", `"emp"`},
		{`"EMP"`, "EMP", "EMP"},
		{`"a ""b"" c"`, `a "b" c`, `"a ""b"" c"`},
		{"v$x#1", "V$X#1", "V$X#1"},
		{`"1X"`, "1X", `"1X"`},
		{"保单", "保单", "保单"},
		{`"保 单"`, "保 单", `"保 单"`},
	} {
		i := NewIdent(c.written)
		if i.Name != c.name || i.String() != c.spelling || i.Written != c.written {
			t.Errorf("NewIdent(%s) = %+v spelled %s, want name %s spelled %s", c.written, i, i, c.name, c.spelling)
		}
		if back := NewIdent(i.String()); !back.Same(i) {
			t.Errorf("%s read back as %s", i, back.Name)
		}
		if cat := CatalogIdent(c.name); !cat.Same(i) {
			t.Errorf("CatalogIdent(%s) = %+v", c.name, cat)
		}
	}
}

func TestObjectID(t *testing.T) {
	pkg := NewObjectID(KindPackageBody, CatalogName("INS", "PKG_CLAIM"))
	bare := NewObjectID(KindPackageBody, CatalogName("", "PKG.X"))
	for _, c := range []struct {
		id   ObjectID
		want string
		kind ObjectKind
		name string
	}{
		{pkg, "package_body:INS.PKG_CLAIM", KindPackageBody, "INS.PKG_CLAIM"},
		{pkg.Member(NewIdent("calc"), 1), "package_body:INS.PKG_CLAIM.CALC", KindPackageBody, "INS.PKG_CLAIM.CALC"},
		{pkg.Member(NewIdent("calc"), 2), "package_body:INS.PKG_CLAIM.CALC~2", KindPackageBody, "INS.PKG_CLAIM.CALC~2"},
		{bare, `package_body:"PKG.X"`, KindPackageBody, `"PKG.X"`},
		{bare.Member(NewIdent("f"), 0), `package_body:."PKG.X".F`, KindPackageBody, `"PKG.X".F`},
		{NewObjectID(KindTable, CatalogName("A", "B")), "table:A.B", KindTable, "A.B"},
	} {
		if string(c.id) != c.want || c.id.Kind() != c.kind || c.id.Name() != c.name {
			t.Errorf("got %s kind %s name %s, want %s", c.id, c.id.Kind(), c.id.Name(), c.want)
		}
		if _, err := ParseObjectID(c.want); err != nil {
			t.Error(err)
		}
	}
	for _, bad := range []string{"", "x", "table:", "TABLE:X", "nothing:X"} {
		if _, err := ParseObjectID(bad); err == nil {
			t.Errorf("ParseObjectID(%q) passed", bad)
		}
	}
}

func TestKindsAreRankedOnce(t *testing.T) {
	seen := map[ObjectKind]bool{}
	for _, k := range ObjectKinds() {
		if seen[k] {
			t.Errorf("%s stands twice in kindOrder", k)
		}
		seen[k] = true
		if back, err := ParseObjectKind(strings.ToLower(strings.ReplaceAll(string(k), " ", "_"))); err != nil || back != k {
			t.Errorf("%s: %v %v", k, back, err)
		}
	}
}

func TestStanding(t *testing.T) {
	s := Standing{}.Reach(RungRead).Reach(RungConverted).Refuse()
	if s.Rung != RungRead || !s.Refused || s.Reach(RungCompiled).Rung != RungRead {
		t.Errorf("a refused object must stay at rung 1: %+v", s)
	}
	if s := (Standing{}).Reach(RungCompiled).Reach(RungAccepted); s.Rung != RungCompiled {
		t.Errorf("a rung was lost: %v", s)
	}
}

func TestSnippet(t *testing.T) {
	src := "one\ntwo\nthree x four\nfive\nsix\n"
	lo := strings.Index(src, "x")
	for _, c := range []struct {
		context int
		text    string
		line    int
	}{{0, "three x four", 3}, {1, "two\nthree x four\nfive", 2}, {9, strings.TrimRight(src, "\n"), 1}} {
		s := NewSnippet(src, lo, lo+1, 3, c.context)
		_, at, _, ok := s.Parts()
		if s.Text != c.text || s.Line != c.line || at != "x" || !ok {
			t.Errorf("context %d: %+v at %q", c.context, s, at)
		}
	}
	for lo := range len(src) + 1 { // no place in the text may cut wrongly
		for hi := lo; hi <= len(src); hi++ {
			s := NewSnippet(src, lo, hi, 1+strings.Count(src[:lo], "\n"), 1)
			if _, at, _, ok := s.Parts(); !ok || at != strings.TrimRight(src[lo:hi], "\n") && !strings.HasPrefix(src[lo:hi], at) {
				t.Fatalf("%d..%d: %+v", lo, hi, s)
			}
		}
	}
}

func TestFingerprintsHoldOverLineMoves(t *testing.T) {
	make3 := func(src string) []Finding {
		var fs []Finding
		for at := 0; ; {
			i := strings.Index(src[at:], "nvl")
			if i < 0 {
				break
			}
			line := 1 + strings.Count(src[:at+i], "\n")
			fs = append(fs, Finding{Code: "CV0101", Object: "view:A.V", Pos: Pos{File: "a.sql", Line: line}, Message: "m", Snippet: NewSnippet(src, at+i, at+i+3, line, 1)})
			at += i + 3
		}
		SortFindings(fs)
		SetFingerprints(fs)
		return fs
	}
	prints := func(fs []Finding) (p []string) {
		for _, f := range fs {
			p = append(p, f.Fingerprint)
		}
		return p
	}
	a := prints(make3("x\nnvl(a)\ny\nnvl(a)\nnvl(b)\n"))
	if diff := cmp.Diff(a, prints(make3("-- new\n\nx\n   nvl(a)\nz\n  nvl(a)\n\tnvl(b)  \n"))); diff != "" {
		t.Error(diff)
	}
	if a[0] == a[1] || a[1] == a[2] {
		t.Errorf("equal code in one object must still be told apart: %v", a)
	}
	if b := prints(make3("x\nnvl(changed)\n")); b[0] == a[0] {
		t.Error("changed code kept its fingerprint")
	}
}

type retryErr struct{ error }

func (retryErr) Retryable() bool { return true }

func TestError(t *testing.T) {
	cause := errors.New("unexpected )")
	inner := &Error{Code: "PX0003", Op: "parse", Pos: Pos{File: "pkg.sql", Line: 41, Col: 7}, Err: cause, Hint: "close the parenthesis"}
	err := fmt.Errorf("assess: %w", &Error{Op: "read script", Object: "table:A.B", Err: inner, Hint: "outer"})
	if !errors.Is(err, cause) || Code(err) != "PX0003" || Hint(err) != "close the parenthesis" {
		t.Errorf("code %s hint %s", Code(err), Hint(err))
	}
	if want := "assess: read script: A.B: pkg.sql:41:7: parse: unexpected ) [PX0003]"; err.Error() != want {
		t.Errorf("got  %s\nwant %s", err, want)
	}
	if Retryable(err) || !Retryable(&Error{Op: "copy", Err: retryErr{cause}}) {
		t.Error("Retryable must come from the chain")
	}
}
