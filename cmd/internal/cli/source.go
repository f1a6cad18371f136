package cli

import (
	"context"
	"strings"

	"landfall/internal/oracle/bundle"
	"landfall/internal/oracle/dict"
	"landfall/internal/oracle/scripts"
)

// source is what --source names: a folder of scripts or a bundle.
type source struct {
	kind string // files, bundle
	path string
}

// parseSource reads the flag --source of a command that takes scripts and bundles.
func parseSource(command, text string) (source, error) {
	kind, path, ok := strings.Cut(text, ":")
	switch {
	case text == "":
		return source{}, usageError("--source files:DIR or bundle:FILE", "%s needs --source", command)
	case !ok || kind != "files" && kind != "bundle":
		return source{}, usageError("--source files:DIR reads a folder of Oracle scripts, bundle:FILE what landfall collect made", "--source cannot be %q", text)
	case path == "":
		return source{}, usageError("name it: files:./ddl, bundle:./erp.zip", "--source %s names no folder or file", text)
	}
	return source{kind, path}, nil
}

// opened is a source that can be read.
type opened struct {
	src   source
	facts *dict.Facts // of a bundle, else nil
	pack  *bundle.Bundle
}

// open opens a bundle and reads its facts; of a folder there is nothing to open.
func (s source) open() (*opened, error) {
	o := &opened{src: s}
	if s.kind != "bundle" {
		return o, nil
	}
	var err error
	if o.pack, err = bundle.Open(s.path); err != nil {
		return nil, err
	}
	if o.facts, err = dict.Load(o.pack); err != nil {
		o.close()
		return nil, err
	}
	return o, nil
}

// load reads the scripts, or what a bundle stands for.
func (o *opened) load(ctx context.Context, opt scripts.Options) (*scripts.Estate, error) {
	if o.pack != nil {
		return dict.Estate(ctx, o.pack, opt)
	}
	return scripts.Load(ctx, o.src.path, opt)
}

// close gives the bundle's file back; it was only read, so there is nothing to lose.
func (o *opened) close() {
	if o.pack != nil {
		_ = o.pack.Close()
	}
}

// readBundle reads what a bundle stands for and its facts; nil for a folder of scripts, which the stage reads itself.
func (in assessInput) readBundle(ctx context.Context) (*scripts.Estate, *dict.Facts, error) {
	if !in.bundle {
		return nil, nil, nil
	}
	o, err := source{"bundle", in.dir}.open()
	if err != nil {
		return nil, nil, err
	}
	defer o.close()
	read := scripts.Options{CCFlags: in.ccflags, Jobs: in.jobs, DefaultSchema: in.schema}
	if in.progress != nil {
		read.Progress = func(done, total int, _ string) { in.progress("reading", done, total) }
	}
	estate, err := o.load(ctx, read)
	return estate, o.facts, err
}
