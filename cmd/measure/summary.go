package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// loadable lists what an earlier run of a tool has left to load.
func loadable(tool, dir string) []string {
	if tool == "estate" {
		return []string{filepath.Join(dir, "out", "deploy.sql")}
	}
	var list []string
	for _, typ := range exportTypes {
		list = append(list, filepath.Join(dir, typ+".sql"))
	}
	return list
}

func readResult(name string) (*Result, error) {
	b, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	r := &Result{}
	return r, json.Unmarshal(b, r)
}

// report prints a table and the commonest reasons for each tool that has results below work.
func report(w io.Writer, work string) error {
	if err := compare(w, work); err != nil {
		return err
	}
	for _, name := range []string{"estate", "type", "ora2pg", "ora2pg-each"} {
		list, err := readResults(filepath.Join(work, "results", name))
		if err != nil {
			return err
		}
		if len(list) == 0 {
			continue
		}
		fmt.Fprintf(w, "# %s\n", name)
		writeTable(w, list)
		fmt.Fprintln(w)
		var code, structure, check ranking
		for _, r := range list {
			for _, x := range r.Reasons {
				to := &structure
				for _, k := range codeKinds {
					if x.Kind == k {
						to = &code
					}
				}
				to.addAll("", x.Text, x.Count, r.Corpus+"/"+x.Example, x.Detail)
			}
			for _, x := range r.Checks {
				check.addAll("", x.Text, x.Count, r.Corpus+"/"+x.Example, x.Detail)
			}
		}
		writeReasons(w, name+": code not accepted", code.sorted(), 40)
		writeReasons(w, name+": plpgsql_check", check.sorted(), 30)
		writeReasons(w, name+": tables, keys, indexes, comments, sequences, views not accepted", structure.sorted(), 30)
	}
	return nil
}
