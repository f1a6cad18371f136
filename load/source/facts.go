package source

import (
	"landfall/internal/model"
)

// Facts are what the dictionary says about a database at the time of planning.
type Facts struct {
	Database Identity
	// SCN is the snapshot: it was taken before anything else was read, so that every block with a row of that time is in
	// the extents that came afterwards.
	SCN model.SCN
	// OpenSCN is where the oldest transaction began that had not ended at SCN: a capture of changes has to start there to
	// see all of it. 0 when none was open; OpenUnknown says why it is not known.
	OpenSCN     model.SCN
	OpenUnknown string
	// Wide is true when the DBA_ views could be read. Without them there are no extents.
	Wide      bool
	Tables    []Table // by owner and name
	Sequences []Sequence
	// Types are the object types and collections that columns are of, with what these are made of.
	Types map[Name]*ObjectType
}

// Identity tells databases apart.
type Identity struct {
	DBID      string `json:"dbid,omitempty"`
	Name      string `json:"name,omitempty"`
	Unique    string `json:"unique_name,omitempty"`
	Container string `json:"container,omitempty"` // PDB
	Version   string `json:"version"`
	Charset   string `json:"charset"`
	NCharset  string `json:"ncharset"`
	// TextCharset is the set that text is read by instead of Charset, which it is not written in.
	TextCharset string `json:"text_charset,omitempty"`

	LogMode  string `json:"log_mode,omitempty"`  // ARCHIVELOG or NOARCHIVELOG
	TimeZone string `json:"time_zone,omitempty"` // DBTIMEZONE: that of TIMESTAMP WITH LOCAL TIME ZONE
}

// Key is one string for what an identity says.
func (i Identity) Key() string {
	if i.DBID == "" && i.Unique == "" {
		return "unknown"
	}
	s := i.DBID + "/" + i.Unique
	if i.Container != "" {
		s += "/" + i.Container
	}
	return s
}

// Table is one table as DBA_TABLES has it.
type Table struct {
	Owner, Name string
	IOT         string // IOT, IOT_OVERFLOW, IOT_MAPPING
	Temporary   bool
	Nested      bool
	External    bool
	Partitioned bool
	Cluster     string
	MView       bool // holds the rows of a materialized view
	View        bool // a view
	Asked       bool // the settings name it
	Object      bool // an object table
	NumRows     int64
	Blocks      int64
	AvgRowLen   int64
	Columns     []TableColumn
	Key         []string // columns of the primary key, or of a unique key without NULL
	Segments    []Segment
}

// TableColumn is one column as DBA_TAB_COLS has it.
type TableColumn struct {
	Name      string
	Type      model.TypeRef
	Nullable  bool
	Virtual   bool
	Hidden    bool // not selected by *
	Generated bool // by Oracle: part of an object column, of a function-based index
}

// Segment is one data object of a table: the table itself or one partition.
type Segment struct {
	Partition    string // name of a partition or subpartition; "" for the whole table
	Sub          bool   // it is a subpartition
	DataObjectID uint32 // 0: no segment has been made yet, so there are no rows
	Extents      []Extent
}

// Extent is a run of blocks.
type Extent struct {
	File   uint32 // relative file number
	Block  uint32 // first block
	Blocks uint32
}

// Sequence is one sequence.
type Sequence struct {
	Owner, Name                  string
	Increment, Min, Max, LastNum string // decimal
	Cache                        int64
	Cycle                        bool
	Column                       string // TABLE.COLUMN of an identity column whose sequence it is; ""
}
