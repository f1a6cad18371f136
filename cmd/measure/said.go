package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"landfall/internal/model"
)

// Said is what a conversion of a whole estate reports of the places of its input.
type Said struct {
	findings map[string][]model.Finding // by file
	ledger   map[string][]ledgerLine
}

type ledgerLine struct {
	Class string    `json:"class"`
	Code  string    `json:"code"`
	What  string    `json:"what"`
	Part  bool      `json:"part"`
	Pos   model.Pos `json:"pos"`
}

// readSaid reads findings.jsonl and ledger.jsonl of an output folder; where there are none it says nothing.
func readSaid(dir string) (*Said, error) {
	s := &Said{findings: map[string][]model.Finding{}, ledger: map[string][]ledgerLine{}}
	err := eachLine(filepath.Join(dir, "findings.jsonl"), func(b []byte) error {
		var f model.Finding
		err := json.Unmarshal(b, &f)
		s.findings[f.Pos.File] = append(s.findings[f.Pos.File], f)
		return err
	})
	if err != nil {
		return nil, err
	}
	return s, eachLine(filepath.Join(dir, "ledger.jsonl"), func(b []byte) error {
		var l ledgerLine
		err := json.Unmarshal(b, &l)
		s.ledger[l.Pos.File] = append(s.ledger[l.Pos.File], l)
		return err
	})
}

func eachLine(name string, each func([]byte) error) error {
	f, err := os.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer f.Close()
	sc := bufio.NewScanner(f)
	sc.Buffer(nil, 1<<26)
	for sc.Scan() {
		if err := each(sc.Bytes()); err != nil {
			return err
		}
	}
	return sc.Err()
}

// about adds to a reason what the conversion says itself: the finding of the code that refused an item, else the line
// of the ledger for the statement.
func (s *Said) about(o Outcome, text string) (string, string) {
	var worst *model.Finding
	for i, f := range s.findings[o.Pos.File] {
		inside := f.Pos.Line >= o.Pos.Line && f.Pos.Line <= max(o.End, o.Pos.Line)
		if !inside || o.Refused != "" && f.Code != o.Refused {
			continue
		}
		if worst == nil || f.Severity > worst.Severity {
			worst = &s.findings[o.Pos.File][i]
		}
	}
	if worst != nil {
		return strings.TrimSuffix(text, " "+worst.Code) + " " + worst.Code + " " + worst.Rule + ": " + general(worst.Message), worst.Message + " at " + worst.Pos.String()
	}
	if o.Owner != "" && len(s.findings[o.Pos.File]) > 0 {
		return text + " with its whole package or type", ""
	}
	for _, l := range s.ledger[o.Pos.File] {
		if !l.Part && l.Pos.Line == o.Pos.Line {
			return text + "; the ledger says " + strings.TrimSpace(l.Class+" "+l.Code), l.What
		}
	}
	return text, ""
}
