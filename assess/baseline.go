package assess

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path/filepath"

	"landfall/assess/checks"
	"landfall/assess/phrase"
	"landfall/internal/model"
)

// Earlier is what an earlier report.json says, as far as it is compared.
type Earlier struct {
	File          string            `json:"-"`
	FormatVersion int               `json:"format_version"`
	Tool          Tool              `json:"tool"`
	Source        Source            `json:"source"`
	Target        Target            `json:"target"`
	Findings      []ResolvedFinding `json:"findings"`
	Checks        []struct {
		Code    string         `json:"code"`
		Verdict checks.Verdict `json:"verdict"`
	} `json:"checks"`
}

// ReadBaseline reads report.json of an earlier run.
func ReadBaseline(name string, in io.Reader) (*Earlier, error) {
	fail := func(hint, format string, args ...any) error {
		return &model.Error{Code: "AS0010", Op: "read baseline", Pos: model.Pos{File: name}, Err: fmt.Errorf(format, args...), Hint: hint}
	}
	const another = "name the report.json that an earlier landfall assess wrote"
	e := &Earlier{File: filepath.Base(name)}
	dec := json.NewDecoder(in)
	if err := dec.Decode(e); err != nil {
		var syntax *json.SyntaxError
		if errors.As(err, &syntax) {
			return nil, fail(another, "byte %d: %w", syntax.Offset, err)
		}
		return nil, fail(another, "%w", err)
	}
	switch {
	case e.FormatVersion == 0 || e.Tool.Name != "landfall":
		return nil, fail(another, "not a report of landfall")
	case e.FormatVersion != FormatVersion:
		return nil, fail("make the baseline anew with this version", "report of format %d, this program reads %d", e.FormatVersion, FormatVersion)
	}
	if e.Findings == nil {
		return nil, fail("make the baseline anew", "it has no list of findings")
	}
	for _, f := range e.Findings {
		if f.Fingerprint == "" {
			return nil, fail("make the baseline anew", "finding %s %s has no fingerprint", f.Code, f.Object)
		}
	}
	return e, nil
}

// fits says whether the baseline is about the same source and target.
func (e *Earlier) fits(r *Result) error {
	fail := func(hint, format string, args ...any) error {
		return &model.Error{Code: "AS0011", Op: "compare with the baseline", Pos: model.Pos{File: e.File}, Err: fmt.Errorf(format, args...), Hint: hint}
	}
	switch {
	case e.Source.Name != r.Source.Name:
		return fail("name the baseline of this source; where the folder was only renamed, --name "+e.Source.Name+" gives the source its old name",
			"it is of the source %q, this is %q", e.Source.Name, r.Source.Name)
	case e.Target.Profile != r.Target.Profile:
		return fail("make a baseline for this target", "it is for the target %q, this is %q", e.Target.Profile, r.Target.Profile)
	}
	return nil
}

// compare gives every finding its status, and lists those that are no more. The result must be in report order.
func (r *Result) compare(e *Earlier, words phrase.Table) error {
	if err := e.fits(r); err != nil {
		return err
	}
	b := &Baseline{File: e.File, Tool: e.Tool, Source: e.Source.Name, Target: e.Target.Profile, ResolvedOf: []ResolvedFinding{}}
	if e.Tool.Version != r.Tool.Version {
		b.Remarks = append(b.Remarks, words.Say("the baseline was made by version %s, this is %s: rules may have been added or sharpened", e.Tool.Version, r.Tool.Version))
	}
	if e.Source.Kind != r.Source.Kind {
		b.Remarks = append(b.Remarks, words.Say("the baseline is of %s, this is of %s", e.Source.Kind, r.Source.Kind))
	}
	was := make(map[string]bool, len(e.Findings))
	for i := range e.Findings {
		was[e.Findings[i].Fingerprint] = true
	}
	now := make(map[string]bool, len(r.Findings))
	for i := range r.Findings {
		f := &r.Findings[i]
		now[f.Fingerprint] = true
		f.Status = StatusNew
		count := &b.New
		if was[f.Fingerprint] {
			f.Status, count = StatusUnchanged, &b.Unchanged
		}
		if f.Waiver == nil {
			count.Add(f.Severity)
		}
	}
	for i := range e.Findings {
		if f := e.Findings[i]; !now[f.Fingerprint] {
			b.ResolvedOf = append(b.ResolvedOf, f)
			b.Resolved.Add(f.Severity)
		}
	}
	verdicts := map[string]checks.Verdict{}
	for _, c := range e.Checks {
		verdicts[c.Code] = c.Verdict
	}
	for i := range r.Checks {
		c := &r.Checks[i]
		if v, ok := verdicts[c.Code]; ok && v != c.Verdict {
			c.Was = v
		}
	}
	r.Baseline = b
	return nil
}
