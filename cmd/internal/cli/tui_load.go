package cli

import (
	"context"
	"errors"
	"fmt"
	stdio "io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"landfall/assess"
	"landfall/cmd/internal/tui"
	"landfall/reports"
)

const (
	reportName = "report.json"
	textsName  = "texts.jsonl"
)

// reportChoice reads a report and the texts beside it.
func reportChoice(name string) tui.Choice {
	note := name
	if info, err := os.Stat(name); err == nil {
		note = fmt.Sprintf("%s, %.1f MB", name, float64(info.Size())/1e6)
	}
	return tui.Choice{Title: "open the report", Note: note, Load: func(ctx context.Context, progress func(string, int, int)) (tui.Data, error) {
		var d tui.Data
		err := readCounted(ctx, name, "report", progress, func(in stdio.Reader) (err error) {
			d.Result, err = reports.ReadJSON(in, name)
			return err
		})
		if err != nil {
			return d, err
		}
		if d.Result.TextsFile == "" {
			d.NoSides = "The report has no texts: landfall assess --texts writes them beside it. What the findings quote is shown."
			return d, nil
		}
		texts := filepath.Join(filepath.Dir(name), filepath.Base(d.Result.TextsFile))
		err = readCounted(ctx, texts, "texts", progress, func(in stdio.Reader) (err error) {
			d.Sides, err = reports.ReadTexts(in, texts)
			return err
		})
		if errors.Is(err, fs.ErrNotExist) {
			d.NoSides, err = fmt.Sprintf("The report names %s, which is not beside it. What the findings quote is shown.", d.Result.TextsFile), nil
		}
		return d, err
	}}
}

// readCounted reads a file, and says how many kilobytes of it have been read.
func readCounted(ctx context.Context, name, what string, progress func(string, int, int), read func(stdio.Reader) error) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	return read(&counted{ctx: ctx, in: f, say: func(done int64) { progress(what, int(done>>10), int(info.Size()>>10)) }})
}

// counted is a reader that counts, and that ends with its context.
type counted struct {
	ctx  context.Context //nolint:containedctx // of the one read that it serves
	in   stdio.Reader
	say  func(done int64)
	done int64
	said int64
}

func (c *counted) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := c.in.Read(p)
	c.done += int64(n)
	if c.done-c.said > 1<<20 || err != nil {
		c.said = c.done
		c.say(c.done)
	}
	return n, err
}

// assessChoice assesses a source and keeps its texts.
func assessChoice(opt tuiOptions, stage assessor, io *IOStreams) (tui.Choice, error) {
	in, err := assessOptions{source: opt.source, out: "-", lang: "en", schema: opt.schema, read: opt.read}.input()
	if err != nil {
		return tui.Choice{}, err
	}
	if in.target, err = opt.profile(io, true); err != nil {
		return tui.Choice{}, err
	}
	in.policy, in.sides = opt.policy, true
	return tui.Choice{Title: "assess the scripts", Note: opt.source, Load: func(ctx context.Context, progress func(string, int, int)) (tui.Data, error) {
		quiet := *io
		quiet.Err = stdio.Discard // the screen is ours; what it would say stands in the evidence
		p, err := newProver(ctx, opt.prove, in.target, &quiet, true)
		if err != nil {
			return tui.Data{}, err
		}
		if p != nil {
			defer p.stop()
			in.prove = p.climb
		}
		in.progress = progress
		r, err := stage.run(ctx, in)
		if err != nil {
			return tui.Data{}, err
		}
		return tui.Data{Result: r, Sides: r.Sides}, nil
	}}, nil
}

// lookAround lists what can be opened from here: reports near by, and the scripts of this folder.
func lookAround(opt tuiOptions, stage assessor, io *IOStreams) (choices []tui.Choice, here string) {
	for _, name := range reportsBelow(".", 3) {
		choices = append(choices, reportChoice(name))
	}
	for _, dir := range scriptFolders(".") {
		opt.source = "files:" + dir
		if c, err := assessChoice(opt, stage, io); err == nil {
			choices = append(choices, c)
		} else {
			here = err.Error() + "\n"
		}
	}
	if len(choices) == 0 {
		return nil, here + "There is neither a report nor a script of Oracle's here.\n\nlandfall assess --source files:DIR --out OUT --texts\n    writes a report, and landfall tui OUT opens it\nlandfall tui --source files:DIR\n    assesses and shows at once\nlandfall help\n    lists the other commands"
	}
	return choices, here + "What shall be opened? landfall help lists the other commands."
}

// reportsBelow finds reports of ours, at most so many folders down; those in the places that a project keeps them first.
func reportsBelow(dir string, depth int) []string {
	var found []string
	look := func(dir string) {
		name := filepath.Join(dir, reportName)
		f, err := os.Open(name)
		if err != nil {
			return
		}
		defer f.Close()
		head := make([]byte, 200)
		n, _ := stdio.ReadFull(f, head) // a file too short is no report
		if strings.Contains(string(head[:n]), `"format_version"`) && strings.Contains(string(head[:n]), `"landfall"`) {
			found = append(found, name)
		}
	}
	level := []string{dir}
	for range depth {
		var next []string
		for _, d := range level {
			look(d)
			next = append(next, foldersIn(d)...)
		}
		level = next
	}
	return found
}

// mostFolders is how many folders of one folder are looked at: the start screen must come at once.
const mostFolders = 200

func foldersIn(dir string) []string {
	list, err := os.ReadDir(dir)
	if err != nil {
		return nil // what cannot be looked into has nothing to offer
	}
	var dirs []string
	for _, e := range list {
		if e.IsDir() && !strings.HasPrefix(e.Name(), ".") && len(dirs) < mostFolders {
			dirs = append(dirs, filepath.Join(dir, e.Name()))
		}
	}
	return dirs
}

// scriptFolders are this folder and those in it that hold scripts themselves or in a folder of theirs.
func scriptFolders(dir string) []string {
	var out []string
	if holdsScripts(dir) {
		out = append(out, dir)
	}
	for _, d := range foldersIn(dir) {
		if holdsScripts(d) || slices.ContainsFunc(foldersIn(d), holdsScripts) {
			out = append(out, d)
		}
	}
	return out
}

func holdsScripts(dir string) bool {
	list, err := os.ReadDir(dir)
	return err == nil && slices.ContainsFunc(list, func(e fs.DirEntry) bool { return !e.IsDir() && strings.EqualFold(filepath.Ext(e.Name()), ".sql") })
}

// writeTexts writes the sides beside the reports, and has the report name them.
func writeTexts(dir string, r *assess.Result) (string, error) {
	name := filepath.Join(dir, textsName)
	if err := writeWhole(name, func(w stdio.Writer) error { return reports.WriteTexts(w, r.Sides) }); err != nil {
		return "", &Error{Code: ExitFailed, Msg: "write " + name, Err: err, Hint: "check that " + dir + " can be written to and has room"}
	}
	r.TextsFile = textsName
	return filepath.ToSlash(name), nil
}
