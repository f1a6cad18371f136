package checks

import (
	"cmp"
	"slices"

	"landfall/internal/model"
	"landfall/internal/oracle/dict"
)

var lobSizes = &Check{
	Code: "DC0301", Name: "lob-sizes", Scope: ScopeTable, Needs: []string{"lobs", "segments"},
	Facts: func(in *Input) Outcome {
		o := Outcome{Of: max(1, len(in.Facts.LOBs))}
		var sum float64
		large, unbounded := false, 0
		for _, l := range in.Facts.LOBs {
			if ownedByOracle(l.Table.Owner) || !l.Bytes.Known {
				continue
			}
			sum += l.Bytes.Value
			t := in.Facts.Tables[l.Table]
			each := say("")
			if t != nil && t.Rows.Known && t.Rows.Value > 0 {
				each = say(", %s a row on average", bytesText(l.Bytes.Value/t.Rows.Value))
			}
			// No value is longer than its segment, unless the segment holds it compressed or shared.
			packed := l.Compression != "" && l.Compression != "NO" && l.Compression != "NONE" || l.Deduplication != "" && l.Deduplication != "NO" && l.Deduplication != "NONE"
			if l.Bytes.Value >= maxValue || packed && l.Bytes.Value > 0 {
				unbounded++
				o.sql("SELECT MAX(DBMS_LOB.GETLENGTH(%s)) FROM %s;", model.CatalogName("", l.Column), model.CatalogName(l.Table.Owner, l.Table.Name))
			}
			if l.Bytes.Value >= in.Limits.LargeLOBBytes {
				large = true
				o.item(tableID(l.Table), "column %s: %s%s", l.Column, bytesText(l.Bytes.Value), each)
			}
		}
		o.fact("LOBs in all", "%s", bytesText(sum))
		switch {
		case large:
			o.Verdict, o.Message = Warning, say("%d LOB columns hold more than %s each", len(o.Items), bytesText(in.Limits.LargeLOBBytes))
		case len(in.Facts.LOBs) > 0:
			o.Verdict, o.Message = Informational, say("%d LOB columns hold %s; no segment is large enough for a value of 1 GB, which is the limit of the target", len(in.Facts.LOBs), bytesText(sum))
			if unbounded > 0 {
				o.Message = say("%d LOB columns hold %s; a single value must stay below 1 GB, which the segments of %d columns are large enough to break: the script asks for the longest", len(in.Facts.LOBs), bytesText(sum), unbounded)
			}
		default:
			o.Verdict, o.Message = Pass, say("no LOB column")
		}
		return o
	},
}

// Limits of PostgreSQL's storage: a row without what is moved out of line has to fit a page of 8 kB; a value that is
// moved out leaves a pointer of 18 bytes (TOAST, chapter 73.2 of the manual).
const (
	pageRow      = 8160
	toastPointer = 18
	maxColumns   = 1600
	maxValue     = 1 << 30 // bytes of one value
	maxIndexKey  = 2704    // a third of a page: the most that a B-tree entry may take
)

// fixedWidth is how much a column takes in a row at most when all that can be moved out is; Oracle's type in, bytes out.
func fixedWidth(typ string, length int) int {
	switch typ {
	case "DATE", "BINARY_DOUBLE", "TIMESTAMP", "TIMESTAMP WITH TIME ZONE", "TIMESTAMP WITH LOCAL TIME ZONE":
		return 8
	case "BINARY_FLOAT":
		return 4
	case "INTERVAL DAY TO SECOND", "INTERVAL YEAR TO MONTH":
		return 16
	case "NUMBER", "FLOAT", "INTEGER":
		return 18 // numeric is moved out only when it is longer, which 38 digits are not
	}
	if length > 0 && length < toastPointer {
		return length + 1
	}
	return toastPointer
}

func rowBytes(columns int, sum int) int { return 24 + (columns+7)/8 + sum }

var rowLength = &Check{
	Code: "DC0302", Name: "row-length", Scope: ScopeTable, Needs: []string{"columns", "tables"},
	Facts: func(in *Input) Outcome {
		type width struct{ columns, sum int }
		widths := map[dict.Key]width{}
		for _, c := range in.Facts.Columns {
			if !c.Hidden && !c.Virtual {
				w := widths[c.Table]
				widths[c.Table] = width{w.columns + 1, w.sum + fixedWidth(c.Type, c.Length)}
			}
		}
		o := Outcome{}
		for _, t := range in.dataTables() {
			o.Of++
			w := widths[t.Key]
			if n := rowBytes(w.columns, w.sum); n > pageRow {
				o.item(tableID(t.Key), "a full row of %d columns takes %d bytes even when all long values are moved out; a page takes %d", w.columns, n, pageRow)
			}
		}
		return rowsFit(o)
	},
	Scripts: func(in *Input) Outcome {
		o := Outcome{}
		for _, t := range in.created(model.KindTable) {
			if t.Table == nil || len(t.Table.Columns) == 0 {
				continue
			}
			o.Of++
			sum := 0
			for _, c := range t.Table.Columns {
				length := 0
				if c.Type.Precision != nil {
					length = *c.Type.Precision
				}
				sum += fixedWidth(c.Type.Name, length)
			}
			if n := rowBytes(len(t.Table.Columns), sum); n > pageRow {
				o.item(t.ID(), "a full row of %d columns takes %d bytes even when all long values are moved out; a page takes %d", len(t.Table.Columns), n, pageRow)
			}
		}
		return rowsFit(o)
	},
}

