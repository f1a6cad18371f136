package mysql

import (
	"fmt"
	"strconv"
	"strings"

	"landfall/convert/rules"
	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// typeText is the type of a column or cast.
func (w *work) typeText(n ast.Node, t *ast.DataType) string {
	p := rules.MySQLType(w.typeRef(t))
	switch {
	case p.To == "":
		return w.refuse(t, p.Rule, "%s: %s", strings.ToUpper(w.f.Source(t)), p.Note)
	case p.Note != "":
		w.report(n, p.Rule, p.Severity, "%s: %s", strings.ToUpper(w.f.Source(t)), p.Note)
	}
	return p.To
}

// typeRef takes a type of the tree apart as the catalog does.
func (w *work) typeRef(t *ast.DataType) model.TypeRef {
	r := model.TypeRef{Ref: t.Ref, Sem: t.Sem.String(), Anchor: t.Anchor.String()}
	number := func(i int) *int {
		if i >= len(t.Args) {
			return nil
		}
		n, err := strconv.Atoi(strings.ReplaceAll(w.f.Source(t.Args[i]), " ", ""))
		if err != nil {
			return nil
		}
		return &n
	}
	r.Precision, r.Scale = number(0), number(1)
	r.Star = len(t.Args) > 0 && w.f.Source(t.Args[0]) == "*"
	if t.Name != nil {
		r.User, r.Name = true, strings.Join(w.f.Parts(t.Name), ".")
		if last := w.f.Last(t.Name); last == "XMLTYPE" {
			r.User, r.Name = false, last
		}
		return r
	}
	words := map[token.Keyword]bool{}
	for i := range w.f.Significant(t.Span) {
		words[w.f.Tokens[i].Kw] = true
	}
	r.Name = t.Kw.String()
	switch t.Kw {
	case token.TIMESTAMP:
		switch t.TimeZone {
		case token.ZONE:
			r.Name = "TIMESTAMP WITH TIME ZONE"
		case token.LOCAL:
			r.Name = "TIMESTAMP WITH LOCAL TIME ZONE"
		}
	case token.LONG:
		if words[token.RAW] {
			r.Name = "LONG RAW"
		}
	case token.DOUBLE:
		r.Name = "DOUBLE PRECISION"
	case token.CHARACTER, token.CHAR, token.NCHAR, token.NATIONAL, token.VARCHAR:
		r.Name = "CHAR"
		if words[token.VARYING] || words[token.VARCHAR] {
			r.Name = "VARCHAR2"
		}
	}
	return r
}

// wide is how many bytes a column takes in a key at most; -1 says that it needs a prefix.
func wide(t model.TypeRef) int {
	to := rules.MySQLType(t).To
	open := strings.IndexByte(to, '(')
	n := 0
	if open > 0 {
		n, _ = strconv.Atoi(strings.FieldsFunc(to[open+1:], func(r rune) bool { return r == ',' || r == ')' })[0]) // digits: MySQLType wrote them
	}
	switch {
	case strings.HasSuffix(to, "TEXT"), strings.HasSuffix(to, "BLOB"), to == "JSON":
		return -1
	case strings.HasPrefix(to, "VARBINARY"):
		return n
	case strings.HasPrefix(to, "VARCHAR"), strings.HasPrefix(to, "CHAR"):
		return 4 * n
	case strings.HasPrefix(to, "DECIMAL"):
		return n/2 + 2
	}
	return 8
}

// maxKey is max-index-length of TiDB, in bytes.
const maxKey = 3072

// keyTooLong says why columns cannot be a key, "" when they can.
func keyTooLong(t *model.Table, columns []string) string {
	sum := 0
	for _, name := range columns {
		c := t.Column(name)
		if c == nil {
			continue
		}
		n := wide(c.Type)
		if n < 0 {
			return fmt.Sprintf("%s is %s, which takes a key of a prefix only", name, rules.MySQLType(c.Type).To)
		}
		sum += n
	}
	if sum > maxKey {
		return fmt.Sprintf("the key of %s has up to %d bytes, %d are allowed (max-index-length)", strings.Join(columns, ", "), sum, maxKey)
	}
	return ""
}
