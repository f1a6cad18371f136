package support

// InitialisationDone makes the packages of a database look initialised to the session that runs it. Readers of package state
// are STABLE, so that the planner calls them, also for plpgsql_check, and the first call initialises the package: with the
// code of the estate, over tables without rows, up to autonomous transactions that log the errors of it.
const InitialisationDone = `SELECT pg_catalog.set_config(m[1], 'done', false) FROM pg_catalog.pg_proc p,
pg_catalog.regexp_matches(p.prosrc, $$set_config\('([^']+[.][^']*init[$])', 'done'$$) AS m WHERE p.proname LIKE '%init$'`

// NoSecondSessions are settings under which an autonomous transaction fails instead of opening a session: planning runs what is
// not VOLATILE, and where code is only looked at, that must not write.
func NoSecondSessions() map[string]string {
	return map[string]string{"landfall.autonomous_conninfo": "host=/nowhere"}
}
