package files

import (
	"context"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestSkippedSource holds that source under an ending that is not known is told of, once, and nothing else is.
func TestSkippedSource(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "a.sql", "create table a (x number);")
	for i := range 3 {
		write(t, dir, fmt.Sprintf("keys/%d.zzz", i), "-- keys\nalter table a add constraint a_pk primary key (x);\n")
	}
	write(t, dir, "b.qqq", "Create Or Replace  Editionable\n package p is end;")
	write(t, dir, "letter.doc1", "we create table after table; alter table too")
	write(t, dir, "README.md", "create table a (x number);")
	write(t, dir, "binary.dat", "create table a (x number);\x00")
	write(t, dir, "long.txt", "nothing\n")
	say := func(opt Options) []string {
		var list []string
		_, problems := Find(context.Background(), []string{dir}, opt)
		for _, p := range problems {
			list = append(list, p.Pos.File[len(dir):]+": "+p.Msg+": "+p.Hint)
		}
		return list
	}
	want := []string{
		"/b.qqq: holds Oracle source, but its ending is not known: 1 file that ends in .qqq is not taken, unless a script calls them: add --ext qqq",
		"/keys/0.zzz: holds Oracle source, but its ending is not known: 3 files that end in .zzz are not taken, unless a script calls them: add --ext zzz",
	}
	if diff := cmp.Diff(want, say(Options{})); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(want[:1], say(Options{Ext: []string{"zzz"}})); diff != "" {
		t.Error(diff)
	}
}
