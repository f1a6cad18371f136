package assess

import (
	"context"
	"path/filepath"
	"strings"

	"landfall/assess/phrase"
	"landfall/internal/workload"
)

// WorkloadOptions say what is known of the programs that use the source.
type WorkloadOptions struct {
	Files   []string // workload files and folders, each may have a kind and a colon in front
	Apps    []string // folders of application source
	Charset string   // of both; "" finds out
	Patch   bool     // propose changes of application source
}

func (o WorkloadOptions) given() bool { return len(o.Files)+len(o.Apps) > 0 }

// workloadReader gathers what sources tell.
type workloadReader struct {
	result  *Workload
	grouper *workload.Grouper
	missing []NotCovered
	words   phrase.Table
	schema  string // of statements that do not say theirs
	at      *WorkloadSource
	texts   map[string]*workload.Source // of the application at hand, by name
}

func (w *workloadReader) sink() workload.Sink {
	return workload.Sink{
		Statement: func(s workload.Statement) error {
			if s.Schema == "" {
				s.Schema = w.schema
			}
			w.at.Statements++
			w.at.Executions += s.Executions
			w.grouper.Add(s)
			return nil
		},
		Problem: w.problem,
	}
}

// problem enters what was not taken under not covered, and what was assumed as a note of the source.
func (w *workloadReader) problem(p workload.Problem) {
	kind := NotAssessed
	switch p.Kind {
	case workload.Assumed:
		note := p.Reason
		if p.Hint != "" {
			note += " (" + p.Hint + ")"
		}
		if p.Head != "" {
			note += ": " + p.Head
		}
		const maxNotes = 50
		if len(w.at.Notes) < maxNotes {
			w.at.Notes = append(w.at.Notes, w.words.Say("line %d: %s", p.Pos.Line, note))
		} else if len(w.at.Notes) == maxNotes {
			w.at.Notes = append(w.at.Notes, w.words.Say("further notes are left out"))
		}
		return
	case workload.Unreadable:
		kind = NotRead
	case workload.Malformed, workload.TooLong:
		kind = NotParsed
	}
	w.at.Problems++
	w.missing = append(w.missing, NotCovered{File: p.Pos.File, Line: p.Pos.Line, Kind: kind, Reason: p.Reason, Hint: p.Hint, Head: p.Head})
}

// readWorkload reads every workload file. An error means that a file or folder is not there or ctx has ended.
func (w *workloadReader) readWorkload(ctx context.Context, opt WorkloadOptions, progress func(done, total int)) error {
	var all []workload.File
	for _, spec := range opt.Files {
		found, passed, err := workload.Find(spec)
		if err != nil {
			return err
		}
		all = append(all, found...)
		if len(passed) > 0 {
			const named = 5
			names := strings.Join(passed[:min(named, len(passed))], ", ")
			if len(passed) > named {
				names += ", ..."
			}
			note := w.words.Say("%d files were not looked at, for neither name nor first lines tell what they are (a kind in front says it: table:PATH): %s", len(passed), names)
			w.result.Sources = append(w.result.Sources, WorkloadSource{Name: filepath.ToSlash(spec), Kind: "folder", Notes: []string{note}})
		}
	}
	for i, f := range all {
		progress(i, len(all))
		w.result.Sources = append(w.result.Sources, WorkloadSource{Name: f.Name, Kind: string(f.Kind)})
		w.at = &w.result.Sources[len(w.result.Sources)-1]
		kind, err := workload.ReadFile(ctx, f, workload.Options{Charset: opt.Charset}, w.sink())
		w.at.Kind = string(kind)
		if err != nil {
			return err
		}
	}
	progress(len(all), len(all))
	return nil
}
