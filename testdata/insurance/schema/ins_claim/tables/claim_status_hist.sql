CREATE TABLE ins_claim.claim_status_hist (
  claim_id     NUMBER(14) NOT NULL,
  changed_at   TIMESTAMP(6) NOT NULL,
  old_status   VARCHAR2(2),
  new_status   VARCHAR2(2) NOT NULL,
  changed_by   VARCHAR2(30) NOT NULL,
  reason       VARCHAR2(200 CHAR),
  CONSTRAINT pk_claim_status_hist PRIMARY KEY (claim_id, changed_at)
) ORGANIZATION INDEX COMPRESS 1;
