CREATE TABLE ins_core.policy_stat_daily
(
  stat_date      DATE         NOT NULL,
  branch_code    VARCHAR2(8)  NOT NULL,
  product_code   VARCHAR2(12) NOT NULL,
  new_count      NUMBER(10)   DEFAULT 0,
  new_premium    NUMBER(18,2) DEFAULT 0,
  lapse_count    NUMBER(10)   DEFAULT 0,
  surrender_count NUMBER(10)  DEFAULT 0,
  inforce_count  NUMBER(12)   DEFAULT 0,
  CONSTRAINT pk_policy_stat_daily PRIMARY KEY (stat_date, branch_code, product_code)
)
PARTITION BY RANGE (stat_date)
( PARTITION p_old VALUES LESS THAN (TO_DATE('20220101', 'YYYYMMDD')) COMPRESS,
  PARTITION p_cur VALUES LESS THAN (MAXVALUE) )
PARALLEL 4;
