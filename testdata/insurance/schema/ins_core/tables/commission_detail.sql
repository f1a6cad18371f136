CREATE TABLE ins_core.commission_detail
(
  commission_id    NUMBER(16)    NOT NULL,
  agent_id         NUMBER(10)    NOT NULL,
  policy_id        NUMBER(14)    NOT NULL,
  commission_type  VARCHAR2(2)   DEFAULT 'DR' NOT NULL,
  policy_year      NUMBER(3)     DEFAULT 1 NOT NULL,
  base_amount      NUMBER(16,2)  NOT NULL,
  commission_pct   NUMBER(6,3)   NOT NULL,
  amount           NUMBER(16,2)  NOT NULL,
  calc_month       DATE          NOT NULL,
  source_agent_id  NUMBER(10),
  statement_id     NUMBER(14),
  status           VARCHAR2(1)   DEFAULT 'N' NOT NULL,
  created_at       TIMESTAMP     DEFAULT SYSTIMESTAMP,
  CONSTRAINT pk_commission_detail PRIMARY KEY (commission_id),
  CONSTRAINT fk_commission_agent FOREIGN KEY (agent_id) REFERENCES ins_core.agent (agent_id),
  CONSTRAINT fk_commission_policy FOREIGN KEY (policy_id) REFERENCES ins_core.policy (policy_id),
  CONSTRAINT ck_commission_type CHECK (commission_type IN ('DR', 'OV', 'BN', 'CB'))
)
PARTITION BY RANGE (calc_month) INTERVAL (INTERVAL '1' MONTH)
SUBPARTITION BY HASH (agent_id) SUBPARTITIONS 4
( PARTITION p_start VALUES LESS THAN (DATE '2019-01-01') );
COMMENT ON COLUMN ins_core.commission_detail.commission_type IS 'DR直接佣金 OV管理津贴 BN奖金 CB追回';
