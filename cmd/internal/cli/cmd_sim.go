package cli

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"landfall/internal/oracle/bundle"
	"landfall/internal/oracle/dict"
	"landfall/internal/oracle/scripts"
	"landfall/internal/orasim/engine"
	"landfall/internal/orasim/ora"
	"landfall/internal/orasim/session"
	"landfall/internal/orasim/tns"
	"landfall/internal/orasim/value/charset"
)

type simOptions struct {
	schema, owner, data, listen, service string
	user, passwordFile, passwordEnv      string
	charset, ncharset, tlsCert, tlsKey   string
	faults, grants                       []string
	seed                                 uint64
	undo                                 time.Duration
	json, quiet                          bool
}

func newSim(io *IOStreams) *cobra.Command {
	var opt simOptions
	cmd := &cobra.Command{
		Use:   "sim --schema DIR {--password-file FILE | --password-env NAME}",
		Short: "Serve a folder of scripts, or a bundle, as an Oracle database",
		Long: `Loads the DDL scripts of a folder, or what a bundle stands for, into a simulated Oracle, fills its tables with generated rows when --data says so,
and answers Oracle drivers until it is stopped by ^C or SIGTERM. Everything is in memory and gone with the process.

It was never compared with a real Oracle: what it knows is in docs/sim.md and docs/sim-sql.md, what it does not know
is ORA-03001. What of the scripts was not loaded is told on stderr, each statement with its place and its error.

With --json one object is written when it is ready: where it listens, its tables and rows, what was left out.

The exit code is 0 when it was stopped after it was ready, and 3 when something of the scripts had not been loaded or a
table not been filled; 130 when it was stopped before.`,
		Example: `  landfall sim --schema ./ddl --password-file ~/.sim
  landfall sim --schema ./ddl --data generate:100000 --user ERP --password-env SIM_PASSWORD --listen 127.0.0.1:0 --json
  landfall sim --schema bundle:erp.zip --data generate:1000000 --password-file ~/.sim
  landfall sim --schema ./ddl --password-file ~/.sim --fault drop@rows=20000x50 --fault slow=20ms@calls=1x0`,
		Args:        noArgs,
		Annotations: exits(ExitOK, ExitFailed, ExitUsage, ExitPartly, ExitCancelled),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return runSim(cmd.Context(), opt, io)
		},
	}
	fl := cmd.Flags()
	fl.StringVar(&opt.schema, "schema", "", "folder of DDL scripts, one script, or bundle:FILE, what landfall collect made")
	fl.StringVar(&opt.owner, "owner", "", "schema of objects that scripts name without one (default: the user)")
	fl.StringVar(&opt.data, "data", "", "generate:N fills the empty tables with about N rows in all; edges:N does too, and every column begins with the ends of its type")
	fl.Uint64Var(&opt.seed, "seed", 1, "generated rows are the same for the same seed")
	fl.DurationVar(&opt.undo, "undo-retention", 0, "how far back AS OF and long queries may look before ORA-01555; 0 is for ever")
	fl.StringVar(&opt.listen, "listen", "127.0.0.1:1521", "address to listen at; port 0 takes a free one")
	fl.StringVar(&opt.service, "service", "SIM", "name of the service, and SID")
	fl.StringVar(&opt.user, "user", "LANDFALL", "account that can log in; one of the scripts' schemas, or a new one")
	fl.StringArrayVar(&opt.grants, "grant", nil, "privileges or roles of the account, as GRANT names them: 'CREATE SESSION, SELECT ANY TABLE'; may be repeated (default: the role DBA)")
	fl.StringVar(&opt.passwordFile, "password-file", "", "file whose first line is the password of the account")
	fl.StringVar(&opt.passwordEnv, "password-env", "", "environment variable that holds the password of the account")
	fl.StringVar(&opt.charset, "charset", "", "character set of the database: AL32UTF8, UTF8, ZHS16GBK, ZHS32GB18030, US7ASCII, WE8ISO8859P1, WE8MSWIN1252 ... (docs/sim.md; default: that of the bundle, else AL32UTF8)")
	fl.StringVar(&opt.ncharset, "ncharset", "AL16UTF16", "national character set; drivers in thin mode read no other than AL16UTF16")
	fl.StringArrayVar(&opt.faults, "fault", nil, "trouble on purpose, KIND[=VALUE]@rows|bytes|calls=N[xTIMES] (docs/sim.md); may be repeated")
	fl.StringVar(&opt.tlsCert, "tls-cert", "", "certificate (PEM): TCPS instead of TCP")
	fl.StringVar(&opt.tlsKey, "tls-key", "", "key of the certificate (PEM)")
	fl.BoolVar(&opt.json, "json", false, "write one JSON object when it is ready")
	fl.BoolVarP(&opt.quiet, "quiet", "q", false, "say nothing but errors")
	return cmd
}

