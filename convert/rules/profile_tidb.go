package rules

import "landfall/internal/model"

// Families of targets: what their rules, generator and grammar are.
const (
	PostgreSQLFamily = "" // everything that speaks PostgreSQL's protocol
	MySQL            = "mysql"
)

// oldestTiDB is the release whose features the conversion counts on: foreign keys in general availability, global
// indexes on partitioned tables.
const oldestTiDB = "8.5+"

// tidb is TiDB. Nothing of Oracle's is native; what differs is in the rules of the family. No server of it is at hand,
// so that its own parser is the highest judge.
func tidb() *Profile {
	return &Profile{
		Name: "tidb", Title: "TiDB", Version: oldestTiDB, Family: MySQL, Ceiling: model.RungAccepted, capabilities: map[Feature]Capability{},
	}
}
