package model

import (
	"fmt"
	"strings"
)

// ObjectKind is the kind of a schema or database object, spelled as Oracle's DBA_OBJECTS.OBJECT_TYPE spells it
// where that view knows it. The empty kind is "unknown".
type ObjectKind string

// Object kinds. Those below "not in DBA_OBJECTS" have views of their own in the dictionary, or none.
const (
	KindTable            ObjectKind = "TABLE"
	KindIndex            ObjectKind = "INDEX"
	KindView             ObjectKind = "VIEW"
	KindMaterializedView ObjectKind = "MATERIALIZED VIEW"
	KindSequence         ObjectKind = "SEQUENCE"
	KindSynonym          ObjectKind = "SYNONYM"
	KindType             ObjectKind = "TYPE"
	KindTypeBody         ObjectKind = "TYPE BODY"
	KindPackage          ObjectKind = "PACKAGE"
	KindPackageBody      ObjectKind = "PACKAGE BODY"
	KindProcedure        ObjectKind = "PROCEDURE"
	KindFunction         ObjectKind = "FUNCTION"
	KindTrigger          ObjectKind = "TRIGGER"
	KindDatabaseLink     ObjectKind = "DATABASE LINK"
	KindDirectory        ObjectKind = "DIRECTORY"
	KindLibrary          ObjectKind = "LIBRARY"
	KindOperator         ObjectKind = "OPERATOR"
	KindIndexType        ObjectKind = "INDEXTYPE"
	KindCluster          ObjectKind = "CLUSTER"
	KindContext          ObjectKind = "CONTEXT"
	KindDimension        ObjectKind = "DIMENSION"
	KindEdition          ObjectKind = "EDITION"
	KindJob              ObjectKind = "JOB"
	KindProgram          ObjectKind = "PROGRAM"
	KindSchedule         ObjectKind = "SCHEDULE"
	KindChain            ObjectKind = "CHAIN"
	KindWindow           ObjectKind = "WINDOW"
	KindJobClass         ObjectKind = "JOB CLASS"
	KindQueue            ObjectKind = "QUEUE"
	KindJavaSource       ObjectKind = "JAVA SOURCE"
	KindJavaClass        ObjectKind = "JAVA CLASS"
	KindJavaResource     ObjectKind = "JAVA RESOURCE"
	KindXMLSchema        ObjectKind = "XML SCHEMA"
	KindMiningModel      ObjectKind = "MINING MODEL"
	KindAnalyticView     ObjectKind = "ANALYTIC VIEW"
	KindAttributeDim     ObjectKind = "ATTRIBUTE DIMENSION"
	KindHierarchy        ObjectKind = "HIERARCHY"
	KindPropertyGraph    ObjectKind = "PROPERTY GRAPH"
	KindDomain           ObjectKind = "DOMAIN"
	KindMLEModule        ObjectKind = "MLE MODULE"
	KindMLEEnvironment   ObjectKind = "MLE ENVIRONMENT"
	KindJSONDuality      ObjectKind = "JSON RELATIONAL DUALITY VIEW"
	KindUnifiedPolicy    ObjectKind = "UNIFIED AUDIT POLICY"
	KindLockdownProfile  ObjectKind = "LOCKDOWN PROFILE"
	KindRule             ObjectKind = "RULE"
	KindRuleSet          ObjectKind = "RULE SET"
	KindEvaluation       ObjectKind = "EVALUATION CONTEXT"

	// Not in DBA_OBJECTS.
	KindColumn              ObjectKind = "COLUMN"
	KindConstraint          ObjectKind = "CONSTRAINT"
	KindMaterializedViewLog ObjectKind = "MATERIALIZED VIEW LOG"
	KindMaterializedZonemap ObjectKind = "MATERIALIZED ZONEMAP"
	KindSchema              ObjectKind = "SCHEMA"
	KindUser                ObjectKind = "USER"
	KindRole                ObjectKind = "ROLE"
	KindProfile             ObjectKind = "PROFILE"
	KindTablespace          ObjectKind = "TABLESPACE"
	KindRollbackSegment     ObjectKind = "ROLLBACK SEGMENT"
	KindRestorePoint        ObjectKind = "RESTORE POINT"
	KindOutline             ObjectKind = "OUTLINE"
	KindFlashbackArchive    ObjectKind = "FLASHBACK ARCHIVE"
	KindVPDPolicy           ObjectKind = "POLICY"
	KindGrant               ObjectKind = "GRANT"
	KindAnonymousBlock      ObjectKind = "ANONYMOUS BLOCK"
	KindStatement           ObjectKind = "STATEMENT" // a workload or script statement that belongs to no object
	KindScript              ObjectKind = "SCRIPT"    // a file as a whole, for findings that belong to nothing smaller
)

// kindOrder is the order in which reports list kinds: data first, then what reads it, then code, then the rest.
var kindOrder = []ObjectKind{
	KindSchema, KindUser, KindRole, KindProfile, KindTablespace, KindType, KindTypeBody, KindDomain, KindSequence, KindCluster, KindTable, KindColumn, KindConstraint, KindIndex, KindIndexType,
	KindView, KindJSONDuality, KindAnalyticView, KindAttributeDim, KindHierarchy, KindPropertyGraph, KindDimension, KindMaterializedView, KindMaterializedViewLog,
	KindMaterializedZonemap, KindSynonym, KindDatabaseLink, KindDirectory, KindLibrary, KindOperator, KindContext, KindFunction, KindProcedure, KindPackage, KindPackageBody,
	KindTrigger, KindVPDPolicy, KindJob, KindProgram, KindSchedule, KindChain, KindWindow, KindJobClass, KindQueue, KindRule, KindRuleSet, KindEvaluation, KindJavaSource, KindJavaClass,
	KindJavaResource, KindMLEModule, KindMLEEnvironment, KindXMLSchema, KindMiningModel, KindEdition, KindUnifiedPolicy, KindLockdownProfile, KindFlashbackArchive,
	KindRollbackSegment, KindRestorePoint, KindOutline, KindGrant, KindAnonymousBlock, KindStatement, KindScript,
}

var kindRank = func() map[ObjectKind]int {
	m := make(map[ObjectKind]int, len(kindOrder))
	for i, k := range kindOrder {
		m[k] = i + 1
	}
	return m
}()

// ObjectKinds lists every kind in report order.
func ObjectKinds() []ObjectKind { return append([]ObjectKind(nil), kindOrder...) }

// Rank is the place of the kind in report order, from 1; unknown kinds come last.
func (k ObjectKind) Rank() int {
	if r, ok := kindRank[k]; ok {
		return r
	}
	return len(kindOrder) + 1
}

// Known reports whether the kind is one of the list.
func (k ObjectKind) Known() bool { return kindRank[k] != 0 }

// HasCode reports whether objects of the kind are PL/SQL (or Java) source rather than a definition.
func (k ObjectKind) HasCode() bool {
	switch k {
	case KindTypeBody, KindPackage, KindPackageBody, KindProcedure, KindFunction, KindTrigger, KindAnonymousBlock, KindJavaSource, KindMLEModule:
		return true
	}
	return false
}

// ParseObjectKind reads a kind in any case, with spaces or underscores.
func ParseObjectKind(s string) (ObjectKind, error) {
	k := ObjectKind(strings.ToUpper(strings.ReplaceAll(strings.TrimSpace(s), "_", " ")))
	if !k.Known() {
		return k, fmt.Errorf("unknown object kind %q", s)
	}
	return k, nil
}
