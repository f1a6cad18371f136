package connect

import (
	"database/sql/driver"
	"errors"
	"fmt"
	"reflect"
	"strings"

	goora "github.com/sijms/go-ora/v2"
	"github.com/sijms/go-ora/v2/configurations"
	"github.com/sijms/go-ora/v2/network"
)

// inner is what the driver keeps to itself of one connection and we need: see the package comment.
type inner struct {
	conn     *goora.Connection
	net      *network.Session
	config   *configurations.ConnectionConfig
	charset  int // of the database, Oracle's number: 873
	ncharset int
	verifier int // of the password
}

// Driver is the driver, with the release that this package was made for.
const Driver = "go-ora 2.9.0"

// reach finds it in a fresh connection. An error says that the driver is another release than the one this was written for.
func reach(c driver.Conn) (*inner, error) {
	conn, ok := c.(*goora.Connection)
	if !ok {
		return nil, fmt.Errorf("the Oracle driver made a %T", c)
	}
	in := &inner{conn: conn}
	v := reflect.ValueOf(conn).Elem()
	field := func(of reflect.Value, name string, want reflect.Type) reflect.Value {
		f := of.FieldByName(name)
		if !f.IsValid() || f.Type() != want || f.Kind() == reflect.Pointer && f.IsNil() {
			ok = false
			return reflect.New(want).Elem()
		}
		return f
	}
	in.net = (*network.Session)(field(v, "session", reflect.TypeFor[*network.Session]()).UnsafePointer())
	in.config = (*configurations.ConnectionConfig)(field(v, "connOption", reflect.TypeFor[*configurations.ConnectionConfig]()).UnsafePointer())
	if nego := field(v, "tcpNego", reflect.TypeFor[*goora.TCPNego]()); ok {
		in.charset = int(field(nego.Elem(), "ServerCharset", reflect.TypeFor[int]()).Int())
		in.ncharset = int(field(nego.Elem(), "ServernCharset", reflect.TypeFor[int]()).Int())
	}
	if auth := v.FieldByName("authObject"); auth.IsValid() && auth.Type() == reflect.TypeFor[*goora.AuthObject]() && !auth.IsNil() {
		in.verifier = int(auth.Elem().FieldByName("VerifierType").Int())
	}
	if !ok || in.net == nil || in.config == nil || in.net.Context == nil {
		return nil, errors.New("the Oracle driver is not the release that this program was made for")
	}
	return in, nil
}

// lastError is the number and text of the last answer of the server, for errors of which the driver keeps neither.
func (in *inner) lastError() (int, string) {
	if in == nil || in.net.Summary == nil || !in.net.HasError() {
		return 0, ""
	}
	e := in.net.GetError()
	return e.ErrCode, strings.TrimSpace(e.ErrMsg)
}

// encrypted says whether native network encryption is on, and whether native checksums are.
func (in *inner) encrypted() (encrypted, checked bool) {
	s := &in.net.Context.AdvancedService
	return s.CryptAlgo != nil, s.HashAlgo != nil
}

// setFetch says how many rows a call fetches, for the statements from now on. The driver takes 25 as "guess it from the
// largest size of each column", which is far off, so 25 becomes 26.
func (in *inner) setFetch(rows int) {
	if rows == 25 {
		rows = 26
	}
	in.config.PrefetchRows = rows
}

// guarded calls the driver, which panics on some malformed answers (index out of range in its buffers).
func guarded(call func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = &panicked{what: p}
		}
	}()
	return call()
}

// panicked is a panic of the driver. What it has read until then is worth nothing, nor is the connection.
type panicked struct{ what any }

func (p *panicked) Error() string { return fmt.Sprintf("the Oracle driver broke down: %v", p.what) }

// reachColumns finds the descriptions of a result's columns, which the driver gives in part only: not the form of the
// character set, and no national types.
func reachColumns(rows driver.Rows) ([]goora.ParameterInfo, error) {
	set, ok := rows.(*goora.DataSet)
	if !ok {
		return nil, fmt.Errorf("the Oracle driver made a %T", rows)
	}
	sets := reflect.ValueOf(set).Elem().FieldByName("resultSets")
	if !sets.IsValid() || sets.Type() != reflect.TypeFor[[]goora.ResultSet]() || sets.Len() != 1 {
		return nil, errors.New("the Oracle driver is not the release that this program was made for, or the query has several results")
	}
	cols := sets.Index(0).FieldByName("cols")
	if !cols.IsValid() || cols.Type() != reflect.TypeFor[*[]goora.ParameterInfo]() || cols.IsNil() {
		return nil, errors.New("the Oracle driver is not the release that this program was made for")
	}
	return *(*[]goora.ParameterInfo)(cols.UnsafePointer()), nil
}
