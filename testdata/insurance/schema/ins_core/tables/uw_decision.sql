CREATE TABLE ins_core.uw_decision
(
  decision_id   NUMBER GENERATED ALWAYS AS IDENTITY,
  case_id       NUMBER(14)          NOT NULL,
  decision      VARCHAR2(2)         NOT NULL,
  loading_pct   NUMBER(6,2)         DEFAULT 0,
  reason_code   VARCHAR2(20),
  remark        VARCHAR2(2000 CHAR),
  decided_by    VARCHAR2(30)        DEFAULT USER NOT NULL,
  decided_at    TIMESTAMP WITH LOCAL TIME ZONE DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT pk_uw_decision PRIMARY KEY (decision_id),
  CONSTRAINT fk_uw_decision FOREIGN KEY (case_id) REFERENCES ins_core.uw_case (case_id),
  CONSTRAINT ck_uw_decision CHECK (decision IN ('AC', 'SU', 'DE', 'PO', 'RI'))
);
COMMENT ON COLUMN ins_core.uw_decision.decision IS 'AC标准承保 SU次标准加费 DE拒保 PO延期 RI上报再保';
