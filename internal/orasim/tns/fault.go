package tns

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"landfall/internal/orasim/session"
	"landfall/internal/orasim/value/charset"
)

// Fault is trouble on purpose: what a client must be able to live with. It happens when the server has counted so many
// rows, bytes or calls, over all of its connections, to the connection that is served at that moment; and again after as
// many more.
type Fault struct {
	Kind  FaultKind
	Count FaultCount
	After uint64 // rows, bytes or calls; at least 1
	Times int    // how often; 0 is without end
	Delay time.Duration
	Code  int // of FaultError
}

// FaultKind is what happens.
type FaultKind string

const (
	FaultDrop  FaultKind = "drop"  // the connection is closed, in the middle of a packet: ORA-03113 to the client
	FaultSlow  FaultKind = "slow"  // the answer waits for Delay
	FaultKill  FaultKind = "kill"  // the session is killed: ORA-00028, then the connection is closed
	FaultError FaultKind = "error" // the call fails with Code; 3113, 3114 and 28 close the connection too
	FaultText  FaultKind = "text"  // a text value gets a byte that is none of the character set's
)

// FaultCount is what is counted.
type FaultCount string

const (
	CountRows  FaultCount = "rows"  // that are sent
	CountBytes FaultCount = "bytes" // of answers
	CountCalls FaultCount = "calls" // of logged-in clients
)

// ParseFault reads a fault as it is written on the command line: KIND[=VALUE]@COUNT=AFTER[xTIMES]. The value is the delay of
// slow and the number of error. Without xTIMES it happens once; x0 is without end.
//
//	drop@rows=20000x50    slow=20ms@calls=1x0    error=1555@rows=5000    kill@calls=30    text@rows=7x0    drop@bytes=1000000
func ParseFault(s string) (Fault, error) {
	bad := func(why string) (Fault, error) {
		return Fault{}, fmt.Errorf("fault %q: %s; write KIND[=VALUE]@rows|bytes|calls=N[xTIMES], e.g. drop@rows=20000x50", s, why)
	}
	what, when, ok := strings.Cut(s, "@")
	if !ok {
		return bad("no @")
	}
	kind, value, hasValue := strings.Cut(what, "=")
	count, number, ok := strings.Cut(when, "=")
	if !ok {
		return bad("no number")
	}
	f := Fault{Kind: FaultKind(kind), Count: FaultCount(count), Times: 1}
	after, times, repeated := strings.Cut(number, "x")
	var err error
	if f.After, err = strconv.ParseUint(after, 10, 63); err != nil || f.After == 0 {
		return bad("the number is no number, or 0")
	}
	if repeated {
		if f.Times, err = strconv.Atoi(times); err != nil || f.Times < 0 {
			return bad("how often is no number")
		}
	}
	switch f.Count {
	case CountRows, CountBytes, CountCalls:
	default:
		return bad("rows, bytes or calls can be counted")
	}
	switch f.Kind {
	case FaultDrop, FaultKill:
		if hasValue {
			return bad("no value belongs to it")
		}
	case FaultText:
		if hasValue || f.Count != CountRows {
			return bad("it has no value and counts rows")
		}
	case FaultSlow:
		if f.Delay, err = time.ParseDuration(value); err != nil || f.Delay <= 0 {
			return bad("no duration such as 20ms")
		}
	case FaultError:
		if f.Code, err = strconv.Atoi(strings.TrimPrefix(value, "ORA-")); err != nil || f.Code <= 0 || f.Code > 65535 {
			return bad("no ORA number")
		}
	default:
		return bad("the kinds are drop, slow, kill, error and text")
	}
	if f.Count == CountBytes && f.Kind != FaultDrop && f.Kind != FaultSlow {
		return bad("of bytes only drop and slow can be")
	}
	return f, nil
}

// errDropped ends a connection on purpose.
var errDropped = errors.New("dropped on purpose")

// faults is the faults of a server with their counters.
type faults struct {
	active atomic.Bool // so that a server without faults pays one load
	mu     sync.Mutex
	list   []*counted
	spoil  atomic.Bool // the next text value
}

type counted struct {
	Fault
	seen uint64
	done int
}

// SetFaults replaces all faults; counting begins anew.
func (s *Server) SetFaults(list ...Fault) {
	f := &s.faults
	f.mu.Lock()
	defer f.mu.Unlock()
	f.list = nil
	for _, x := range list {
		if x.After == 0 {
			x.After = 1
		}
		f.list = append(f.list, &counted{Fault: x})
	}
	f.spoil.Store(false)
	f.active.Store(len(list) > 0)
}

// Faults is how often faults have happened since SetFaults.
func (s *Server) Faults() int {
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	n := 0
	for _, x := range s.faults.list {
		n += x.done
	}
	return n
}

// due counts, and gives the faults whose time has come.
func (f *faults) due(what FaultCount, n uint64) []Fault {
	if !f.active.Load() {
		return nil
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	var out []Fault
	for _, x := range f.list {
		if x.Count != what || x.Times > 0 && x.done >= x.Times {
			continue
		}
		if x.seen += n; x.seen >= x.After {
			x.seen = 0
			x.done++
			out = append(out, x.Fault)
		}
	}
	return out
}

func (f *faults) row(c *connection) error {
	return f.strike(context.Background(), c, f.due(CountRows, 1), 0)
}

func (f *faults) call(ctx context.Context, c *connection) error {
	return f.strike(ctx, c, f.due(CountCalls, 1), 0)
}

func (f *faults) bytes(c *connection, n int) error {
	return f.strike(context.Background(), c, f.due(CountBytes, uint64(n)), n)
}

// strike makes the faults happen. What it returns is what the call fails with.
func (f *faults) strike(ctx context.Context, c *connection, list []Fault, packet int) error {
	for _, x := range list {
		switch x.Kind {
		case FaultSlow:
			select {
			case <-time.After(x.Delay):
			case <-ctx.Done():
			}
		case FaultDrop:
			// half of a packet, so that the client is in the middle of reading when the connection ends
			half := make([]byte, headLen+2)
			c.link.head(packetData, half)
			half[3] = 0xff
			_, _ = c.link.conn.Write(half)
			_ = c.link.conn.Close()
			return errDropped
		case FaultKill:
			c.endSession(nil)
			return c.killed()
		case FaultText:
			f.spoil.Store(true)
		case FaultError:
			if x.Code == 3113 || x.Code == 3114 || x.Code == 28 {
				c.closing = true
			}
			return &session.Error{Code: x.Code, Text: faultText(x.Code)}
		}
	}
	return nil
}

// text spoils a value when its time has come.
func (f *faults) text(v []byte, set *charset.Set) []byte {
	if len(v) == 0 || !f.active.Load() || !f.spoil.CompareAndSwap(true, false) {
		return v
	}
	out := append([]byte(nil), v...)
	if wrong, ok := set.Wrong(); ok {
		out[len(out)/2] = wrong
	}
	return out
}

// faultText is the text of the errors that are raised on purpose most.
func faultText(code int) string {
	switch code {
	case 28:
		return "your session has been killed"
	case 60:
		return "deadlock detected while waiting for resource"
	case 1013:
		return "user requested cancel of current operation"
	case 1555:
		return `snapshot too old: rollback segment number 0 with name "_SYSSMU1$" too small`
	case 3113:
		return "end-of-file on communication channel"
	case 3114:
		return "not connected to ORACLE"
	case 8103:
		return "object no longer exists"
	case 12170:
		return "TNS:Connect timeout occurred"
	}
	return "raised on purpose"
}
