CREATE TABLE ins_claim.si_policy_rule (
  province_code    VARCHAR2(6) NOT NULL,
  si_type          VARCHAR2(4) NOT NULL,
  hospital_level   VARCHAR2(4) NOT NULL,
  rule_year        NUMBER(4)   NOT NULL,
  start_line       NUMBER(12,2) DEFAULT 0 NOT NULL,
  cap_line         NUMBER(14,2),
  reimburse_ratio  NUMBER(5,4) NOT NULL,
  retiree_bonus    NUMBER(5,4) DEFAULT 0,
  CONSTRAINT pk_si_policy_rule PRIMARY KEY (province_code, si_type, hospital_level, rule_year)
) ORGANIZATION INDEX;
COMMENT ON COLUMN ins_claim.si_policy_rule.start_line IS '起付线';
COMMENT ON COLUMN ins_claim.si_policy_rule.cap_line IS '封顶线';
