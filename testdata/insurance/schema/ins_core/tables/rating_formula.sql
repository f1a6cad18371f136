CREATE TABLE ins_core.rating_formula
(
  formula_code   VARCHAR2(20)         NOT NULL,
  coverage_code  VARCHAR2(12)         NOT NULL,
  expression     VARCHAR2(2000 CHAR)  NOT NULL,
  round_digits   NUMBER(1)            DEFAULT 2 NOT NULL,
  min_premium    NUMBER(16,2),
  max_premium    NUMBER(16,2),
  description    VARCHAR2(400 CHAR),
  valid_from     DATE                 DEFAULT SYSDATE NOT NULL,
  valid_to       DATE,
  CONSTRAINT pk_rating_formula PRIMARY KEY (formula_code),
  CONSTRAINT fk_formula_coverage FOREIGN KEY (coverage_code) REFERENCES ins_core.coverage_def (coverage_code)
);
COMMENT ON COLUMN ins_core.rating_formula.expression IS '表达式, 变量 :SI :AGE :TERM :VALUE :SEATS :AREA';
