package collect

import (
	"slices"
	"strconv"
	"strings"

	"landfall/internal/model"
)

// object enters what a catalog object says into the extracts that a dictionary would hold it in.
func (f *Files) object(o *model.Object) {
	if !notInObjects[o.Kind] {
		status := "VALID"
		if o.Invalid != "" {
			status = "INVALID"
		}
		f.add("objects", "owner", objectOwner(o), "object_name", o.Name, "object_type", string(o.Kind), "status", status)
	}
	if o.Comment != "" && (o.Table != nil || o.View != nil) {
		f.add("table_comments", "owner", o.Schema, "table_name", o.Name, "table_type", word(o.Kind == model.KindView, "VIEW", "TABLE"), "comments", o.Comment)
	}
	switch {
	case o.Table != nil:
		f.table(o)
	case o.Index != nil:
		f.index(o)
	case o.View != nil:
		f.view(o)
	case o.Sequence != nil:
		q := o.Sequence
		f.add("sequences", "sequence_owner", o.Schema, "sequence_name", o.Name, "min_value", number(q.Min), "max_value", number(q.Max), "increment_by", number(q.Increment),
			"cycle_flag", yn(q.Cycle), "order_flag", yn(q.Order), "cache_size", cacheSize(q.Cache), "last_number", number(q.Start))
	case o.Synonym != nil:
		f.add("synonyms", "owner", objectOwner(o), "synonym_name", o.Name, "table_owner", o.Synonym.TargetSchema, "table_name", o.Synonym.Target, "db_link", o.Synonym.Link)
	case o.Type != nil:
		f.typ(o)
	case o.Trigger != nil:
		f.trigger(o)
	case o.Link != nil:
		f.add("db_links", "owner", objectOwner(o), "db_link", o.Name, "username", o.Link.User, "host", o.Link.Using)
	case o.Job != nil && o.Kind == model.KindJob:
		f.job(o)
	case o.Policy != nil:
		schema, function := split(o.Policy.Function)
		pack, member := split(function)
		f.add("policies", "object_owner", o.Policy.TableSchema, "object_name", o.Policy.Table, "policy_group", "SYS_DEFAULT", "policy_name", strings.TrimPrefix(o.Name, o.Policy.Table+"."), "pf_owner", schema, "package", pack, "function", member)
	case o.Package != nil:
		for _, r := range o.Package.Routines {
			if !r.Private {
				f.routine(o, r, r.Name)
			}
		}
	case o.Routine != nil:
		f.routine(o, o.Routine, "")
	}
	switch o.Kind {
	case model.KindUser:
		f.add("users", "username", o.Name)
	case model.KindRole:
		f.add("roles", "role", o.Name)
	case model.KindDirectory:
		f.add("directories", "owner", "SYS", "directory_name", o.Name)
	case model.KindContext:
		f.add("contexts", "namespace", o.Name)
	case model.KindLibrary:
		f.add("libraries", "owner", o.Schema, "library_name", o.Name)
	}
}

// notInObjects are kinds of the catalog that DBA_OBJECTS does not list.
var notInObjects = map[model.ObjectKind]bool{
	model.KindColumn: true, model.KindConstraint: true, model.KindMaterializedViewLog: true, model.KindSchema: true, model.KindUser: true, model.KindRole: true,
	model.KindProfile: true, model.KindTablespace: true, model.KindVPDPolicy: true, model.KindGrant: true, model.KindAnonymousBlock: true, model.KindStatement: true,
	model.KindScript: true, model.KindRollbackSegment: true, model.KindRestorePoint: true, model.KindOutline: true, model.KindFlashbackArchive: true,
}

// objectOwner is PUBLIC for public synonyms and links, whose catalog schema may be "".
func objectOwner(o *model.Object) string {
	if o.Synonym != nil && o.Synonym.Public || o.Link != nil && o.Link.Public {
		return "PUBLIC"
	}
	return o.Schema
}

