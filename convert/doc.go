// Package convert turns an Oracle estate into PostgreSQL: every statement of the source ends as converted, changed,
// refused or ignored, with its place, and every object carries the rung of evidence that it has reached.
//
// Input -> output: a scripts.Estate (parsed sources and their catalog) and a target profile in; a Result out: target
// statements in order of deployment, findings, the loss ledger, standings. Write lays the result down as a folder, Text
// as one self-contained script. Statements are converted by package gen, with the rule table of package rules. The
// package parses no source itself and, unless it is asked to prove, talks to no server.
//
// Run and Text may be called concurrently; a Result is read-only once returned.
package convert
