package source

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"

	"landfall/internal/model"
)

// snapshot takes the SCN of the migration. What transactions were open then is asked between two SCNs: one that is open at the
// second was open when they were asked, or has begun behind the first.
func (r *reader) snapshot() error {
	before, err := r.scn()
	if err != nil {
		return err
	}
	r.f.OpenSCN = before
	oldest, err := r.one("SELECT TO_CHAR(MIN(start_scn)) FROM GV$TRANSACTION WHERE start_scn > 0")
	switch {
	case err != nil && ORA(err) == 0:
		return err
	case err != nil:
		r.f.OpenSCN, r.f.OpenUnknown = 0, err.Error()
	case oldest != "":
		n, err := strconv.ParseUint(oldest, 10, 64)
		if err != nil {
			return fmt.Errorf("V$TRANSACTION gives the SCN %q", oldest)
		}
		r.f.OpenSCN = min(before, model.SCN(n))
	}
	r.f.SCN, err = r.scn()
	return err
}

// scn is the current SCN, by the first way that the account may go. TIMESTAMP_TO_SCN is not among them: it is up to
// three seconds behind.
func (r *reader) scn() (model.SCN, error) {
	var first error
	for _, sql := range []string{
		"SELECT TO_CHAR(current_scn) FROM V$DATABASE",
		"SELECT TO_CHAR(DBMS_FLASHBACK.GET_SYSTEM_CHANGE_NUMBER) FROM DUAL",
	} {
		text, err := r.one(sql)
		if err != nil {
			if ORA(err) == 0 {
				return 0, err
			}
			first = cmp.Or(first, err)
			continue
		}
		n, err := strconv.ParseUint(text, 10, 63)
		if err != nil || n == 0 {
			return 0, fmt.Errorf("the database gives the SCN %q", text)
		}
		return model.SCN(n), nil
	}
	return 0, first
}

func (r *reader) identity() error {
	id := &r.f.Database
	if s, ok := r.s.(interface{ TextCharset() string }); ok {
		id.TextCharset = s.TextCharset()
	}
	err := r.each("SELECT TO_CHAR(dbid), name, db_unique_name, log_mode FROM V$DATABASE", nil, func(v []string) {
		id.DBID, id.Name, id.Unique, id.LogMode = v[0], v[1], v[2], v[3]
	})
	if err != nil && ORA(err) != 942 && ORA(err) != 1031 {
		return err
	}
	err = r.each("SELECT parameter, value FROM NLS_DATABASE_PARAMETERS WHERE parameter IN ('NLS_CHARACTERSET', 'NLS_NCHAR_CHARACTERSET', 'NLS_RDBMS_VERSION')", nil, func(v []string) {
		switch v[0] {
		case "NLS_CHARACTERSET":
			id.Charset = v[1]
		case "NLS_NCHAR_CHARACTERSET":
			id.NCharset = v[1]
		default:
			id.Version = v[1]
		}
	})
	if err != nil {
		return err
	}
	if id.TimeZone, err = r.one("SELECT DBTIMEZONE FROM DUAL"); err != nil {
		return err
	}
	con, err := r.one("SELECT SYS_CONTEXT('USERENV', 'CON_NAME') FROM DUAL")
	switch ORA(err) {
	case 0:
		if con != id.Name {
			id.Container = con
		}
	case 2003, 3001: // before 12.1 there are no containers, and no such parameter
		return nil
	}
	return err
}

// segments finds the data objects of tables and partitions. A partitioned table and one without rows yet have none themselves.
func (r *reader) segments() error {
	err := r.perSchema(`SELECT owner, object_name, subobject_name, object_type, TO_CHAR(data_object_id) FROM DBA_OBJECTS
 WHERE object_type IN ('TABLE', 'TABLE PARTITION', 'TABLE SUBPARTITION') AND owner IN (%s)`, func(v []string) {
		t := r.table(v)
		if t == nil || t.View || t.Partitioned && v[3] == "TABLE" {
			return
		}
		n, _ := strconv.ParseUint(v[4], 10, 32) // NULL: composite partitions
		if v[3] == "TABLE PARTITION" && n == 0 {
			return
		}
		t.Segments = append(t.Segments, Segment{Partition: v[2], Sub: v[3] == "TABLE SUBPARTITION", DataObjectID: uint32(n)})
	})
	for i := range r.f.Tables {
		slices.SortFunc(r.f.Tables[i].Segments, func(a, b Segment) int {
			return cmp.Or(cmp.Compare(a.DataObjectID, b.DataObjectID), cmp.Compare(a.Partition, b.Partition))
		})
	}
	return err
}

