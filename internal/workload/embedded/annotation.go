package embedded

import (
	"strings"

	"landfall/internal/workload"
	"landfall/internal/workload/mybatis"
)

// annotation reads what Java annotations hold: Spring Data's @Query and MyBatis's @Select and its like.
func (s *scanner) annotation(i int) (int, error) {
	name := s.text(i + 1)
	if s.lang != workload.Java || s.at(i+1).kind != word || !s.is(i+2, "(") {
		return i + 1, nil
	}
	end := s.behind(i + 2)
	ctx := unknown
	switch name {
	case "Query", "NamedNativeQuery", "NamedQuery":
		if ctx = jpql; name == "NamedNativeQuery" {
			ctx = sent
		}
		for n := i + 3; n < end; n++ {
			if s.is(n, "nativeQuery") && s.is(n+1, "=") && s.is(n+2, "true") {
				ctx = sent
			}
		}
	case "NativeQuery", "SQLInsert", "SQLUpdate", "SQLDelete", "Subselect":
		ctx = sent
	case "Formula", "Where", "SQLRestriction", "SQLJoinTableRestriction", "JoinFormula", "ColumnTransformer", "ColumnDefault", "Check", "Filter", "FilterDef", "OrderBy", "SQLOrder":
		return end, s.clause(name, i, end)
	case "Select", "Insert", "Update", "Delete":
		ctx = template
	case "SelectProvider", "InsertProvider", "UpdateProvider", "DeleteProvider":
		s.units++
		s.sink.Problem(workload.Problem{Pos: s.src.Pos(s.at(i).lo), Kind: workload.Unresolved, Reason: "@" + name + ": a method makes the SQL", Hint: "a trace or V$SQL has it"})
		return end, nil
	default:
		return i + 2, nil
	}
	var all []workload.Piece
	for n := i + 3; n < end; {
		if s.at(n).kind == word && s.is(n+1, "=") {
			if s.is(n, "countQuery") { // a query of its own
				if pieces, next, ok := s.chain(n + 2); ok {
					if err := s.emit(pieces, ctx, first(pieces, s.at(n).lo)); err != nil {
						return end, err
					}
					n = max(next, n+1)
					continue
				}
			}
			if !s.is(n, "value", "query", "sql") {
				for n += 2; n < end-1 && !s.is(n, ","); n++ {
				}
				continue
			}
			n += 2
			continue
		}
		if s.at(n).kind == text || s.at(n).kind == word && s.consts[s.text(n)] != nil {
			if pieces, next, ok := s.chain(n); ok {
				if len(all) > 0 {
					if ctx != template {
						break
					}
					all = append(all, workload.Piece{Text: " ", Segment: workload.Segment{Form: workload.FormFixed, Holds: workload.HoldsGlue}})
				}
				all = append(all, pieces...)
				n = max(next, n+1)
				continue
			}
		}
		n++
	}
	if len(all) == 0 {
		return end, nil
	}
	return end, s.emit(all, ctx, first(all, s.at(i).lo))
}

func mybatisText(s *scanner, at int, unit string, pieces []workload.Piece) error {
	return mybatis.ScanScript(s.src, at, unit, "MyBatis annotation, "+unit, pieces, s.sink)
}

// clause tells of a piece of SQL that the persistence framework puts into statements of its own. Words alone are names of
// columns.
func (s *scanner) clause(name string, i, end int) error {
	for n := i + 3; n < end; n++ {
		raw, _ := workload.Compose(s.at(n).pieces)
		if s.at(n).kind != text || !strings.ContainsAny(raw, "=(<>|+*/") && !strings.Contains(raw, " is ") {
			continue
		}
		s.units++
		s.sink.Problem(workload.Problem{Pos: s.src.Pos(s.at(n).lo), Kind: workload.Unresolved, Reason: "@" + name + ": a piece of SQL that the persistence framework puts into its own", Hint: "a trace or V$SQL has the whole statements", Head: raw})
	}
	return nil
}
