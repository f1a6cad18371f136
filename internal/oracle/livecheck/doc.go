// Package livecheck holds a live Oracle against what this program takes Oracle to be: login, session, characters, types at
// their edges, LOBs, flashback, the dictionary's statements, cancelling, the speed of fetching.
//
// Input -> output: a connect.Source in, a Report out: one Check a question, with what was expected and what came. It is for the
// first user who has an Oracle that nobody here had, and for whoever has an Oracle of a kind that was not tried; docs/live-check.md says how to
// read it. It reads only: DUAL, the dictionary, and rows of one table that the account may read.
//
// An expectation is a literal of Oracle's documentation, or what the server itself says of a value by another way: its text by TO_CHAR, its bytes
// by DUMP, the driver's own value. Where the server has no such way, that part is left out, not the check.
//
// Run uses up to two sessions and is called once at a time; a Report is plain data.
package livecheck
