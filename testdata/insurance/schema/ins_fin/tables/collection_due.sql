-- 应收保费(续期、分期)
CREATE TABLE ins_fin.collection_due (
  collection_id  NUMBER(14) NOT NULL,
  policy_id      NUMBER(14) NOT NULL,
  policy_no      VARCHAR2(20) NOT NULL,
  instalment_no  NUMBER(4) NOT NULL,
  due_date       DATE NOT NULL,
  grace_date     DATE,
  currency       CHAR(3) DEFAULT 'CNY' NOT NULL,
  due_amount     NUMBER(16,2) NOT NULL,
  paid_amount    NUMBER(16,2) DEFAULT 0 NOT NULL,
  waived_amount  NUMBER(16,2) DEFAULT 0 NOT NULL,
  open_amount    NUMBER GENERATED ALWAYS AS (due_amount - paid_amount - waived_amount) VIRTUAL,
  dunning_level  NUMBER(1) DEFAULT 0 NOT NULL,
  last_dunned    DATE,
  collect_mode   VARCHAR2(2) DEFAULT 'BK',
  bank_code      VARCHAR2(12),
  account_no     VARCHAR2(40),
  fail_count     NUMBER(2) DEFAULT 0,
  status         VARCHAR2(2) DEFAULT 'OP' NOT NULL,
  branch_code    VARCHAR2(8),
  updated_at     TIMESTAMP(6),
  CONSTRAINT pk_collection_due PRIMARY KEY (collection_id),
  CONSTRAINT uk_collection_due UNIQUE (policy_id, instalment_no),
  CONSTRAINT ck_collection_status CHECK (status IN ('OP','PT','PD','WV','LP','FR'))
);
COMMENT ON COLUMN ins_fin.collection_due.status IS 'OP未收 PT部分 PD已收 WV豁免 LP失效 FR在途';
