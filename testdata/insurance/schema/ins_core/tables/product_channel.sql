CREATE TABLE ins_core.product_channel
(
  product_code   VARCHAR2(12) NOT NULL,
  channel        VARCHAR2(2)  NOT NULL,
  max_discount   NUMBER(5,2)  DEFAULT 0 NOT NULL,
  commission_cap NUMBER(5,2),
  open_from      DATE DEFAULT SYSDATE,
  open_to        DATE,
  CONSTRAINT pk_product_channel PRIMARY KEY (product_code, channel),
  CONSTRAINT fk_prodch_product FOREIGN KEY (product_code) REFERENCES ins_core.product (product_code)
    RELY DISABLE NOVALIDATE
);
