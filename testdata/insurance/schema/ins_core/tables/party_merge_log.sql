CREATE TABLE ins_core.party_merge_log
(
  merge_id     NUMBER GENERATED ALWAYS AS IDENTITY,
  kept_id      NUMBER(12) NOT NULL,
  removed_id   NUMBER(12) NOT NULL,
  reason       VARCHAR2(200 CHAR),
  merged_by    VARCHAR2(30) DEFAULT USER,
  merged_at    TIMESTAMP DEFAULT LOCALTIMESTAMP,
  before_image CLOB,
  CONSTRAINT pk_party_merge_log PRIMARY KEY (merge_id)
);
