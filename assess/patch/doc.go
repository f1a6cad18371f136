// Package patch writes converted SQL back into the application source that it came from.
//
// Input -> output: the statements that each place of the source makes, each with the bytes that its pieces come from and
// its converted text in; the changed files as unified diffs, and for each place whether it is changed or why not, out. A
// place is changed as a whole or not at all, and only where all statements that share a piece of source want the same
// change of it. Nothing is written to disk, and nothing is converted here.
//
// Plan is a pure function; several may run at once.
package patch
