package reports

import (
	"bufio"
	"encoding/json"
	"io"
	"net/url"
	"path"
	"regexp"
	"strconv"

	"landfall/assess"
	"landfall/internal/model"
)

// sarifSchema is the address by which the format names its schema; nothing is fetched from it.
const sarifSchema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

// The parts of SARIF 2.1.0 that we write (OASIS standard, section 3).
type (
	sarifText struct {
		Text string `json:"text"`
	}
	sarifRule struct {
		ID      string     `json:"id"`
		Name    string     `json:"name,omitempty"`
		Short   sarifText  `json:"shortDescription"`
		Full    *sarifText `json:"fullDescription,omitempty"`
		Default struct {
			Level string `json:"level"`
		} `json:"defaultConfiguration"`
		Properties map[string]string `json:"properties"`
	}
	sarifResult struct {
		RuleID       string            `json:"ruleId"`
		RuleIndex    int               `json:"ruleIndex"`
		Level        string            `json:"level"`
		Message      sarifText         `json:"message"`
		Locations    []sarifLocation   `json:"locations"`
		Fingerprints map[string]string `json:"partialFingerprints"`
		Baseline     string            `json:"baselineState,omitempty"`
		Suppressed   []sarifWaiver     `json:"suppressions,omitempty"`
		Properties   map[string]string `json:"properties"`
	}
	sarifWaiver struct {
		Kind          string            `json:"kind"`
		Status        string            `json:"status"`
		Justification string            `json:"justification"`
		Properties    map[string]string `json:"properties"`
	}
	sarifLocation struct {
		Physical sarifPhysical  `json:"physicalLocation"`
		Logical  []sarifLogical `json:"logicalLocations,omitempty"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   *sarifRegion  `json:"region,omitempty"`
	}
	sarifArtifact struct {
		URI  string `json:"uri"`
		Base string `json:"uriBaseId,omitempty"`
	}
	sarifRegion struct {
		StartLine   int `json:"startLine"`
		StartColumn int `json:"startColumn,omitempty"`
	}
	sarifLogical struct {
		Name      string `json:"name"`
		Qualified string `json:"fullyQualifiedName"`
		Kind      string `json:"kind"`
	}
)

// Names of the roots that locations stand under: of files in the reader's checkout, and of objects that stand in no file.
const (
	sarifFiles   = "SRCROOT"
	sarifObjects = "DATABASE"
)

// sarifPrint is the name of our fingerprints; its version grows when they are made otherwise.
const sarifPrint = "landfall/v1"

// WriteSARIF writes all findings, of objects and of workload statements, as SARIF 2.1.0, one result a line. Results are
// streamed.
func WriteSARIF(w io.Writer, r *assess.Result, o Options) error {
	b := bufio.NewWriterSize(w, 1<<16)
	if err := writeSARIF(b, r, o); err != nil {
		return &model.Error{Code: "RP0007", Op: "write report.sarif", Err: err}
	}
	if err := b.Flush(); err != nil {
		return &model.Error{Code: "RP0007", Op: "write report.sarif", Err: err}
	}
	return nil
}

var semantic = regexp.MustCompile(`^v?(\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?)$`)

func writeSARIF(b *bufio.Writer, r *assess.Result, o Options) error {
	e := json.NewEncoder(b) // ends every value with a line break
	e.SetEscapeHTML(false)
	texts := ruleTexts(r)
	index := make(map[string]int, len(texts))
	rules := make([]sarifRule, len(texts))
	for i, u := range texts {
		index[u.Code] = i
		s := sarifRule{ID: u.Code, Name: u.Name, Short: sarifText{visible(u.Title)}, Properties: map[string]string{"severity": u.Severity.String(), "effort": u.Effort.String()}}
		if u.Doc != "" {
			s.Full = &sarifText{visible(u.Doc)}
		}
		s.Default.Level = level(u.Severity)
		rules[i] = s
	}
	driver := map[string]any{"name": r.Tool.Name, "version": r.Tool.Version, "rules": rules}
	if m := semantic.FindStringSubmatch(r.Tool.Version); m != nil {
		driver["semanticVersion"] = m[1]
	}
	bases := map[string]any{
		sarifFiles:   map[string]any{"description": sarifText{"the folder that the source and the application lie in"}},
		sarifObjects: map[string]any{"description": sarifText{"objects and statements that stand in no file"}},
	}
	b.WriteString(`{"$schema":"` + sarifSchema + `","version":"2.1.0","runs":[{"tool":`)
	if err := e.Encode(map[string]any{"driver": driver}); err != nil {
		return err
	}
	b.WriteString(`,"columnKind":"unicodeCodePoints","originalUriBaseIds":`)
	if err := e.Encode(bases); err != nil {
		return err
	}
	b.WriteString(`,"results":[`)
	first := true
	err := annotations(r, o, func(a annotation) error {
		if !first {
			b.WriteByte(',')
		}
		first = false
		return e.Encode(sarifOf(a, index[a.code]))
	})
	if err != nil {
		return err
	}
	if r.Baseline != nil {
		for _, f := range r.Baseline.ResolvedOf {
			i, ok := index[f.Code]
			if !ok {
				i = -1 // its rule reports nothing any more: SARIF's word for "not in the list"
			}
			a := annotation{code: f.Code, severity: f.Severity, object: f.Object, line: f.Pos.Line, col: f.Pos.Col, message: f.Message, fingerprint: f.Fingerprint, status: assess.StatusResolved}
			if a.file, a.made = o.place(f.Pos.File, string(f.Object)); a.made {
				a.line, a.col = 0, 0
			}
			if !first {
				b.WriteByte(',')
			}
			first = false
			if err := e.Encode(sarifOf(a, i)); err != nil {
				return err
			}
		}
	}
	b.WriteString("]}]}\n")
	return nil
}

func sarifOf(a annotation, rule int) sarifResult {
	s := sarifResult{
		RuleID: a.code, RuleIndex: rule, Level: level(a.severity), Message: sarifText{a.sayMore()},
		Fingerprints: map[string]string{sarifPrint: a.fingerprint}, Properties: map[string]string{"severity": a.severity.String(), "effort": a.effort},
	}
	switch a.status {
	case assess.StatusNew, assess.StatusUnchanged:
		s.Baseline = a.status
	case assess.StatusResolved:
		s.Baseline = "absent"
	}
	if v := a.waiver; v != nil {
		s.Suppressed = []sarifWaiver{{"external", "accepted", visible(v.Reason), map[string]string{"owner": visible(v.Owner), "until": v.Until}}}
	}
	at := sarifLocation{Physical: sarifPhysical{Artifact: sarifArtifact{URI: uri(a.file), Base: sarifFiles}}}
	if a.made {
		at.Physical.Artifact.Base = sarifObjects
	} else if path.IsAbs(a.file) { // outside of every root
		at.Physical.Artifact = sarifArtifact{URI: "file://" + uri(a.file)}
	}
	if !a.made && a.line > 0 {
		at.Physical.Region = &sarifRegion{StartLine: a.line, StartColumn: max(a.col, 0)}
	}
	if a.object != "" {
		at.Logical = []sarifLogical{{Name: visible(a.object.Name()), Qualified: visible(string(a.object)), Kind: "database object"}}
	}
	s.Locations = []sarifLocation{at}
	return s
}

// uri writes a path as a relative reference (RFC 3986): no part of it is taken for a scheme, a query or a drive.
func uri(file string) string { return (&url.URL{Path: visible(file)}).String() }

func itoa(n int) string { return strconv.Itoa(n) }