func (f *Files) table(o *model.Object) {
	t := o.Table
	iot := ""
	if t.IOT {
		iot = "IOT"
	}
	if t.OfType != "" { // DBA_TABLES does not have object tables
		schema, name := split(t.OfType)
		f.add("object_tables", "owner", o.Schema, "table_name", o.Name, "table_type_owner", schema, "table_type", name)
	} else {
		f.relational(o, iot)
	}
	f.columns(o, t.Columns)
	for i, c := range t.Constraints {
		f.constraint(o, c, i)
	}
	if p := t.Partition; p != nil {
		f.partitions(o, p)
	}
	if t.SupplementalLog {
		f.add("log_groups", "owner", o.Schema, "table_name", o.Name, "log_group_type", "SUPPLEMENTAL LOG", "log_group_name", "FROM SCRIPT")
	}
}

func (f *Files) relational(o *model.Object, iot string) {
	t := o.Table
	tablespace := t.Tablespace
	if t.Partition != nil { // it is that of the partitions
		tablespace = ""
	}
	f.add("tables", "owner", o.Schema, "table_name", o.Name, "tablespace_name", tablespace, "cluster_name", t.Cluster, "iot_type", iot,
		"temporary", yn(t.Temporary != ""), "duration", duration(t), "partitioned", yesNo(t.Partition != nil), "external", yesNo(t.External))
}

func (f *Files) partitions(o *model.Object, p *model.Partitioning) {
	f.add("partitioned_tables", "owner", o.Schema, "table_name", o.Name, "partitioning_type", p.Kind, "subpartitioning_type", p.SubKind, "partition_count", strconv.Itoa(p.Count),
		"partitioning_key_count", strconv.Itoa(len(p.Columns)), "subpartitioning_key_count", strconv.Itoa(len(p.SubColumns)), "interval", p.Interval, "autolist", yesNo(p.Automatic))
	for i, c := range p.Columns {
		f.add("partition_keys", "owner", o.Schema, "name", o.Name, "object_type", "TABLE", "column_position", strconv.Itoa(i+1), "column_name", c)
	}
	for i, c := range p.SubColumns {
		f.add("subpartition_keys", "owner", o.Schema, "name", o.Name, "object_type", "TABLE", "column_position", strconv.Itoa(i+1), "column_name", c)
	}
}

func duration(t *model.Table) string {
	switch {
	case t.Temporary == "":
		return ""
	case strings.HasPrefix(t.OnCommit, "PRESERVE"):
		return "SYS$SESSION"
	}
	return "SYS$TRANSACTION"
}

func (f *Files) columns(o *model.Object, list []*model.Column) {
	for i, c := range list {
		id := strconv.Itoa(i + 1)
		position := id
		if c.Invisible {
			position = ""
		}
		t := c.Type
		pairs := []string{
			"owner", o.Schema, "table_name", o.Name, "column_name", c.Name, "column_id", position, "internal_column_id", id, "data_type", typeName(t), "data_type_owner", t.Schema,
			"nullable", yn(!c.NotNull), "hidden_column", yesNo(c.Invisible), "virtual_column", yesNo(c.Virtual != ""), "user_generated", "YES",
			"default_on_null", yesNo(c.OnNull || c.Identity == byDefaultOnNull), "identity_column", yesNo(c.Identity != ""),
		}
		if t.Ref {
			pairs = append(pairs, "data_type_mod", "REF")
		}
		f.add("columns", append(pairs, sizeOf(t)...)...)
		if expr := c.Default + c.Virtual; expr != "" {
			f.add("column_defaults", "owner", o.Schema, "table_name", o.Name, "column_name", c.Name, "data_default", expr)
		}
		if c.Identity != "" {
			f.add("identity_columns", "owner", o.Schema, "table_name", o.Name, "column_name", c.Name, "generation_type", strings.TrimSuffix(c.Identity, " ON NULL"))
		}
		if c.Encrypted {
			f.add("encrypted_columns", "owner", o.Schema, "table_name", o.Name, "column_name", c.Name)
		}
		if c.Comment != "" {
			f.add("column_comments", "owner", o.Schema, "table_name", o.Name, "column_name", c.Name, "comments", c.Comment)
		}
	}
}

const byDefaultOnNull = "BY DEFAULT ON NULL"

