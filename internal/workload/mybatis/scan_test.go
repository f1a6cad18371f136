package mybatis

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"landfall/internal/workload"
)

const samples = "../../../testdata/appsource/mappers"

func load(t testing.TB) []*workload.Source {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(samples, "*.xml"))
	if err != nil || len(names) == 0 {
		t.Fatal(err, names)
	}
	var files []*workload.Source
	for _, n := range names {
		src, err := os.ReadFile(n)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, workload.NewSource(filepath.Base(n), src))
	}
	return files
}

func scan(t testing.TB, files []*workload.Source) (all []workload.Statement, problems []workload.Problem) {
	t.Helper()
	_, err := Scan(files, nil, workload.Sink{
		Statement: func(s workload.Statement) error { all = append(all, s); return nil },
		Problem:   func(p workload.Problem) { problems = append(problems, p) },
	})
	if err != nil {
		t.Fatal(err)
	}
	return all, problems
}

// TestSamples counts the combinations of every statement by hand, and holds each to be read and to come from the bytes
// that it says.
func TestSamples(t *testing.T) {
	files := load(t)
	all, problems := scan(t, files)
	got := map[string]int{}
	bytes := map[string][]byte{}
	for _, f := range files {
		bytes[f.Name] = f.Text
	}
	var dump strings.Builder
	for _, s := range all {
		got[s.Source.Unit]++
		if !workload.Readable(s.Text) {
			t.Errorf("%s %s, branch %d cannot be read:\n%s", s.Pos, s.Origin, s.Source.Branch, s.Text)
		}
		fmt.Fprintf(&dump, "%s %s %d/%d\n%s\n", s.Pos, s.Origin, s.Source.Branch, s.Source.Branches, s.Text)
		for _, b := range s.Binds {
			fmt.Fprintf(&dump, "  bind %s %s %v\n", b.Name, b.Type, b.Out)
		}
		checkSegments(t, s, bytes)
	}
	for _, p := range problems {
		fmt.Fprintf(&dump, "%s %s: %s\n", p.Pos, p.Kind, p.Reason)
	}
	want := map[string]int{
		"findByNo": 1, "search": 8, "page": 6, "findAll": 1, "change": 4, "add": 2, "add!selectKey": 1, "either": 2, "remark": 1,
		"list": 4, "drop": 1, "many": 13,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if got["many"] > MaxBranches {
		t.Errorf("many: %d statements", got["many"])
	}
	golden(t, "samples.golden", dump.String())
}

// checkSegments holds that segments cover the text and that pieces of text are what the file has there.
func checkSegments(t *testing.T, s workload.Statement, files map[string][]byte) {
	t.Helper()
	at := 0
	for _, g := range s.Source.Segments {
		text := s.Text[at : at+g.Len]
		at += g.Len
		src := files[g.File]
		switch {
		case g.Holds == workload.HoldsText && g.Hi-g.Lo == g.Len:
			if string(src[g.Lo:g.Hi]) != text {
				t.Errorf("%s: segment %q is %q in the file", s.Origin, text, src[g.Lo:g.Hi])
			}
		case g.Holds == workload.HoldsText:
			if src[g.Lo] != '&' {
				t.Errorf("%s: segment %q is no reference in the file: %q", s.Origin, text, src[g.Lo:g.Hi])
			}
		case g.Holds == workload.HoldsBind && g.Hi > g.Lo:
			if string(src[g.Lo:g.Hi]) != g.Name {
				t.Errorf("%s: variable %q is %q in the file", s.Origin, g.Name, src[g.Lo:g.Hi])
			}
		}
	}
	if at != len(s.Text) {
		t.Errorf("%s: segments cover %d of %d bytes", s.Origin, at, len(s.Text))
	}
}

// TestCover holds the covering set to what it says: each condition of ManyMapper is there and is not there.
func TestCover(t *testing.T) {
	all, problems := scan(t, load(t))
	told := 0
	for _, p := range problems {
		if p.Kind == workload.Enumeration {
			told++
		}
	}
	if told != 1 {
		t.Errorf("%d statements are said to be cut", told)
	}
	for _, part := range []string{
		"policy_no = ", "product_code = ", "holder_id = ", "insured_id = ", "agent_id = ", "branch_code = ", "status = ", "currency = ", "pay_mode = 'Y'", "pay_mode = 'H'", "pay_mode = 'Q'", "pay_mode = 'M'",
	} {
		with, without := 0, 0
		for _, s := range all {
			if s.Source.Unit != "many" {
				continue
			}
			if strings.Contains(s.Text, part) {
				with++
			} else {
				without++
			}
		}
		if with == 0 || without == 0 {
			t.Errorf("%s stands in %d statements and not in %d", part, with, without)
		}
	}
}

// TestBroken tells what is wrong with its place and goes on with the other files.
func TestBroken(t *testing.T) {
	files := []*workload.Source{
		workload.NewSource("broken.xml", []byte("<mapper namespace=\"a\">\n <select id=\"x\">SELECT 1 FROM dual</update>\n</mapper>")),
		workload.NewSource("open.xml", []byte("<mapper namespace=\"a\">\n <select id=\"x\">SELECT 1 FROM dual")),
		workload.NewSource("entity.xml", []byte("<mapper namespace=\"a\">\n <select id=\"x\">SELECT &nosuch; FROM dual</select></mapper>")),
		workload.NewSource("lost.xml", []byte("<mapper namespace=\"b\"><select id=\"y\">SELECT 1 FROM dual<include refid=\"none\"/></select></mapper>")),
		workload.NewSource("loop.xml", []byte("<mapper namespace=\"c\"><sql id=\"l\">a<include refid=\"l\"/></sql><select id=\"z\">SELECT 1 FROM dual<include refid=\"l\"/></select></mapper>")),
		workload.NewSource("pom.xml", []byte("<project><mapper/></project>")),
	}
	_, problems := scan(t, files)
	var got []string
	for _, p := range problems {
		got = append(got, fmt.Sprintf("%s:%d %s", p.Pos.File, p.Pos.Line, p.Kind))
	}
	want := []string{"broken.xml:2 unreadable", "open.xml:2 unreadable", "entity.xml:2 unreadable", "lost.xml:1 unresolved", "loop.xml:1 unresolved"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestTraps reads what once was lost, counted wrongly or left out: each statement comes out as it is here.
func TestTraps(t *testing.T) {
	mapper := `<!DOCTYPE mapper [<!ENTITY cols "id, name">]>
<mapper namespace="a">
<select id="entity">SELECT &cols; FROM t</select>
<update id="set">UPDATE t <set><if test="n != null">n = #{n},</if></set> WHERE id = #{id}</update>
<insert id="columns">INSERT INTO t <trim prefix="(" suffix=")" suffixOverrides=","><if test="n != null">n,</if></trim> <trim prefix="VALUES (" suffix=")" suffixOverrides=","><if test="n != null">#{n},</if></trim></insert>
<insert id="query">INSERT INTO t <trim prefix="(" suffix=")"><if test="n != null">n</if></trim> SELECT n FROM u</insert>
<sql id="now" databaseId="oracle">SYSDATE</sql>
<sql id="now">now()</sql>
<select id="one" databaseId="oracle">SELECT <include refid="now"/> FROM dual</select>
<select id="one">SELECT 1</select>
</mapper>`
	files := []*workload.Source{
		workload.NewSource("m.xml", []byte(mapper)),
		workload.NewSource("spring.xml", []byte("<beans><bean>\n<property name=\"sql\" value=\"SELECT a FROM t\"/><value>select one from the list</value></bean></beans>")),
		workload.NewSource("pom.xml", []byte("<project><name>Select a tool</name></project>")),
	}
	all, problems := scan(t, files)
	var got []string
	for _, s := range all {
		got = append(got, s.Source.Unit+": "+strings.Join(strings.Fields(s.Text), " "))
	}
	for _, p := range problems {
		got = append(got, fmt.Sprintf("%s:%d %s", p.Pos.File, p.Pos.Line, p.Kind))
	}
	want := []string{
		"entity: SELECT id, name FROM t", "set: UPDATE t SET n = :n WHERE id = :id", "columns: INSERT INTO t ( n ) VALUES ( :n )", "query: INSERT INTO t ( n ) SELECT n FROM u", "query: INSERT INTO t SELECT n FROM u",
		"one: SELECT SYSDATE FROM dual", "spring.xml:2 unresolved", "m.xml:4 assumed", "m.xml:5 assumed", "m.xml:10 not oracle",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	name = filepath.Join("testdata", name)
	if os.Getenv("UPDATE") == "1" {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Error(diff)
	}
}

// FuzzScan holds the scanner to ending, to bounded output and to segments that fit.
func FuzzScan(f *testing.F) {
	for _, s := range load(f) {
		f.Add(s.Text)
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		if len(text) > 1<<16 {
			return
		}
		all, _ := scan(t, []*workload.Source{workload.NewSource("f.xml", text)})
		for _, s := range all {
			checkSegments(t, s, map[string][]byte{"f.xml": text})
		}
	})
}
