package cli

import (
	"context"
	"fmt"
	"math"
	"runtime/debug"
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
	charset    *charsetCount // nil for UTF-8 without damage
	failures   []parseFailure
	notes      []parseNote
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
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(memoryLimit(found, debug.SetMemoryLimit(-1))))
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
		printNotes(io, results, opt.verbose)
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

// memoryLimit is where the garbage collector begins to hurry: at eleven times the size of the two largest files
// that may be in memory together, beneath the twelve that the manual promises. A lower limit of the user's stays.
func memoryLimit(found []files.File, now int64) int64 {
	var first, second int64
	for _, f := range found {
		if f.Size > first {
			first, second = f.Size, first
		} else {
			second = max(second, f.Size)
		}
	}
	return min(now, 32<<20+11*(first+min(second, bigFile)))
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
		if f.charset != nil {
			r.Charsets = countCharset(r.Charsets, *f.charset)
		}
	}
	sort.SliceStable(r.Charsets, func(i, j int) bool { return r.Charsets[i].Charset < r.Charsets[j].Charset })
	return r
}

func countCharset(list []charsetCount, c charsetCount) []charsetCount {
	for i := range list {
		if list[i].Charset == c.Charset && list[i].Sure == c.Sure {
			list[i].Files += c.Files
			list[i].BadBytes += c.BadBytes
			return list
		}
	}
	return append(list, c)
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
		res.notes = append(res.notes, parseNote{f.Name, fmt.Sprintf("read as %s (%s: %s); say --charset if that is wrong", text.Charset, text.Sure, text.Why)})
	}
	if text.Charset != "UTF-8" || text.Damage != nil {
		res.charset = &charsetCount{Charset: text.Charset, Sure: string(text.Sure), Files: 1}
	}
	if text.Damage != nil {
		res.charset.BadBytes = text.Damage.Count
		res.failures = append(res.failures, fileFailure(text.Damage.Problem()))
	}
	// statement by statement: a script of a million INSERTs takes the memory of one
	count := stmtCounter{res: &res}
	tree := parser.ParseEach(f.Name, text.Src, popt, count.stmt)
	if count.check == nil {
		count.check = printer.NewChecker(tree)
	}
	if err := count.check.Between(nil); err != nil {
		count.failures = append(count.failures, notPrinted(tree, tree.OffsetPos(0), err))
	}
	for _, e := range tree.Errors {
		res.failures = append(res.failures, syntaxFailure(tree, e))
	}
	res.failures = append(res.failures, count.failures...)
	for _, n := range tree.Notes {
		res.notes = append(res.notes, parseNote{tree.OffsetPos(n.Off).String(), withHint(n.Msg, n.Hint)})
	}
	res.notes = append(res.notes, count.notes...)
	return res
}

// stmtCounter takes in the statements of one file as they are parsed.
type stmtCounter struct {
	res      *fileResult
	check    *printer.Checker
	errs     int // errors that earlier statements have
	failures []parseFailure
	notes    []parseNote
}

func (c *stmtCounter) stmt(tree *ast.File, s ast.Stmt) {
	if c.check == nil {
		c.check = printer.NewChecker(tree)
	}
	errs := tree.Errors[c.errs:]
	c.errs = len(tree.Errors)
	between, inside := c.check.Between(s), c.check.Stmt(s)
	if between != nil {
		c.failures = append(c.failures, notPrinted(tree, tree.Pos(s), between))
	}
	switch s := s.(type) {
	case *ast.PlusCommand:
		c.res.commands++
		if fail, note := checkInclude(c.res.file, tree, s); fail != nil {
			c.failures = append(c.failures, *fail)
		} else if note.text != "" {
			c.notes = append(c.notes, note)
		}
	case *ast.EmptyStmt:
	default:
		c.res.statements++
		if !readWhole(tree, s, errs) {
			return
		}
		c.res.parsed++
		if inside == nil && between == nil {
			c.res.roundTrip++
			return
		}
	}
	if inside != nil {
		c.failures = append(c.failures, notPrinted(tree, tree.Pos(s), inside))
	}
}

func notPrinted(tree *ast.File, pos model.Pos, err error) parseFailure {
	return parseFailure{
		File: pos.File, Line: pos.Line, Col: pos.Col,
		Message: "does not print back as it was read: " + err.Error(), excerpt: lineAt(tree, pos.Offset),
	}
}

// readWhole reports whether a statement holds none of the errors.
func readWhole(tree *ast.File, s ast.Stmt, errs []*ast.Error) bool {
	if _, bad := s.(*ast.BadStmt); bad {
		return false
	}
	span := s.Range()
	if span.Empty() {
		return true
	}
	from, to := tree.Tokens[span.Lo].Off, tree.Tokens[span.Hi-1].End()
	for _, e := range errs {
		if e.Msg != "" && e.Off >= from && e.Off < to {
			return false
		}
	}
	return true
}
