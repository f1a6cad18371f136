package value

import (
	"fmt"
	"slices"
	"strings"
)

// Fault is why a value does not go into a column as it is.
type Fault uint8

// The faults. Their names are what configuration, reject files and reports call them.
const (
	NoFault      Fault = iota
	BadBytes           // the bytes are no value of the Oracle type
	NulByte            // chr(0) in text, which PostgreSQL's text types do not take
	BadUTF8            // bytes that are no UTF-8
	TooLong            // more characters than varchar(n) or char(n)
	Padding            // the blanks of CHAR, where the target does not pad
	BeforeReform       // a date of the Julian calendar, before 1582-10-15
	BeforeChrist       // a year below 1
	NoSuchDay          // 29 February of a year that only the Julian calendar makes a leap year
	SubSecond          // digits of seconds that the target does not keep
	TimeOfDay          // a time other than midnight, where the target is date
	Fraction           // digits behind the point that the target does not keep
	Overflow           // more than the target holds
	Infinite           // an infinite number, where the target has none
	UnknownZone        // a time in a region whose rules are not known, or that the region has twice
	Malformed          // not what the target's type reads: boolean, uuid, JSON, XML, attributes of an object
	EmptyLOB           // an empty LOB, which is no NULL
	faults
)

var faultNames = [faults]string{
	"none", "bad-bytes", "nul-byte", "bad-utf8", "too-long", "padding", "before-reform", "before-christ", "no-such-day", "sub-second",
	"time-of-day", "fraction", "overflow", "infinite", "unknown-zone", "malformed", "empty-lob",
}

func (f Fault) String() string { return faultNames[min(f, faults-1)] }

// Action is what is done about a fault.
type Action uint8

// The actions.
const (
	Stop     Action = iota // the row is refused
	Null                   // NULL goes in instead
	Keep                   // it goes in as it is: a Julian date with the same year, month and day; blanks; an empty text
	Strip                  // what is wrong is left out: chr(0), trailing blanks
	Replace                // U+FFFD stands for what is wrong
	Round                  // half away from zero
	Truncate               // cut
	Hex                    // each wrong byte is written as \xHH
	SameDay                // a Julian date becomes the Gregorian date of the same day
	actions
)

var actionNames = [actions]string{"stop", "null", "keep", "strip", "replace", "round", "truncate", "hex", "same-day"}

func (a Action) String() string { return actionNames[min(a, actions-1)] }

// choices are the actions that a fault leaves, the default first.
var choices = [faults][]Action{
	BadBytes: {Stop, Null}, NulByte: {Stop, Null, Strip, Replace}, BadUTF8: {Stop, Null, Replace, Hex}, TooLong: {Stop, Null, Truncate},
	Padding: {Keep, Strip}, BeforeReform: {Stop, Null, Keep, SameDay}, BeforeChrist: {Stop, Null, Keep}, NoSuchDay: {Stop, Null},
	SubSecond: {Stop, Null, Round, Truncate}, TimeOfDay: {Stop, Null, Truncate}, Fraction: {Stop, Null, Round, Truncate}, Overflow: {Stop, Null},
	Infinite: {Stop, Null}, UnknownZone: {Stop, Null}, Malformed: {Stop, Null}, EmptyLOB: {Keep, Null},
}

// Choices are the actions that a fault can have, the default first.
func (f Fault) Choices() []Action { return slices.Clone(choices[min(f, faults-1)]) }

// Faults lists every fault.
func Faults() []Fault {
	var list []Fault
	for f := NoFault + 1; f < faults; f++ {
		list = append(list, f)
	}
	return list
}

// Policy is what is done about each fault of a column. The zero Policy is the default: nothing is changed, and what would
// have to be refuses its row.
type Policy struct{ actions [faults]Action }

// Action is what is done about a fault.
func (p *Policy) Action(f Fault) Action {
	if a := p.actions[f]; a != Stop {
		return a
	}
	return choices[f][0]
}

// Set gives a fault an action. An action that the fault does not leave is an error.
func (p *Policy) Set(f Fault, a Action) error {
	if f == NoFault || f >= faults || !slices.Contains(choices[f], a) {
		return fmt.Errorf("%s can be %s, not %s", f, names(choices[min(f, faults-1)]), a)
	}
	p.actions[f] = a
	return nil
}

// SetByName is Set for the names in a configuration.
func (p *Policy) SetByName(fault, action string) error {
	f := slices.Index(faultNames[:], fault)
	if f < 1 {
		return fmt.Errorf("no fault is named %q; there are %s", fault, strings.Join(faultNames[1:], ", "))
	}
	a := slices.Index(actionNames[:], action)
	if a < 0 {
		return fmt.Errorf("no action is named %q; %s can be %s", action, fault, names(choices[f]))
	}
	return p.Set(Fault(f), Action(a))
}

func names[T fmt.Stringer](list []T) string {
	var s []string
	for _, x := range list {
		s = append(s, x.String())
	}
	return strings.Join(s, ", ")
}

// RowError is a value that its column's policy lets stop the row. The caller has the row's bytes.
type RowError struct {
	Column int // index, from 0
	Name   string
	Fault  Fault
	Code   string // of the decoder, where the bytes are no value: bad-number ...
}

func (e *RowError) Error() string {
	if e.Code != "" {
		return fmt.Sprintf("column %s: %s (%s)", e.Name, e.Fault, e.Code)
	}
	return fmt.Sprintf("column %s: %s", e.Name, e.Fault)
}

// Count is how often a fault was met in a column and what was done.
type Count struct {
	Column int
	Name   string
	Fault  Fault
	Action Action
	Values int64
}
