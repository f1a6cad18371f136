package convert

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"landfall/internal/model"
)

// A manifest that is written in blocks is the one that encoding/json makes in one go, whatever its lists hold.
func TestManifestInBlocks(t *testing.T) {
	for _, n := range []int{0, 1, 2, jsonBlock, jsonBlock + 1, 3*jsonBlock + 7} {
		m := Manifest{Version: manifestVersion, Target: "a <b> & c", Support: []string{"to_date"}}
		for i := range n {
			m.Files = append(m.Files, ManifestFile{Name: fmt.Sprintf("schema/05_type/<%d>.sql", i), Phase: "type"})
			m.Objects = append(m.Objects, ManifestObject{
				Object: Object{ID: model.ObjectID(fmt.Sprintf("table:T%d", i)), Codes: []string{"CV0001"}[:i%2]},
				Files:  []string{"a", "b"}[:i%3],
			})
		}
		want, err := json.MarshalIndent(m, "", "  ")
		if err != nil {
			t.Fatal(err)
		}
		var got bytes.Buffer
		if err := m.write(&got); err != nil {
			t.Fatal(err)
		}
		if got.String() != string(want)+"\n" {
			t.Errorf("%d objects: the manifest differs from json.MarshalIndent's", n)
		}
	}
}

func TestLinesInBlocks(t *testing.T) {
	var list []string
	var want strings.Builder
	for i := range 5*jsonBlock + 3 {
		list = append(list, fmt.Sprintf("<%d>", i))
		fmt.Fprintf(&want, "\"<%d>\"\n", i)
	}
	var got bytes.Buffer
	if err := jsonLines(&got, list); err != nil {
		t.Fatal(err)
	}
	if got.String() != want.String() {
		t.Error("lines are lost or out of order")
	}
	if err := jsonLines(failingWriter{}, list); err == nil {
		t.Error("the error of the writer is lost")
	}
}

type failingWriter struct{}

func (failingWriter) Write([]byte) (int, error) { return 0, fmt.Errorf("no room") }
