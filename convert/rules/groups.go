package rules

// Groups of rules, in the order of their codes: CV01 to CV10.
const (
	groupTypes        = "Types"
	groupTables       = "Tables"
	groupQuery        = "Query"
	groupFunctions    = "Functions"
	groupDML          = "DML"
	groupPLSQL        = "PL/SQL"
	groupPackages     = "Packages"
	groupTransactions = "Transactions"
	groupBuiltins     = "Built-in packages"
	groupObjects      = "Objects"
	groupMySQL        = "MySQL family"
)

// first is the version of the program that had the first rules.
const first = "0.1.0"
