CREATE TABLE ins_core.import_row
(
  batch_id   NUMBER(10)      NOT NULL,
  line_no    NUMBER(10)      NOT NULL,
  raw_line   VARCHAR2(4000 CHAR),
  status     VARCHAR2(1)     DEFAULT 'N' NOT NULL,
  error_text VARCHAR2(2000 CHAR),
  party_id   NUMBER(12),
  CONSTRAINT pk_import_row PRIMARY KEY (batch_id, line_no),
  CONSTRAINT fk_import_row FOREIGN KEY (batch_id) REFERENCES ins_core.import_batch (batch_id)
);
