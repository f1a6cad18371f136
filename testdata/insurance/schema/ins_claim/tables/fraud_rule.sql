CREATE TABLE ins_claim.fraud_rule (
  rule_code      VARCHAR2(12) NOT NULL,
  rule_name      VARCHAR2(200 CHAR) NOT NULL,
  line_of_business VARCHAR2(2),
  weight         NUMBER(5,2) NOT NULL,
  rule_sql       VARCHAR2(4000) NOT NULL,
  rule_mode      VARCHAR2(5) DEFAULT 'CLAIM' NOT NULL,
  active_flag    CHAR(1) DEFAULT 'Y',
  effective_from DATE DEFAULT SYSDATE,
  hit_count      NUMBER(12) DEFAULT 0,
  last_error     VARCHAR2(500),
  CONSTRAINT pk_fraud_rule PRIMARY KEY (rule_code),
  CONSTRAINT ck_fraud_rule_mode CHECK (rule_mode IN ('CLAIM','BATCH'))
);
COMMENT ON COLUMN ins_claim.fraud_rule.rule_sql IS '动态SQL:CLAIM模式绑定 :1=claim_id 返回命中分;BATCH模式返回 claim_id,score 列表';
