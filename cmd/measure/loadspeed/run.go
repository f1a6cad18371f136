package loadspeed

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"landfall/internal/postgres/copyin"
	"landfall/internal/postgres/scratch"
	"landfall/internal/postgres/value"
)

// driverRows is how many rows of a driver's values lie in memory; they are given out again and again. All of them would take
// gigabytes, and the processor's caches hold neither.
const driverRows = 100000

// bench is one run.
type bench struct {
	rows        rows
	offsets     []int // of every chunkRows-th row
	values      [][]any
	encoder     *value.Encoder
	fingerprint value.Fingerprint // of all rows
	written     value.Fingerprint // by the way at hand
	reject      func(copyin.Reject) error
	server      *scratch.Server
	db          string
	postmaster  int
	file        string // of the rows, where the server can read it
}

// sample is one way in one round.
type sample struct {
	way                  string
	wall, client, server time.Duration
}

// Run times the ways that only names (all without) in so many rounds and writes a table; then so many MB of LOBs. Progress goes to
// talk.
func Run(ctx context.Context, out, talk io.Writer, count, rounds, mb int, only string) (err error) {
	if count < 1 || rounds < 1 {
		return errors.New("say at least one row and one round")
	}
	chosen := slices.Clone(ways)
	if only != "" {
		list := strings.Split(only, ",")
		chosen = slices.DeleteFunc(chosen, func(w way) bool { return !slices.Contains(list, w.name) })
		if len(chosen) != len(list) {
			return fmt.Errorf("%s names a way that there is not", only)
		}
	}
	b := &bench{rows: makeRows(count)}
	if b.values, err = b.rows.decoded(driverRows); err != nil {
		return err
	}
	if err := b.measureRows(); err != nil {
		return err
	}
	if b.server, err = scratch.Start(ctx, scratch.Options{Settings: settings}); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, b.server.Stop()) }()
	if err := b.prepare(ctx); err != nil {
		return err
	}
	var samples []sample
	began, atBegin := time.Now(), load()
	for round := range rounds {
		rand.New(rand.NewPCG(uint64(round), 9)).Shuffle(len(chosen), func(i, j int) { chosen[i], chosen[j] = chosen[j], chosen[i] })
		for _, w := range chosen {
			s, err := b.time(ctx, w)
			if err != nil {
				return fmt.Errorf("%s: %w", w.name, err)
			}
			fmt.Fprintf(talk, "round %d: %-8s %6.2f s, client %5.2f s, server %5.2f s\n", round+1, w.name, s.wall.Seconds(), s.client.Seconds(), s.server.Seconds())
			samples = append(samples, s)
		}
	}
	fmt.Fprintf(out, "%s, %d cores, load %s before and %s after, %s, PostgreSQL %d, fsync on; %d rows of %d columns, %d MB as Oracle sends them; medians of %d rounds, %s in all.\n\n",
		machine(), runtime.NumCPU(), atBegin, load(), runtime.Version(), b.server.Major(), count, len(columns), len(b.rows.wire)/1e6, rounds, time.Since(began).Round(time.Second))
	table(out, samples, count)
	if err := b.micro(out); err != nil || mb <= 0 {
		return err
	}
	return b.lobs(ctx, out, mb)
}

// settings make the scratch server one that keeps what it has, with room as a server for loading has it.
var settings = map[string]string{
	"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on", "wal_level": "replica", "shared_buffers": "1GB", "max_wal_size": "8GB",
	"autovacuum": "off", "checkpoint_timeout": "30min",
}

// measureRows gives the rows their fingerprint, and notes where chunks begin.
func (b *bench) measureRows() (err error) {
	if b.encoder, err = newEncoder(); err != nil {
		return err
	}
	cols := make([][]byte, len(columns))
	var buf []byte
	at := 0
	for i := range b.rows.count {
		if i%chunkRows == 0 {
			b.offsets = append(b.offsets, at)
		}
		at = b.rows.next(at, cols)
		if buf, err = b.encoder.AppendTuple(buf[:0], cols); err != nil {
			return err
		}
	}
	b.fingerprint = b.encoder.Fingerprint()
	return nil
}

// offset is where a row begins that begins a chunk.
func (b *bench) offset(row int) int { return b.offsets[row/chunkRows] }

func (b *bench) prepare(ctx context.Context) (err error) {
	if b.db, err = b.server.CreateDatabase(ctx, "", true); err != nil {
		return err
	}
	conn, err := b.server.Connect(ctx, b.db)
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	var dir string
	if err := conn.QueryRow(ctx, "SHOW data_directory").Scan(&dir); err != nil {
		return err
	}
	pid, err := os.ReadFile(filepath.Join(dir, "postmaster.pid"))
	if err != nil {
		return err
	}
	line, _, _ := strings.Cut(string(pid), "\n")
	if b.postmaster, err = strconv.Atoi(line); err != nil {
		return err
	}
	b.file = filepath.Join(dir, "policy.bin")
	if err := exec(ctx, conn, definition(), "CREATE TABLE chunk (id int PRIMARY KEY, state text, scn numeric, row_count bigint, fingerprint text, at timestamptz DEFAULT now())"); err != nil {
		return err
	}
	if err := b.write(ctx, conn, b.fromWire(0, b.rows.count)); err != nil {
		return err
	}
	return exec(ctx, conn, fmt.Sprintf("COPY policy TO '%s' (FORMAT binary)", b.file))
}

func (b *bench) time(ctx context.Context, w way) (s sample, err error) {
	conn, err := b.server.Connect(ctx, b.db)
	if err != nil {
		return s, err
	}
	defer conn.Close(ctx)
	if err := w.ready(ctx, b, conn); err != nil {
		return s, err
	}
	runtime.GC()
	b.written, b.reject = value.Fingerprint{}, nil
	client, err := clientCPU()
	if err != nil {
		return s, err
	}
	server, err := serverCPU(b.postmaster)
	if err != nil {
		return s, err
	}
	begun := time.Now()
	if err := w.run(ctx, b, conn); err != nil {
		return s, err
	}
	s = sample{way: w.name, wall: time.Since(begun)}
	if s.client, err = clientCPU(); err != nil {
		return s, err
	}
	if s.server, err = serverCPU(b.postmaster); err != nil {
		return s, err
	}
	s.client -= client
	s.server -= server
	return s, b.check(ctx, w, conn)
}

// check holds that the way has done what it was timed for.
func (b *bench) check(ctx context.Context, w way, conn *pgx.Conn) error {
	var n int
	if err := conn.QueryRow(ctx, "SELECT count(*) FROM policy").Scan(&n); err != nil {
		return err
	}
	if n != b.rows.count {
		return fmt.Errorf("the table holds %d of %d rows", n, b.rows.count)
	}
	if b.written.Rows > 0 && w.name != "driver" && b.written != b.fingerprint {
		return fmt.Errorf("written was %s, the rows have %s", b.written, b.fingerprint)
	}
	return nil
}