// simReady is the JSON of landfall sim (docs/json.md).
type simReady struct {
	Address  string       `json:"address"` // host:port
	TLS      bool         `json:"tls"`
	Service  string       `json:"service"`
	User     string       `json:"user"`
	Charset  string       `json:"charset"`
	Executed int          `json:"executed"`
	Kept     int          `json:"kept"`
	Passed   int          `json:"passed"`
	Rows     int64        `json:"rows"`
	Tables   []simTable   `json:"tables"`
	LeftOut  []simRefused `json:"left_out"`
	Short    []simShort   `json:"short"`
}

type simTable struct {
	Owner string `json:"owner"`
	Name  string `json:"name"`
	Rows  int64  `json:"rows"`
}

type simRefused struct {
	File    string `json:"file"`
	Line    int    `json:"line"`
	Col     int    `json:"col"`
	Code    int    `json:"code"` // of the ORA error; 0 for a file that could not be read
	Message string `json:"message"`
}

type simShort struct {
	Owner   string `json:"owner"`
	Name    string `json:"name"`
	Rows    int    `json:"rows"`
	Message string `json:"message"`
}

// simSettings is what the flags say when they are sound.
type simSettings struct {
	rows     int
	edges    bool
	password string
	charset  *charset.Set
	faults   []tns.Fault
	tls      *tls.Config
}

func runSim(ctx context.Context, opt simOptions, io *IOStreams) error {
	set, err := opt.settings(io)
	if err != nil {
		return err
	}
	// first, so that a port that is taken is told before minutes of loading
	listener, err := net.Listen("tcp", opt.listen)
	if err != nil {
		return &Error{Code: ExitFailed, Msg: "--listen " + opt.listen, Err: err, Hint: "--listen 127.0.0.1:0 takes a free port"}
	}
	defer listener.Close()
	info := session.Info{
		Name: opt.service, Service: opt.service, Instance: opt.service, Version: session.Version{19, 3, 0, 0, 0},
		Banner: "Oracle Database 19c (simulated by landfall)", Charset: set.charset.ID, NCharset: charset.AL16UTF16,
	}
	db := engine.New(info, nil)
	say := &simTalk{io: io, quiet: opt.quiet}
	ready, err := opt.fill(ctx, db, set, say)
	if err != nil {
		return err
	}
	if len(opt.grants) == 0 {
		db.AddUser(opt.user, set.password)
	} else if err := db.AddAccount(ctx, opt.user, set.password, opt.grants...); err != nil {
		return usageError("privileges and roles as GRANT names them, such as 'CREATE SESSION, SELECT ANY DICTIONARY'", "--grant: %v", err)
	}
	ready.Address, ready.TLS = listener.Addr().String(), set.tls != nil
	server, err := tns.New(db, tns.Options{TLS: set.tls, Log: func(client, what string, err error) { say.line("%s: %s: %v", client, what, err) }})
	if err != nil {
		return err
	}
	server.SetFaults(set.faults...)
	served := make(chan error, 1)
	go func() { served <- server.Serve(ctx, listener) }()
	if opt.undo > 0 {
		go opt.forget(ctx, db)
	}
	protocol := "TCP"
	if ready.TLS {
		protocol = "TCPS"
	}
	say.line("%d tables, %d rows; %d statements executed, %d objects kept as text, %d passed over, %d not loaded", len(ready.Tables), ready.Rows, ready.Executed, ready.Kept, ready.Passed, len(ready.LeftOut))
	say.line("listening on %s (%s), service %s", ready.Address, protocol, ready.Service)
	say.line("log in: oracle://%s@%s/%s with the password of %s; ^C stops it", ready.User, ready.Address, ready.Service, opt.passwordFrom())
	if opt.json {
		if err := json.NewEncoder(io.Out).Encode(ready); err != nil {
			return errors.Join(err, server.Close())
		}
	}
	err = <-served
	closed := server.Close()
	switch {
	case ctx.Err() == nil:
		return &Error{Code: ExitFailed, Msg: "serve " + ready.Address, Err: errors.Join(err, closed)}
	case len(ready.LeftOut)+len(ready.Short) > 0:
		return done(ExitPartly)
	}
	// to be stopped is how a server ends well, not a run that was cut short
	return &Error{Code: ExitOK, Msg: "stopped", Reported: true}
}

