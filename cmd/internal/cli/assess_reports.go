package cli

import (
	"context"
	stdio "io"
	"path/filepath"
	"slices"
	"strings"

	"landfall/assess"
	"landfall/internal/parallel"
)

// defaultFormats are what assess writes when it is not told.
var defaultFormats = []string{"xlsx", "html", "json"}

// formatsOf lists the formats of reports, each once: one format may be of several files.
func formatsOf(reports []reportFile) []string {
	var list []string
	for _, r := range reports {
		if !slices.Contains(list, r.format) {
			list = append(list, r.format)
		}
	}
	return list
}

// chooseReports picks the files of the formats that --format names, in the order of the table.
func chooseReports(reports []reportFile, formats []string) ([]reportFile, error) {
	known := formatsOf(reports)
	for _, f := range formats {
		if f != "all" && !slices.Contains(known, f) {
			return nil, usageError("choose from "+strings.Join(known, ", ")+", or all", "unknown format %q", f)
		}
	}
	if len(formats) == 0 {
		return nil, usageError("choose from "+strings.Join(known, ", ")+", or all", "--format names no report")
	}
	if slices.Contains(formats, "all") {
		return reports, nil
	}
	var list []reportFile
	for _, r := range reports {
		if slices.Contains(formats, r.format) {
			list = append(list, r)
		}
	}
	return list, nil
}

// writeReports writes all, several at a time, or says which one failed; each appears under its name only when it is whole.
func writeReports(ctx context.Context, opt assessOptions, reports []reportFile, result *assess.Result, progress func(phase string, done, total int)) ([]string, error) {
	o := reportOptions{lang: opt.lang, sourcePath: sourcePath(opt.source)}
	paths, errs := make([]string, len(reports)), make([]error, len(reports))
	progress(phaseWriting, 0, len(reports))
	err := parallel.Each(ctx, len(reports), opt.read.jobs, func(done, total int) { progress(phaseWriting, done, total) }, func(i int) {
		name := filepath.Join(opt.out, reports[i].name)
		paths[i] = filepath.ToSlash(name)
		errs[i] = writeWhole(name, func(w stdio.Writer) error { return reports[i].write(w, result, o) })
	})
	if err != nil {
		return nil, err
	}
	for i, err := range errs {
		if err != nil {
			return nil, &Error{Code: ExitFailed, Msg: "write " + paths[i], Err: err, Hint: "check that " + opt.out + " can be written to and has room"}
		}
	}
	return paths, nil
}

// sourcePath is the folder of files:DIR as a build that runs in the root of a checkout names it. A folder elsewhere, or a
// source that is no folder, has no such name.
func sourcePath(source string) string {
	kind, dir, _ := strings.Cut(source, ":")
	if kind != "files" || !filepath.IsLocal(dir) {
		return ""
	}
	if strings.EqualFold(filepath.Ext(dir), ".sql") { // one script: its name is relative to its folder
		dir = filepath.Dir(dir)
	}
	return filepath.ToSlash(filepath.Clean(dir))
}
