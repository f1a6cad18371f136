package cli

import (
	"context"
	"math"
	"sort"
	"sync"
	"time"

	"landfall/internal/model"
	"landfall/internal/oracle/files"
	"landfall/internal/oracle/syntax/ast"
	"landfall/internal/oracle/syntax/parser"
	"landfall/internal/oracle/syntax/printer"
)

// fileResult is what is kept of a file once its tree is gone.
type fileResult struct {
	file       files.File
	read       bool
	bytes      int64
	statements int
	parsed     int
	roundTrip  int
	commands   int
	failures   []parseFailure
	notes      []string
}

// bigFile is the size from which files are read one at a time, so that memory stays that of the largest one
// and not of as many as there are workers.
const bigFile = 32 << 20

func runParse(ctx context.Context, opt parseOptions, io *IOStreams) error {
	fopt, err := opt.read.files()
	if err != nil {
		return err
	}
	var popt parser.Options
	if popt.CCFlags, err = parseCCFlags(opt.read.ccflags); err != nil {
		return err
	}
	start := time.Now()
	found, problems := files.Find(ctx, opt.paths, fopt)
	results := make([]fileResult, len(found))
	meter := newProgress(io, opt.quiet || opt.json, "reading")
	meter.setTotal(totalSize(found))
	var (
		wg   sync.WaitGroup
		big  sync.Mutex
		todo = make(chan int)
	)
	for range min(opt.read.jobs, max(1, len(found))) {
		wg.Go(func() {
			for i := range todo {
				if found[i].Size >= bigFile {
					big.Lock()
				}
				results[i] = parseOne(found[i], fopt, popt)
				meter.add(found[i].Size)
				if found[i].Size >= bigFile {
					big.Unlock()
				}
			}
		})
	}
	for i := range found {
		select {
		case todo <- i:
			continue
		case <-ctx.Done():
		}
		break
	}
	close(todo)
	wg.Wait()
	meter.end()
	if ctx.Err() != nil {
		return ctx.Err()
	}

	report := summary(results, problems)
	report.Seconds = time.Since(start).Seconds()
	if report.Seconds > 0 {
		report.MBPerS = math.Round(float64(report.Bytes)/1e6/report.Seconds*100) / 100
	}
	report.Seconds = math.Round(report.Seconds*1e4) / 1e4
	if !opt.quiet {
		printNotes(io, results)
	}
	if opt.json {
		err = writeJSON(io, report)
	} else {
		err = printParse(io, opt, report, results)
	}
	if err != nil {
		return err
	}
	switch {
	case report.Files == 0 && len(found) == 0:
		return done(ExitFailed)
	case len(report.Failures) > 0:
		return done(ExitPartly)
	}
	return nil
}

func totalSize(found []files.File) (n int64) {
	for _, f := range found {
		n += f.Size
	}
	return n
}

func summary(results []fileResult, problems []*files.Problem) parseReport {
	r := parseReport{Failures: []parseFailure{}}
	for _, p := range problems {
		r.Failures = append(r.Failures, fileFailure(p))
	}
	for _, f := range results {
		if f.read {
			r.Files++
		}
		r.Bytes += f.bytes
		r.Statements += f.statements
		r.Parsed += f.parsed
		r.RoundTrip += f.roundTrip
		r.Failures = append(r.Failures, f.failures...)
	}
	return r
}

func fileFailure(p *files.Problem) parseFailure {
	return parseFailure{File: p.Pos.File, Line: p.Pos.Line, Col: p.Pos.Col, Message: withHint(p.Msg, p.Hint), hint: p.Hint}
}

func parseOne(f files.File, opt files.Options, popt parser.Options) fileResult {
	res := fileResult{file: f}
	text, problem := files.Read(f, opt)
	if problem != nil {
		res.failures = append(res.failures, fileFailure(problem))
		return res
	}
	res.read, res.bytes = true, text.Bytes
	if text.Guessed && text.Charset != "UTF-8" {
		res.notes = append(res.notes, f.Name+": read as "+text.Charset+", found out from its bytes; say --charset if that is wrong")
	}
	tree := parser.Parse(f.Name, text.Src, popt)
	for _, e := range tree.Errors {
		res.failures = append(res.failures, syntaxFailure(tree, e))
	}
	for _, n := range tree.Notes {
		res.notes = append(res.notes, tree.OffsetPos(n.Off).String()+": "+withHint(n.Msg, n.Hint))
	}
	// the file as a whole first: it covers every statement, and what stands between them
	whole := printer.RoundTrip(tree)
	differ := 0
	errs := tree.Errors
	for i, s := range tree.Stmts {
		switch s := s.(type) {
		case *ast.PlusCommand:
			res.commands++
			if fail, note := checkInclude(f, tree, s); fail != nil {
				res.failures = append(res.failures, *fail)
			} else if note != "" {
				res.notes = append(res.notes, note)
			}
			continue
		case *ast.EmptyStmt:
			continue
		}
		res.statements++
		if !readWhole(tree, i, errs) {
			continue
		}
		res.parsed++
		if whole != nil {
			if err := printer.Check(tree, s); err != nil {
				differ++
				res.failures = append(res.failures, notPrinted(tree, tree.Pos(s), err))
				continue
			}
		}
		res.roundTrip++
	}
	if whole != nil && differ == 0 {
		res.failures = append(res.failures, notPrinted(tree, tree.OffsetPos(0), whole))
	}
	return res
}

func notPrinted(tree *ast.File, pos model.Pos, err error) parseFailure {
	return parseFailure{
		File: pos.File, Line: pos.Line, Col: pos.Col,
		Message: "does not print back as it was read: " + err.Error(), excerpt: lineAt(tree, pos.Offset),
	}
}

// readWhole reports whether statement i holds no error. errs are in order of position.
func readWhole(tree *ast.File, i int, errs []*ast.Error) bool {
	s := tree.Stmts[i]
	if _, bad := s.(*ast.BadStmt); bad {
		return false
	}
	span := s.Range()
	if span.Empty() {
		return true
	}
	// up to the next token: a comment that never ends takes the rest of a statement with it
	from, to := tree.Tokens[span.Lo].Off, uint32(len(tree.Src))
	if int(span.Hi) < len(tree.Tokens) {
		to = tree.Tokens[span.Hi].Off
	}
	first := sort.Search(len(errs), func(i int) bool { return errs[i].Off >= from })
	return first == len(errs) || errs[first].Off >= to
}
