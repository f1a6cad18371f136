package fleet

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"syscall"

	"landfall/internal/model"
)

// Files of a fleet's folder.
const (
	JournalFile = "fleet.journal.jsonl"
	DigestFile  = "digest.json" // in the folder of each database
	ResultFile  = "fleet.json"
)

// entry is one line of the journal: a database that is finished, whose files are all on disk.
type entry struct {
	Name   string `json:"name"`
	Input  string `json:"input"`  // hash of what was assessed and how
	Digest string `json:"digest"` // SHA-256 of its digest.json
}

// journal is the list of what is finished. It is appended to and synced after the files of a database are.
type journal struct {
	dir  string
	file *os.File
	done map[string]entry // the last line of each name
	cut  bool             // the last line was cut off by a kill, and left out
}

// openJournal reads what an earlier run wrote. A last line without its end is what a kill leaves behind; any other line
// that is no entry means that somebody wrote into the file.
func openJournal(dir string) (*journal, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	name := filepath.Join(dir, JournalFile)
	file, err := os.OpenFile(name, os.O_CREATE|os.O_RDWR, 0o644)
	if err != nil {
		return nil, err
	}
	j, err := readJournal(dir, file)
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return j, nil
}

// ErrLocked says that another run writes into the folder.
var ErrLocked = errors.New("another run writes into this folder")

// readJournal locks the file, which the system unlocks when the process ends, however it does, and reads it.
func readJournal(dir string, file *os.File) (*journal, error) {
	name := file.Name()
	if err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		if errors.Is(err, syscall.EWOULDBLOCK) {
			return nil, &model.Error{Code: "FL0002", Op: "lock journal", Pos: model.Pos{File: name}, Err: ErrLocked, Hint: "wait for it to end, or name another folder with --out"}
		}
		return nil, fmt.Errorf("lock %s: %w", name, err)
	}
	data, err := io.ReadAll(file)
	if err != nil {
		return nil, err
	}
	j := &journal{dir: dir, file: file, done: map[string]entry{}}
	whole := bytes.LastIndexByte(data, '\n') + 1
	j.cut = whole < len(data)
	lines := bufio.NewScanner(bytes.NewReader(data[:whole]))
	for n := 1; lines.Scan(); n++ {
		var e entry
		dec := json.NewDecoder(bytes.NewReader(lines.Bytes()))
		dec.DisallowUnknownFields()
		if err := dec.Decode(&e); err != nil || e.Name == "" || e.Input == "" {
			return nil, &model.Error{
				Code: "FL0001", Op: "read journal", Pos: model.Pos{File: name, Line: n, Col: 1}, Err: fmt.Errorf("not a line of the journal: %w", errors.Join(err)),
				Hint: "remove the file; everything is assessed again then",
			}
		}
		j.done[e.Name] = e
	}
	if err := lines.Err(); err != nil {
		return nil, err
	}
	if err := file.Truncate(int64(whole)); err != nil {
		return nil, err
	}
	if _, err := file.Seek(int64(whole), io.SeekStart); err != nil {
		return nil, err
	}
	return j, nil
}

// finished gives the digest of a database that an earlier run finished with the same input; nil when it has to be assessed.
func (j *journal) finished(name, input string) *Digest {
	e, ok := j.done[name]
	if !ok || e.Input != input {
		return nil
	}
	data, err := os.ReadFile(filepath.Join(j.dir, name, DigestFile))
	if err != nil || sumOf(data) != e.Digest {
		return nil // taken away or changed: made again
	}
	d, err := readDigest(data)
	if err != nil || d.Version != DigestVersion || d.Name != name {
		return nil
	}
	return d
}

// finish writes the digest and then the line; both are on disk when it returns. It gives the digest as it is read back, so
// that a run that goes on has the same as one that was never stopped. One call at a time.
func (j *journal) finish(d *Digest) (*Digest, error) {
	data, err := json.MarshalIndent(d, "", " ")
	if err != nil {
		return nil, err
	}
	data = append(data, '\n')
	name := filepath.Join(j.dir, d.Name, DigestFile)
	if err := writeSynced(name, data); err != nil {
		return nil, err
	}
	line, err := json.Marshal(entry{d.Name, d.Input, sumOf(data)})
	if err != nil {
		return nil, err
	}
	if _, err := j.file.Write(append(line, '\n')); err != nil {
		return nil, err
	}
	if err := j.file.Sync(); err != nil {
		return nil, err
	}
	return readDigest(data)
}

func (j *journal) close() error { return j.file.Close() }

func sumOf(data []byte) string {
	s := sha256.Sum256(data)
	return hex.EncodeToString(s[:])
}

func readDigest(data []byte) (*Digest, error) {
	d := &Digest{}
	return d, json.Unmarshal(data, d)
}

// writeSynced writes a file that appears under its name only when it is whole and on disk.
func writeSynced(name string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(name), ".new-*")
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	err = errors.Join(err, f.Sync(), f.Chmod(0o644), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return nil
}
