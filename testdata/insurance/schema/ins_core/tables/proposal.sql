CREATE TABLE ins_core.proposal
(
  proposal_id    NUMBER(14)    NOT NULL,
  proposal_no    VARCHAR2(20)  NOT NULL,
  quote_id       NUMBER(14),
  product_code   VARCHAR2(12)  NOT NULL,
  holder_id      NUMBER(12)    NOT NULL,
  insured_id     NUMBER(12)    NOT NULL,
  agent_id       NUMBER(10),
  branch_code    VARCHAR2(8)   NOT NULL,
  channel        VARCHAR2(2)   DEFAULT 'AG' NOT NULL,
  submit_date    DATE          DEFAULT SYSDATE NOT NULL,
  effective_date DATE,
  sum_insured    NUMBER(18,2)  NOT NULL,
  total_premium  NUMBER(16,2)  NOT NULL,
  pay_mode       VARCHAR2(1)   DEFAULT 'Y' NOT NULL,
  pay_term_years NUMBER(3)     DEFAULT 1 NOT NULL,
  occupation     VARCHAR2(6),
  annual_income  NUMBER(16,2),
  height_cm      NUMBER(4,1),
  weight_kg      NUMBER(4,1),
  smoker_flag    CHAR(1)       DEFAULT 'N' NOT NULL,
  bmi            NUMBER        GENERATED ALWAYS AS
                   (CASE WHEN height_cm > 0 THEN ROUND(weight_kg / POWER(height_cm / 100, 2), 1) END) VIRTUAL,
  status         VARCHAR2(2)   DEFAULT 'NW' NOT NULL,
  policy_id      NUMBER(14),
  CONSTRAINT pk_proposal PRIMARY KEY (proposal_id),
  CONSTRAINT uk_proposal_no UNIQUE (proposal_no),
  CONSTRAINT fk_proposal_quote FOREIGN KEY (quote_id) REFERENCES ins_core.quotation (quote_id),
  CONSTRAINT fk_proposal_product FOREIGN KEY (product_code) REFERENCES ins_core.product (product_code),
  CONSTRAINT fk_proposal_holder FOREIGN KEY (holder_id) REFERENCES ins_core.party (party_id),
  CONSTRAINT fk_proposal_insured FOREIGN KEY (insured_id) REFERENCES ins_core.party (party_id),
  CONSTRAINT ck_proposal_status CHECK (status IN ('NW', 'UW', 'AC', 'DE', 'PO', 'IS', 'WD'))
);
COMMENT ON COLUMN ins_core.proposal.status IS 'NW新单 UW核保中 AC承保 DE拒保 PO延期 IS已出单 WD撤单';

ALTER TABLE ins_core.policy ADD CONSTRAINT fk_policy_proposal
  FOREIGN KEY (proposal_id) REFERENCES ins_core.proposal (proposal_id) DISABLE NOVALIDATE;
