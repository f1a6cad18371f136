package support

import (
	"fmt"
	"strings"
)

// areaTitles name the parts of the page in the order of areas.
var areaTitles = map[string]string{
	"schema":          "Schema",
	"exception":       "Exceptions",
	"number":          "Numbers",
	"number_format":   "Numbers with a format",
	"datetime":        "Dates and times",
	"datetime_format": "Dates and times as text",
	"datetime_parse":  "Text as dates and times",
	"interval":        "Intervals",
	"text":            "Text",
	"bytes":           "Bytes",
	"regexp":          "Regular expressions",
	"aggregate":       "Aggregates",
	"collection":      "Nested tables and varrays (arrays)",
	"assoc":           "Associative arrays (jsonb)",
	"state":           "Session state",
	"transaction":     "Transactions",
}

const pageHead = `# The support schema

What converted code calls where neither PostgreSQL (14 or newer) nor orafce does as Oracle does: functions in the schema
` + "`landfall`" + `, plain SQL and PL/pgSQL. Nothing is put anywhere else. Do not drop the schema to be rid of them: the [ledgers of loads](load.md#the-ledger) lie in it too, and what was
copied and verified is known nowhere else. [The end of this page](#removing-them) has the statement that takes out the functions alone.
` + "`SELECT landfall.version()`" + ` tells what is loaded. This page is written from the headers of the functions and from the tables
in ` + "`convert/support`" + `: ` + "`UPDATE=1 go test ./convert/support`" + `.

## How to call them
- Every call names the schema: ` + "`landfall.instr(...)`" + `. The functions work under any search_path, orafce's included.
- Arguments named number, position, length, n, days are numeric or integer unless said otherwise; PostgreSQL casts integer to numeric
  by itself, but no double precision: cast it. A NULL literal may need a cast (` + "`NULL::text`" + `).
- timestamptz does not become timestamp by itself: cast it, or use the overload for it.
- '' never comes out of a function that gives text, and counts as NULL where it goes in.
- A *function* is called in an expression or by PERFORM, a *procedure* by CALL.
- Errors carry Oracle's text ("ORA-01843: not a valid month") and the SQLSTATE that [the conversion model](conversion-model.md)
  gives to that number, so that handlers find them, and ` + "`landfall.sqlcode(SQLSTATE, SQLERRM)`" + ` the exact number.
- What a function needs of other functions comes with it: ` + "`support.Script(names)`" + `. Names that begin with "_" are nobody else's.
`

// Page is docs/support-schema.md.
func Page() string {
	var b strings.Builder
	b.WriteString(pageHead)
	area := ""
	for _, u := range units() {
		if u.internal() {
			continue
		}
		if u.Area != area {
			area = u.Area
			title := areaTitles[area]
			if title == "" {
				title = strings.ToUpper(area)
			}
			fmt.Fprintf(&b, "\n## %s\n| call | kind | stands for, and what to know |\n|---|---|---|\n", title)
		}
		text := u.For
		for _, n := range u.Notes {
			text += ". " + strings.TrimSuffix(n, ".")
		}
		if len(u.Needs) > 0 {
			text += ". Needs the extension " + strings.Join(u.Needs, ", ")
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s |\n", strings.ReplaceAll(u.Title, "|", `\|`), u.Kind, strings.ReplaceAll(text, "|", `\|`))
	}
	b.WriteString("\n## Removing them\nWhat converted code makes of them goes with them (CASCADE); ledgers of loads stay.\n\n```sql\n" + Remove + "\n```\n")
	return b.String()
}
