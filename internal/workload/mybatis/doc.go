// Package mybatis reads the mapper files of MyBatis 3 and iBATIS 2 and makes the statements that they can make.
//
// Input -> output: XML files in; one workload.Statement for each combination of branches of each mapped statement out,
// with the bytes of the XML that each piece of it comes from. Conditions are not evaluated: a test is true or false, the
// same one alike wherever it stands in a statement, and tests that deny each other do. #{x} and #x# become host variables, ${x} and $x$
// holes. A foreach or iterate gives two elements. Where a statement has more combinations than MaxBranches, a set is made
// in which each branch is taken and left at least once, and a Problem says so. Other XML files are passed over.
//
// Scan is a pure function; several may run at once.
package mybatis
