CREATE TABLE ins_core.import_batch
(
  batch_id     NUMBER(10)          NOT NULL PRIMARY KEY,
  import_type  VARCHAR2(20)        NOT NULL,
  file_name    VARCHAR2(255 CHAR)  NOT NULL,
  row_count    NUMBER(10)          DEFAULT 0,
  ok_count     NUMBER(10)          DEFAULT 0,
  error_count  NUMBER(10)          DEFAULT 0,
  status       VARCHAR2(1)         DEFAULT 'L' NOT NULL,
  loaded_by    VARCHAR2(30)        DEFAULT USER,
  loaded_at    DATE                DEFAULT SYSDATE
);
