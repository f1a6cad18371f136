CREATE TABLE ins_core.policy_history
(
  policy_id    NUMBER(14)   NOT NULL,
  version_no   NUMBER(5)    NOT NULL,
  changed_at   TIMESTAMP(6) DEFAULT SYSTIMESTAMP NOT NULL,
  changed_by   VARCHAR2(30),
  change_type  VARCHAR2(10),
  status       VARCHAR2(2),
  sum_insured  NUMBER(18,2),
  annual_premium NUMBER(16,2),
  snapshot     XMLTYPE,
  CONSTRAINT pk_policy_history PRIMARY KEY (policy_id, version_no)
)
XMLTYPE snapshot STORE AS CLOB
PARTITION BY HASH (policy_id) PARTITIONS 16;