// extents needs the DBA_ view: USER_EXTENTS does not say in which file and block an extent lies.
func (r *reader) extents() error {
	if !r.f.Wide {
		return nil
	}
	type place struct {
		Name
		partition string
	}
	at := map[place]*Segment{}
	for i := range r.f.Tables {
		t := &r.f.Tables[i]
		for j := range t.Segments {
			at[place{Name{t.Owner, t.Name}, t.Segments[j].Partition}] = &t.Segments[j]
		}
	}
	var bad error
	err := r.perSchema(`SELECT owner, segment_name, partition_name, TO_CHAR(relative_fno), TO_CHAR(block_id), TO_CHAR(blocks) FROM DBA_EXTENTS
 WHERE segment_type IN ('TABLE', 'TABLE PARTITION', 'TABLE SUBPARTITION') AND owner IN (%s)`, func(v []string) {
		s := at[place{Name{v[0], v[1]}, v[2]}]
		if s == nil {
			return
		}
		file, err1 := strconv.ParseUint(v[3], 10, 32)
		block, err2 := strconv.ParseUint(v[4], 10, 32)
		blocks, err3 := strconv.ParseUint(v[5], 10, 32)
		if err := cmp.Or(err1, err2, err3); err != nil {
			bad = fmt.Errorf("extent of %s: %w", Name{v[0], v[1]}, err)
		}
		s.Extents = append(s.Extents, Extent{uint32(file), uint32(block), uint32(blocks)})
	})
	for _, s := range at {
		slices.SortFunc(s.Extents, func(a, b Extent) int { return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Block, b.Block)) })
	}
	return cmp.Or(err, bad)
}

// sequences reads them with the column whose identity they are.
func (r *reader) sequences() error {
	identity := map[Name]string{}
	err := r.perSchema("SELECT owner, table_name, column_name, sequence_name FROM DBA_TAB_IDENTITY_COLS WHERE owner IN (%s)", func(v []string) {
		identity[Name{v[0], v[3]}] = v[1] + "." + v[2]
	})
	if err != nil && !absent(err) { // it came with 12.1
		return err
	}
	return r.perSchema(`SELECT sequence_owner, sequence_name, TO_CHAR(increment_by), TO_CHAR(min_value), TO_CHAR(max_value), TO_CHAR(last_number), TO_CHAR(cache_size), cycle_flag
  FROM DBA_SEQUENCES WHERE sequence_owner IN (%s) ORDER BY sequence_owner, sequence_name`, func(v []string) {
		r.f.Sequences = append(r.f.Sequences, Sequence{
			Owner: v[0], Name: v[1], Increment: v[2], Min: v[3], Max: v[4], LastNum: v[5], Cache: integer(v[6]), Cycle: v[7] == "Y", Column: identity[Name{v[0], v[1]}],
		})
	})
}

// DataObject is the data object of a table or partition now; 0 when there is no such table any more.
func DataObject(ctx context.Context, s Session, owner, table, partition string, sub bool) (uint32, error) {
	sql, binds := "SELECT TO_CHAR(data_object_id) FROM ALL_OBJECTS WHERE owner = :1 AND object_name = :2 AND object_type = :3", []string{owner, table, "TABLE"}
	if partition != "" {
		sql += " AND subobject_name = :4"
		binds[2] = "TABLE PARTITION"
		if sub {
			binds[2] = "TABLE SUBPARTITION"
		}
		binds = append(binds, partition)
	}
	var found uint64
	var bad error
	err := texts(ctx, s, sql, binds, func(v []string) {
		if v[0] != "" {
			found, bad = strconv.ParseUint(v[0], 10, 32)
		}
	})
	return uint32(found), cmp.Or(err, bad)
}

// Extents are the extents of one table or partition now, in the order of their places.
func Extents(ctx context.Context, s Session, owner, table, partition string) ([]Extent, error) {
	r := &reader{ctx: ctx, s: s, f: &Facts{Wide: true, Tables: []Table{{Owner: owner, Name: table, Segments: []Segment{{Partition: partition}}}}}, own: []string{owner}, prefix: "DBA_"}
	err := r.extents()
	return r.f.Tables[0].Segments[0].Extents, err
}

// OneSequence is a sequence as it is now; without a LastNum there is none.
func OneSequence(ctx context.Context, s Session, owner, name string) (q Sequence, err error) {
	err = texts(ctx, s, `SELECT TO_CHAR(increment_by), TO_CHAR(min_value), TO_CHAR(max_value), TO_CHAR(last_number) FROM ALL_SEQUENCES
 WHERE sequence_owner = :1 AND sequence_name = :2`, []string{owner, name}, func(v []string) {
		q = Sequence{Owner: owner, Name: name, Increment: v[0], Min: v[1], Max: v[2], LastNum: v[3]}
	})
	return q, err
}
