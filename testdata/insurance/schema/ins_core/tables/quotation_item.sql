CREATE TABLE ins_core.quotation_item
(
  quote_id       NUMBER(14)    NOT NULL,
  item_no        NUMBER(3)     NOT NULL,
  coverage_code  VARCHAR2(12)  NOT NULL,
  sum_insured    NUMBER(18,2),
  rate           NUMBER(14,8),
  base_premium   NUMBER(16,2),
  final_premium  NUMBER(16,2),
  explanation    VARCHAR2(1000 CHAR),
  CONSTRAINT pk_quotation_item PRIMARY KEY (quote_id, item_no),
  CONSTRAINT fk_quote_item FOREIGN KEY (quote_id) REFERENCES ins_core.quotation (quote_id) ON DELETE CASCADE
);
