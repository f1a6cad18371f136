package cli

import (
	"encoding/json"
	"runtime"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"landfall/internal/oracle/files"
)

type parseOptions struct {
	paths   []string
	ext     []string
	jobs    int
	maxFile string
	charset string
	ccflags string
	json    bool
	quiet   bool
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
  landfall parse ./export --ext txt,dmp.sql --charset GBK`,
		Args:        atLeast(1, "a file or folder to read"),
		Annotations: exits(ExitOK, ExitFailed, ExitUsage, ExitPartly, ExitCancelled),
		RunE: func(cmd *cobra.Command, args []string) error {
			opt.paths = args
			return runParse(cmd.Context(), opt, io)
		},
	}
	fl := cmd.Flags()
	fl.BoolVar(&opt.json, "json", false, "write the result as JSON")
	fl.StringSliceVar(&opt.ext, "ext", nil, "further file endings to take in folders, comma-separated")
	fl.IntVarP(&opt.jobs, "jobs", "j", runtime.NumCPU(), "files read at a time")
	fl.StringVar(&opt.maxFile, "max-file", "256M", "largest file to read (K, M, G)")
	fl.StringVar(&opt.charset, "charset", "", "character set of the files, IANA or Oracle name (default: found out)")
	fl.StringVar(&opt.ccflags, "ccflags", "", "PLSQL_CCFLAGS for conditional compilation, such as debug:true,level:3")
	fl.BoolVarP(&opt.quiet, "quiet", "q", false, "write no table, only problems")
	return cmd
}

func (o parseOptions) files() (files.Options, error) {
	limit, err := parseSize(o.maxFile)
	if err != nil {
		return files.Options{}, err
	}
	if o.jobs < 1 {
		return files.Options{}, usageError("1 reads one file at a time", "--jobs must be at least 1, got %d", o.jobs)
	}
	if o.charset != "" && !files.KnownCharset(o.charset) {
		return files.Options{}, usageError("Oracle's names (ZHS16GBK, WE8MSWIN1252) and IANA's (GB18030, windows-1252) are known", "unknown character set %q", o.charset)
	}
	return files.Options{Ext: o.ext, MaxFile: limit, Charset: o.charset}, nil
}

// parseSize reads 4096, 64K, 256M or 2G.
func parseSize(s string) (int64, error) {
	digits, shift := strings.TrimSuffix(strings.ToUpper(strings.TrimSpace(s)), "B"), 0
	if i := strings.IndexByte("KMG", (digits + " ")[max(0, len(digits)-1)]); i >= 0 {
		digits, shift = digits[:len(digits)-1], 10*(i+1)
	}
	n, err := strconv.ParseInt(strings.TrimSpace(digits), 10, 64)
	if err != nil || n < 1 || n > (1<<62)>>shift {
		return 0, usageError("write a number of bytes with K, M or G behind it, such as 256M", "--max-file cannot be %q", s)
	}
	return n << shift, nil
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
