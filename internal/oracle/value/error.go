package value

// Error says why bytes are no value. They are constants of the package: compare with ==.
type Error struct {
	Code string // stable, for reject files and JSON
	Text string
}

func (e *Error) Error() string { return e.Text }

// What decoders end in.
var (
	ErrNumber   = &Error{"bad-number", "bytes are no NUMBER"}
	ErrDate     = &Error{"bad-date", "bytes are no DATE or TIMESTAMP"}
	ErrZone     = &Error{"bad-zone", "bytes are no time zone"}
	ErrInterval = &Error{"bad-interval", "bytes are no INTERVAL"}
	ErrFloat    = &Error{"bad-float", "bytes are no BINARY_FLOAT or BINARY_DOUBLE"}
	ErrRowID    = &Error{"bad-rowid", "bytes are no ROWID"}
	ErrBoolean  = &Error{"bad-boolean", "bytes are no BOOLEAN"}
	ErrEmpty    = &Error{"empty", "no bytes, of a type that has no empty values"}
)

// What taking a NUMBER for an integer ends in.
var (
	ErrFraction = &Error{"fraction", "the number has digits behind the point"}
	ErrRange    = &Error{"range", "the number does not fit into 64 bits"}
	ErrInfinite = &Error{"infinite", "the number is infinite"}
)

// What the adapter ends in, see AppendDriver.
var (
	ErrDriver  = &Error{"driver-value", "the driver's value is none of the column's type"}
	ErrDigits  = &Error{"number-digits", "more digits than a NUMBER has"}
	ErrSign    = &Error{"infinity-sign", "the driver says Infinity for both infinities"}
	ErrNanos   = &Error{"interval-nanoseconds", "the driver cuts seconds of an INTERVAL to 6 digits"}
	ErrLeapDay = &Error{"julian-leap-day", "the driver says 1 March for a 29 February of the Julian calendar, too"}
)