// typeName is a data type as DBA_TAB_COLS spells it: TIMESTAMP(6) WITH TIME ZONE holds its precision in the name, whether it was written or not.
func typeName(t model.TypeRef) string {
	days, fraction := 2, 6
	switch {
	case strings.HasPrefix(t.Name, "TIMESTAMP") && t.Precision == nil:
		t.Precision = &fraction
	case t.Name == "INTERVAL YEAR TO MONTH" && t.Precision == nil:
		t.Precision = &days
	case t.Name == "INTERVAL DAY TO SECOND":
		if t.Precision == nil {
			t.Precision = &days
		}
		if t.Scale == nil {
			t.Scale = &fraction
		}
	}
	if strings.HasPrefix(t.Name, "TIMESTAMP") || strings.HasPrefix(t.Name, "INTERVAL") {
		return t.String()
	}
	return t.Name
}

func sizeOf(t model.TypeRef) []string {
	var pairs []string
	put := func(column string, n *int) {
		if n != nil {
			pairs = append(pairs, column, strconv.Itoa(*n))
		}
	}
	switch t.Name {
	case "VARCHAR2", "CHAR", "NVARCHAR2", "NCHAR", "VARCHAR":
		put("char_length", t.Precision)
		used := "B"
		if t.Sem == "CHAR" || strings.HasPrefix(t.Name, "N") {
			used = "C"
		} else {
			put("data_length", t.Precision)
		}
		pairs = append(pairs, "char_used", used)
	case "RAW":
		put("data_length", t.Precision)
	case "NUMBER", "FLOAT":
		put("data_precision", t.Precision)
		put("data_scale", t.Scale)
	}
	return pairs
}

var constraintTypes = map[model.ConstraintKind]string{model.PrimaryKey: "P", model.Unique: "U", model.ForeignKey: "R", model.Check: "C"}

func (f *Files) constraint(o *model.Object, c *model.Constraint, i int) {
	name := c.Name
	if name == "" {
		name = "SYS_C_" + o.Name + "_" + strconv.Itoa(i+1) // Oracle would make up another name; this one is told apart by its place
	}
	status, validated := "ENABLED", "VALIDATED"
	if c.Disabled {
		status = "DISABLED"
	}
	if c.NoValidate || c.Disabled {
		validated = "NOT VALIDATED"
	}
	generated := "USER NAME"
	if c.Name == "" {
		generated = "GENERATED NAME"
	}
	pairs := []string{
		"owner", o.Schema, "constraint_name", name, "constraint_type", constraintTypes[c.Kind], "table_name", o.Name, "status", status, "validated", validated, "generated", generated,
		"deferrable", word(c.Deferrable, "DEFERRABLE", "NOT DEFERRABLE"), "deferred", word(c.Deferred, "DEFERRED", "IMMEDIATE"), "rely", word(c.Rely, "RELY", ""),
	}
	if c.Kind == model.ForeignKey {
		pairs = append(pairs, "r_owner", c.RefSchema, "r_constraint_name", f.refName(c), "delete_rule", word(c.OnDelete != "", c.OnDelete, "NO ACTION"))
	}
	f.add("constraints", pairs...)
	if c.Kind == model.Check {
		f.add("check_conditions", "owner", o.Schema, "constraint_name", name, "table_name", o.Name, "search_condition", c.Expr)
	}
	for j, col := range c.Columns {
		place := strconv.Itoa(j + 1)
		if c.Kind == model.Check { // its columns have no order
			place = ""
		}
		f.add("constraint_columns", "owner", o.Schema, "constraint_name", name, "table_name", o.Name, "position", place, "column_name", col)
	}
}

// refName is the name of the key that a foreign key refers to; "" where it is not in the scripts.
func (f *Files) refName(c *model.Constraint) string {
	o := f.estate.Catalog.Find(model.KindTable, c.RefSchema, c.RefTable)
	if o == nil {
		return ""
	}
	for i, k := range o.Table.Constraints {
		if k.Kind != model.PrimaryKey && k.Kind != model.Unique {
			continue
		}
		if slices.Equal(k.Columns, c.RefColumns) || len(c.RefColumns) == 0 && k.Kind == model.PrimaryKey {
			if k.Name != "" {
				return k.Name
			}
			return "SYS_C_" + o.Name + "_" + strconv.Itoa(i+1)
		}
	}
	return ""
}

