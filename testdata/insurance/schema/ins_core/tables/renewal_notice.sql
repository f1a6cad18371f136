CREATE TABLE ins_core.renewal_notice
(
  notice_id    NUMBER GENERATED ALWAYS AS IDENTITY,
  policy_id    NUMBER(14)    NOT NULL,
  due_date     DATE          NOT NULL,
  amount       NUMBER(16,2)  NOT NULL,
  notice_type  VARCHAR2(2)   DEFAULT 'RN' NOT NULL,
  sent_at      DATE,
  channel      VARCHAR2(3)   DEFAULT 'SMS',
  status       VARCHAR2(1)   DEFAULT 'N' NOT NULL,
  CONSTRAINT pk_renewal_notice PRIMARY KEY (notice_id),
  CONSTRAINT uk_renewal_notice UNIQUE (policy_id, due_date, notice_type),
  CONSTRAINT fk_renewal_policy FOREIGN KEY (policy_id) REFERENCES ins_core.policy (policy_id)
);
COMMENT ON COLUMN ins_core.renewal_notice.notice_type IS 'RN续期通知 GR宽限期 LA失效';
