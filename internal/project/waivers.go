package project

import (
	"errors"
	"regexp"
	"strings"
	"time"

	"gopkg.in/yaml.v3"
)

// Waiver is one line of waivers.yaml: which findings, who answers for leaving them, why and until when.
type Waiver struct {
	Line        int
	Fingerprint string // of one finding; or
	Code        string // of a rule, with
	Object      string // a pattern of object ids: * and ? stand for any characters and for one
	Owner       string
	Reason      string
	Until       string // last day: 2026-12-31
}

// Covers reports whether the pattern of a waiver takes an object id.
func (w Waiver) Covers(object string) bool { return pattern(w.Object).MatchString(object) }

// pattern is a regular expression for a pattern with * and ?.
func pattern(s string) *regexp.Regexp {
	s = regexp.QuoteMeta(s)
	s = strings.ReplaceAll(strings.ReplaceAll(s, `\*`, ".*"), `\?`, ".")
	return regexp.MustCompile("(?s)^" + s + "$")
}

var fingerprint = regexp.MustCompile(`^[0-9a-f]{16}$`)

// ParseWaivers reads the text of a file of waivers: a list under the key waivers. The error joins all that is wrong.
func ParseWaivers(file string, data []byte) ([]Waiver, error) {
	r := &reader{file: file, what: "read waivers"}
	var list []Waiver
	if top := r.document(data); top != nil {
		r.mapping(top, WaiversFile, map[string]field{"waivers": func(n *yaml.Node) {
			n = target(n)
			if n.Kind != yaml.SequenceNode {
				r.fail(n, "write a list: a line beginning with - for each waiver", "waivers must be a list")
				return
			}
			for _, item := range n.Content {
				if w, ok := r.waiver(item); ok {
					list = append(list, w)
				}
			}
		}})
	}
	return list, errors.Join(r.errs...)
}

func (r *reader) waiver(n *yaml.Node) (w Waiver, ok bool) {
	before := len(r.errs)
	w.Line = n.Line
	into := func(what string, s *string) field {
		return func(n *yaml.Node) { *s, _ = r.text(n, what) }
	}
	r.mapping(n, "a waiver", map[string]field{
		"fingerprint": into("fingerprint", &w.Fingerprint), "code": into("code", &w.Code), "object": into("object", &w.Object),
		"owner": into("owner", &w.Owner), "reason": into("reason", &w.Reason), "expires": into("expires", &w.Until),
	})
	if len(r.errs) > before {
		return w, false
	}
	switch {
	case w.Fingerprint != "" && (w.Code != "" || w.Object != ""):
		r.fail(n, "take one of the two", "a waiver names a fingerprint, or a code and an object, not both")
	case w.Fingerprint == "" && (w.Code == "" || w.Object == ""):
		r.fail(n, "fingerprint: 16 digits of the report; or code: CV0101 and object: 'table:HR.*'", "a waiver must say which findings: a fingerprint, or a code and an object")
	case w.Fingerprint != "" && !fingerprint.MatchString(w.Fingerprint):
		r.fail(n, "copy it from the report", "%q is no fingerprint: 16 hexadecimal digits", w.Fingerprint)
	case w.Owner == "":
		r.fail(n, "owner: who answers for it", "a waiver needs an owner")
	case w.Reason == "":
		r.fail(n, "reason: why it may stay", "a waiver needs a reason")
	case w.Until == "":
		r.fail(n, "expires: 2026-12-31", "a waiver needs a day on which it expires")
	}
	if w.Until != "" {
		if _, err := time.Parse(time.DateOnly, w.Until); err != nil {
			r.fail(n, "year, month, day: 2026-12-31", "expires %q is no day", w.Until)
		}
	}
	return w, len(r.errs) == before
}
