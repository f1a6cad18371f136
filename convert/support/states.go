package support

import (
	"slices"
	"strings"
)

// States are the SQLSTATEs that mean a predefined exception: the one that converted code raises first, then those that
// PostgreSQL raises by itself. Nil for other names.
func States(name string) []string {
	for _, c := range oraCodes {
		if c.Name == "" || !strings.EqualFold(c.Name, name) {
			continue
		}
		list := append([]string{SQLState(c.Ora)}, strings.Fields(c.More)...)
		if c.Name == "VALUE_ERROR" && !slices.Contains(list, "22P02") { // see conditions
			list = append(list, "22P02")
		}
		return list
	}
	return nil
}
