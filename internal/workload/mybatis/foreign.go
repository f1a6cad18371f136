package mybatis

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"regexp"

	"landfall/internal/workload"
)

// sqlLike is how SQL begins that stands in XML: with what prose does not have behind the verb.
var sqlLike = regexp.MustCompile(`(?is)^\s*(/\*.*?\*/\s*)?\(?\s*(select\b.+\bfrom\s+\S|insert\s+into\s+\S|update\s+\S+\s+(\w+\s+)?set\b|delete\s+from\s+\S|merge\s+into\s+\S|(begin|declare)\b.+\bend\s*;?\s*$|\{\s*(\?\s*=\s*)?call\b)`)

// foreign tells of SQL in XML that is no mapper: named queries of Hibernate and JPA, settings of Spring and of schedulers. It
// is not read, for each has its own way to put it together.
func foreign(src *workload.Source) *workload.Problem {
	d := xml.NewDecoder(bytes.NewReader(src.Text))
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
	d.Strict = false
	count, first, head := 0, 0, ""
	see := func(text []byte, at int) {
		if sqlLike.Match(text) {
			if count++; count == 1 {
				first, head = at, string(text)
			}
		}
	}
	for {
		at := int(d.InputOffset())
		tok, err := d.RawToken()
		if err != nil {
			break
		}
		switch t := tok.(type) {
		case xml.CharData:
			see(t, at)
		case xml.StartElement:
			for _, a := range t.Attr {
				see([]byte(a.Value), at)
			}
		}
	}
	if count == 0 {
		return nil
	}
	return &workload.Problem{
		Pos: src.Pos(first), Kind: workload.Unresolved, Reason: fmt.Sprintf("XML that is no mapper of MyBatis or iBATIS holds %d texts that look like SQL", count),
		Hint: "a trace or V$SQL has the statements", Head: head,
	}
}