// weights are the rows that the tables of a bundle had in the database that it was collected from; nil where no table's are known.
func (o *opened) weights() func(owner, table string) float64 {
	if o.facts == nil {
		return nil
	}
	rows := map[dict.Key]float64{}
	for k, t := range o.facts.Tables {
		if t.Rows.Known {
			rows[k] = t.Rows.Value
		}
	}
	if len(rows) == 0 {
		return nil
	}
	return func(owner, table string) float64 {
		if n, ok := rows[dict.Key{Owner: owner, Name: table}]; ok {
			return n
		}
		return 1 // nobody counted it
	}
}

// forget drops undo as it gets too old, until ctx ends.
func (o *simOptions) forget(ctx context.Context, db *engine.Database) {
	tick := time.NewTicker(min(o.undo, time.Second))
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			db.ForgetOlder(o.undo)
		}
	}
}

// settings reads the flags.
func (o *simOptions) settings(io *IOStreams) (simSettings, error) {
	var s simSettings
	bad := func(hint, format string, args ...any) (simSettings, error) {
		return simSettings{}, usageError(hint, format, args...)
	}
	if o.charset == "" {
		o.charset = o.bundleCharset()
	}
	switch {
	case o.schema == "":
		return bad("--schema ./ddl names a folder of scripts", "landfall sim needs --schema")
	case o.service == "" || strings.ContainsAny(o.service, " ()=/"):
		return bad("a name such as SIM", "--service cannot be %q", o.service)
	case o.user == "":
		return bad("an account such as ERP", "--user cannot be empty")
	case strings.EqualFold(o.user, "SYS"), strings.EqualFold(o.user, "SYSTEM"), strings.EqualFold(o.user, "PUBLIC"):
		return bad("an account of its own, or a schema of the scripts", "--user cannot be %s", o.user)
	case !slices.Contains(charset.Database(), strings.ToUpper(o.charset)):
		return bad("one of "+strings.Join(charset.Database(), ", "), "--charset cannot be %q", o.charset)
	case !strings.EqualFold(o.ncharset, "AL16UTF16"):
		return bad("AL16UTF16 is served; UTF8 is refused by node-oracledb and python-oracledb in thin mode", "--ncharset cannot be %q", o.ncharset)
	case o.undo < 0:
		return bad("", "--undo-retention cannot be %s", o.undo)
	case (o.tlsCert == "") != (o.tlsKey == ""):
		return bad("TCPS needs both", "--tls-cert and --tls-key go together")
	case (o.passwordFile == "") == (o.passwordEnv == ""):
		return bad("--password-file FILE or --password-env NAME; a password in a flag would be seen by everybody", "landfall sim needs a password for %s, from one place", o.user)
	}
	if o.data != "" {
		kind, number, ok := strings.Cut(o.data, ":")
		ok = ok && (kind == "generate" || kind == "edges")
		s.edges = kind == "edges"
		n, err := strconv.Atoi(number)
		if !ok || err != nil || n < 1 {
			return bad("generate:100000 makes about so many rows", "--data cannot be %q", o.data)
		}
		s.rows = n
	}
	if o.passwordFile != "" {
		b, err := os.ReadFile(o.passwordFile)
		if err != nil {
			return bad("", "--password-file: %v", err)
		}
		s.password, _, _ = strings.Cut(strings.ReplaceAll(string(b), "\r\n", "\n"), "\n")
	} else {
		s.password = io.Env(o.passwordEnv)
	}
	if s.password == "" {
		return bad("", "%s holds no password", o.passwordFrom())
	}
	s.charset, _ = charset.ByName(o.charset)
	for _, text := range o.faults {
		f, err := tns.ParseFault(text)
		if err != nil {
			return bad("", "--fault: %v", err)
		}
		if _, ok := s.charset.Wrong(); f.Kind == tns.FaultText && !ok {
			return bad("US7ASCII, ZHS16GBK and others have wrong bytes", "--fault %s: every byte is a character of %s", text, s.charset.Name)
		}
		s.faults = append(s.faults, f)
	}
	if o.tlsCert != "" {
		pair, err := tls.LoadX509KeyPair(o.tlsCert, o.tlsKey)
		if err != nil {
			return bad("both are PEM files, and belong together", "--tls-cert, --tls-key: %v", err)
		}
		s.tls = &tls.Config{Certificates: []tls.Certificate{pair}, MinVersion: tls.VersionTLS12}
	}
	o.service, o.charset = strings.ToUpper(o.service), strings.ToUpper(o.charset)
	o.user = foldNames([]string{o.user})[0]
	return s, nil
}

