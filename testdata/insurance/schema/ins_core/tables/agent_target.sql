CREATE TABLE ins_core.agent_target
(
  agent_id     NUMBER(10)   NOT NULL,
  target_year  NUMBER(4)    NOT NULL,
  q1_amount    NUMBER(16,2) DEFAULT 0,
  q2_amount    NUMBER(16,2) DEFAULT 0,
  q3_amount    NUMBER(16,2) DEFAULT 0,
  q4_amount    NUMBER(16,2) DEFAULT 0,
  CONSTRAINT pk_agent_target PRIMARY KEY (agent_id, target_year)
);
