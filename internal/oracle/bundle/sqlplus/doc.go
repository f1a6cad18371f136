// Package sqlplus writes the script set that collects a bundle's extracts with nothing but SQL*Plus, and defines the text
// it spools.
//
// Input -> output: Options in, files out (Scripts); package collect reads what they spool. The set asks before it touches
// what must be paid for, chooses by version and privilege, writes one spool file an extract, and skips the finished ones
// when it is run again. All files are ASCII with lines that SQL*Plus takes (below 2,400 bytes).
//
// # What is spooled
//
// Lines of fields that end in |;
//
//	H|landfall-spool|1|EXTRACT|LEVEL|VERSION|DATABASE|CONTAINER|SET|;   head; LEVEL dba or all, SET names the script set
//	C|owner|table_name|...|;                                            columns of the R lines
//	R|HR|EMP|...|;                                                      a row
//	X|object|ORA-31603: ...|;                                           an object of which the database gave no definition
//	N|EXTRACT|REASON|;                                                  not collected, and why
//	E|EXTRACT|ROWS|;                                                    end: the number of R lines
//
// A column of any length comes last, behind two more: piece and pieces. Its text is cut into pieces of 350 characters, each in
// an R line of its own that repeats the other fields; pieces is the number of pieces, or 0 in all but the last where it was not known before.
//
// Every text goes through ASCIISTR, so a line is ASCII whatever NLS_LANG the client has: a character outside of it, a
// backslash, a bar, a tab and a line end are \XXXX, a UTF-16 code unit in hexadecimal. The |; at the end keeps blanks before it
// and shows that a line is whole. A line that is none of these is a message of SQL*Plus; one with ORA- or SP2- means that the extract failed.
//
// Scripts holds no state and may be called concurrently.
package sqlplus
