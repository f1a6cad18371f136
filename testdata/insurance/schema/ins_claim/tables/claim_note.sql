CREATE TABLE ins_claim.claim_note (
  note_id    NUMBER(14) NOT NULL PRIMARY KEY,
  claim_id   NUMBER(14) NOT NULL REFERENCES ins_claim.claim (claim_id),
  note_type  VARCHAR2(4) DEFAULT 'GEN',
  author     VARCHAR2(30),
  note_text  CLOB,
  created_at DATE DEFAULT SYSDATE
);
