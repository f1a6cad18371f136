CREATE TABLE ins_core.quotation
(
  quote_id       NUMBER(14)    NOT NULL,
  quote_no       VARCHAR2(20)  NOT NULL,
  product_code   VARCHAR2(12)  NOT NULL,
  party_id       NUMBER(12),
  branch_code    VARCHAR2(8)   NOT NULL,
  agent_id       NUMBER(10),
  channel        VARCHAR2(2)   DEFAULT 'AG' NOT NULL,
  quote_date     DATE          DEFAULT SYSDATE NOT NULL,
  valid_until    DATE,
  birth_date     DATE,
  gender         CHAR(1),
  smoker_flag    CHAR(1)       DEFAULT 'N',
  sum_insured    NUMBER(18,2)  NOT NULL,
  pay_mode       VARCHAR2(1)   DEFAULT 'Y' NOT NULL,
  pay_term_years NUMBER(3)     DEFAULT 1 NOT NULL,
  total_premium  NUMBER(16,2),
  status         VARCHAR2(1)   DEFAULT 'N' NOT NULL,
  input_json     CLOB,
  CONSTRAINT pk_quotation PRIMARY KEY (quote_id),
  CONSTRAINT uk_quotation_no UNIQUE (quote_no),
  CONSTRAINT fk_quote_product FOREIGN KEY (product_code) REFERENCES ins_core.product (product_code),
  CONSTRAINT ck_quote_json CHECK (input_json IS JSON (STRICT)),
  CONSTRAINT ck_quote_status CHECK (status IN ('N', 'C', 'P', 'X'))
)
PARTITION BY HASH (quote_id) PARTITIONS 4 STORE IN (ins_data, ins_data2);
COMMENT ON COLUMN ins_core.quotation.status IS 'N新建 C已计算 P已转投保 X失效';
