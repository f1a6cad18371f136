package engine

import (
	"strings"

	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/orasim/ora"
)

// transform is what DBMS_METADATA.SET_TRANSFORM_PARAM has set for a session, where it is not the default (PL/SQL Packages and
// Types Reference, DBMS_METADATA, "Transform Parameters for the DDL Transform").
type transform map[string]bool

// transformDefaults are the parameters that are known, and their defaults.
var transformDefaults = map[string]bool{
	"PRETTY": true, "SQLTERMINATOR": false, "SEGMENT_ATTRIBUTES": true, "STORAGE": true, "TABLESPACE": true, "CONSTRAINTS": true, "REF_CONSTRAINTS": true, "CONSTRAINTS_AS_ALTER": false,
	"OID": false, "SIZE_BYTE_KEYWORD": false, "PARTITIONING": true, "SPECIFICATION": true, "BODY": true, "FORCE": true, "EMIT_SCHEMA": true, "INHERIT": false, "COLLATION_CLAUSE": false,
	"PHYSICAL_PROPERTIES": true, "LOB_STORAGE": true,
}

func (t transform) is(name string) bool {
	if v, ok := t[name]; ok {
		return v
	}
	return transformDefaults[name]
}

// setTransform is SET_TRANSFORM_PARAM for the session's own transform.
func (s *Session) setTransform(name string, value bool) error {
	name = upper(name)
	if name == "DEFAULT" {
		s.transform = nil
		return nil
	}
	if _, ok := transformDefaults[name]; !ok {
		return ora.Unsupported("DBMS_METADATA transform parameter " + name)
	}
	if s.transform == nil {
		s.transform = transform{}
	}
	s.transform[name] = value
	return nil
}

func init() {
	register(map[string]builtin{
		"DBMS_METADATA.GET_DDL":           {2, 6, false, metadataCall(getDDL)},
		"DBMS_METADATA.GET_DEPENDENT_DDL": {2, 7, false, metadataCall(getDependentDDL)},
		"DBMS_METADATA.GET_GRANTED_DDL":   {1, 6, false, metadataCall(getGrantedDDL)},
		"DBMS_METADATA.SESSION_TRANSFORM": {0, 0, true, func(*compiler, ast.Node, []expr) (expr, error) { return fixed(tNumber, count(-1)), nil }},
	})
}

// metadataCall compiles one of the functions: three texts in, a CLOB out. What follows the third must be the default.
func metadataCall(f func(s *Session, kind, name, schema string) (string, error)) func(*compiler, ast.Node, []expr) (expr, error) {
	return func(c *compiler, n ast.Node, a []expr) (expr, error) {
		if len(a) > 3 {
			return expr{}, c.unsupported(n, "call")
		}
		args := make([]expr, len(a))
		for i, x := range a {
			var err error
			if args[i], err = c.text(n, x); err != nil {
				return expr{}, err
			}
		}
		c.volatile()
		return computed(tClob, func(e *env) ([]byte, error) {
			var text [3]string
			for i, x := range args {
				v, err := x.eval(e)
				if err != nil {
					return nil, err
				}
				text[i] = string(v)
			}
			r, err := f(e.ex.s, text[0], text[1], text[2])
			if err != nil {
				return nil, err
			}
			return []byte(r), nil
		}), nil
	}
}

// metadataKinds maps the types of DBMS_METADATA to those of ALL_OBJECTS and name spaces.
var metadataKinds = map[string]struct {
	kind  string
	space byte
}{
	"TABLE": {"TABLE", 0}, "INDEX": {"INDEX", 'i'}, "VIEW": {"VIEW", 0}, "MATERIALIZED_VIEW": {"MATERIALIZED VIEW", 0}, "MATERIALIZED_VIEW_LOG": {"MATERIALIZED VIEW LOG", 'm'}, "SEQUENCE": {"SEQUENCE", 0},
	"SYNONYM": {"SYNONYM", 0}, "PROCEDURE": {"PROCEDURE", 0}, "FUNCTION": {"FUNCTION", 0}, "PACKAGE": {"PACKAGE", 0}, "PACKAGE_SPEC": {"PACKAGE", 0}, "PACKAGE_BODY": {"PACKAGE BODY", 'b'}, "TYPE": {"TYPE", 0},
	"TYPE_SPEC": {"TYPE", 0}, "TYPE_BODY": {"TYPE BODY", 'b'}, "TRIGGER": {"TRIGGER", 't'}, "DB_LINK": {"DATABASE LINK", 'l'}, "DIRECTORY": {"DIRECTORY", 'd'}, "CONTEXT": {"CONTEXT", 'x'}, "LIBRARY": {"LIBRARY", 0},
	"CLUSTER": {"CLUSTER", 0}, "DIMENSION": {"DIMENSION", 0}, "OPERATOR": {"OPERATOR", 0}, "INDEXTYPE": {"INDEXTYPE", 0}, "SQL_DOMAIN": {"DOMAIN", 0}, "PROCOBJ": {"", 'j'},
}

