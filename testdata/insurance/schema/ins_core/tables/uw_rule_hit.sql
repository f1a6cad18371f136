CREATE TABLE ins_core.uw_rule_hit
(
  case_id     NUMBER(14)           NOT NULL,
  rule_code   VARCHAR2(20)         NOT NULL,
  hit_at      TIMESTAMP(3)         DEFAULT SYSTIMESTAMP NOT NULL,
  score       NUMBER(5)            DEFAULT 0 NOT NULL,
  action_code VARCHAR2(10)         NOT NULL,
  detail      VARCHAR2(1000 CHAR),
  CONSTRAINT pk_uw_rule_hit PRIMARY KEY (case_id, rule_code),
  CONSTRAINT fk_uw_hit_case FOREIGN KEY (case_id) REFERENCES ins_core.uw_case (case_id) ON DELETE CASCADE
);
