package bundle

import (
	"fmt"

	"landfall/internal/model"
)

// FormatVersion is the version of the bundle format that this program writes; it reads this and all earlier ones.
const FormatVersion = 1

const formatName = "landfall-bundle"

// Manifest is the head of a bundle: manifest.json.
type Manifest struct {
	Format  string `json:"format"`  // landfall-bundle
	Version int    `json:"version"` // of the format
	Tool    string `json:"tool,omitempty"`
	Origin  Origin `json:"origin"` // files, spool, oracle
	// Database is what the facts are about. For origin files it is empty but for Name, the name of the folder.
	Database Database `json:"database"`
	// CollectedAt is when, in the database's own time, 2026-11-29T13:45:00; for files the time of the newest file. A merged
	// bundle has the earliest, and the latest in CollectedUntil.
	CollectedAt    string   `json:"collected_at,omitempty"`
	CollectedUntil string   `json:"collected_until,omitempty"`
	Schemas        []string `json:"schemas,omitempty"` // that were asked for; none: all but Oracle's own
	Days           int      `json:"days,omitempty"`    // of history asked for
	Level          string   `json:"level,omitempty"`   // dba or all: the views that were read; mixed where it differs by extract
	Mask           *Mask    `json:"mask,omitempty"`
	// Extracts are those that are in the bundle, sorted by name; NotCollected all others of the registry.
	Extracts     []Entry        `json:"extracts"`
	NotCollected []NotCollected `json:"not_collected,omitempty"`
	Merged       []Part         `json:"merged,omitempty"` // what a merged bundle was made of
}

// Database identifies a database and what its texts are in.
type Database struct {
	Name         string `json:"name,omitempty"`
	UniqueName   string `json:"unique_name,omitempty"`
	DBID         string `json:"dbid,omitempty"`
	Version      string `json:"version,omitempty"` // 19.21.0.0.0
	Banner       string `json:"banner,omitempty"`
	Platform     string `json:"platform,omitempty"`
	Host         string `json:"host,omitempty"`
	Container    string `json:"container,omitempty"` // pluggable database, CDB$ROOT, or "" for a database without containers
	Charset      string `json:"charset,omitempty"`   // NLS_CHARACTERSET
	NCharset     string `json:"ncharset,omitempty"`
	SessionUser  string `json:"session_user,omitempty"`
	StartedAt    string `json:"started_at,omitempty"`
	DatabaseRole string `json:"database_role,omitempty"`
}

// Mask says what was masked. The key is not in the bundle; KeyID tells whether two bundles were masked with the same one.
type Mask struct {
	Literals    bool   `json:"literals"`
	Identifiers bool   `json:"identifiers,omitempty"`
	KeyID       string `json:"key_id"`
}

// Entry is one extract in the bundle.
type Entry struct {
	Name    string   `json:"name"`
	File    string   `json:"file"` // extracts/NAME.txt
	Rows    int64    `json:"rows"`
	Bytes   int64    `json:"bytes"` // uncompressed
	MD5     string   `json:"md5"`
	SHA256  string   `json:"sha256"`
	Columns []string `json:"columns"`
	Level   string   `json:"level,omitempty"` // dba or all, where it came from such a view
	// Incomplete says what is known to lack; "" for nothing. Damaged counts characters that the database could not read itself.
	Incomplete string `json:"incomplete,omitempty"`
	Damaged    int    `json:"damaged,omitempty"`
}

// NotCollected is an extract of the registry that is not in the bundle.
type NotCollected struct {
	Name   string `json:"name"`
	Reason Reason `json:"reason"`
	Detail string `json:"detail,omitempty"` // such as Oracle's error
}

// Reason is why an extract was not collected.
type Reason string

// Reasons.
const (
	ReasonOrigin    Reason = "not in this kind of source" // scripts do not tell it
	ReasonVersion   Reason = "not in this version"
	ReasonPrivilege Reason = "no privilege"
	ReasonPack      Reason = "pack not allowed"
	ReasonFailed    Reason = "failed"
	ReasonTime      Reason = "out of time"
	ReasonSkipped   Reason = "left out on request"
	ReasonNotRun    Reason = "not run"
)

// Part is one bundle that a merged one was made of.
type Part struct {
	SHA256      string   `json:"sha256"` // of its manifest
	CollectedAt string   `json:"collected_at,omitempty"`
	Schemas     []string `json:"schemas,omitempty"`
}

// Entry finds an extract; nil when it was not collected.
func (m *Manifest) Entry(name string) *Entry {
	for i := range m.Extracts {
		if m.Extracts[i].Name == name {
			return &m.Extracts[i]
		}
	}
	return nil
}

// Why says why an extract is not in the bundle.
func (m *Manifest) Why(name string) NotCollected {
	for _, n := range m.NotCollected {
		if n.Name == name {
			return n
		}
	}
	return NotCollected{Name: name, Reason: ReasonNotRun}
}

// Codes of what can be wrong with a bundle. docs/collect.md explains each.
const (
	CodeNotZip      = "BD0001" // no zip, or cut off
	CodeManifest    = "BD0002" // no manifest, or one that cannot be read
	CodeFormat      = "BD0003" // a version of the format that this program does not know
	CodeMissing     = "BD0004" // the manifest names a file that is not there
	CodeStranger    = "BD0005" // a file that the manifest does not name
	CodeSum         = "BD0006" // wrong MD5 or SHA-256
	CodeRows        = "BD0007" // wrong number of rows
	CodeExtract     = "BD0008" // an extract that the registry does not know
	CodeColumns     = "BD0009" // columns that the extract does not have, or fields that do not fit them
	CodeText        = "BD0010" // text that is not UTF-8, or a bad escape
	CodeTooLarge    = "BD0011" // larger than it says or than can be true
	CodePath        = "BD0012" // a file name that leads out of the bundle
	CodeValue       = "BD0013" // a number or time that is none
	CodeAbsent      = "BD0014" // an extract that was not collected is needed
	CodeSpool       = "BD0020" // a file of the spool folder that is no spool of ours
	CodeRecord      = "BD0021" // a broken line in a spool
	CodePiece       = "BD0022" // a text of which pieces are missing
	CodeMixed       = "BD0023" // spools of several runs or databases in one folder
	CodeOther       = "BD0030" // bundles of different databases
	CodeVersion     = "BD0031" // bundles of different versions of Oracle
	CodeMasked      = "BD0032" // bundles that were masked in different ways
	CodeConflict    = "BD0033" // bundles that contradict each other
	CodeLive        = "BD0040" // a live database that cannot be collected from
	CodeMaskKey     = "BD0050" // the file with the key of the mask
	CodeMaskParse   = "BD0051" // a statement that would not parse any more
	CodeNothing     = "BD0060" // nothing to collect
	CodeUnknownName = "BD0061" // an extract or schema that was named and does not exist
)

func fault(code, file, hint, format string, args ...any) error {
	return &model.Error{Code: code, Op: "bundle", Pos: model.Pos{File: file}, Err: fmt.Errorf(format, args...), Hint: hint}
}

func faultAt(code, file string, line int, hint, format string, args ...any) error {
	return &model.Error{Code: code, Op: "bundle", Pos: model.Pos{File: file, Line: line, Col: 1}, Err: fmt.Errorf(format, args...), Hint: hint}
}
