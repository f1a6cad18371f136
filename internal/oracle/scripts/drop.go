package scripts

import (
	"landfall/internal/model"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/token"
)

// drop registers a DROP; create weighs it against the CREATEs of the same run.
func (x *extractor) drop(s *ast.Drop) {
	if s.Name == nil {
		return
	}
	kind := dropKind(s)
	if kind == "" {
		return
	}
	k := key{kind: kind}
	switch kind {
	case model.KindUser, model.KindRole, model.KindProfile, model.KindTablespace, model.KindDirectory, model.KindContext, model.KindEdition,
		model.KindOutline, model.KindRollbackSegment, model.KindRestorePoint, model.KindFlashbackArchive, model.KindUnifiedPolicy, model.KindLockdownProfile:
		k.name = x.last(s.Name)
	case model.KindDatabaseLink:
		k.schema, k.name = x.schema, fold1(x.u.vars.replace(x.text(s.Name)))
	default:
		k.schema, k.name = x.qualified(s.Name)
	}
	if s.Public {
		k.schema = "PUBLIC"
	}
	x.u.Kind = kind
	keys := []key{k}
	switch kind {
	case model.KindPackage: // the body goes with its specification
		keys = append(keys, key{model.KindPackageBody, k.schema, k.name})
	case model.KindType:
		keys = append(keys, key{model.KindTypeBody, k.schema, k.name})
	}
	for _, k := range keys {
		x.fd.drops[k] = append(x.fd.drops[k], dropped{key: k, unit: x.u, pos: x.pos(s)})
	}
}

func dropKind(s *ast.Drop) model.ObjectKind {
	switch s.Kind {
	case token.MATERIALIZED:
		switch s.Second {
		case token.LOG:
			return model.KindMaterializedViewLog
		case token.ZONEMAP:
			return model.KindMaterializedZonemap
		}
		return model.KindMaterializedView
	case token.DATABASE:
		if s.Second == token.LINK {
			return model.KindDatabaseLink
		}
		return ""
	case token.PACKAGE, token.TYPE:
		if s.Second == token.BODY {
			return model.ObjectKind(word(s.Kind)) + " BODY"
		}
	case token.JAVA:
		return model.ObjectKind("JAVA " + word(s.Second))
	case token.MLE:
		if s.Second == token.ENV {
			return model.KindMLEEnvironment
		}
	}
	if k, ok := adminKinds[s.Kind]; ok {
		return k.kind
	}
	if kind := model.ObjectKind(word(s.Kind)); kind.Known() {
		return kind
	}
	return ""
}
