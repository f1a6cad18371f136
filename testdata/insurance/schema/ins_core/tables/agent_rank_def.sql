CREATE TABLE ins_core.agent_rank_def
(
  agent_rank     VARCHAR2(3)        NOT NULL PRIMARY KEY,
  rank_name      VARCHAR2(40 CHAR)  NOT NULL,
  rank_order     NUMBER(2)          NOT NULL UNIQUE,
  min_fyp        NUMBER(16,2)       DEFAULT 0,
  min_team_size  NUMBER(4)          DEFAULT 0,
  override_pct   NUMBER(5,2)        DEFAULT 0
);
COMMENT ON COLUMN ins_core.agent_rank_def.min_fyp IS '维持考核首年保费 (FYP)';
