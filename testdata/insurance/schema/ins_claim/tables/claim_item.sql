-- 赔案责任明细,按父表引用分区
CREATE TABLE ins_claim.claim_item (
  claim_item_id     NUMBER(14) NOT NULL,
  claim_id          NUMBER(14) NOT NULL,
  item_seq          NUMBER(4)  NOT NULL,
  coverage_code     VARCHAR2(12) NOT NULL,
  loss_type         VARCHAR2(6)  NOT NULL,
  claimed_amount    NUMBER(18,2) DEFAULT 0 NOT NULL,
  covered_amount    NUMBER(18,2),
  deductible_amount NUMBER(18,2) DEFAULT 0,
  coinsurance_rate  NUMBER(5,4)  DEFAULT 0,
  limit_amount      NUMBER(18,2),
  approved_amount   NUMBER(18,2),
  reject_code       VARCHAR2(6),
  reject_reason     VARCHAR2(500 CHAR),
  rule_trace        VARCHAR2(4000),
  item_status       VARCHAR2(2) DEFAULT '10' NOT NULL,
  created_at        DATE DEFAULT SYSDATE,
  updated_at        TIMESTAMP(6),
  CONSTRAINT pk_claim_item PRIMARY KEY (claim_item_id),
  CONSTRAINT uk_claim_item UNIQUE (claim_id, item_seq),
  CONSTRAINT fk_claim_item_claim FOREIGN KEY (claim_id) REFERENCES ins_claim.claim (claim_id),
  CONSTRAINT ck_claim_item_rate CHECK (coinsurance_rate BETWEEN 0 AND 1)
)
PARTITION BY REFERENCE (fk_claim_item_claim);

COMMENT ON TABLE ins_claim.claim_item IS '赔案责任明细';
COMMENT ON COLUMN ins_claim.claim_item.coinsurance_rate IS '自付比例(被保险人承担)';
COMMENT ON COLUMN ins_claim.claim_item.rule_trace IS '理算规则轨迹,格式 规则码=金额;...';
