package gen_test

import (
	"testing"

	"landfall/convert/gen"
	"landfall/internal/oracle/scripts"
)

// TestPartitionStorageIsInTheLedger holds that no storage clause of a partition, sub-partition, template or index partition
// is left out without a line.
func TestPartitionStorageIsInTheLedger(t *testing.T) {
	results := convertFiles(t, map[string]string{"all.sql": `
CREATE TABLE a (id NUMBER, d DATE, k NUMBER)
  PARTITION BY RANGE (d) SUBPARTITION BY LIST (k)
  (PARTITION p1 VALUES LESS THAN (DATE '2024-01-01') TABLESPACE t1
     (SUBPARTITION s1 VALUES (1) TABLESPACE t2, SUBPARTITION s2 VALUES (DEFAULT) TABLESPACE t3),
   PARTITION p2 VALUES LESS THAN (MAXVALUE) (SUBPARTITION s3 VALUES (DEFAULT) TABLESPACE t4));
CREATE TABLE b (id NUMBER, d DATE, k NUMBER)
  PARTITION BY RANGE (d) SUBPARTITION BY LIST (k)
  SUBPARTITION TEMPLATE (SUBPARTITION x VALUES (1) TABLESPACE t5, SUBPARTITION y VALUES (DEFAULT) TABLESPACE t6)
  (PARTITION p1 VALUES LESS THAN (DATE '2024-01-01'), PARTITION p2 VALUES LESS THAN (MAXVALUE));
CREATE TABLE c (id NUMBER) PARTITION BY HASH (id) PARTITIONS 2 STORE IN (t7, t8);
CREATE INDEX a_k ON a (k) LOCAL (PARTITION p1 TABLESPACE t9 (SUBPARTITION s1 TABLESPACE t10));
`}, scripts.Options{})
	want := []int{4, 2, 2, 2}
	for i, r := range results {
		n := 0
		for _, l := range r.Ledger {
			if l.Part && l.Class == gen.Ignored {
				n++
			}
		}
		if n != want[i] {
			t.Errorf("statement %d has %d lines for storage, want %d", i+1, n, want[i])
		}
	}
}
