package gen

import (
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
)

// spatialTypes makes Oracle Spatial's types as composite types of the same attributes, in a schema of the same name: they
// keep geometries as they are, and have no operators. Each statement that needs them makes them where they are not there yet.
// They do not belong to the support schema: dropping that would take the columns along.
const spatialTypes = `CREATE SCHEMA IF NOT EXISTS mdsys;
DO $$ BEGIN
    IF to_regtype('mdsys.sdo_point_type') IS NULL THEN
        CREATE TYPE mdsys.sdo_point_type AS (x numeric, y numeric, z numeric);
    END IF;
    IF to_regtype('mdsys.sdo_geometry') IS NULL THEN
        CREATE TYPE mdsys.sdo_geometry AS (sdo_gtype numeric, sdo_srid numeric, sdo_point mdsys.sdo_point_type, sdo_elem_info numeric[], sdo_ordinates numeric[]);
    END IF;
END $$;
`

// spatial are the types of Oracle Spatial that have a counterpart in spatialTypes.
var spatial = map[string]string{
	"SDO_GEOMETRY": "mdsys.sdo_geometry", "SDO_POINT_TYPE": "mdsys.sdo_point_type",
	"SDO_ELEM_INFO_ARRAY": "numeric[]", "SDO_ORDINATE_ARRAY": "numeric[]",
}

// spatialType is the type that stands for one of Oracle Spatial's.
func (g *gen) spatialType(name string) (string, bool) {
	s, ok := spatial[strings.TrimPrefix(name, "MDSYS.")]
	if ok {
		g.geometry = true
	}
	return s, ok
}

// reportSpatial tells what the type of a column lacks.
func (g *gen) reportSpatial(d *ast.DataType) {
	g.reportAs(d, "special-type", model.High, model.Manual, "%s is kept as a plain composite type: spatial operators and indexes need PostGIS and its type geometry", g.source(d))
}

// spatialConstructor converts SDO_GEOMETRY(...) and the like.
func (g *gen) spatialConstructor(n *ast.Name, c *ast.Call) (frag, bool) {
	if g.ref(n).Object != nil {
		return frag{}, false
	}
	name := strings.Join(g.f.Parts(n), ".")
	typ, ok := g.spatialType(name)
	if !ok {
		return frag{}, false
	}
	var list []string
	for _, f := range g.args(c) {
		list = append(list, f.s)
	}
	if strings.HasSuffix(typ, "[]") {
		return frag{s: "ARRAY[" + strings.Join(list, ", ") + "]::" + typ, prec: precCast, typ: pgArray, notNull: true}, true
	}
	if want := map[string]int{"mdsys.sdo_geometry": 5, "mdsys.sdo_point_type": 3}[typ]; len(list) != want {
		return g.refuse(c, "special-type", "only the constructor of %s with %d arguments has a counterpart", g.source(n), want), true
	}
	return frag{s: "ROW(" + strings.Join(list, ", ") + ")::" + typ, prec: precCast, typ: pgComposite, notNull: true}, true
}

// makeSpatialTypes puts the types in front of what needs them.
func (g *gen) makeSpatialTypes() {
	if !g.geometry || len(g.out) == 0 {
		return
	}
	for _, o := range g.out {
		if o.Phase < PhaseData && !o.Refused {
			g.ahead(func() { g.emit(&Output{Phase: PhaseType, SQL: spatialTypes}) })
			return
		}
	}
}
