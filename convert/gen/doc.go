// Package gen turns one resolved Oracle statement into PostgreSQL statements.
//
// Input -> output: an Estate (catalog, names, facts of the whole source, policies), one top-level statement with its
// resolve.Info in; Outputs (target statements with phase, name, source positions), findings and ledger lines out. It
// works on the tree with resolved types, never on text; what it cannot convert faithfully it refuses: the finding says
// why, the output holds the original as a comment and, for routines, a stub that raises the finding's code. Nothing is
// dropped without a line in the ledger. It neither orders objects nor writes files nor talks to a server: package
// convert does. docs/conversion-model.md says which shape stands for which; all parts rely on it.
//
// How it is written: every node kind has an emitter. Text is made in two ways: splice copies the tokens of a node with
// its comments and layout and puts the converted children in place; or the emitter writes new text from the children's.
// Comments that no emitter has copied are put in front of the statement, so none is lost. Emitters of expressions return
// a frag, which knows its binding strength and PostgreSQL type.
//
// Convert is a pure function of its arguments: any number of statements may be converted at once over one Estate.
package gen
