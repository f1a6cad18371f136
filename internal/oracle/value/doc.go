// Package value is Oracle's column values as the bytes they travel in.
//
// Input -> output: the bytes of a column in, their parts out: a NUMBER as base 100 digits, a DATE as its fields, a
// ROWID as text. The other way, what a driver hands out (text, time.Time, numbers) becomes the same bytes, so that
// what follows has one form to read. The package knows nothing of the target, keeps no values and makes no choices: bytes
// that are no value of their type are an error, never a guess.
//
// The form, by type:
//
//	NULL                     a nil slice. Oracle has no empty text; a slice that is empty and not nil is an empty LOB
//	VARCHAR2, CHAR, LONG,    text in UTF-8, whatever the database's character set is: the connection converts.
//	CLOB, XMLTYPE, JSON      NVARCHAR2, NCHAR and NCLOB likewise. CHAR has its blanks
//	NUMBER                   exponent byte and base 100 digits, 1 to 21 bytes; ff 65 is infinity, 00 its negative
//	DATE                     7 bytes: century+100, year+100, month, day, hour+1, minute+1, second+1
//	TIMESTAMP                a DATE, then nanoseconds as u32 unless they are 0; WITH LOCAL TIME ZONE the same, in the
//	                         database's time zone
//	TIMESTAMP WITH TIME ZONE 13 bytes: a TIMESTAMP in UTC, then two bytes of offset or region, see Zone
//	INTERVAL YEAR TO MONTH   5 bytes: years+2^31 u32, months+60
//	INTERVAL DAY TO SECOND   11 bytes: days+2^31 u32, hours+60, minutes+60, seconds+60, nanoseconds+2^31 u32
//	BINARY_FLOAT, _DOUBLE    IEEE, big endian; the sign bit set where positive, else all bits inverted
//	RAW, LONG RAW, BLOB      the bytes
//	ROWID                    13 bytes: 01, data object u32, relative file u16, block u32, row u16
//	UROWID                   a ROWID, or a logical one: 02 and more, as it came
//	BOOLEAN                  1 byte, 0 or 1; or a 1 and that byte
//	BFILE                    text: the directory's name, a slash, the file's name
//	objects, collections     text: JSON, objects with their attributes' names
//
// All functions are pure; decoders allocate nothing. Any number of goroutines may call them.
//
// Source: Oracle Call Interface Programmer's Guide, "Oracle Data Types"; Database SQL Language Reference, "Data Types";
// DUMP of values, and the drivers go-ora and node-oracledb for the zone bytes.
package value
