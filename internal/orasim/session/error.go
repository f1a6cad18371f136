package session

import "fmt"

// Error is an error of Oracle.
type Error struct {
	Code int    // 942
	Text string // "table or view does not exist", without the number; more lines ("ORA-06512: at line 1") may follow, each with its number
	Pos  int    // of an error in the text: byte offset into the SQL that Parse was given, from 0; else 0
	Row  int    // of array DML: the iteration, from 0
}

// Error is "ORA-00942: table or view does not exist".
func (e *Error) Error() string { return fmt.Sprintf("ORA-%05d: %s", e.Code, e.Text) }
