package gen

import "landfall/internal/oracle/syntax/ast"

// nameParts is File.Parts out of an array that many names share: conversion asks for the parts of every name, several times.
func (g *gen) nameParts(n *ast.Name) []string {
	if cap(g.rest)-len(g.rest) < 4 {
		g.rest = make([]string, 0, 128)
	}
	from := len(g.rest)
	list := g.f.AppendParts(g.rest, n)
	if len(list) <= cap(g.rest) {
		g.rest = list
	}
	return list[from:len(list):len(list)]
}
