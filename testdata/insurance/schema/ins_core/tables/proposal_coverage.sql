CREATE TABLE ins_core.proposal_coverage
(
  proposal_id    NUMBER(14)    NOT NULL,
  coverage_code  VARCHAR2(12)  NOT NULL,
  sum_insured    NUMBER(18,2)  NOT NULL,
  rate           NUMBER(14,8),
  premium        NUMBER(16,2)  DEFAULT 0 NOT NULL,
  loading_pct    NUMBER(6,2)   DEFAULT 0 NOT NULL,
  exclusion_text VARCHAR2(1000 CHAR),
  CONSTRAINT pk_proposal_coverage PRIMARY KEY (proposal_id, coverage_code),
  CONSTRAINT fk_propcov_proposal FOREIGN KEY (proposal_id) REFERENCES ins_core.proposal (proposal_id) ON DELETE CASCADE,
  CONSTRAINT fk_propcov_coverage FOREIGN KEY (coverage_code) REFERENCES ins_core.coverage_def (coverage_code)
);
