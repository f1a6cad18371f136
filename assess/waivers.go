package assess

import (
	"time"

	"landfall/internal/model"
	"landfall/internal/project"
)

// waive marks the findings that somebody answers for. today decides which waivers still hold: one holds through its last
// day. An expired one waives nothing, and is listed.
func (r *Result) waive(list []project.Waiver, today time.Time) {
	r.Waivers = nil
	for i := range r.Findings {
		r.Findings[i].Waiver = nil
	}
	day := today.Format(time.DateOnly)
	byFingerprint := map[string][]int{}
	byCode := map[string][]int{}
	for i, w := range list {
		use := WaiverUse{Line: w.Line, Fingerprint: w.Fingerprint, Code: w.Code, Object: w.Object, Owner: w.Owner, Reason: w.Reason, Until: w.Until, Expired: w.Until < day}
		r.Waivers = append(r.Waivers, use)
		if w.Fingerprint != "" {
			byFingerprint[w.Fingerprint] = append(byFingerprint[w.Fingerprint], i)
		} else {
			byCode[w.Code] = append(byCode[w.Code], i)
		}
	}
	for i := range r.Findings {
		f := &r.Findings[i]
		match := func(at int) {
			u := &r.Waivers[at]
			u.Findings++
			if !u.Expired && f.Waiver == nil {
				f.Waiver = &model.Waiver{Owner: u.Owner, Reason: u.Reason, Until: u.Until}
			}
		}
		for _, at := range byFingerprint[f.Fingerprint] {
			match(at)
		}
		for _, at := range byCode[f.Code] {
			if list[at].Covers(string(f.Object)) {
				match(at)
			}
		}
	}
}