// getDDL is GET_DDL: names are as the dictionary has them, the schema is the session's where none is given.
func getDDL(s *Session, kind, name, schema string) (string, error) {
	if schema == "" {
		if schema = s.schema; kind == "DIRECTORY" || kind == "CONTEXT" {
			schema = "SYS"
		}
	}
	d := &ddlWriter{s: s, t: s.transform}
	switch kind {
	case "CONSTRAINT", "REF_CONSTRAINT":
		return d.constraintDDL(kind, name, schema)
	case "USER", "ROLE", "TABLESPACE":
		return d.accountDDL(kind, name)
	}
	k, ok := metadataKinds[kind]
	if !ok {
		if oracleMetadata[kind] {
			return "", ora.Unsupported("DBMS_METADATA.GET_DDL of " + kind)
		}
		return "", ora.New(31600, kind, "OBJECT_TYPE", "GET_DDL")
	}
	missing := ora.New(31603, name, kind, schema)
	o := s.db.objects2(objectName{owner: schema, name: name, space: k.space})
	if o == nil || o.system || k.kind != "" && o.kind != k.kind {
		return "", missing
	}
	if schema != s.user && !s.hasRole("SELECT_CATALOG_ROLE") {
		return "", missing // who is not the owner needs the role (DBMS_METADATA, "Security Model")
	}
	c := *o
	switch kind {
	case "PACKAGE", "TYPE":
		text := ""
		if d.t.is("SPECIFICATION") {
			text = d.unit(&c)
		}
		if body := s.db.objects2(objectName{owner: schema, name: name, space: 'b'}); body != nil && d.t.is("BODY") {
			text += d.unit(body)
		}
		return text, nil
	}
	return d.object(&c)
}

// oracleMetadata are types of DBMS_METADATA that are not known here.
var oracleMetadata = map[string]bool{}

func init() {
	for _, k := range strings.Fields(`AQ_QUEUE AQ_QUEUE_TABLE AQ_TRANSFORM ASSOCIATION AUDIT AUDIT_OBJ COMMENT DEFAULT_ROLE FGA_POLICY INDEX_STATISTICS JAVA_CLASS JAVA_SOURCE JOB OBJECT_GRANT ON_USER_GRANT OUTLINE
		PROFILE PROXY RESOURCE_COST RLS_CONTEXT RLS_GROUP RLS_POLICY RMGR_CONSUMER_GROUP RMGR_PLAN ROLE_GRANT ROLLBACK_SEGMENT SYSTEM_GRANT TABLE_DATA TABLE_STATISTICS TABLESPACE_QUOTA TRUSTED_DB_LINK XMLSCHEMA
		REFRESH_GROUP SCHEMA_EXPORT TABLE_EXPORT DATABASE_EXPORT`) {
		oracleMetadata[k] = true
	}
}

// getDependentDDL is GET_DEPENDENT_DDL: what belongs to a table or view.
func getDependentDDL(s *Session, kind, base, schema string) (string, error) {
	if schema == "" {
		schema = s.schema
	}
	d := &ddlWriter{s: s, t: s.transform}
	none := ora.New(31608, kind)
	o := s.db.objects2(objectName{owner: schema, name: base})
	if o == nil || o.system || schema != s.user && !s.hasRole("SELECT_CATALOG_ROLE") {
		return "", none
	}
	text := ""
	switch kind {
	case "INDEX":
		s.eachIndex(func(x *object, _ *table) {
			if x.index.table == o.objectName {
				t, _ := d.object(x)
				text += t
			}
		})
	case "TRIGGER":
		for _, x := range s.db.sorted('t', func(x *object) bool { return x.trigger != nil && x.trigger.table == o.objectName }) {
			text += d.unit(x)
		}
	case "CONSTRAINT", "REF_CONSTRAINT":
		if o.table != nil {
			for _, k := range d.tableConstraints(o.table) {
				if k.foreign == (kind == "REF_CONSTRAINT") {
					text += d.alterAdd(o, k)
				}
			}
		}
	case "COMMENT":
		text = d.comments(o)
	case "OBJECT_GRANT":
		for _, g := range s.objectGrants() {
			if g.object == o.objectName {
				text += d.grantText(g)
			}
		}
	case "MATERIALIZED_VIEW_LOG":
		if x := s.db.objects2(objectName{owner: schema, name: base, space: 'm'}); x != nil {
			return d.object(x)
		}
	default:
		return "", ora.Unsupported("DBMS_METADATA.GET_DEPENDENT_DDL of " + kind)
	}
	if text == "" {
		return "", none
	}
	return text, nil
}

// getGrantedDDL is GET_GRANTED_DDL: what a user or role was given.
func getGrantedDDL(s *Session, kind, grantee, _ string) (string, error) {
	if grantee == "" {
		grantee = s.user
	}
	d := &ddlWriter{s: s, t: s.transform}
	text := ""
	if grantee == s.user || s.hasRole("SELECT_CATALOG_ROLE") {
		switch kind {
		case "OBJECT_GRANT":
			for _, g := range s.objectGrants() {
				if g.grantee == grantee {
					text += d.grantText(g)
				}
			}
		case "SYSTEM_GRANT", "ROLE_GRANT":
			s.eachHolding(func(name string, _ bool, h *holding) {
				set := h.system
				if kind == "ROLE_GRANT" {
					set = h.roles
				}
				if name == grantee {
					text = d.grantList(set, name, kind == "ROLE_GRANT")
				}
			})
		default:
			return "", ora.Unsupported("DBMS_METADATA.GET_GRANTED_DDL of " + kind)
		}
	}
	if text == "" {
		return "", ora.New(31608, kind)
	}
	return text, nil
}
