// Package embedded finds SQL in the string literals of programs: Java, C#, Python, PHP, shell scripts and properties files.
//
// Input -> output: one source file in; a workload.Statement for every text out that is put together from literals and reads
// as Oracle SQL, with the bytes that each piece comes from. It knows of each language its comments, literals and how they
// are joined, and nothing else of its grammar: what is neither a literal nor a name that the same file gives a text is a
// hole. Calls of append and += count in the order of the source; those inside a block deeper than the variable's own may
// be left out, which makes a second statement. Queries in JPQL and HQL are Problems, for they are no SQL.
//
// Scan is a pure function; several may run at once.
package embedded
