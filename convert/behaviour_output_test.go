package convert_test

import (
	"context"
	"regexp"
	"strings"

	"github.com/jackc/pgx/v5"
)

// The behaviour suite on a server without orafce. Most cases need no more of it than DBMS_OUTPUT, to say what they
// found; those get a stand-in that is the suite's own and no part of what landfall puts out. What needs anything else
// of orafce is absent: counted apart, and no failure.

// outputByNotice writes the lines as notices. They leave at once and survive every rollback, as lines of Oracle's buffer
// do; a buffer in the database would lose them with the statement that fails. Reading the buffer (GET_LINE) is not there.
const outputByNotice = `CREATE SCHEMA dbms_output;
CREATE FUNCTION dbms_output.put(a text) RETURNS void LANGUAGE plpgsql STRICT AS $$ BEGIN RAISE INFO USING ERRCODE = 'LFOUT', MESSAGE = 'p' || a; END $$;
CREATE FUNCTION dbms_output.put_line(a text) RETURNS void LANGUAGE plpgsql STRICT AS $$ BEGIN RAISE INFO USING ERRCODE = 'LFOUT', MESSAGE = 'l' || a; END $$;
CREATE FUNCTION dbms_output.new_line() RETURNS void LANGUAGE plpgsql AS $$ BEGIN RAISE INFO USING ERRCODE = 'LFOUT', MESSAGE = 'l'; END $$;
CREATE FUNCTION dbms_output.enable(size integer DEFAULT 20000) RETURNS void LANGUAGE sql AS '';
`

// noticedLines are the lines of a session, and the beginning of one that is not ended.
type noticedLines struct {
	lines []string
	open  string
}

func (n *noticedLines) add(message string) {
	kind, text := message[0], message[1:]
	if n.open += text; kind == 'l' {
		n.lines = append(n.lines, strings.NewReplacer("\n", `\n`, "\t", `\t`).Replace(n.open))
		n.open = ""
	}
}

// take gives the ended lines since the last time.
func (n *noticedLines) take() []string {
	lines := n.lines
	n.lines = nil
	return lines
}

// connect opens a session of a case; without orafce it listens to what DBMS_OUTPUT's stand-in says.
func (r *behaviourRun) connect(ctx context.Context) (*pgx.Conn, error) {
	if r.notices == nil {
		return r.base.Server.Connect(ctx, r.db)
	}
	lines := &noticedLines{}
	conn, err := r.base.Server.Listen(ctx, r.db, func(_, state, message string) {
		if state == "LFOUT" {
			lines.add(message)
		}
	})
	if err == nil {
		r.notices[conn.PgConn()] = lines
	}
	return conn, err
}

// ofOrafce is PostgreSQL's complaint about something in a schema of orafce's.
var ofOrafce = regexp.MustCompile(`(schema "(dbms|utl)_[a-z0-9]+"|(function|procedure|type|relation) "?(dbms|utl)_[a-z0-9]+\.[a-z0-9_]+[^\n]*|(relation|type) "oracle\.[a-z_]+") does not exist`)

func lacksOrafce(got string, broken []string) bool {
	return ofOrafce.MatchString(got) || ofOrafce.MatchString(strings.Join(broken, "\n"))
}
