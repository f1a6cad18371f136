CREATE TABLE ins_core.agent
(
  agent_id            NUMBER(10)        NOT NULL,
  agent_code          VARCHAR2(12)      NOT NULL,
  party_id            NUMBER(12)        NOT NULL,
  manager_id          NUMBER(10),
  branch_code         VARCHAR2(8)       NOT NULL,
  agent_rank          VARCHAR2(3)       DEFAULT 'A01' NOT NULL,
  channel             VARCHAR2(2)       DEFAULT 'AG' NOT NULL,
  team_name           VARCHAR2(60 CHAR),
  license_no          VARCHAR2(30),
  license_expiry      DATE,
  join_date           DATE              NOT NULL,
  leave_date          DATE,
  status              VARCHAR2(1)       DEFAULT 'A' NOT NULL,
  commission_account  VARCHAR2(30),
  photo               BLOB,
  CONSTRAINT pk_agent PRIMARY KEY (agent_id) USING INDEX TABLESPACE ins_idx,
  CONSTRAINT uk_agent_code UNIQUE (agent_code),
  CONSTRAINT fk_agent_party FOREIGN KEY (party_id) REFERENCES ins_core.party (party_id),
  CONSTRAINT fk_agent_branch FOREIGN KEY (branch_code) REFERENCES ins_core.branch (branch_code),
  CONSTRAINT fk_agent_manager FOREIGN KEY (manager_id) REFERENCES ins_core.agent (agent_id)
    DEFERRABLE INITIALLY IMMEDIATE,
  CONSTRAINT ck_agent_status CHECK (status IN ('A', 'L', 'S')),
  CONSTRAINT ck_agent_self CHECK (manager_id <> agent_id)
)
TABLESPACE ins_data
LOB (photo) STORE AS SECUREFILE agent_photo_lob (
  TABLESPACE ins_lob DISABLE STORAGE IN ROW CHUNK 8192 NOCACHE LOGGING
);

COMMENT ON TABLE ins_core.agent IS '代理人(业务员)';
COMMENT ON COLUMN ins_core.agent.agent_rank IS '职级: A01见习 A02业务员 A03业务主任 B01营业部经理 C01区总监';
COMMENT ON COLUMN ins_core.agent.status IS 'A在职 L离职 S停牌';
