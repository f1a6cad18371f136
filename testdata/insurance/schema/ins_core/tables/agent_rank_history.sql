CREATE TABLE ins_core.agent_rank_history
(
  agent_id    NUMBER(10)  NOT NULL CONSTRAINT fk_rankhist_agent REFERENCES ins_core.agent (agent_id),
  change_date DATE        NOT NULL,
  old_rank    VARCHAR2(3),
  new_rank    VARCHAR2(3) NOT NULL,
  reason      VARCHAR2(200 CHAR),
  CONSTRAINT pk_agent_rank_history PRIMARY KEY (agent_id, change_date)
);
