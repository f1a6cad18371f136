package parser

// Options changes how a source is read. The zero value reads as Oracle Database 19c without PLSQL_CCFLAGS.
type Options struct {
	// CCFlags are the inquiry directives that PLSQL_CCFLAGS sets, by name in any case: {"debug": "TRUE", "level": "3"}.
	CCFlags map[string]string
	// Version and Release are what DBMS_DB_VERSION says for conditional compilation: 19 and 0 when Version is 0.
	Version, Release int
	// Thin puts away the bodies of the routines of package bodies once they are read (see ReadBack), all but those with errors and
	// those of texts with conditional compilation.
	Thin bool
}
