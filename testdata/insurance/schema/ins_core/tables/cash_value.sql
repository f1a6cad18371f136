CREATE TABLE ins_core.cash_value
(
  product_code  VARCHAR2(12) NOT NULL,
  entry_age     NUMBER(3)    NOT NULL,
  gender        CHAR(1)      NOT NULL,
  pay_term      NUMBER(3)    NOT NULL,
  policy_year   NUMBER(3)    NOT NULL,
  value_per_k   NUMBER(12,4) NOT NULL,
  CONSTRAINT pk_cash_value PRIMARY KEY (product_code, entry_age, gender, pay_term, policy_year)
)
ORGANIZATION INDEX COMPRESS 2;
COMMENT ON TABLE ins_core.cash_value IS '现金价值表(每千元保额)';
