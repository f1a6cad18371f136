package engine

// TableRows is a table and how many rows are in it.
type TableRows struct {
	Owner, Name string
	Rows        int64
}

// TableRows are the tables of all accounts but the system's, in the order of their names. Rows of temporary tables belong
// to sessions: those tables have 0.
func (db *Database) TableRows() []TableRows {
	s := &Session{db: db}
	var list []TableRows
	for _, o := range db.tables() {
		if o.system {
			continue
		}
		r := TableRows{Owner: o.owner, Name: o.name}
		if o.table.temporary == "" {
			for _, seg := range o.table.segments(s) {
				if seg != nil {
					r.Rows += seg.Rows()
				}
			}
		}
		list = append(list, r)
	}
	return list
}
