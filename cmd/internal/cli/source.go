package cli

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"landfall/internal/oracle/bundle"
	"landfall/internal/oracle/dict"
	"landfall/internal/oracle/scripts"
	"landfall/internal/parallel"
)

// source is what --source names: a folder of scripts or a bundle.
type source struct {
	kind string // files, bundle, oracle
	path string // of an oracle source the whole URL
}

// parseSource reads the flag --source of a command that takes scripts and bundles.
func parseSource(command, text string) (source, error) {
	kind, path, ok := strings.Cut(text, ":")
	switch {
	case text == "":
		return source{}, usageError("--source files:DIR, bundle:FILE or oracle://user@host:1521/service", "%s needs --source", command)
	case kind == "oracle":
		return source{"oracle", text}, nil
	case !ok || kind != "files" && kind != "bundle":
		return source{}, usageError("--source files:DIR reads a folder of Oracle scripts, bundle:FILE what landfall collect made, oracle://user@host:1521/service a live database", "--source cannot be %q", redactURL(text))
	case path == "":
		return source{}, usageError("name it: files:./ddl, bundle:./erp.zip", "--source %s names no folder or file", text)
	case kind == "files" && strings.EqualFold(filepath.Ext(path), ".zip") && !isFolder(path):
		return source{}, usageError("--source bundle:"+path+" reads a bundle; unpack a zip of scripts", "--source files: reads scripts, and %s is a zip", path)
	}
	return source{kind, path}, nil
}

func isFolder(path string) bool {
	st, err := os.Stat(path)
	return err == nil && st.IsDir()
}

// opened is a source that can be read.
type opened struct {
	src   source
	facts *dict.Facts // of a bundle, else nil
	pack  *bundle.Bundle
}

// open opens a bundle, holds all of it against its sums, and reads its facts; of a folder there is nothing to open.
func (s source) open(ctx context.Context, jobs int) (*opened, error) {
	o := &opened{src: s}
	if s.kind != "bundle" {
		return o, nil
	}
	var err error
	if o.pack, err = bundle.Open(s.path); err != nil {
		return nil, err
	}
	if err = sound(ctx, o.pack, jobs); err == nil {
		o.facts, err = dict.Load(o.pack)
	}
	if err != nil {
		o.close()
		return nil, err
	}
	return o, nil
}

// sound gives the first fault of a bundle's extracts.
func sound(ctx context.Context, b *bundle.Bundle, jobs int) error {
	list := b.Manifest.Extracts
	faults := make([]error, len(list))
	err := parallel.Each(ctx, len(list), jobs, nil, func(i int) { faults[i] = b.Sound(&list[i]) })
	for _, f := range faults {
		if f != nil {
			return f
		}
	}
	return err
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

// sentSQL are the extracts that hold what programs sent.
var sentSQL = []string{"sql", "awr_sql", "statspack_sql", "audit_unified", "audit_standard", "workload"}

// holdsSQL reports whether the bundle has statements that programs sent.
func (o *opened) holdsSQL() bool {
	return o.pack != nil && slices.ContainsFunc(sentSQL, func(name string) bool {
		e := o.pack.Manifest.Entry(name)
		return e != nil && e.Rows > 0
	})
}

// readBundle reads what a bundle stands for and its facts; nil for a folder of scripts, which the stage reads itself. The
// statements that programs sent, where the bundle holds some, are added to the workload.
func (in *assessInput) readBundle(ctx context.Context) (*scripts.Estate, *dict.Facts, error) {
	if !in.bundle {
		return nil, nil, nil
	}
	o, err := source{"bundle", in.dir}.open(ctx, in.jobs)
	if err != nil {
		return nil, nil, err
	}
	defer o.close()
	read := scripts.Options{CCFlags: in.ccflags, Jobs: in.jobs, DefaultSchema: in.schema, MaxTrees: scripts.DefaultMaxTrees}
	if in.progress != nil {
		read.Progress = func(done, total int, _ string) { in.progress("reading", done, total) }
	}
	if same := func(f string) bool { return filepath.Clean(strings.TrimPrefix(f, "bundle:")) == filepath.Clean(in.dir) }; o.holdsSQL() && !slices.ContainsFunc(in.sent.Files, same) {
		in.sent.Files = append([]string{"bundle:" + in.dir}, in.sent.Files...)
	}
	estate, err := o.load(ctx, read)
	return estate, o.facts, err
}
