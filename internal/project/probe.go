package project

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"landfall/internal/model"
)

// ProbeFile is the name of what a server answered, in a project folder.
const ProbeFile = "probe.json"

// probeVersion grows by one when a field of probe.json changes its meaning or goes away.
const probeVersion = 1

// Probe is what a server answered to the questions of landfall doctor.
type Probe struct {
	FormatVersion int           `json:"format_version"`
	Target        string        `json:"target"`  // profile of the server, with its version: postgresql:15
	Product       string        `json:"product"` // in its own words
	Answers       []ProbeAnswer `json:"answers"`
}

// ProbeAnswer is the answer to one question.
type ProbeAnswer struct {
	Name    string `json:"name"`
	Feature string `json:"feature"`
	Answer  string `json:"answer"` // yes, no, open
	Want    string `json:"want,omitempty"`
	Got     string `json:"got,omitempty"`
}

// Answers of probes.
const (
	AnswerYes  = "yes"
	AnswerNo   = "no"
	AnswerOpen = "open" // the question was not asked
)

// ReadProbe reads probe.json of a project folder; nil when there is none.
func ReadProbe(dir string) (*Probe, error) {
	name := filepath.Join(dir, ProbeFile)
	data, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	fail := func(err error) error {
		return &model.Error{Code: "CF0002", Op: "read answers", Pos: model.Pos{File: name}, Err: err, Hint: "landfall doctor --target URL --project " + dir + " writes it anew"}
	}
	var p Probe
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&p); err != nil {
		return nil, fail(err)
	}
	if p.FormatVersion != probeVersion {
		return nil, fail(fmt.Errorf("format version %d, this program reads %d", p.FormatVersion, probeVersion))
	}
	for _, a := range p.Answers {
		if a.Answer != AnswerYes && a.Answer != AnswerNo && a.Answer != AnswerOpen || a.Feature == "" {
			return nil, fail(fmt.Errorf("%q about %q is no answer", a.Answer, a.Feature))
		}
	}
	return &p, nil
}

// Encode is the text of probe.json.
func (p Probe) Encode() []byte {
	p.FormatVersion = probeVersion
	b, err := json.MarshalIndent(p, "", "  ")
	if err != nil {
		panic(err) // plain values of our own types always encode
	}
	return append(b, '\n')
}
