package convert

import (
	"landfall/convert/rules"
	"landfall/internal/mysql/quote"
	pgquote "landfall/internal/postgres/quote"
)

// For the MySQL family the scripts of deployment are for its command line client: databases stand for schemas, and source runs
// a file by its path from the folder that the client was started in. Read from its standard input, the client stops at the first
// error.

// mysql reports whether the result is for the MySQL family.
func (r *Result) mysql() bool {
	p, ok := rules.ProfileNamed(r.Target)
	return ok && p.Family == rules.MySQL
}

// makeSchema makes a schema in the target where it is not there.
func (r *Result) makeSchema(name string) string {
	if r.mysql() {
		return "CREATE DATABASE IF NOT EXISTS " + quote.Ident(name) + ";\n"
	}
	return "CREATE SCHEMA IF NOT EXISTS " + pgquote.Ident(name) + ";\n"
}

var mysqlClient = deployClient{
	head: "SET NAMES utf8mb4;\n", run: func(f *outFile) string { return "source " + f.name + "\n" }, part: "source ",
	usage: "-- In this folder: mysql < deploy.sql makes everything; load the rows between the first part and the last.\n",
}
