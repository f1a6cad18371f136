CREATE TABLE ins_claim.claim_task (
  task_id      NUMBER(14) NOT NULL,
  claim_id     NUMBER(14) NOT NULL,
  task_type    VARCHAR2(10) NOT NULL,
  assignee     VARCHAR2(30),
  priority     NUMBER(1) DEFAULT 5,
  due_at       DATE,
  status       VARCHAR2(1) DEFAULT 'O' NOT NULL CONSTRAINT ck_claim_task_status CHECK (status IN ('O','A','D','X')),
  created_at   DATE DEFAULT SYSDATE NOT NULL,
  done_at      DATE,
  CONSTRAINT pk_claim_task PRIMARY KEY (task_id),
  CONSTRAINT fk_claim_task FOREIGN KEY (claim_id) REFERENCES ins_claim.claim (claim_id)
);
COMMENT ON COLUMN ins_claim.claim_task.status IS 'O待领 A处理中 D完成 X作废';