func rowsFit(o Outcome) Outcome {
	return o.some(Warning, say("rows of %d tables can be too long for a page", len(o.Items)), say("rows of all %d tables fit a page", o.Of))
}

var columnCount = &Check{
	Code: "DC0303", Name: "column-count", Scope: ScopeTable, Needs: []string{"columns"},
	Facts: func(in *Input) Outcome {
		count := map[dict.Key]int{}
		for _, c := range in.Facts.Columns {
			if !c.Hidden {
				count[c.Table]++
			}
		}
		o := Outcome{Of: max(1, len(count))}
		for _, k := range sortedKeys(count) {
			if count[k] > maxColumns {
				o.item(tableID(k), "%d columns", count[k])
			}
		}
		return o.some(Blocker, say("%d tables have more than %d columns", len(o.Items), maxColumns), say("no table has more than %d columns", maxColumns))
	},
	Scripts: func(in *Input) Outcome {
		o := Outcome{}
		for _, t := range in.created(model.KindTable, model.KindView) {
			n := 0
			switch {
			case t.Table != nil:
				n = len(t.Table.Columns)
			case t.View != nil:
				n = len(t.View.Columns)
			}
			if n == 0 {
				continue
			}
			o.Of++
			if n > maxColumns {
				o.item(t.ID(), "%d columns", n)
			}
		}
		return o.some(Blocker, say("%d tables have more than %d columns", len(o.Items), maxColumns), say("no table has more than %d columns", maxColumns))
	},
}

func sortedKeys[V any](m map[dict.Key]V) []dict.Key {
	list := make([]dict.Key, 0, len(m))
	for k := range m {
		list = append(list, k)
	}
	slices.SortFunc(list, func(a, b dict.Key) int { return cmp.Or(cmp.Compare(a.Owner, b.Owner), cmp.Compare(a.Name, b.Name)) })
	return list
}

var partitionCount = &Check{
	Code: "DC0304", Name: "partition-count", Scope: ScopeTable, Needs: []string{"partitioned_tables"},
	Facts: func(in *Input) Outcome {
		o := Outcome{Of: max(1, len(in.Facts.Partitions))}
		total := 0
		for _, p := range in.Facts.Partitions {
			n := p.Count
			open := say("")
			if p.CountOpen {
				n = 0
				if t := in.Facts.Tables[p.Key]; t != nil && in.Facts.Known("partitions") {
					n = t.Partitions
				}
				open = say(", made as rows come (INTERVAL %s)", p.Interval)
			}
			total += n
			if float64(n) > in.Limits.Partitions {
				o.item(tableID(p.Key), "%d partitions by %s%s", n, p.Kind, open)
			}
		}
		o.fact("partitioned tables", "%d", len(in.Facts.Partitions))
		o.fact("partitions in all", "%d", total)
		return manyPartitions(in, o)
	},
	Scripts: func(in *Input) Outcome {
		o := Outcome{}
		for _, t := range in.created(model.KindTable) {
			if t.Table == nil {
				continue
			}
			o.Of++
			if p := t.Table.Partition; p != nil && float64(max(p.Count, len(p.Partitions))) > in.Limits.Partitions {
				o.item(t.ID(), "%d partitions by %s", max(p.Count, len(p.Partitions)), p.Kind)
			}
		}
		return manyPartitions(in, o)
	},
}

func manyPartitions(in *Input, o Outcome) Outcome {
	return o.some(Warning, say("%d tables have more than %.0f partitions: planning and locks take longer with each", len(o.Items), in.Limits.Partitions),
		say("no table has more than %.0f partitions", in.Limits.Partitions))
}

var largeTables = &Check{
	Code: "DC0305", Name: "large-tables", Scope: ScopeTable, Needs: []string{"tables", "segments"},
	Facts: func(in *Input) Outcome {
		o := Outcome{}
		var sum float64
		for _, t := range in.dataTables() {
			o.Of++
			n := t.TotalBytes()
			sum += n.Value
			if n.Known && n.Value >= in.Limits.LargeTableBytes {
				part := say("not partitioned")
				if t.Partitions > 0 {
					part = say("%d partitions", t.Partitions)
				}
				o.item(tableID(t.Key), "%s (table %s, indexes %s, LOBs %s), %s", bytesText(n.Value), bytesText(t.Bytes.Value), bytesText(t.IndexBytes.Value), bytesText(t.LOBBytes.Value), part)
			}
		}
		o.Of = max(1, o.Of)
		o.fact("tables, indexes and LOBs in all", "%s", bytesText(sum))
		return o.some(Informational, say("%d tables are larger than %s", len(o.Items), bytesText(in.Limits.LargeTableBytes)), say("no table is larger than %s", bytesText(in.Limits.LargeTableBytes)))
	},
}

