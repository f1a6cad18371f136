package project

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"landfall/internal/model"
	"landfall/internal/spelling"
)

// reader walks the tree of a YAML file and notes every error with its place, instead of stopping at the first.
// yaml.v3's own strict decoding gives neither columns nor what may have been meant.
type reader struct {
	file string
	what string // that is done, for errors: "read settings"
	errs []error
}

func (r *reader) fail(n *yaml.Node, hint, format string, args ...any) {
	r.errs = append(r.errs, &model.Error{
		Code: "CF0001", Op: r.what, Pos: model.Pos{File: r.file, Line: max(1, n.Line), Col: max(1, n.Column)}, Err: fmt.Errorf(format, args...), Hint: hint,
	})
}

// field reads one value of a mapping.
type field func(n *yaml.Node)

// mapping reads a mapping with known keys.
func (r *reader) mapping(n *yaml.Node, what string, fields map[string]field) {
	r.pairs(n, what, func(key, value *yaml.Node) {
		read, known := fields[key.Value]
		if !known {
			names := slices.Sorted(maps.Keys(fields))
			r.fail(key, meant(key.Value, names), "%s has no setting %q", what, key.Value)
			return
		}
		read(value)
	})
}

// pairs calls each for every key of a mapping; keys that come twice are errors, null is an empty mapping.
func (r *reader) pairs(n *yaml.Node, what string, each func(key, value *yaml.Node)) {
	n = target(n)
	switch {
	case n.Kind == yaml.ScalarNode && n.Tag == "!!null":
		return
	case n.Kind != yaml.MappingNode:
		r.fail(n, "write key: value lines, indented below it", "%s must hold settings", what)
		return
	}
	seen := map[string]int{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i]
		if key.Kind != yaml.ScalarNode || key.Tag == "!!merge" {
			r.fail(key, "", "%s: a key must be a word", what)
			continue
		}
		if line, twice := seen[key.Value]; twice {
			r.fail(key, "", "%s has %q twice, first in line %d", what, key.Value, line)
			continue
		}
		seen[key.Value] = key.Line
		each(key, n.Content[i+1])
	}
}

// target follows an alias.
func target(n *yaml.Node) *yaml.Node {
	if n.Kind == yaml.AliasNode && n.Alias != nil {
		return n.Alias
	}
	return n
}

// text reads a scalar.
func (r *reader) text(n *yaml.Node, what string) (string, bool) {
	n = target(n)
	if n.Kind != yaml.ScalarNode || n.Tag == "!!null" {
		r.fail(n, "", "%s needs a value", what)
		return "", false
	}
	return n.Value, true
}

// word reads one of several words.
func word[T ~string](r *reader, what string, into *T, words ...T) field {
	return func(n *yaml.Node) {
		v, ok := r.text(n, what)
		if n = target(n); n.Kind == yaml.ScalarNode && n.Tag == "!!null" && slices.Contains(words, T(n.Value)) && len(r.errs) > 0 {
			// the word null, unquoted, is YAML's nothing: empty-string means the word
			r.errs = r.errs[:len(r.errs)-1]
			v, ok = n.Value, true
		}
		if !ok {
			return
		}
		if !slices.Contains(words, T(v)) {
			names := make([]string, len(words))
			for i, w := range words {
				names[i] = string(w)
			}
			r.fail(n, meant(v, names), "%s cannot be %q", what, v)
			return
		}
		*into = T(v)
	}
}

// number reads a whole number that is at least least.
func (r *reader) number(what string, into *int, least int) field {
	return func(n *yaml.Node) {
		v, ok := r.text(n, what)
		if !ok {
			return
		}
		var i int
		if target(n).Tag != "!!int" || target(n).Decode(&i) != nil || i < least {
			r.fail(n, "", "%s must be a whole number, at least %d, not %q", what, least, v)
			return
		}
		*into = i
	}
}

// float reads a number that is not negative.
func (r *reader) float(n *yaml.Node, what string, into *float64) {
	v, ok := r.text(n, what)
	if !ok {
		return
	}
	var f float64
	if tag := target(n).Tag; tag != "!!int" && tag != "!!float" || target(n).Decode(&f) != nil || f < 0 || math.IsInf(f, 0) || math.IsNaN(f) {
		r.fail(n, "", "%s must be a number, not %q", what, v)
		return
	}
	*into = f
}

// names reads a mapping of free names to texts. fold makes the key what it is looked up by.
func (r *reader) names(what string, into map[string]string, fold func(string) string) field {
	return func(n *yaml.Node) {
		r.pairs(n, what, func(key, value *yaml.Node) {
			v, ok := r.text(value, what+"."+key.Value)
			if !ok {
				return
			}
			if strings.TrimSpace(v) == "" {
				r.fail(value, "", "%s.%s needs a name", what, key.Value)
				return
			}
			into[fold(key.Value)] = v
		})
	}
}

// meant is a hint at what may have been meant.
func meant(typed string, names []string) string {
	if near := spelling.Nearest(typed, names); near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	return "known are " + strings.Join(names, ", ")
}

// document parses the file and gives its top mapping.
func (r *reader) document(data []byte) *yaml.Node {
	var doc, more yaml.Node
	dec := yaml.NewDecoder(bytes.NewReader(data))
	err := dec.Decode(&doc)
	if errors.Is(err, io.EOF) { // no document, or comments alone
		return nil
	}
	if err == nil {
		if err = dec.Decode(&more); err == nil {
			r.fail(&yaml.Node{Line: max(1, more.Line), Column: 1}, "put all settings into one document, without a line ---", "there is a second document, which nobody would read")
			return nil
		}
		if errors.Is(err, io.EOF) {
			err = nil
		}
	}
	if err != nil {
		line := 1
		var at int
		if _, scan := fmt.Sscanf(err.Error(), "yaml: line %d:", &at); scan == nil {
			line = at
		}
		msg := strings.TrimPrefix(err.Error(), fmt.Sprintf("yaml: line %d: ", at))
		r.errs = append(r.errs, &model.Error{
			Code: "CF0001", Op: r.what, Pos: model.Pos{File: r.file, Line: line, Col: 1}, Err: errors.New(strings.TrimPrefix(msg, "yaml: ")), Hint: "indent with blanks, not tabs; quote texts that hold a colon",
		})
		return nil
	}
	if len(doc.Content) == 0 {
		return nil
	}
	return doc.Content[0]
}

// nearest is meant without the list of all, where that is long.
func nearest(typed string, names []string) string {
	if near := spelling.Nearest(typed, names); near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	return "docs/assess.md lists them"
}
