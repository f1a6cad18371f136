package rules

import (
	"strconv"
	"strings"

	"landfall/internal/oracle/resolve"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// class is the class of an expression's type: as resolved, else as far as the expression itself tells.
func (p *Pass) class(e ast.Expr) resolve.TypeClass {
	if e == nil {
		return resolve.ClassUnknown
	}
	if t := p.Info.Type(e); t.Class != resolve.ClassUnknown {
		return t.Class
	}
	switch x := e.(type) {
	case *ast.Paren:
		return p.class(x.X)
	case *ast.Literal:
		return p.literalClass(x)
	case *ast.Binary:
		if x.Op.Kind == token.Concat {
			return resolve.ClassText
		}
		if isDate(p.class(x.X)) && (x.Op.Kind == token.Plus || x.Op.Kind == token.Minus) && p.class(x.Y) == resolve.ClassNumber {
			return resolve.ClassDate
		}
	case *ast.Unary:
		if x.Op.Kind == token.Minus || x.Op.Kind == token.Plus {
			return p.class(x.X)
		}
	case *ast.Call:
		if n, ok := x.Fn.(*ast.Name); ok {
			p.parents = append(p.parents, x)
			name := p.builtinName(n)
			p.parents = p.parents[:len(p.parents)-1]
			if (name == "TRUNC" || name == "ROUND") && len(x.Args) > 0 {
				return p.class(x.Args[0].X)
			}
			return builtinClasses[name]
		}
	case *ast.Name:
		if r := p.Info.Ref(x); r.TypeOf().Class != resolve.ClassUnknown {
			return r.TypeOf().Class
		}
		if x.Hi-x.Lo == 1 && p.Info.Ref(x).Kind != resolve.Column {
			return builtinClasses[p.File.Ident(x.Lo)]
		}
	}
	return resolve.ClassUnknown
}

func (p *Pass) literalClass(l *ast.Literal) resolve.TypeClass {
	switch l.Kind {
	case ast.LitNumber:
		return resolve.ClassNumber
	case ast.LitString:
		if p.emptyString(l) {
			return resolve.ClassNull
		}
		return resolve.ClassText
	case ast.LitNull:
		return resolve.ClassNull
	case ast.LitTrue, ast.LitFalse:
		return resolve.ClassBoolean
	case ast.LitDate:
		return resolve.ClassDate
	case ast.LitTimestamp:
		return resolve.ClassTimestamp
	case ast.LitInterval:
		return resolve.ClassInterval
	}
	return resolve.ClassUnknown
}

// builtinClasses are the result types of built-ins that rules ask for; TRUNC and ROUND have that of their argument.
var builtinClasses = map[string]resolve.TypeClass{
	"SYSDATE": resolve.ClassDate, "CURRENT_DATE": resolve.ClassDate, "TO_DATE": resolve.ClassDate, "ADD_MONTHS": resolve.ClassDate,
	"LAST_DAY": resolve.ClassDate, "NEXT_DAY": resolve.ClassDate, "SYSTIMESTAMP": resolve.ClassTimestamp,
	"CURRENT_TIMESTAMP": resolve.ClassTimestamp, "LOCALTIMESTAMP": resolve.ClassTimestamp, "TO_TIMESTAMP": resolve.ClassTimestamp,
	"TO_CHAR": resolve.ClassText, "SUBSTR": resolve.ClassText, "UPPER": resolve.ClassText, "LOWER": resolve.ClassText,
	"TRIM": resolve.ClassText, "LTRIM": resolve.ClassText, "RTRIM": resolve.ClassText, "LPAD": resolve.ClassText,
	"RPAD": resolve.ClassText, "REPLACE": resolve.ClassText, "INITCAP": resolve.ClassText, "CHR": resolve.ClassText, "USER": resolve.ClassText,
	"TO_NUMBER": resolve.ClassNumber, "INSTR": resolve.ClassNumber, "LENGTH": resolve.ClassNumber, "MOD": resolve.ClassNumber,
	"ABS": resolve.ClassNumber, "CEIL": resolve.ClassNumber, "FLOOR": resolve.ClassNumber, "MONTHS_BETWEEN": resolve.ClassNumber,
	"COUNT": resolve.ClassNumber, "ROWNUM": resolve.ClassNumber, "LEVEL": resolve.ClassNumber,
}

func isDate(c resolve.TypeClass) bool { return c == resolve.ClassDate || c == resolve.ClassTimestamp }

func isNumber(c resolve.TypeClass) bool {
	return c == resolve.ClassNumber || c == resolve.ClassInteger || c == resolve.ClassBinary
}
func isText(c resolve.TypeClass) bool { return c == resolve.ClassText || c == resolve.ClassChar }

// stringValue is the value of a string literal.
func (p *Pass) stringValue(e ast.Expr) (s string, ok bool) {
	l, ok := ast.Unparen(e).(*ast.Literal)
	if !ok || l.Kind != ast.LitString || l.Hi-l.Lo != 1 {
		return "", false
	}
	text := p.File.Text(l.Lo)
	switch p.File.Tokens[l.Lo].Kind {
	case token.String:
		return strings.ReplaceAll(strings.Trim(text, "'"), "''", "'"), len(text) >= 2
	case token.NString:
		return strings.ReplaceAll(strings.Trim(text[1:], "'"), "''", "'"), true
	case token.QString:
		if i := strings.IndexByte(text, '\''); i >= 0 && len(text) >= i+5 {
			return text[i+2 : len(text)-2], true
		}
	}
	return "", false
}

func (p *Pass) emptyString(e ast.Expr) bool {
	l, ok := ast.Unparen(e).(*ast.Literal)
	if !ok || l.Kind != ast.LitString || l.Hi-l.Lo != 1 {
		return false
	}
	t := p.File.Text(l.Lo)
	return t == "''" || strings.EqualFold(t, "n''")
}

// intValue is the value of an integer literal, signed or not.
func (p *Pass) intValue(e ast.Expr) (n int, ok bool) {
	switch x := ast.Unparen(e).(type) {
	case *ast.Literal:
		if x.Kind == ast.LitNumber {
			n, err := strconv.Atoi(p.File.Source(x))
			return n, err == nil
		}
	case *ast.Unary:
		if n, ok = p.intValue(x.X); ok && x.Op.Kind == token.Minus {
			return -n, true
		}
		return n, ok && x.Op.Kind == token.Plus
	}
	return 0, false
}

// comparison reports whether an operator compares.
func comparison(k token.Kind) bool {
	switch k {
	case token.EQ, token.NE, token.LT, token.GT, token.LE, token.GE:
		return true
	}
	return false
}
