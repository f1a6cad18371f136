package cli

import (
	"context"
	"encoding/json"
	"fmt"
	stdio "io"
	"os"
	"time"

	"landfall/convert"
	"landfall/internal/oracle/files"
)

// runConvertFile converts one script into one script.
func runConvertFile(ctx context.Context, opt convertOptions, io *IOStreams) error {
	start := time.Now()
	switch {
	case opt.in == "":
		return usageError("-i IN.sql names it; - is the standard input", "landfall convert needs a script to convert")
	case opt.outFile == "":
		return usageError("-o OUT.sql names it; - is the standard output", "landfall convert needs a file for the result")
	case opt.prove != "off":
		return usageError("--source and --out convert a folder and prove it", "--prove does not go with -i")
	case opt.source != "" || opt.out != "":
		return usageError("", "-i and -o convert one script, --source and --out an estate: both cannot be given")
	}
	target, err := opt.profile(io, opt.quiet)
	if err != nil {
		return err
	}
	fopt, err := opt.read.files()
	if err != nil {
		return err
	}
	defer spendMemory(estateMemory)()
	src, err := readScript(opt.in, fopt, io)
	if err != nil {
		return err
	}
	text, r, err := convert.Text(ctx, opt.in, src, convert.Options{Target: target, Policy: convert.PolicyOf(opt.policy), Jobs: opt.read.jobs})
	if err != nil {
		return err
	}
	if opt.outFile == "-" {
		_, err = stdio.WriteString(io.Out, text)
	} else {
		err = writeWhole(opt.outFile, func(w stdio.Writer) error { _, err := stdio.WriteString(w, text); return err })
	}
	if err != nil {
		return &Error{Code: ExitFailed, Msg: "write " + opt.outFile, Err: err}
	}
	t := r.Totals
	if opt.json && opt.outFile != "-" {
		if err := json.NewEncoder(io.Out).Encode(figuresOf(r, time.Since(start).Seconds())); err != nil {
			return err
		}
	}
	if !opt.quiet {
		for _, l := range r.Ledger {
			if l.Class == "refused" && !l.Part {
				fmt.Fprintf(io.Err, "%s: refused %s: %s\n", l.Pos, l.Code, l.What)
			}
		}
		for _, f := range r.Told() {
			fmt.Fprintf(io.Err, "%s: %s %s: %s\n", f.Pos, f.Severity, f.Code, f.Message)
		}
	}
	if t.Ledger.Refused > 0 || t.Rungs.Unread > 0 {
		return done(ExitPartly)
	}
	return nil
}

// readScript reads and decodes a script; the standard input must be UTF-8.
func readScript(name string, opt files.Options, io *IOStreams) ([]byte, error) {
	if name == "-" {
		return stdio.ReadAll(io.In)
	}
	st, err := os.Stat(name)
	if err != nil {
		return nil, &Error{Code: ExitFailed, Msg: "read " + name, Err: err}
	}
	text, p := files.Read(files.File{Path: name, Name: name, Size: st.Size()}, opt)
	if p != nil {
		return nil, p
	}
	return text.Src, nil
}
