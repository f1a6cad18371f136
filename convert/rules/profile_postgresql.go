package rules

import (
	"strconv"

	"landfall/internal/model"
)

// newestPostgreSQL is the newest version whose features are listed; newer ones are taken to have these.
const newestPostgreSQL = 18

// postgresqlSince says which version first had a feature, with the release notes' page.
var postgresqlSince = []struct {
	feature Feature
	since   int
}{
	{FeaturePGCycleClause, 14},
	{FeaturePGProcedureOut, 14},
	{FeaturePGMerge, 15},
	{FeaturePGRegexpFunctions, 15},
	{FeaturePGNullsNotDistinct, 15},
	{FeaturePGNegativeScale, 15},
	{FeaturePGInvokerViews, 15},
	{FeaturePGSubqueryAlias, 16},
	{FeaturePGSQLJSON, 16},
	{FeaturePGJSONTable, 17},
	{FeaturePGMergeReturning, 17},
	{FeaturePGMaintain, 17},
	{FeaturePGVirtualColumns, 18},
	{FeaturePGOldNewReturning, 18},
	{FeaturePGNotEnforced, 18},
	{FeaturePGNotNullNotValid, 18},
	{FeaturePGTemporalKeys, 18},
}

func postgreSQL(version int) *Profile {
	p := &Profile{
		Name: "postgresql", Title: "PostgreSQL", Version: strconv.Itoa(version), Base: version, Ceiling: model.RungEqual,
		capabilities: map[Feature]Capability{},
	}
	addPostgreSQL(p, version)
	return p
}

// addPostgreSQL enters the features of a PostgreSQL version.
func addPostgreSQL(p *Profile, version int) {
	for _, row := range postgresqlSince {
		c := Capability{State: Absent, Note: "from version " + strconv.Itoa(row.since), Pages: []string{"www.postgresql.org/docs/release/" + strconv.Itoa(row.since) + ".0/"}}
		if version >= row.since {
			c.State = Native
		}
		p.capabilities[row.feature] = c
	}
}
