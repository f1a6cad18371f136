package scripts

import (
	"strings"

	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

func (x *extractor) createIndex(s *ast.CreateIndex) {
	ix := &model.Index{Kind: word(s.Kind)}
	ix.TableSchema, ix.Table = x.qualified(s.Table)
	schema, name := x.beside(s.Name, ix.TableSchema)
	o := x.createAs(s, key{model.KindIndex, schema, name}, false, s.IfNotExists).obj
	o.Index = ix
	switch {
	case s.OnCluster:
		ix.Kind = "CLUSTER"
	case s.IndexType != nil:
		ix.Kind, ix.IndexType = "DOMAIN", strings.Join(x.parts(s.IndexType), ".")
	}
	ix.Join = len(s.From) > 0
	for _, it := range s.Items {
		k := model.IndexKey{Desc: it.Dir == token.DESC}
		if n, ok := it.X.(*ast.Name); ok {
			k.Column = x.last(n)
		} else {
			k.Expr = x.text(it.X)
		}
		ix.Keys = append(ix.Keys, k)
	}
	for _, c := range s.Props {
		x.indexClause(ix, c.Head)
	}
	if s.Partition != nil {
		if s.Partition.Kind == token.LOCAL {
			ix.Local = true
		}
		if s.Partition.Kind != token.LOCAL || len(s.Partition.Partitions) > 0 {
			ix.Partition = x.partitioning(s.Partition)
		}
	}
}

func (x *extractor) indexClause(ix *model.Index, head token.Keyword) {
	switch head {
	case token.REVERSE:
		ix.Reverse = true
	case token.NOREVERSE:
		ix.Reverse = false
	case token.INVISIBLE:
		ix.Invisible = true
	case token.VISIBLE:
		ix.Invisible = false
	case token.UNUSABLE:
		ix.Unusable = true
	case token.USABLE:
		ix.Unusable = false
	case token.LOCAL:
		ix.Local = true
	}
}

// viewColumns are those of the column list, else of the select list.
func (x *extractor) viewColumns(list []*ast.ColumnDef, q *ast.Select) []*model.Column {
	if len(list) == 0 {
		if q == nil {
			return nil
		}
		return x.selectColumns(q)
	}
	var cols []*model.Column
	for _, d := range list {
		c := &model.Column{Name: x.last(d.Name), Pos: x.pos(d), Invisible: d.Visibility == token.INVISIBLE}
		if d.Type != nil {
			c.Type = x.typeRef(d.Type)
		}
		cols = append(cols, c)
	}
	return cols
}

func (x *extractor) createView(s *ast.CreateView) {
	kind := model.KindView
	if s.Duality {
		kind = model.KindJSONDuality
	}
	o := x.create(s, kind, s.Name, s.Replace, s.IfNotExists)
	v := &model.View{
		Columns: x.viewColumns(s.Columns, s.Query), Force: s.Force == token.FORCE,
		ReadOnly: s.With == token.READ, CheckOption: s.With == token.CHECK,
	}
	if s.Query != nil {
		v.Query = x.text(s.Query)
	}
	if s.OfType != nil {
		r := x.typeRef(s.OfType)
		v.OfType = model.CatalogName(r.Schema, r.Name).String()
	}
	o.View = v
	x.derive(o, s.Query)
}

func (x *extractor) createMView(s *ast.CreateMView) {
	o := x.create(s, model.KindMaterializedView, s.Name, s.Replace, s.IfNotExists)
	v := &model.View{Materialized: true, Columns: x.viewColumns(s.Columns, s.Query), Prebuilt: s.Prebuilt}
	if s.Query != nil {
		v.Query = x.text(s.Query)
	}
	v.Refresh = refreshText(s.Refresh)
	o.View = v
	x.derive(o, s.Query)
}

// refreshText says a refresh clause in Oracle's order: FAST ON COMMIT, COMPLETE ON DEMAND, NEVER.
func refreshText(r *ast.Refresh) string {
	if r == nil {
		return ""
	}
	if r.Never {
		return "NEVER"
	}
	words := []string{word(r.Method)}
	if r.On != 0 {
		words = append(words, "ON "+r.On.String())
	}
	return strings.TrimSpace(strings.Join(words, " "))
}

func (x *extractor) createMViewLog(s *ast.CreateMViewLog) {
	x.create(s, model.KindMaterializedViewLog, s.Table, false, s.IfNotExists)
}

// sequence puts options into a sequence.
func (x *extractor) sequence(opts []*ast.SeqOption, q *model.Sequence) *model.Sequence {
	for _, o := range opts {
		value := ""
		if o.Value != nil {
			value = strings.ReplaceAll(x.text(o.Value), " ", "")
		}
		switch o.Kind {
		case token.START:
			q.Start = value
		case token.RESTART:
			if value != "" {
				q.Start = value
			}
		case token.INCREMENT:
			q.Increment = value
		case token.MINVALUE:
			q.Min = value
		case token.NOMINVALUE:
			q.Min = ""
		case token.MAXVALUE:
			q.Max = value
		case token.NOMAXVALUE:
			q.Max = ""
		case token.CACHE:
			q.Cache = value
		case token.NOCACHE:
			q.Cache = "NOCACHE"
		case token.CYCLE, token.NOCYCLE:
			q.Cycle = o.Kind == token.CYCLE
		case token.ORDER, token.NOORDER:
			q.Order = o.Kind == token.ORDER
		case token.SESSION, token.GLOBAL:
			q.Session = o.Kind == token.SESSION
		}
	}
	return q
}

func (x *extractor) createSynonym(s *ast.CreateSynonym) {
	schema, name := x.qualified(s.Name)
	syn := &model.Synonym{Public: s.Public}
	if s.Public {
		schema = "PUBLIC"
	}
	o := x.createAs(s, key{model.KindSynonym, schema, name}, s.Replace, s.IfNotExists).obj
	o.Synonym = syn
	if s.Target == nil {
		return
	}
	syn.Link = fold1(x.f.LinkName(s.Target))
	syn.TargetSchema, syn.Target = x.qualified(s.Target)
	if syn.Link != "" && len(x.parts(s.Target)) == 1 {
		syn.TargetSchema = "" // the remote user's
	}
}

func (x *extractor) createLink(s *ast.CreateDBLink) {
	name := fold1(x.u.vars.replace(x.text(s.Name)))
	schema := x.schema
	if s.Public {
		schema = "PUBLIC"
	}
	o := x.createAs(s, key{model.KindDatabaseLink, schema, name}, false, s.IfNotExists).obj
	o.Link = &model.Link{Public: s.Public}
	if s.User != nil {
		o.Link.User = x.last(s.User)
	}
	if s.CurrentUser {
		o.Link.User = "CURRENT_USER"
	}
	if s.Using != nil {
		if text, ok := x.constant(s.Using); ok {
			o.Link.Using = text
		} else {
			o.Link.Using = x.text(s.Using)
		}
	}
}

func (x *extractor) user(s *ast.CreateUser) {
	for _, n := range s.Names {
		if s.Alter {
			x.change(s, globalKeys(model.KindUser, x.last(n)), model.KindUser, noted)
		} else {
			x.createGlobal(s, model.KindUser, n, false, s.IfExists)
		}
	}
}

// adminKind says what a statement for administrators makes, and whether that lies in a schema.
type adminKind struct {
	kind     model.ObjectKind
	inSchema bool
}

var adminKinds = map[token.Keyword]adminKind{
	token.TABLESPACE: {model.KindTablespace, false},
	token.PROFILE:    {model.KindProfile, false},
	token.CLUSTER:    {model.KindCluster, true},
	token.DIMENSION:  {model.KindDimension, true},
	token.OPERATOR:   {model.KindOperator, true},
	token.INDEXTYPE:  {model.KindIndexType, true},
	token.OUTLINE:    {model.KindOutline, false},
	token.EDITION:    {model.KindEdition, false},
	token.HIERARCHY:  {model.KindHierarchy, true},
	token.DOMAIN:     {model.KindDomain, true},
	token.ROLLBACK:   {model.KindRollbackSegment, false},
	token.RESTORE:    {model.KindRestorePoint, false},
	token.AUDIT:      {model.KindUnifiedPolicy, false},
	token.FLASHBACK:  {model.KindFlashbackArchive, false},
	token.LOCKDOWN:   {model.KindLockdownProfile, false},
	token.ANALYTIC:   {model.KindAnalyticView, true},
	token.ATTRIBUTE:  {model.KindAttributeDim, true},
	token.PROPERTY:   {model.KindPropertyGraph, true},
	token.MLE:        {model.KindMLEModule, true},
	token.MINING:     {model.KindMiningModel, true},
	token.ZONEMAP:    {model.KindMaterializedZonemap, true},
	token.LINK:       {model.KindDatabaseLink, true},
}

// admin takes in statements that are only classified: the object has a name and nothing else.
func (x *extractor) admin(s *ast.AdminStmt) {
	kind, ok := adminKinds[s.Object]
	if !ok || len(s.Names) == 0 {
		return
	}
	if s.Object == token.MLE {
		for i := s.Lo; i < s.Hi && i < s.Lo+4; i++ {
			if x.f.Tokens[i].Kw == token.ENV {
				kind.kind = model.KindMLEEnvironment
			}
		}
	}
	k := key{kind: kind.kind}
	if kind.inSchema {
		k.schema, k.name = x.qualified(s.Names[0])
	} else {
		k.name = x.last(s.Names[0])
	}
	switch s.Verb {
	case token.CREATE:
		x.createAs(s, k, true, false)
	case token.ALTER:
		x.change(s, []key{k}, kind.kind, noted)
	}
}