var indexKeyLength = &Check{
	Code: "DC0306", Name: "index-key-length", Scope: ScopeTable,
	Scripts: func(in *Input) Outcome {
		o := Outcome{}
		tables := map[dict.Key]*model.Table{}
		for _, t := range in.created(model.KindTable) {
			tables[dict.Key{Owner: t.Schema, Name: t.Name}] = t.Table
		}
		for _, x := range in.created(model.KindIndex) {
			t := tables[dict.Key{Owner: x.Index.TableSchema, Name: x.Index.Table}]
			if t == nil || x.Index.Kind == "DOMAIN" {
				continue
			}
			o.Of++
			var columns []string
			for _, k := range x.Index.Keys {
				columns = append(columns, k.Column)
			}
			if n := keyBytes(t, columns); n > maxIndexKey {
				o.item(x.ID(), "its columns may hold %d bytes; an entry takes %d", n, maxIndexKey)
			}
		}
		for _, t := range in.created(model.KindTable) {
			if t.Table == nil {
				continue
			}
			for _, c := range t.Table.Constraints {
				if c.Kind != model.PrimaryKey && c.Kind != model.Unique {
					continue
				}
				o.Of++
				if n := keyBytes(t.Table, c.Columns); n > maxIndexKey {
					o.item(t.ID(), "the columns of its %s %s may hold %d bytes; an entry takes %d", c.Kind, c.Name, n, maxIndexKey)
				}
			}
		}
		return o.some(Warning, say("%d indexes may get keys that are too long for a B-tree", len(o.Items)), say("the keys of all %d indexes and constraints fit", o.Of))
	},
}

// keyBytes is what the text columns among some may hold.
func keyBytes(t *model.Table, columns []string) (n int) {
	for _, name := range columns {
		c := t.Column(name)
		if c == nil || c.Type.Precision == nil {
			continue
		}
		switch c.Type.Name {
		case "VARCHAR2", "NVARCHAR2", "CHAR", "NCHAR", "RAW", "VARCHAR":
			size := *c.Type.Precision
			if c.Type.Sem == "CHAR" || c.Type.Name[0] == 'N' {
				size *= 3 // bytes of a CJK character in UTF-8
			}
			n += size
		}
	}
	return n
}

var staleStatistics = &Check{
	Code: "DC0307", Name: "statistics", Scope: ScopeTable, Needs: []string{"tables"},
	Facts: func(in *Input) Outcome {
		o := Outcome{}
		for _, t := range in.dataTables() {
			o.Of++
			switch {
			case !t.Rows.Known:
				o.item(tableID(t.Key), "statistics were never gathered")
			case !in.Facts.Collected.IsZero() && !t.Analyzed.IsZero() && in.Facts.Collected.Sub(t.Analyzed).Hours() > 24*180:
				o.item(tableID(t.Key), "statistics are of %s", t.Analyzed.Format("2006-01-02"))
			}
		}
		o.Of = max(1, o.Of)
		o = o.some(Informational, say("%d tables have no statistics, or old ones: their rows are not known", len(o.Items)), say("statistics of all tables are fresh"))
		if len(o.Items) > 0 {
			o.sql("EXEC DBMS_STATS.GATHER_DATABASE_STATS(options => 'GATHER EMPTY');")
		}
		return o
	},
}

var encryption = &Check{
	Code: "DC0308", Name: "encryption", Scope: ScopeTable, Needs: []string{"encrypted_columns", "tablespaces"},
	Facts: func(in *Input) Outcome {
		o := Outcome{Of: 1}
		for _, s := range in.Facts.Spaces {
			if s.Encrypted {
				o.named(s.Name, "tablespace is encrypted")
			}
		}
		for _, c := range in.Facts.Columns {
			if c.Encrypted != "" {
				o.item(tableID(c.Table), "column %s is encrypted by %s", c.Name, c.Encrypted)
			}
		}
		for _, l := range in.Facts.LOBs {
			if l.Encrypted {
				o.item(tableID(l.Table), "LOB column %s is encrypted", l.Column)
			}
		}
		return encrypted(o)
	},
	Scripts: func(in *Input) Outcome {
		o := Outcome{}
		eachColumn(in, func(t *model.Object, c *model.Column) {
			if c.Encrypted {
				o.Of++
				o.item(t.ID(), "column %s is encrypted", c.Name)
			}
		})
		return encrypted(o)
	},
}

func encrypted(o Outcome) Outcome {
	return o.some(Warning, say("%d columns or tablespaces are encrypted; the target has to protect them in another way", len(o.Items)), say("nothing is encrypted by the database"))
}

var compression = &Check{
	Code: "DC0309", Name: "compression", Scope: ScopeTable, Needs: []string{"tables"},
	Facts: func(in *Input) Outcome {
		o := Outcome{}
		for _, t := range in.dataTables() {
			o.Of++
			if t.Compression != "" {
				o.item(tableID(t.Key), "compressed for %s, %s", t.Compression, bytesText(t.Bytes.Value))
			}
		}
		o.Of = max(1, o.Of)
		return o.some(Informational, say("%d tables are compressed: they take more space on the target", len(o.Items)), say("no table is compressed"))
	},
}
