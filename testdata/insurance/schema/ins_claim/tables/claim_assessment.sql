CREATE TABLE ins_claim.claim_assessment (
  assessment_id   NUMBER(14) NOT NULL,
  claim_id        NUMBER(14) NOT NULL,
  round_no        NUMBER(3)  NOT NULL,
  assessor_id     VARCHAR2(30) NOT NULL,
  assessed_at     DATE DEFAULT SYSDATE NOT NULL,
  claimed_total   NUMBER(18,2),
  covered_total   NUMBER(18,2),
  deductible_total NUMBER(18,2),
  approved_total  NUMBER(18,2),
  decision        VARCHAR2(2),
  authority_level NUMBER(2),
  approver_id     VARCHAR2(30),
  approved_at     DATE,
  comments        VARCHAR2(1000 CHAR),
  CONSTRAINT pk_claim_assessment PRIMARY KEY (assessment_id),
  CONSTRAINT uk_claim_assessment UNIQUE (claim_id, round_no),
  CONSTRAINT fk_claim_assessment FOREIGN KEY (claim_id) REFERENCES ins_claim.claim (claim_id)
);
COMMENT ON COLUMN ins_claim.claim_assessment.decision IS 'AP通过 RJ拒赔 PA部分赔付 RT退回';
