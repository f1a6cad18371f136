package cli

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"landfall/internal/model"
	"landfall/internal/oracle/bundle"
	"landfall/internal/oracle/bundle/mask"
)

// maskFile is what stays with the owner: the key, and what names became. It goes into no bundle.
type maskFile struct {
	Key   string            `json:"key"`
	Names map[string]string `json:"names,omitempty"`
}

// maskContent masks a bundle's content with the key of a file, which is made when it is missing.
func maskContent(c *bundle.Content, what, name string) (*bundle.Content, error) {
	file, err := readMaskFile(name)
	if err != nil {
		return nil, err
	}
	key, err := mask.ParseKey(file.Key)
	if err != nil {
		return nil, maskKeyError(name, err)
	}
	m, err := mask.New(key, what == "identifiers", file.Names)
	if err != nil {
		return nil, maskKeyError(name, err)
	}
	masked, err := m.Content(c)
	if err != nil {
		return nil, err
	}
	return masked, writeMaskFile(name, maskFile{file.Key, m.Names})
}

func maskKeyError(name string, err error) error {
	return &model.Error{Code: bundle.CodeMaskKey, Op: "read the key of the mask", Pos: model.Pos{File: filepath.ToSlash(name)}, Err: err, Hint: "name the file that an earlier --mask has written, or one that is not there yet"}
}

// readMaskFile reads a key; a file that is not there gives a new one.
func readMaskFile(name string) (maskFile, error) {
	text, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		key := make([]byte, mask.KeySize)
		if _, err := rand.Read(key); err != nil {
			return maskFile{}, err
		}
		return maskFile{Key: hex.EncodeToString(key)}, nil
	}
	var f maskFile
	if err == nil {
		err = json.Unmarshal(text, &f)
	}
	if err != nil {
		return f, maskKeyError(name, err)
	}
	return f, nil
}

// writeMaskFile writes what stays with the owner, readable by nobody else. It is written under another name and renamed: a
// half-written key would make every bundle masked with it a stranger.
func writeMaskFile(name string, f maskFile) error {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(f); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	temp := name + ".new"
	if err := os.WriteFile(temp, b.Bytes(), 0o600); err != nil {
		return &Error{Code: ExitFailed, Msg: "write " + name, Err: err, Hint: "without this file the mask could not be told again: nothing was written"}
	}
	return os.Rename(temp, name)
}
