package convert

import (
	"path/filepath"
	"strings"

	"landfall/convert/gen"
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

func (r *Result) writeMySQLDeploy(dir string, files []outFile) error {
	const head = "SET NAMES utf8mb4;\n"
	parts := map[string]*strings.Builder{}
	for _, name := range []string{preDataFile, dataFile, postDataFile, scriptsFile} {
		parts[name] = &strings.Builder{}
		parts[name].WriteString(head)
	}
	pre := parts[preDataFile]
	for _, s := range r.schemas() {
		pre.WriteString(r.makeSchema(s))
	}
	for _, f := range files {
		to := parts[postDataFile]
		switch {
		case f.phase == gen.PhaseScript:
			to = parts[scriptsFile]
		case f.phase == gen.PhaseData:
			to = parts[dataFile]
		case f.phase <= gen.PhaseTable:
			to = pre
		}
		to.WriteString("source " + f.name + "\n")
	}
	for name, b := range parts {
		if err := writeFile(filepath.Join(dir, name), []byte(b.String())); err != nil {
			return err
		}
	}
	all := "-- In this folder: mysql < deploy.sql makes everything; load the rows between the first part and the last.\n" +
		"-- Queries and calls that the scripts hold are in " + scriptsFile + ", which is not run.\n"
	for _, name := range []string{preDataFile, dataFile, postDataFile} {
		all += "source " + name + "\n"
	}
	return writeFile(filepath.Join(dir, deployFile), []byte(all))
}
