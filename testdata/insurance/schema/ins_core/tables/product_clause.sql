CREATE TABLE ins_core.product_clause
(
  product_code  VARCHAR2(12)        NOT NULL,
  clause_no     VARCHAR2(20)        NOT NULL,
  title         VARCHAR2(200 CHAR)  NOT NULL,
  clause_xml    XMLTYPE,
  valid_from    DATE                DEFAULT SYSDATE NOT NULL,
  CONSTRAINT pk_product_clause PRIMARY KEY (product_code, clause_no, valid_from),
  CONSTRAINT fk_clause_product FOREIGN KEY (product_code) REFERENCES ins_core.product (product_code)
)
XMLTYPE COLUMN clause_xml STORE AS SECUREFILE BINARY XML;
