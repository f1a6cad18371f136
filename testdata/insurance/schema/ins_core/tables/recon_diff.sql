CREATE TABLE ins_core.recon_diff
(
  run_id      NUMBER(10)    NOT NULL,
  diff_no     NUMBER(10)    NOT NULL,
  key_value   VARCHAR2(60)  NOT NULL,
  diff_type   VARCHAR2(2)   NOT NULL,
  column_name VARCHAR2(30),
  old_value   VARCHAR2(400),
  new_value   VARCHAR2(400),
  resolved    CHAR(1)       DEFAULT 'N',
  CONSTRAINT pk_recon_diff PRIMARY KEY (run_id, diff_no),
  CONSTRAINT fk_recon_diff FOREIGN KEY (run_id) REFERENCES ins_core.recon_run (run_id) ON DELETE CASCADE
);
COMMENT ON COLUMN ins_core.recon_diff.diff_type IS 'MO老核心多 MN新核心多 DF不一致';
