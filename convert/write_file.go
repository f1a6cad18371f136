package convert

import (
	"bufio"
	"io"
	"os"
	"path/filepath"
)

// writeFile makes a file, and its folder, so that it is there completely or not at all: it is written under another name
// beside its place and renamed.
func writeFile(name string, data []byte) error {
	return writeWith(name, func(w io.Writer) error { _, err := w.Write(data); return err })
}

// writeStream is writeFile for what is written piece by piece.
func writeStream(name string, write func(io.Writer) error) error {
	return writeWith(name, func(f io.Writer) error {
		w := bufio.NewWriterSize(f, 1<<18)
		if err := write(w); err != nil {
			return err
		}
		return w.Flush()
	})
}

func writeWith(name string, write func(io.Writer) error) error {
	f, err := create(name)
	if err != nil {
		return err
	}
	err = write(f)
	if e := f.Close(); err == nil {
		err = e
	}
	if err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		_ = os.Remove(f.Name())
	}
	return err
}

// create opens the file that is renamed to name later; what a broken run has left of it is overwritten. The folder is
// made when it turns out to be missing: an estate has far more files than folders.
func create(name string) (*os.File, error) {
	dir, base := filepath.Split(name)
	const how = os.O_WRONLY | os.O_CREATE | os.O_TRUNC
	f, err := os.OpenFile(dir+".new-"+base, how, 0o644)
	if os.IsNotExist(err) {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return nil, err
		}
		f, err = os.OpenFile(dir+".new-"+base, how, 0o644)
	}
	return f, err
}
