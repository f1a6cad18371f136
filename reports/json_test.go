package reports

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"landfall/assess"
	"landfall/reports/schema"
)

func compiledSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(schema.JSONSchema))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("report.schema.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("report.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func jsonOf(t *testing.T, r *assess.Result) string {
	t.Helper()
	var b strings.Builder
	if err := WriteJSON(&b, r); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestJSONFitsTheSchema(t *testing.T) {
	s := compiledSchema(t)
	empty := &assess.Result{}
	empty.Finish()
	for name, r := range map[string]*assess.Result{"sample": sampleResult(1), "empty": empty} {
		doc, err := jsonschema.UnmarshalJSON(strings.NewReader(jsonOf(t, r)))
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Validate(doc); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, bad := range []string{`{}`, strings.Replace(jsonOf(t, sampleResult(1)), `"severity": "high"`, `"severity": "dire"`, 1)} {
		doc, err := jsonschema.UnmarshalJSON(strings.NewReader(bad))
		if err != nil {
			t.Fatal(err)
		}
		if s.Validate(doc) == nil {
			t.Error("the schema takes a wrong report")
		}
	}
}

func TestJSONReadsBackAndIsStable(t *testing.T) {
	want := sampleResult(1)
	text := jsonOf(t, want)
	if text != jsonOf(t, sampleResult(1)) {
		t.Error("the same input gave other bytes")
	}
	var got assess.Result
	if err := json.Unmarshal([]byte(text), &got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, &got); diff != "" {
		t.Error(diff)
	}
}

// TestJSONIsThatOfTheEncoder holds the streamed file against what the encoder makes of the whole result.
func TestJSONIsThatOfTheEncoder(t *testing.T) {
	for name, r := range ciResults() {
		want, err := indented(r, "")
		if err != nil {
			t.Fatal(err)
		}
		var got bytes.Buffer
		if err := WriteJSON(&got, r); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got.Bytes(), want) {
			t.Errorf("%s: the streamed file differs:\n%s", name, cmp.Diff(string(want), got.String()))
		}
	}
}
