package reports

import (
	"bytes"
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"landfall/assess"
	"landfall/assess/fleet"
)

func fleetPageOf(t *testing.T, r *fleet.Result, lang string) string {
	t.Helper()
	var b bytes.Buffer
	if err := WriteFleetHTML(&b, r, "report.html", Options{Lang: lang}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestFleetPage holds the page to being stable, whole, offline and in its language.
func TestFleetPage(t *testing.T) {
	for lang, words := range languages {
		r := sampleFleet()
		r.Databases[1].Bytes = &assess.Range{Low: 10 * gib, High: 20 * gib}
		r.Duplicates = []fleet.SchemaSet{{Schemas: []fleet.SchemaRef{r.Similar[0].A, r.Similar[0].B}, Least: 0.75}}
		page := fleetPageOf(t, r, lang)
		if page != fleetPageOf(t, r, lang) {
			t.Errorf("%s: the same result gave other bytes", lang)
		}
		if m := regexp.MustCompile(`\[[a-z]+\.[a-z.]+\]|ZgotmplZ|<no value>`).FindString(page); m != "" {
			t.Errorf("%s: the page has %s", lang, m)
		}
		if m := regexp.MustCompile(`(?i)(src|href)="?(https?:)?//`).FindString(page); m != "" {
			t.Errorf("%s: the page asks the network: %s", lang, m)
		}
		for _, want := range []string{
			`<a href="./=erp/report.html">=erp</a>`, `id="db-crm"`, words["fleet.copies"], words["fleet.unsized"], words["col.collisions"], "ERP_LINK", "erp-host", "How it was made.", "<b>HR</b>",
		} {
			if !strings.Contains(page, want) {
				t.Errorf("%s: the page lacks %q", lang, want)
			}
		}
	}
}

// TestFleetPageEscapes gives names that could take over the page or lead out of it.
func TestFleetPageEscapes(t *testing.T) {
	r := sampleFleet()
	for i, name := range []string{evil, "javascript:alert(1)", "../../x", `a"b`} {
		d := r.Databases[0]
		d.Name, d.Wave, d.Applications = name, i+1, []string{evil}
		r.Databases = append(r.Databases, d)
		r.Waves = append(r.Waves, fleet.Wave{Number: 3 + i, Databases: []string{name}})
		r.Links = append(r.Links, fleet.Link{From: name, To: name, Name: evil, Host: evil})
		r.Failed = append(r.Failed, fleet.Failure{Name: name, Error: evil})
	}
	page := fleetPageOf(t, r, "en")
	for _, bad := range []string{"<script>document", "<img", `href="javascript`, `href="./../`, "\u202e"} {
		if strings.Contains(page, bad) {
			t.Errorf("the page holds %q", bad)
		}
	}
}

// TestFleetPageInBrowser loads the page of many databases in a browser that runs its script: filter and order work.
func TestFleetPageInBrowser(t *testing.T) {
	r := sampleFleet()
	for i := range 200 {
		d := r.Databases[0]
		d.Name, d.Objects, d.Size = "db"+strings.Repeat("x", i%7)+string(rune('a'+i%26)), i, assess.ComplexityHigh
		r.Databases = append(r.Databases, d)
	}
	page := fleetPageOf(t, r, "en")
	test, err := json.Marshal("crm")
	if err != nil {
		t.Fatal(err)
	}
	// The policy lets no other script run: the test's own is put into the page's, whose hash is left out for it.
	page = regexp.MustCompile(`<meta http-equiv="Content-Security-Policy"[^>]*>`).ReplaceAllString(page, "")
	page = strings.Replace(page, "</body>", `<script>(() => {
  const q = document.querySelector("#dq"), out = [];
  q.value = `+string(test)+`; q.oninput();
  setTimeout(() => {
    out.push([...document.querySelectorAll("#dbs tbody tr")].filter(r => !r.hidden).length);
    q.value = ""; q.oninput();
    setTimeout(() => {
      document.querySelectorAll("#dbs thead th button")[6].click();
      document.querySelectorAll("#dbs thead th button")[6].click();
      const rows = [...document.querySelectorAll("#dbs tbody tr")].filter(r => !r.hidden);
      out.push(rows.length, rows[0].cells[6].textContent);
      document.title = "RESULT " + out.join(" ");
    }, 300);
  }, 300);
})();</script></body>`, 1)
	dom := chromium(t, page, "", "--virtual-time-budget=5000", "--dump-dom")
	got := regexp.MustCompile(`<title>RESULT ([^<]*)</title>`).FindStringSubmatch(dom)
	if got == nil || got[1] != "1 202 199" {
		t.Errorf("filter and order gave %q, want \"1 202 199\": one database called crm, all 202, the one with most objects first", got)
	}
}
