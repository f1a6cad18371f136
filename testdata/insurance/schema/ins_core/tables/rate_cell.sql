CREATE TABLE ins_core.rate_cell
(
  rate_table_id  NUMBER(8)    NOT NULL,
  age            NUMBER(3)    NOT NULL,
  gender         CHAR(1)      DEFAULT 'U' NOT NULL,
  pay_term       NUMBER(3)    DEFAULT 1 NOT NULL,
  smoker_flag    CHAR(1)      DEFAULT 'N' NOT NULL,
  rate           NUMBER(14,8) NOT NULL,
  CONSTRAINT pk_rate_cell PRIMARY KEY (rate_table_id, age, gender, pay_term, smoker_flag),
  CONSTRAINT fk_rate_cell FOREIGN KEY (rate_table_id) REFERENCES ins_core.rate_table (rate_table_id),
  CONSTRAINT ck_rate_cell CHECK (rate >= 0)
)
ORGANIZATION INDEX COMPRESS 1;
