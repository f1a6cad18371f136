/* ============================================================
   赔案主表
   2011-03  initial version (wangjl)
   2016-08  interval partitioning (zhaoy)
   2020-05  virtual columns for the dashboard (liufang)
   ============================================================ */
CREATE TABLE ins_claim.claim
(
  claim_id            NUMBER(14)          NOT NULL,
  claim_no            VARCHAR2(20)        NOT NULL,
  policy_id           NUMBER(14)          NOT NULL,
  policy_no           VARCHAR2(20)        NOT NULL,
  product_code        VARCHAR2(12)        NOT NULL,
  line_of_business    VARCHAR2(2)         NOT NULL,
  claimant_id         NUMBER(12),
  insured_id          NUMBER(12)          NOT NULL,
  loss_date           DATE                NOT NULL,
  report_date         DATE                DEFAULT SYSDATE NOT NULL,
  register_date       DATE,
  loss_cause          VARCHAR2(10),
  loss_place          VARCHAR2(200 CHAR),
  currency            CHAR(3)             DEFAULT 'CNY' NOT NULL,
  estimated_amount    NUMBER(18,2)        DEFAULT 0 NOT NULL,
  assessed_amount     NUMBER(18,2),
  paid_amount         NUMBER(18,2)        DEFAULT 0 NOT NULL,
  outstanding_amount  NUMBER GENERATED ALWAYS AS (NVL(assessed_amount, estimated_amount) - paid_amount) VIRTUAL,
  report_month        VARCHAR2(6) GENERATED ALWAYS AS (TO_CHAR(report_date, 'YYYYMM')) VIRTUAL,
  status              VARCHAR2(2)         DEFAULT '10' NOT NULL,
  close_reason        VARCHAR2(4),
  close_date          DATE,
  handler_id          VARCHAR2(30),
  branch_code         VARCHAR2(8)         NOT NULL,
  fraud_flag          CHAR(1)             DEFAULT 'N' NOT NULL,
  reopen_count        NUMBER(2)           DEFAULT 0 NOT NULL,
  catastrophe_code    VARCHAR2(12),
  version_no          NUMBER(6)           DEFAULT 1 NOT NULL,
  remark              VARCHAR2(2000 CHAR),
  created_by          VARCHAR2(30)        DEFAULT USER NOT NULL,
  created_at          DATE                DEFAULT SYSDATE NOT NULL,
  updated_by          VARCHAR2(30),
  updated_at          TIMESTAMP(6)        DEFAULT SYSTIMESTAMP,
  CONSTRAINT pk_claim PRIMARY KEY (claim_id),
  CONSTRAINT uk_claim_no UNIQUE (claim_no),
  CONSTRAINT ck_claim_status CHECK (status IN ('10','20','30','40','50','60','70','80','90')),
  CONSTRAINT ck_claim_fraud CHECK (fraud_flag IN ('Y','N','S')),
  CONSTRAINT ck_claim_dates CHECK (report_date >= loss_date) ENABLE NOVALIDATE
)
PCTFREE 15 INITRANS 4
TABLESPACE ts_claim_data
PARTITION BY RANGE (report_date) INTERVAL (NUMTOYMINTERVAL(1, 'YEAR'))
(
  PARTITION p_hist  VALUES LESS THAN (TO_DATE('2018-01-01', 'YYYY-MM-DD')) TABLESPACE ts_claim_hist COMPRESS,
  PARTITION p_2018  VALUES LESS THAN (TO_DATE('2019-01-01', 'YYYY-MM-DD')),
  PARTITION p_2019  VALUES LESS THAN (TO_DATE(' 2020-01-01 00:00:00', 'SYYYY-MM-DD HH24:MI:SS', 'NLS_CALENDAR=GREGORIAN'))
)
ENABLE ROW MOVEMENT;

COMMENT ON TABLE ins_claim.claim IS '赔案主表:一次报案一条记录';
COMMENT ON COLUMN ins_claim.claim.status IS '状态:10报案 20立案 30查勘 40理算 50核赔通过 60已赔付 70结案 80拒赔 90撤案';
COMMENT ON COLUMN ins_claim.claim.fraud_flag IS '欺诈标志 Y确认 N正常 S可疑';
COMMENT ON COLUMN ins_claim.claim.outstanding_amount IS '未决金额(虚拟列)';
COMMENT ON COLUMN ins_claim.claim.catastrophe_code IS '巨灾代码,例如台风"利奇马"';
