// Package loadspeed times the ways by which rows get into PostgreSQL and are compared with what is there.
//
// Input -> output: a number of rows and of rounds in; for each way the wall time and the CPU time of client and server in
// every round out, and a table of medians with the ratios that the load is held to. Rows are made up, the same for every
// run, and lie in memory as the bytes that Oracle sends: no Oracle is in these figures. One scratch PostgreSQL of its own,
// with fsync on, serves all ways, in another order each round. Nothing runs at once but what a way itself starts.
package loadspeed
