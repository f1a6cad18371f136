CREATE TABLE ins_core.uw_case
(
  case_id       NUMBER(14)    NOT NULL,
  proposal_id   NUMBER(14)    NOT NULL,
  case_level    NUMBER(1)     DEFAULT 1 NOT NULL,
  total_score   NUMBER(6)     DEFAULT 0 NOT NULL,
  assigned_to   VARCHAR2(30),
  status        VARCHAR2(1)   DEFAULT 'O' NOT NULL,
  opened_at     TIMESTAMP(3)  DEFAULT SYSTIMESTAMP NOT NULL,
  closed_at     TIMESTAMP(3),
  sla_hours     INTERVAL DAY(3) TO SECOND(0) DEFAULT INTERVAL '48' HOUR,
  notes         CLOB,
  CONSTRAINT pk_uw_case PRIMARY KEY (case_id),
  CONSTRAINT fk_uw_case_proposal FOREIGN KEY (proposal_id) REFERENCES ins_core.proposal (proposal_id),
  CONSTRAINT ck_uw_case_status CHECK (status IN ('O', 'A', 'C', 'E'))
);
