CREATE TABLE ins_core.product_relation
(
  product_code   VARCHAR2(12) NOT NULL,
  related_code   VARCHAR2(12) NOT NULL,
  relation_type  VARCHAR2(2)  NOT NULL,
  si_limit_ratio NUMBER(7,4),
  CONSTRAINT pk_product_relation PRIMARY KEY (product_code, related_code, relation_type),
  CONSTRAINT fk_prodrel_a FOREIGN KEY (product_code) REFERENCES ins_core.product (product_code),
  CONSTRAINT fk_prodrel_b FOREIGN KEY (related_code) REFERENCES ins_core.product (product_code),
  CONSTRAINT ck_prodrel CHECK (relation_type IN ('RD', 'EX', 'RQ'))
);
COMMENT ON COLUMN ins_core.product_relation.relation_type IS 'RD可附加 EX互斥 RQ必须同时投保';
