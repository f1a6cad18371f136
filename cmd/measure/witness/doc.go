// Package witness compares what converted code does with results that others have published for the same Oracle text.
//
// Input -> output: a folder of a regression suite of a database that speaks Oracle's language (statements, and what that
// database prints for each) in; for every statement whether its conversion, run on a real PostgreSQL, gives the same,
// and a table of the sums out. The suites are read where they lie: nothing of them is kept here.
//
// RunSim runs a suite as it stands in the embedded Oracle instead, with rules of its own (simmasks.txt).
//
// A witness is not the judge. Where it and Oracle's documents part, masks.txt says so with the reason, and the statement
// is not compared. A suite is run file by file, each in a database of its own; statements are converted one after the
// other in the order of the file, with everything that the file has created before known to the converter.
package witness
