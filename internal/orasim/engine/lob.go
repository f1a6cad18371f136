package engine

import (
	"context"
	"encoding/binary"

	"landfall/internal/orasim/ora"
	"landfall/internal/orasim/session"
	"landfall/internal/orasim/value/charset"
)

// keptLOBs is how many locators of query results a session keeps; older ones are ORA-22922.
const keptLOBs = 200000

// lobTable is the large objects that a session has handed out locators of. A locator is 9 bytes: what it is, and a
// number. Those of query results are read only copies, as the rows are that they came from.
type lobTable struct {
	next  uint64
	first uint64
	m     map[uint64]*lob
	set   *charset.Set
}

type lob struct {
	data      []byte   // of a BLOB
	text      []uint16 // of a CLOB that has been read or written in UTF-16
	raw       []byte   // of a CLOB, as the engine holds it, as long as nobody has asked
	set       *charset.Set
	clob      bool
	temporary bool
	home      *lobHome
	dirty     bool // written, and not in the row yet
}

func (t *lobTable) init(set *charset.Set) { t.m, t.next, t.first, t.set = map[uint64]*lob{}, 1, 1, set }

func (t *lobTable) add(l *lob) []byte {
	id := t.next
	t.next++
	l.set = t.set
	t.m[id] = l
	for len(t.m) > keptLOBs && t.first < t.next {
		if old := t.m[t.first]; old != nil && !old.temporary {
			delete(t.m, t.first)
		}
		t.first++
	}
	tag := byte('P')
	if l.temporary {
		tag = 'T'
	}
	return binary.BigEndian.AppendUint64([]byte{tag}, id)
}

func (t *lobTable) get(locator []byte) (*lob, error) {
	if len(locator) == 9 {
		if l := t.m[binary.BigEndian.Uint64(locator[1:])]; l != nil {
			return l, nil
		}
	}
	return nil, seam(ora.New(22922))
}

func (l *lob) units() []uint16 {
	if l.raw != nil {
		l.text, l.raw = l.set.Units(l.raw), nil
	}
	return l.text
}

// bytes is the value as the engine holds it.
func (l *lob) bytes() []byte {
	if !l.clob {
		if l.data == nil {
			return []byte{}
		}
		return l.data
	}
	if l.raw != nil {
		return l.raw
	}
	return append([]byte{}, l.set.HoldUnits(l.text)...)
}

// LOBLength implements session.LOBs.
func (s *Session) LOBLength(_ context.Context, locator []byte) (uint64, error) {
	l, err := s.lobs.get(locator)
	if err != nil {
		return 0, err
	}
	if l.clob {
		return uint64(len(l.units())), nil
	}
	return uint64(len(l.data)), nil
}

// ReadLOB implements session.LOBs.
func (s *Session) ReadLOB(_ context.Context, dst, locator []byte, offset, amount uint64) ([]byte, error) {
	l, err := s.lobs.get(locator)
	if err != nil {
		return dst, err
	}
	if !l.clob {
		n := uint64(len(l.data))
		offset = min(offset, n)
		return append(dst, l.data[offset:offset+min(amount, n-offset)]...), nil
	}
	u := l.units()
	n := uint64(len(u))
	offset = min(offset, n)
	for _, c := range u[offset : offset+min(amount, n-offset)] {
		dst = binary.BigEndian.AppendUint16(dst, c)
	}
	return dst, nil
}

// WriteLOB implements session.LOBs.
func (s *Session) WriteLOB(_ context.Context, locator []byte, offset uint64, data []byte) error {
	l, err := s.lobs.get(locator)
	if err != nil {
		return err
	}
	if err := s.writable(l); err != nil {
		return seam(err)
	}
	s.written(l)
	const most = 1 << 31
	if offset > most || uint64(len(data)) > most {
		return seam(ora.New(22275))
	}
	if !l.clob {
		for uint64(len(l.data)) < offset {
			l.data = append(l.data, 0)
		}
		l.data = append(l.data[:offset:offset], append(append([]byte{}, data...), tail(l.data, offset+uint64(len(data)))...)...)
		return nil
	}
	if len(data)%2 != 0 {
		return seam(ora.New(22275))
	}
	u := l.units()
	for uint64(len(u)) < offset {
		u = append(u, ' ')
	}
	var more []uint16
	for i := 0; i < len(data); i += 2 {
		more = append(more, binary.BigEndian.Uint16(data[i:]))
	}
	l.text = append(u[:offset:offset], append(more, tail(u, offset+uint64(len(more)))...)...)
	return nil
}

func tail[T any](s []T, from uint64) []T {
	if from >= uint64(len(s)) {
		return nil
	}
	return s[from:]
}

// TrimLOB implements session.LOBs.
func (s *Session) TrimLOB(_ context.Context, locator []byte, length uint64) error {
	l, err := s.lobs.get(locator)
	if err != nil {
		return err
	}
	if err := s.writable(l); err != nil {
		return seam(err)
	}
	if l.clob && length > uint64(len(l.units())) || !l.clob && length > uint64(len(l.data)) {
		return seam(ora.New(22926))
	}
	s.written(l)
	if l.clob {
		l.text = l.units()[:length]
		return nil
	}
	l.data = l.data[:length]
	return nil
}

// CreateTemporary implements session.LOBs.
func (s *Session) CreateTemporary(_ context.Context, t session.Type, _ bool) ([]byte, error) {
	if t != session.CLOB && t != session.BLOB {
		return nil, seam(ora.New(22275))
	}
	return s.lobs.add(&lob{clob: t == session.CLOB, temporary: true}), nil
}

// FreeTemporary implements session.LOBs.
func (s *Session) FreeTemporary(_ context.Context, locator []byte) error {
	if _, err := s.lobs.get(locator); err != nil {
		return err
	}
	delete(s.lobs.m, binary.BigEndian.Uint64(locator[1:]))
	return nil
}

// IsTemporary implements session.LOBs.
func (s *Session) IsTemporary(locator []byte) bool {
	l, err := s.lobs.get(locator)
	return err == nil && l.temporary
}
