CREATE TABLE ins_core.commission_statement
(
  statement_id   NUMBER(14)    NOT NULL,
  agent_id       NUMBER(10)    NOT NULL,
  calc_month     DATE          NOT NULL,
  gross_amount   NUMBER(16,2)  DEFAULT 0 NOT NULL,
  tax_amount     NUMBER(16,2)  DEFAULT 0 NOT NULL,
  adjust_amount  NUMBER(16,2)  DEFAULT 0 NOT NULL,
  net_amount     NUMBER(16,2)  GENERATED ALWAYS AS (gross_amount - tax_amount + adjust_amount),
  status         VARCHAR2(1)   DEFAULT 'D' NOT NULL,
  paid_at        DATE,
  CONSTRAINT pk_commission_statement PRIMARY KEY (statement_id),
  CONSTRAINT uk_commission_statement UNIQUE (agent_id, calc_month),
  CONSTRAINT fk_comstat_agent FOREIGN KEY (agent_id) REFERENCES ins_core.agent (agent_id)
);