// bundleCharset is the character set of the database that a bundle is of. What is wrong with a bundle is told when it is read.
func (o *simOptions) bundleCharset() string {
	if path, ok := strings.CutPrefix(o.schema, "bundle:"); ok {
		if b, err := bundle.Open(path); err == nil {
			defer b.Close()
			if name := b.Manifest.Database.Charset; name != "" {
				return name
			}
		}
	}
	return "AL32UTF8"
}

// passwordFrom names where the password is, not what it is.
func (o *simOptions) passwordFrom() string {
	if o.passwordFile != "" {
		return "--password-file " + o.passwordFile
	}
	return "--password-env " + o.passwordEnv
}

// fill loads the scripts and makes rows, and says what could not be.
func (o *simOptions) fill(ctx context.Context, db *engine.Database, set simSettings, say *simTalk) (*simReady, error) {
	path := strings.TrimPrefix(strings.TrimPrefix(o.schema, "bundle:"), "files:")
	if _, err := os.Stat(path); err != nil {
		return nil, &Error{Code: ExitFailed, Msg: "--schema", Err: err, Hint: "name the folder that holds the scripts"}
	}
	owner := o.user
	if o.owner != "" {
		owner = foldNames([]string{o.owner})[0]
	}
	src := source{"files", path}
	if strings.HasPrefix(o.schema, "bundle:") {
		src.kind = "bundle"
	}
	in, err := src.open(ctx, 0)
	if err != nil {
		return nil, err
	}
	defer in.close()
	est, err := in.load(ctx, scripts.Options{DefaultSchema: owner})
	if err != nil {
		return nil, err
	}
	if in.facts != nil {
		for _, u := range in.facts.Users { // whom the bundle's grants name; nobody can log in as them
			if u.Oracle {
				continue
			}
			if err := db.AddAccount(ctx, `"`+u.Name+`"`, ""); err != nil {
				return nil, err
			}
		}
	}
	rep, err := db.LoadEstate(ctx, est, owner)
	if err != nil {
		return nil, err
	}
	ready := &simReady{
		Service: o.service, User: o.user, Charset: o.charset,
		Executed: rep.Executed, Kept: rep.Kept, Passed: rep.Passed,
		Tables: []simTable{}, LeftOut: []simRefused{}, Short: []simShort{},
	}
	for _, r := range rep.Refused {
		ready.LeftOut = append(ready.LeftOut, simRefused{r.Pos.File, r.Pos.Line, r.Pos.Col, ora.Code(r.Err), r.Err.Error()})
		say.line("%s: not loaded: %s", r.Pos, strings.Join(strings.Fields(r.Err.Error()), " ")) // texts of statements have several lines
	}
	if rep.Executed+rep.Kept == 0 {
		return nil, &Error{Code: ExitFailed, Msg: o.schema + ": nothing could be loaded", Hint: "name the folder that holds the DDL scripts"}
	}
	if set.rows > 0 {
		say.line("generating %d rows", set.rows)
		p := newCounter(say.io, say.quiet, "generate", "rows")
		p.setTotal(int64(set.rows))
		last := 0
		made, err := db.GenerateData(ctx, engine.Generate{Rows: set.rows, Seed: o.seed, Edges: set.edges, Weight: in.weights(), Progress: func(done, _ int, _ string) {
			p.add(int64(done - last))
			last = done
		}})
		p.end()
		if err != nil {
			return nil, err
		}
		for _, g := range made {
			if g.Err != nil {
				ready.Short = append(ready.Short, simShort{g.Owner, g.Table, g.Rows, g.Err.Error()})
				say.line("%s.%s: only %d rows made: %v", g.Owner, g.Table, g.Rows, g.Err)
			}
		}
	}
	for _, t := range db.TableRows() {
		ready.Tables = append(ready.Tables, simTable{t.Owner, t.Name, t.Rows})
		ready.Rows += t.Rows
	}
	return ready, nil
}

// simTalk writes lines to stderr, from connections too.
type simTalk struct {
	mu    sync.Mutex
	io    *IOStreams
	quiet bool
}

func (t *simTalk) line(format string, args ...any) {
	if t.quiet {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	fmt.Fprintf(t.io.Err, format+"\n", args...)
}
