package bundle

import (
	"cmp"
	"math/big"
	"slices"
	"strings"
)

// Table is the rows of one extract. Every row has one field a column of the extract, in its order; "" is NULL.
type Table struct {
	Extract *Extract
	Rows    [][]string
}

// NewTable makes an empty table; nil when the registry has no such extract.
func NewTable(name string) *Table {
	e := Find(name)
	if e == nil {
		return nil
	}
	return &Table{Extract: e}
}

// Add appends a row given as column, value, column, value ...; what is not named is NULL. A column that the extract lacks
// panics: it is a slip of the program.
func (t *Table) Add(pairs ...string) {
	row := make([]string, len(t.Extract.Columns))
	for i := 0; i+1 < len(pairs); i += 2 {
		_, at := t.Extract.Column(pairs[i])
		if at < 0 {
			panic("extract " + t.Extract.Name + " has no column " + pairs[i])
		}
		row[at] = pairs[i+1]
	}
	t.Rows = append(t.Rows, row)
}

// Row is a row with its columns by name.
type Row struct {
	extract *Extract
	fields  []string
}

// Get gives a field by its column; "" is NULL. A column that the extract lacks panics.
func (r Row) Get(column string) string {
	_, at := r.extract.Column(column)
	if at < 0 {
		panic("extract " + r.extract.Name + " has no column " + column)
	}
	return r.fields[at]
}

// Fields are all fields in the order of the extract's columns; they belong to the caller.
func (r Row) Fields() []string { return r.fields }

// Key joins the fields of the extract's key: equal keys, equal rows as merge and diff see them.
func (r Row) Key() string {
	var b strings.Builder
	for _, k := range r.extract.Key {
		b.WriteString(r.Get(k))
		b.WriteByte(0)
	}
	return b.String()
}

// Sort puts the rows in order of the key, numbers by their value, then of all fields.
func (t *Table) Sort() {
	key := make([]int, 0, len(t.Extract.Key))
	numeric := make([]bool, 0, len(t.Extract.Key))
	for _, k := range t.Extract.Key {
		c, at := t.Extract.Column(k)
		key, numeric = append(key, at), append(numeric, c.Kind == Number)
	}
	slices.SortFunc(t.Rows, func(a, b []string) int {
		for i, at := range key {
			c := 0
			if numeric[i] {
				c = compareNumbers(a[at], b[at])
			}
			if c = cmp.Or(c, strings.Compare(a[at], b[at])); c != 0 {
				return c
			}
		}
		return slices.Compare(a, b)
	})
}

// compareNumbers orders decimal numbers; NULL comes first. Most are short digits, which need no arithmetic.
func compareNumbers(a, b string) int {
	if digits(a) && digits(b) {
		a, b = strings.TrimLeft(a, "0"), strings.TrimLeft(b, "0")
		return cmp.Or(cmp.Compare(len(a), len(b)), strings.Compare(a, b))
	}
	x, okx := new(big.Rat).SetString(a)
	y, oky := new(big.Rat).SetString(b)
	if !okx || !oky {
		return strings.Compare(a, b)
	}
	return x.Cmp(y)
}

func digits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}
