// Package dict makes of a bundle's dictionary extracts what the stages work with: the estate of scripts, which the
// converter reads like any folder, and Facts, which checks, sizing and window estimates read.
//
// Input -> output: an opened bundle.Bundle in; Load gives its Facts, Estate its scripts.Estate. Of a bundle that was made of
// scripts the scripts themselves are read again, so that nothing differs from reading the folder. Of one that was collected
// from a database the texts are made of the extracts "ddl" and "source", and, where DBMS_METADATA gave nothing for an
// object, of the dictionary's columns, constraints and indexes; each object lies in a file of its own named
// OWNER/KIND/NAME.sql. An object of which there is no text at all is a Problem of the estate.
//
// Facts says for everything whether it is known: Known tells, and Why gives the reason where not. A zero never stands for "not collected"; see the
// fields. The package judges nothing and asks no database. Facts and Estate are read-only once made and may be used by
// any number of goroutines.
package dict
