package reports

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"landfall/assess"
	"landfall/assess/fleet"
	"landfall/reports/schema"
)

func compiledSchema(t *testing.T) *jsonschema.Schema { return compiled(t, schema.JSONSchema) }

func compiled(t *testing.T, text []byte) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
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

// TestFleetFitsTheSchema validates a fleet as the command writes it, and an empty one; a wrong one is not taken.
func TestFleetFitsTheSchema(t *testing.T) {
	s := compiled(t, schema.FleetSchema)
	r := sampleFleet() // with the lists that the roll-up never leaves out
	r.Duplicates, r.Problems = []fleet.SchemaSet{}, []string{}
	for i := range r.Databases {
		if r.Databases[i].Scores == nil {
			r.Databases[i].Scores = []assess.Score{}
		}
	}
	for i := range r.Groups {
		if r.Groups[i].Because == nil {
			r.Groups[i].Because = []string{}
		}
	}
	good, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]bool{string(good): true, `{}`: false, strings.Replace(string(good), `"overlap":0.75`, `"overlap":"much"`, 1): false} {
		doc, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Validate(doc); (err == nil) != want {
			t.Errorf("%.80s: %v", text, err)
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
