// Package tui is landfall on a terminal: a browser of the objects and findings of an assessment.
//
// Input -> output: something that loads an assessment, and the keys that are pressed, in; frames on the terminal out. It
// analyses nothing, changes nothing and reads no file by itself. There is one model (Model); views are functions of it
// (view_*.go), and what a key does stands in one table (keys.go), which the help and docs/tui.md are made from.
//
// Run starts a program and returns when it ends. A Model belongs to one goroutine.
package tui
