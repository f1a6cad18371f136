-- 保单主表, 按出单日按月自动分区
CREATE TABLE ins_core.policy
(
  policy_id        NUMBER(14)    NOT NULL,
  policy_no        VARCHAR2(20)  NOT NULL,
  product_code     VARCHAR2(12)  NOT NULL,
  holder_id        NUMBER(12)    NOT NULL,
  insured_id       NUMBER(12)    NOT NULL,
  agent_id         NUMBER(10),
  branch_code      VARCHAR2(8)   NOT NULL,
  proposal_id      NUMBER(14),
  issue_date       DATE          NOT NULL,
  effective_date   DATE          NOT NULL,
  expiry_date      DATE,
  status           VARCHAR2(2)   DEFAULT 'PP' NOT NULL,
  sum_insured      NUMBER(18,2)  DEFAULT 0 NOT NULL,
  annual_premium   NUMBER(16,2)  DEFAULT 0 NOT NULL,
  currency         CHAR(3)       DEFAULT 'CNY' NOT NULL,
  pay_mode         VARCHAR2(1)   DEFAULT 'Y' NOT NULL,
  pay_term_years   NUMBER(3)     DEFAULT 1,
  next_due_date    DATE,
  paid_to_date     DATE,
  channel          VARCHAR2(2),
  renewed_from_id  NUMBER(14),
  version_no       NUMBER(5)     DEFAULT 1 NOT NULL,
  remark           CLOB,
  term_days        NUMBER        GENERATED ALWAYS AS (expiry_date - effective_date) VIRTUAL,
  created_by       VARCHAR2(30)  DEFAULT USER NOT NULL,
  created_at       DATE          DEFAULT SYSDATE NOT NULL,
  updated_at       TIMESTAMP(6)  DEFAULT SYSTIMESTAMP,
  legacy_no        VARCHAR2(30)  INVISIBLE,
  CONSTRAINT pk_policy PRIMARY KEY (policy_id) USING INDEX TABLESPACE ins_idx,
  CONSTRAINT uk_policy_no UNIQUE (policy_no) USING INDEX TABLESPACE ins_idx,
  CONSTRAINT fk_policy_product FOREIGN KEY (product_code) REFERENCES ins_core.product (product_code),
  CONSTRAINT fk_policy_holder FOREIGN KEY (holder_id) REFERENCES ins_core.party (party_id),
  CONSTRAINT fk_policy_insured FOREIGN KEY (insured_id) REFERENCES ins_core.party (party_id),
  CONSTRAINT fk_policy_agent FOREIGN KEY (agent_id) REFERENCES ins_core.agent (agent_id),
  CONSTRAINT fk_policy_branch FOREIGN KEY (branch_code) REFERENCES ins_core.branch (branch_code),
  CONSTRAINT ck_policy_status CHECK (status IN ('PP', 'IF', 'LA', 'SU', 'MA', 'CA', 'EX', 'DC')),
  CONSTRAINT ck_policy_mode CHECK (pay_mode IN ('Y', 'H', 'Q', 'M', 'S')),
  CONSTRAINT ck_policy_dates CHECK (expiry_date IS NULL OR expiry_date > effective_date)
)
TABLESPACE ins_data
LOB (remark) STORE AS SECUREFILE (TABLESPACE ins_lob ENABLE STORAGE IN ROW CHUNK 8192)
PARTITION BY RANGE (issue_date) INTERVAL (NUMTOYMINTERVAL(1, 'MONTH'))
(
  PARTITION p_hist VALUES LESS THAN (TO_DATE('2015-01-01', 'YYYY-MM-DD')),
  PARTITION p_2015 VALUES LESS THAN (TO_DATE('2016-01-01', 'YYYY-MM-DD')),
  PARTITION p_2016 VALUES LESS THAN (TO_DATE('2017-01-01', 'YYYY-MM-DD')),
  PARTITION p_2017 VALUES LESS THAN (TO_DATE('2018-01-01', 'YYYY-MM-DD'))
)
ENABLE ROW MOVEMENT;

COMMENT ON TABLE ins_core.policy IS '保单主表';
COMMENT ON COLUMN ins_core.policy.status IS 'PP待缴费 IF有效 LA失效 SU退保 MA满期 CA撤单 EX终止 DC身故';
COMMENT ON COLUMN ins_core.policy.pay_mode IS 'Y年缴 H半年 Q季 M月 S趸缴';
COMMENT ON COLUMN ins_core.policy.next_due_date IS '下期应缴日';
COMMENT ON COLUMN ins_core.policy.legacy_no IS '老核心保单号, 迁移用, 勿删';
