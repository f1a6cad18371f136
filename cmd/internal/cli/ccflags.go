package cli

import "strings"

// parseCCFlags reads what Oracle's PLSQL_CCFLAGS parameter holds: name:value, name:value ... Values are TRUE,
// FALSE, NULL, a whole number or, as Oracle's own tools write them, text.
func parseCCFlags(s string) (map[string]string, error) {
	flags := map[string]string{}
	for _, item := range strings.Split(s, ",") {
		if item = strings.TrimSpace(item); item == "" {
			continue
		}
		name, value, ok := strings.Cut(item, ":")
		name, value = strings.TrimSpace(name), strings.TrimSpace(value)
		if !ok || name == "" || value == "" {
			return nil, usageError("write it as Oracle's PLSQL_CCFLAGS: debug:true,level:3", "--ccflags cannot hold %q", item)
		}
		if _, twice := flags[strings.ToLower(name)]; twice {
			return nil, usageError("", "--ccflags names %s twice", name)
		}
		flags[strings.ToLower(name)] = value
	}
	return flags, nil
}
