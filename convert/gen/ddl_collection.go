package gen

import "landfall/internal/model"

// collection is a JSON collection table: one document a row, in the column DATA, with a key _id of its own (JSON Developer's
// Guide, "JSON Collections"). Oracle gives a document without _id one; here it is refused when it is inserted.
func (t *tableParts) collection() string {
	g := t.g
	g.reportAs(t.stmt, "json-type", model.Medium, model.Review, "documents must bring their _id: PostgreSQL gives them none; there is no document API and no ETAG")
	list := []element{{nil, "data jsonb NOT NULL CHECK (data ? '_id')"}}
	for _, c := range t.stmt.Columns {
		list = append(list, element{c, t.column(c)})
	}
	return " (\n" + g.elements(list) + "\n)"
}

// collectionKey is the key of a JSON collection table.
func (t *tableParts) collectionKey() {
	if t.stmt.Collection {
		t.g.emit(&Output{Phase: PhaseKey, Kind: model.KindConstraint, Schema: t.g.declaredSchema(), SQL: "CREATE UNIQUE INDEX ON " + t.name + " ((data -> '_id'));\n"})
	}
}
