package gen

import (
	"landfall/internal/oracle/syntax/ast"
)

// xmlMembers is the one member of DBMS_XMLGEN that is a function of text: CONVERT writes characters as entities, or with
// the flag 1 reads them (PL/SQL Packages and Types Reference 19c, "DBMS_XMLGEN").
func xmlMembers() {
	suppliedFuncs["DBMS_XMLGEN.CONVERT"] = suppliedFunc{"XMLDATA FLAG?", func(g *gen, at ast.Node, v []ast.Expr) frag {
		flag := 0
		if v[1] != nil {
			n, ok := g.constantInt(v[1])
			if name, isName := ast.Unparen(v[1]).(*ast.Name); isName {
				switch g.f.Last(name) {
				case "ENTITY_ENCODE":
					n, ok = 0, true
				case "ENTITY_DECODE":
					n, ok = 1, true
				}
			}
			if !ok || n < 0 || n > 1 {
				return g.refuse(at, "dbms-xml", "DBMS_XMLGEN.CONVERT with a flag that is known only when the code runs")
			}
			flag = n
		}
		f := g.str(v[0])
		pairs := [][2]string{{"&", "&amp;"}, {"<", "&lt;"}, {">", "&gt;"}, {`"`, "&quot;"}, {"'", "&apos;"}}
		for i := range pairs { // & first when it is written, last when it is read
			p := pairs[i]
			if flag == 1 {
				p = pairs[len(pairs)-1-i]
				p[0], p[1] = p[1], p[0]
			}
			f = callFrag("replace", pgText, f.s, literal(p[0]), literal(p[1]))
		}
		g.note(at, "dbms-xml", "entities are written and read with replace()")
		return f
	}}
}