func (f *Files) index(o *model.Object) {
	x := o.Index
	kind := "NORMAL"
	for _, k := range x.Keys {
		if k.Expr != "" || k.Desc { // a descending key is an expression to Oracle
			kind = "FUNCTION-BASED NORMAL"
		}
	}
	switch x.Kind {
	case "BITMAP":
		kind = strings.Replace(kind, "NORMAL", "BITMAP", 1)
	case "DOMAIN", "CLUSTER":
		kind = x.Kind
	}
	if x.Reverse {
		kind += "/REV"
	}
	schema, name := split(x.IndexType)
	f.add("indexes", "owner", o.Schema, "index_name", o.Name, "index_type", kind, "table_owner", x.TableSchema, "table_name", x.Table, "uniqueness", word(x.Kind == "UNIQUE", "UNIQUE", "NONUNIQUE"),
		"status", word(x.Partition != nil || x.Local, "N/A", word(x.Unusable, "UNUSABLE", "VALID")), "partitioned", yesNo(x.Partition != nil || x.Local), "visibility", word(x.Invisible, "INVISIBLE", "VISIBLE"), "join_index", yesNo(x.Join),
		"ityp_owner", schema, "ityp_name", name)
	for i, k := range x.Keys {
		column := k.Column
		if k.Expr != "" {
			column = "SYS_NC" + pad(i + 1)[1:] + "$"
			f.add("index_expressions", "index_owner", o.Schema, "index_name", o.Name, "table_owner", x.TableSchema, "table_name", x.Table, "column_position", strconv.Itoa(i+1), "column_expression", k.Expr)
		}
		f.add("index_columns", "index_owner", o.Schema, "index_name", o.Name, "table_owner", x.TableSchema, "table_name", x.Table, "column_position", strconv.Itoa(i+1),
			"descend", word(k.Desc, "DESC", "ASC"), "column_name", column)
	}
	if x.Partition != nil || x.Local {
		p := model.Partitioning{}
		if x.Partition != nil {
			p = *x.Partition
		}
		f.add("partitioned_indexes", "owner", o.Schema, "index_name", o.Name, "table_name", x.Table, "partitioning_type", p.Kind, "partition_count", strconv.Itoa(p.Count), "locality", word(x.Local, "LOCAL", "GLOBAL"))
	}
}

func (f *Files) view(o *model.Object) {
	v := o.View
	if v.Materialized {
		method, mode, _ := strings.Cut(v.Refresh, " ON ")
		f.add("mviews", "owner", o.Schema, "mview_name", o.Name, "container_name", o.Name, "build_mode", word(v.Prebuilt, "PREBUILT", ""), "refresh_method", method, "refresh_mode", mode, "query", v.Query)
	} else {
		schema, name := split(v.OfType)
		f.add("views", "owner", o.Schema, "view_name", o.Name, "text_length", strconv.Itoa(len(v.Query)), "read_only", yn(v.ReadOnly), "view_type_owner", schema, "view_type", name, "text", v.Query)
		if v.CheckOption || v.ReadOnly {
			f.add("constraints", "owner", o.Schema, "constraint_name", "SYS_C_"+o.Name, "constraint_type", word(v.ReadOnly, "O", "V"), "table_name", o.Name, "status", "ENABLED", "generated", "GENERATED NAME")
		}
	}
	f.columns(o, v.Columns)
}

func (f *Files) typ(o *model.Object) {
	code := "COLLECTION"
	if o.Type.Form == model.FormObject || o.Type.Form == model.FormIncomplete {
		code = "OBJECT"
	}
	schema, super := split(o.Type.Under)
	f.add("types", "owner", o.Schema, "type_name", o.Name, "typecode", code, "attributes", strconv.Itoa(len(o.Type.Attributes)), "methods", strconv.Itoa(len(o.Type.Methods)),
		"incomplete", yesNo(o.Type.Form == model.FormIncomplete), "final", yesNo(o.Type.Final || code == "COLLECTION"), "supertype_owner", schema, "supertype_name", super)
}

