//go:build !pgquery || !cgo

package grammar

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"sync"

	"github.com/wasilibs/go-pgquery/parser"
)

// wasm is libpg_query as WebAssembly. The library makes one runtime for each call that runs at the same time, and
// each compiles the code anew (1.7 s of a core, 90 MB): calls go one by one.
type wasm struct {
	mu     sync.Mutex
	broken error // set when the code trapped: its memory cannot be trusted after that
}

func newEngine() engine {
	w := &wasm{}
	go w.sql("SELECT 1") // compiles; whoever comes first waits for it
	return w
}

func (w *wasm) name() string { return "libpg_query 17 (WebAssembly)" }

func (w *wasm) sql(text string) *fault {
	return w.call(func() error { _, err := parser.ParseToProtobuf(text); return err })
}

func (w *wasm) plpgsql(text string) *fault {
	return w.call(func() error { _, err := parser.ParsePlPgSqlToJSON(text); return err })
}

func (w *wasm) call(parse func() error) *fault {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.broken != nil {
		return &fault{message: w.broken.Error()}
	}
	err := w.guarded(parse)
	if err == nil {
		return nil
	}
	var e *parser.Error
	if !errors.As(err, &e) {
		return &fault{message: err.Error()}
	}
	return &fault{message: e.Message, cursor: e.Cursorpos, line: lineOf(e.Context)}
}

// guarded turns a trap of the code, which the library makes a panic, into an error: nothing that a script holds
// may end the program, and no script after it is judged by a parser that has fallen.
func (w *wasm) guarded(parse func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			w.broken = fmt.Errorf("the grammar check has stopped: %.200s", fmt.Sprint(r))
			err = w.broken
		}
	}()
	return parse()
}

var contextLine = regexp.MustCompile(`near line (\d+)$`)

func lineOf(context string) int {
	m := contextLine.FindStringSubmatch(context)
	if m == nil {
		return 0
	}
	n, _ := strconv.Atoi(m[1]) // digits; too many of them are no line
	return n
}
