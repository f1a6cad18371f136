// Package schema publishes the JSON Schema of the files that reports writes.
//
// Input -> output: nothing in, the schema text out. The text is made from the Go types and their comments by
// the test of this package (UPDATE=1 refreshes it), so that it cannot fall behind them.
package schema

import _ "embed"

// JSONSchema is the schema of report.json, JSON Schema draft 2020-12.
//
//go:embed report.schema.json
var JSONSchema []byte

// FleetSchema is the schema of fleet.json.
//
//go:embed fleet.schema.json
var FleetSchema []byte
