package cli

import (
	"encoding/json"

	"github.com/spf13/cobra"
)

type parseOptions struct {
	paths   []string
	read    readOptions
	json    bool
	quiet   bool
	verbose bool
}

func newParse(io *IOStreams) *cobra.Command {
	var opt parseOptions
	cmd := &cobra.Command{
		Use:   "parse PATH...",
		Short: "Read Oracle scripts and say what could not be read",
		Long: `Reads Oracle SQL, DDL, PL/SQL and SQL*Plus scripts, prints each statement back from its tree and
compares the two token for token. Every problem is reported as file:line:col with the line it stands in;
everything else is still read.

A PATH that is a file is read whatever its name. Folders are walked: files are taken by their endings
(.sql .pks .pkb .pls .prc .fnc .trg .typ .tab .vw ..., more with --ext), names that begin with a dot are
left out, symbolic links are followed but nothing is read twice.

"statements" counts everything but SQL*Plus commands (SET, PROMPT, @file ...): those are recognised and
kept, and count neither as statements nor as failures. "parsed" counts the statements without any error
inside, "round_trip" those of them that print back exactly. Files named by @ and @@ are not read through
the command that names them, but one that does not exist is reported.

--json writes exactly one object:
  {"files","bytes","statements","parsed","round_trip","seconds","mb_per_s",
   "failures":[{"file","line","col","message"}]}`,
		Example: `  landfall parse install.sql
  landfall parse ./ddl ./packages --json | jq .failures
  landfall parse ./export --ext txt,lst --charset GBK`,
		Args:        atLeast(1, "a file or folder to read"),
		Annotations: exits(ExitOK, ExitFailed, ExitUsage, ExitPartly, ExitCancelled),
		RunE: func(cmd *cobra.Command, args []string) error {
			opt.paths = args
			return runParse(cmd.Context(), opt, io)
		},
	}
	fl := cmd.Flags()
	fl.BoolVar(&opt.json, "json", false, "write the result as JSON")
	opt.read.bind(fl)
	fl.BoolVarP(&opt.verbose, "verbose", "v", false, "write every note, not only the first ten of a kind")
	fl.BoolVarP(&opt.quiet, "quiet", "q", false, "write no table, only problems")
	return cmd
}

// parseReport is the published result (docs/json.md): fields are added, never changed.
type parseReport struct {
	Files      int            `json:"files"`
	Bytes      int64          `json:"bytes"`
	Statements int            `json:"statements"`
	Parsed     int            `json:"parsed"`
	RoundTrip  int            `json:"round_trip"`
	Seconds    float64        `json:"seconds"`
	MBPerS     float64        `json:"mb_per_s"`
	Failures   []parseFailure `json:"failures"`
	Charsets   []charsetCount `json:"charsets,omitempty"` // of the files that are not sound UTF-8
}

// charsetCount is how many files were read in a character set that was chosen equally surely.
type charsetCount struct {
	Charset  string `json:"charset"`
	Sure     string `json:"sure"`
	Files    int    `json:"files"`
	BadBytes int    `json:"bad_bytes"`
}

type parseFailure struct {
	File    string `json:"file"`
	Line    int    `json:"line"`
	Col     int    `json:"col"`
	Message string `json:"message"`

	hint    string
	excerpt string // the line it stands in
}

func writeJSON(io *IOStreams, v any) error {
	enc := json.NewEncoder(io.Out)
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}
