package cli

import (
	"runtime"
	"strconv"
	"strings"

	"github.com/spf13/pflag"

	"landfall/internal/oracle/files"
)

// readOptions are the flags of all commands that read source files.
type readOptions struct {
	ext     []string
	jobs    int
	maxFile string
	charset string
	damage  string // what to do about bytes that cannot be decoded
	ccflags string
}

func (o *readOptions) bind(fl *pflag.FlagSet) {
	fl.StringSliceVar(&o.ext, "ext", nil, "further file endings to take in folders, comma-separated")
	fl.IntVarP(&o.jobs, "jobs", "j", runtime.NumCPU(), "files read at a time")
	fl.StringVar(&o.maxFile, "max-file", "256M", "largest file to read (K, M, G)")
	fl.StringVar(&o.charset, "charset", "", "character set of the files, IANA or Oracle name (default: found out)")
	fl.StringVar(&o.damage, "charset-errors", "replace", "bytes that cannot be decoded: replace reads U+FFFD and reports them, fail leaves the file out")
	fl.StringVar(&o.ccflags, "ccflags", "", "PLSQL_CCFLAGS for conditional compilation, such as debug:true,level:3")
}

func (o *readOptions) files() (files.Options, error) {
	limit, err := parseSize(o.maxFile)
	switch {
	case err != nil:
		return files.Options{}, err
	case o.jobs < 1:
		return files.Options{}, usageError("1 reads one file at a time", "--jobs must be at least 1, got %d", o.jobs)
	case o.charset != "" && !files.KnownCharset(o.charset):
		return files.Options{}, usageError("Oracle's names (ZHS16GBK, WE8MSWIN1252) and IANA's (GB18030, windows-1252) are known", "unknown character set %q", o.charset)
	case o.damage != "replace" && o.damage != "fail":
		return files.Options{}, usageError("replace or fail", "--charset-errors cannot be %q", o.damage)
	}
	return files.Options{Ext: o.ext, MaxFile: limit, Charset: o.charset, RefuseDamage: o.damage == "fail"}, nil
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

// parseCCFlags reads what Oracle's PLSQL_CCFLAGS parameter holds: name:value, name:value ... Values are TRUE,
// FALSE, NULL, a whole number or, as Oracle's own tools write them, text.
func parseCCFlags(s string) (map[string]string, error) {
	flags := map[string]string{}
	for _, item := range strings.Split(s, ",") {
		if item = strings.TrimSpace(item); item == "" {
			continue
		}
		name, value, ok := strings.Cut(item, ":")
		name, value = strings.TrimSpace(name), strings.TrimSpace(value)
		if !ok || name == "" || value == "" {
			return nil, usageError("write it as Oracle's PLSQL_CCFLAGS: debug:true,level:3", "--ccflags cannot hold %q", item)
		}
		if _, twice := flags[strings.ToLower(name)]; twice {
			return nil, usageError("", "--ccflags names %s twice", name)
		}
		flags[strings.ToLower(name)] = value
	}
	return flags, nil
}