func (f *Files) trigger(o *model.Object) {
	t := o.Trigger
	kind := t.Timing
	switch {
	case t.On == "SCHEMA", strings.HasSuffix(t.On, "DATABASE"):
		kind += " EVENT"
	case t.Timing == "COMPOUND", t.Timing == "INSTEAD OF":
	case t.Row:
		kind += " EACH ROW"
	default:
		kind += " STATEMENT"
	}
	f.add("triggers", "owner", o.Schema, "trigger_name", o.Name, "trigger_type", kind, "triggering_event", strings.Join(t.Events, " OR "), "table_owner", t.TableSchema,
		"base_object_type", t.On, "table_name", t.Table, "status", word(t.Disabled, "DISABLED", "ENABLED"), "when_clause", t.When)
}

func (f *Files) job(o *model.Object) {
	if o.Job.Type == "DBMS_JOB" {
		id := strconv.Itoa(len(f.tables["jobs"].Rows) + 1)
		f.add("jobs", "job", id, "schema_user", o.Schema, "interval", o.Job.Repeat, "what", o.Job.Action)
		return
	}
	programOwner, program := split(o.Job.Program)
	scheduleOwner, schedule := split(o.Job.Schedule)
	f.add("scheduler_jobs", "owner", o.Schema, "job_name", o.Name, "job_type", o.Job.Type, "program_owner", programOwner, "program_name", program, "schedule_owner", scheduleOwner, "schedule_name", schedule, "repeat_interval", o.Job.Repeat, "job_action", o.Job.Action)
}

func (f *Files) routine(o *model.Object, r *model.Routine, member string) {
	overload := ""
	if r.Overload > 0 {
		overload = strconv.Itoa(r.Overload)
	}
	f.add("procedures", "owner", o.Schema, "object_name", o.Name, "procedure_name", member, "overload", overload, "object_type", string(o.Kind), "aggregate", yesNo(r.Aggregate),
		"pipelined", yesNo(r.Pipelined), "deterministic", yesNo(r.Deterministic), "authid", r.AuthID)
}

// grants sorts privileges into the three views that hold them. A role and a system privilege look alike in a GRANT: what the
// scripts create as a role is one.
func (f *Files) grants() {
	roles := map[string]bool{"CONNECT": true, "RESOURCE": true, "DBA": true, "SELECT_CATALOG_ROLE": true, "EXECUTE_CATALOG_ROLE": true, "EXP_FULL_DATABASE": true, "IMP_FULL_DATABASE": true}
	for _, o := range f.estate.Catalog.Objects {
		if o.Kind == model.KindRole {
			roles[o.Name] = true
		}
	}
	for _, g := range f.estate.Catalog.Grants {
		switch {
		case g.Object != "":
			if f.wanted(g.Schema) {
				f.add("table_privileges", "grantee", g.Grantee, "owner", g.Schema, "table_name", g.Object, "privilege", g.Privilege, "grantable", yesNo(g.Option))
			}
		case roles[g.Privilege]:
			f.add("role_privileges", "grantee", g.Grantee, "granted_role", g.Privilege, "admin_option", yesNo(g.Option))
		default:
			f.add("system_privileges", "grantee", g.Grantee, "privilege", g.Privilege, "admin_option", yesNo(g.Option))
		}
	}
}

// split cuts SCHEMA.NAME; without a schema everything is the name.
func split(s string) (schema, name string) {
	if a, b, ok := strings.Cut(s, "."); ok {
		return a, b
	}
	return "", s
}

func word(is bool, yes, no string) string {
	if is {
		return yes
	}
	return no
}

func yn(b bool) string { return word(b, "Y", "N") }

// number keeps what is a number: sequences may be written with NOMAXVALUE, expressions or variables.
func number(s string) string {
	rest := strings.TrimLeft(s, "+-")
	if rest == "" || strings.Trim(rest, "0123456789") != "" {
		return ""
	}
	return strings.TrimPrefix(s, "+")
}

func cacheSize(s string) string {
	switch s {
	case "NOCACHE":
		return "0"
	case "":
		return "20" // Oracle's default
	}
	return number(s)
}
