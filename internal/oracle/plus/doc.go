// Package plus runs scripts of SQL*Plus, as far as the ones that landfall writes go (package sqlplus): substitution variables, @, SPOOL, PROMPT,
// DEFINE, ACCEPT, COLUMN NEW_VALUE, VARIABLE, EXECUTE, queries, blocks, other statements.
//
// Input: a folder of scripts, a Database, and who answers ACCEPT. Output: what SQL*Plus would write to the terminal and into spool
// files below the folder. It is there so that those scripts can be run where no SQL*Plus is, as in tests. What a script asks for and
// is not known here is an error of the script, with its place, never passed over; errors of the database are printed, as SQL*Plus does,
// and the script goes on.
//
// Sources: SQL*Plus User's Guide and Reference, "SQL*Plus Command Reference", "Using Substitution Variables".
//
// A Runner runs one script at a time.
package plus
