package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"landfall/convert"
	"landfall/convert/rules"
	"landfall/internal/model"
	"landfall/internal/postgres/grammar"
	"landfall/internal/postgres/prove"
	"landfall/internal/postgres/scratch"
)

const proveHelp = "prove the result: off; auto, on a throw-away server of the installed PostgreSQL; or postgres://..., in a new database there"

// prover has a conversion judged as --prove says. Its parts get ready while the conversion runs.
type prover struct {
	io      *IOStreams
	quiet   bool
	target  *rules.Profile
	grammar grammar.Checker
	url     string
	own     bool
	server  chan started
}

type started struct {
	server *scratch.Server
	err    error
}

// newProver reads --prove; nil means off. A URL is tried at once: whoever cannot log in need not wait for a conversion.
func newProver(ctx context.Context, mode string, target *rules.Profile, io *IOStreams, quiet bool) (*prover, error) {
	p := &prover{io: io, quiet: quiet, target: target}
	switch {
	case mode == "" || mode == "off":
		return nil, nil
	case mode != "auto" && !strings.HasPrefix(mode, "postgres://") && !strings.HasPrefix(mode, "postgresql://"):
		return nil, usageError("off, auto, or postgres://user@host:port/database", "--prove cannot be %q", redactURL(mode))
	case target.Ceiling < model.RungCompiled:
		if target.Family == rules.MySQL && mode != "auto" {
			return nil, usageError("--prove auto holds it against the target's own grammar", "--prove %s: %s is proven on no server", redactURL(mode), target.Title)
		}
		return p, nil // Climb knows the judges, or says why there is none
	}
	p.grammar = grammar.New()
	if mode != "auto" {
		if err := prove.Reach(ctx, mode); err != nil {
			return nil, &Error{Code: ExitLogin, Msg: "--prove " + redactURL(mode), Err: err, Hint: "PGPASSWORD or ~/.pgpass can hold the password"}
		}
		p.url = mode
		return p, nil
	}
	p.own, p.server = true, make(chan started, 1)
	go func() {
		s, err := scratch.Start(ctx, scratch.Options{BinDir: os.Getenv("LANDFALL_PG_BIN")})
		p.server <- started{s, err}
	}()
	return p, nil
}

// climb has the result judged. A scratch server that does not come up leaves the grammar, and says so.
func (p *prover) climb(ctx context.Context, r *convert.Result, progress func(phase string, done, total int)) (err error) {
	if p == nil {
		return nil
	}
	if p.server != nil {
		got := <-p.server
		p.server = nil
		switch {
		case got.err == nil:
			defer func() { err = errors.Join(err, got.server.Stop()) }()
			p.url = got.server.URL("postgres")
		case ctx.Err() != nil:
			return ctx.Err()
		default:
			hint := ""
			if errors.Is(got.err, scratch.ErrNotFound) {
				hint = "; " + scratch.InstallHint
			}
			fmt.Fprintf(p.io.Err, "landfall: nothing was compiled, only held against the grammar: %v%s\n", got.err, hint)
		}
	}
	return r.Climb(ctx, convert.ClimbOptions{Target: p.target, Grammar: p.grammar, URL: p.url, Own: p.own, Progress: progress})
}

// climbEach has the result judged by what its own target has: of several targets the first is the prover's, and others
// of its family or of another have judges that need no server, or none.
func (p *prover) climbEach(ctx context.Context, r *convert.Result, progress func(phase string, done, total int)) error {
	if r.Target == p.target.Name {
		return p.climb(ctx, r, progress)
	}
	target, ok := rules.ProfileNamed(r.Target)
	if !ok {
		return fmt.Errorf("no target %q", r.Target)
	}
	return r.Climb(ctx, convert.ClimbOptions{Target: target, Progress: progress})
}

// stop ends a server that nobody came to use.
func (p *prover) stop() {
	if p != nil && p.server != nil {
		if got := <-p.server; got.server != nil {
			_ = got.server.Stop() // the command is failing already, with a better reason
		}
	}
}
