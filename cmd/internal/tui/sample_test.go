package tui

import (
	"landfall/assess"
	"landfall/convert"
	"landfall/internal/model"
)

// sample is a small assessment made by hand, with what is awkward on a screen: wide characters, control characters, long
// names, an object without a schema, a finding of no object, a refused routine.
func sample() Data {
	r := &assess.Result{
		FormatVersion: 1, Tool: assess.Tool{Name: "landfall", Version: "test"},
		Source: assess.Source{Kind: "files", Name: "shop"}, Target: assess.Target{Profile: "postgresql", Title: "PostgreSQL", Version: "17"},
	}
	object := func(kind model.ObjectKind, schema, name string, rung model.Rung, refused bool, needs ...model.ObjectID) *assess.Object {
		r.Objects = append(r.Objects, assess.Object{
			ID: model.NewObjectID(kind, model.CatalogName(schema, name)), Kind: kind, Schema: schema, Name: name, File: "ddl/shop.sql", Line: 1 + 10*len(r.Objects),
			Lines: 8, Statements: 1, Rung: rung, Refused: refused, DependsOn: needs,
		})
		return &r.Objects[len(r.Objects)-1]
	}
	table := object(model.KindTable, "SHOP", "ORDERS", model.RungCompiled, false)
	table.Comment = "订单 of the shop"
	table.Evidence = []model.Evidence{
		{Object: table.ID, Rung: model.RungAccepted, OK: true, Check: "pg_query", By: "PostgreSQL 17 grammar"},
		{Object: table.ID, Rung: model.RungCompiled, OK: true, Check: "create", By: "PostgreSQL 17.2"},
	}
	tableID := table.ID
	object(model.KindTable, "SHOP", "A_TABLE_WITH_A_VERY_LONG_NAME_THAT_NO_COLUMN_HOLDS_AT_ALL", model.RungConverted, false)
	f := object(model.KindFunction, "SHOP", "TOTAL", model.RungAccepted, false, tableID)
	f.Evidence = []model.Evidence{{Object: f.ID, Rung: model.RungCompiled, Check: "create", By: "PostgreSQL 17.2", Detail: "ERROR: relation \"x\" does not exist\nCONTEXT: line 4", Pos: model.Pos{File: "ddl/shop.sql", Line: 24, Col: 3}, Codes: []string{"CV0401"}}}
	f.Why = "create: relation \"x\" does not exist"
	fID := f.ID
	p := object(model.KindPackageBody, "SHOP", "PKG", model.RungRead, true, tableID, fID)
	p.Why = "CV0315: PostgreSQL keeps no past versions of rows"
	pID := p.ID
	v := object(model.KindView, "STOCK", "库存视图", model.RungUnread, false)
	vID := v.ID
	evil := object(model.KindTable, "", "EVIL\x1b[31m\tNAME\u202E", model.RungConverted, false)
	evilID := evil.ID
	finding := func(code string, s model.Severity, e model.Effort, id model.ObjectID, lineNo int, message, snippet, advice string) {
		r.Findings = append(r.Findings, model.Finding{
			Code: code, Rule: "rule", Severity: s, Effort: e, Object: id, Pos: model.Pos{File: "ddl/shop.sql", Line: lineNo, Col: 3}, Message: message,
			Advice: advice, Snippet: model.Snippet{Text: snippet, Line: lineNo, Off: 0, Len: len(snippet)},
		})
	}
	finding("CV0401", model.Low, model.Auto, fID, 23, "NVL becomes coalesce, which evaluates its second argument only when it is needed", "  RETURN NVL(n, 0);", "Remember that PostgreSQL does not take '' for NULL.")
	finding("CV0315", model.Blocker, model.Manual, pID, 33, "AS OF TIMESTAMP reads the past of a table; PostgreSQL keeps none", "SELECT * FROM orders AS OF TIMESTAMP SYSDATE - 1", "Keep history by triggers.")
	finding("CV0402", model.Medium, model.Review, pID, 35, "SYSDATE 取语句开始时间", "x := SYSDATE; -- 时间", "")
	finding("PX0001", model.High, model.Manual, vID, 41, "unexpected \"selct\"", "selct\x07 1 from dual", "Correct it.")
	finding("CV1001", model.Info, model.Auto, evilID, 51, "with \x1b]0;title\x07 inside", "create table", "")
	finding("CV0333", model.High, model.Review, "", 61, "belongs to no object", "SET ROLE dba", "")
	for i := range r.Findings {
		for k := range r.Objects {
			if r.Objects[k].ID == r.Findings[i].Object {
				r.Objects[k].Findings.Add(r.Findings[i].Severity)
			}
		}
	}
	r.Rules = []assess.RuleUse{{Code: "CV0401", Title: "NVL"}, {Code: "CV0315", Title: "Flashback query"}}
	r.Finish()
	return Data{Result: r, Sides: []assess.Side{
		{Object: tableID, Parts: []assess.SidePart{
			{File: "ddl/shop.sql", Line: 1, Source: "CREATE TABLE orders (\n\tid NUMBER(9) PRIMARY KEY, -- 编号\n  placed DATE\n)", Target: "CREATE TABLE shop.orders (\n    id numeric(9, 0),\n    placed timestamp(0)\n);\n\nALTER TABLE shop.orders ADD PRIMARY KEY (id);\n", Map: []convert.LineMap{{Target: 1, Source: 1}}},
			{File: "ddl/shop.sql", Line: 6, Source: "ALTER TABLE orders NOLOGGING"},
		}},
		{Object: fID, Parts: []assess.SidePart{{
			File: "ddl/shop.sql", Line: 21, Source: "CREATE FUNCTION total (n NUMBER)\nRETURN NUMBER IS\n  RETURN NVL(n, 0);\nEND;",
			Target: "CREATE FUNCTION shop.total(n numeric)\nRETURNS numeric\nLANGUAGE plpgsql\nAS $$\nBEGIN\n    RETURN coalesce(n, 0);\nEND;\n$$;\n",
			Map:    []convert.LineMap{{Target: 1, Source: 21}, {Target: 6, Source: 23}},
		}}},
		{Object: pID, Parts: []assess.SidePart{{File: "ddl/shop.sql", Line: 31, Source: "CREATE PACKAGE BODY pkg IS\nBEGIN\n  SELECT * FROM orders AS OF TIMESTAMP SYSDATE - 1;\n\n  x := SYSDATE; -- 时间\nEND;", Target: "-- refused, CV0315\n"}}},
	}}
}
