package tns

import (
	"fmt"
	"strings"
)

// node is one (NAME=value) of a connect descriptor; a value is text or more nodes.
type node struct {
	name  string // upper case
	text  string
	nodes []node
}

const maxDescriptorDepth = 16

// parseDescriptor reads "(DESCRIPTION=(ADDRESS=...)(CONNECT_DATA=...))".
func parseDescriptor(s string) (node, error) {
	n, rest, err := parseNode(strings.TrimSpace(s), 0)
	if err == nil && strings.Trim(rest, " \t\r\n\x00") != "" {
		err = fmt.Errorf("text behind the descriptor")
	}
	return n, err
}

func parseNode(s string, depth int) (node, string, error) {
	if depth > maxDescriptorDepth {
		return node{}, s, fmt.Errorf("parentheses too deep")
	}
	if !strings.HasPrefix(s, "(") {
		return node{}, s, fmt.Errorf("no parenthesis at %q", clip(s))
	}
	name, rest, ok := strings.Cut(s[1:], "=")
	if !ok || strings.ContainsAny(name, "()") {
		return node{}, s, fmt.Errorf("no equals sign at %q", clip(s))
	}
	n := node{name: strings.ToUpper(strings.TrimSpace(name))}
	rest = strings.TrimLeft(rest, " \t\r\n")
	if !strings.HasPrefix(rest, "(") {
		value, behind, ok := strings.Cut(rest, ")")
		if !ok {
			return node{}, s, fmt.Errorf("no closing parenthesis at %q", clip(s))
		}
		n.text = strings.Trim(strings.TrimSpace(value), `"`)
		return n, strings.TrimLeft(behind, " \t\r\n"), nil
	}
	for strings.HasPrefix(rest, "(") {
		var child node
		var err error
		if child, rest, err = parseNode(rest, depth+1); err != nil {
			return node{}, s, err
		}
		n.nodes = append(n.nodes, child)
	}
	if !strings.HasPrefix(rest, ")") {
		return node{}, s, fmt.Errorf("no closing parenthesis at %q", clip(rest))
	}
	return n, strings.TrimLeft(rest[1:], " \t\r\n"), nil
}

func clip(s string) string { return s[:min(len(s), 20)] }

// find gives the text of the first node of that name, at any depth.
func (n *node) find(name string) (string, bool) {
	if n.name == name && n.nodes == nil {
		return n.text, true
	}
	for i := range n.nodes {
		if s, ok := n.nodes[i].find(name); ok {
			return s, true
		}
	}
	return "", false
}
