// Package model holds the plain types that every part of the program speaks in: positions, identifiers,
// the catalog, findings, evidence, errors. It imports nothing of ours, computes next to nothing and is
// safe for concurrent use as long as nobody writes to a value that another goroutine reads.
package model

import "fmt"

// Pos is a place in a source file. Offset is in bytes from 0 in the decoded (UTF-8) text; Line and Col count
// from 1, Col in characters (Unicode code points), as editors do. The zero Pos is "no position".
type Pos struct {
	File   string `json:"file,omitempty"`
	Offset int    `json:"offset"`
	Line   int    `json:"line,omitempty"`
	Col    int    `json:"col,omitempty"`
}

// IsValid reports whether the position names a place.
func (p Pos) IsValid() bool { return p.Line > 0 }

// String is file:line:col, the form editors and CI systems jump to.
func (p Pos) String() string {
	switch {
	case !p.IsValid():
		return p.File
	case p.File == "":
		return fmt.Sprintf("%d:%d", p.Line, p.Col)
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Col)
}
