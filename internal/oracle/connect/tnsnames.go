package connect

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
)

// maxIncludes is how deep IFILE may nest in tnsnames.ora (Net Services Reference: three levels).
const maxIncludes = 3

// resolveAlias finds a name in the tnsnames.ora of a folder and gives its connect descriptor on one line. Names are compared
// without case; a name without a domain also finds the one entry that has one.
func resolveAlias(folder, alias string) (string, error) {
	if folder == "" {
		return "", fmt.Errorf("%s is a name of tnsnames.ora, and where that is was not said", alias)
	}
	path := filepath.Join(folder, "tnsnames.ora")
	entries := map[string]string{}
	if err := readAliases(path, entries, maxIncludes); err != nil {
		return "", err
	}
	want := strings.ToUpper(alias)
	if d, ok := entries[want]; ok {
		return d, nil
	}
	var found []string
	for name := range entries {
		if first, _, ok := strings.Cut(name, "."); ok && first == want {
			found = append(found, name)
		}
	}
	if len(found) == 1 {
		return entries[found[0]], nil
	}
	names := make([]string, 0, len(entries))
	for name := range entries {
		names = append(names, name)
	}
	sort.Strings(names)
	if len(names) > 10 {
		names = append(names[:10], "...")
	}
	return "", fmt.Errorf("%s has no name %s; it has %s", path, alias, strings.Join(names, ", "))
}

func readAliases(path string, into map[string]string, depth int) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	if err := parseAliases(text, into, func(file string) error {
		if depth == 0 {
			return fmt.Errorf("IFILE nests deeper than %d", maxIncludes)
		}
		if !filepath.IsAbs(file) {
			file = filepath.Join(filepath.Dir(path), file)
		}
		return readAliases(file, into, depth-1)
	}); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}

// parseAliases reads NAME [, NAME ...] = (descriptor) and IFILE = path. The first entry of a name counts, as with Oracle's clients.
func parseAliases(text []byte, into map[string]string, include func(string) error) error {
	text = withoutComments(text)
	for i := 0; i < len(text); {
		eq := bytes.IndexByte(text[i:], '=')
		head := string(bytes.TrimSpace(text[i:]))
		if eq < 0 {
			if head != "" {
				return fmt.Errorf("%.40q is no entry: NAME = (DESCRIPTION = ...)", head)
			}
			return nil
		}
		names := strings.TrimSpace(string(text[i : i+eq]))
		i += eq + 1
		if strings.EqualFold(names, "IFILE") {
			end := bytes.IndexByte(text[i:], '\n')
			if end < 0 {
				end = len(text) - i
			}
			if err := include(strings.Trim(strings.TrimSpace(string(text[i:i+end])), `"'`)); err != nil {
				return err
			}
			i += end
			continue
		}
		for i < len(text) && isSpace(text[i]) {
			i++
		}
		if names == "" || strings.ContainsAny(names, "()\"'") || i == len(text) || text[i] != '(' {
			return fmt.Errorf("%.40q is no entry: NAME = (DESCRIPTION = ...)", names)
		}
		start, depth := i, 0
		for ; i < len(text); i++ {
			if text[i] == '(' {
				depth++
			} else if text[i] == ')' {
				if depth--; depth == 0 {
					break
				}
			}
		}
		if depth != 0 {
			return fmt.Errorf("the parenthesis of %s does not close", names)
		}
		i++
		descriptor := strings.Join(strings.Fields(string(text[start:i])), "")
		for _, name := range strings.Split(names, ",") {
			name = strings.ToUpper(strings.TrimSpace(name))
			if _, ok := into[name]; !ok && name != "" {
				into[name] = descriptor
			}
		}
	}
	return nil
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\r' || c == '\n' }

// withoutComments drops what follows # up to the end of its line.
func withoutComments(text []byte) []byte {
	out := make([]byte, 0, len(text))
	for _, line := range bytes.SplitAfter(text, []byte("\n")) {
		if at := bytes.IndexByte(line, '#'); at >= 0 {
			line = append(bytes.Clone(line[:at]), '\n')
		}
		out = append(out, line...)
	}
	return out
}
