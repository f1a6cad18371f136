package convert

import (
	"strings"
	"testing"

	"landfall/internal/project"
)

// TestSampled: NUMBER is bigint where every value that the scripts insert is a whole number, and where keys agree.
func TestSampled(t *testing.T) {
	const src = `CREATE TABLE kind (id NUMBER PRIMARY KEY, rate NUMBER, big NUMBER, made NUMBER, note VARCHAR2(10), empty NUMBER, five NUMBER(5));
CREATE TABLE item (id NUMBER, kind_id NUMBER REFERENCES kind, part_id NUMBER);
CREATE TABLE part (id NUMBER PRIMARY KEY);
ALTER TABLE item ADD FOREIGN KEY (part_id) REFERENCES part (id);
INSERT INTO kind VALUES (1, 0.5, 1234567890123456789, -3, 'x', NULL, 1);
INSERT INTO kind (id, rate, big, made) VALUES (s.NEXTVAL, 2, 7, '12');
INSERT INTO item (id, part_id) VALUES (1 + 1, 5);
UPDATE kind SET made = 4;
`
	text, r := convertWith(t, src, func(p *project.Policy) { p.Number = project.NumberSampled })
	for _, want := range []string{"id bigint", "rate numeric,", "big numeric,", "made bigint", "empty numeric,", "five integer", "kind_id bigint", "part_id numeric"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %s", want)
		}
	}
	if t.Failed() {
		t.Log(text)
	}
	told := 0
	for _, f := range r.Findings {
		if strings.Contains(f.Message, "number: sampled") {
			told++
		}
	}
	if told != 2 {
		t.Errorf("told %d times: %v", told, r.Findings)
	}
}
