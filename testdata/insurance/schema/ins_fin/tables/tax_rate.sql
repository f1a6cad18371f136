CREATE TABLE ins_fin.tax_rate (
  tax_code    VARCHAR2(8) NOT NULL,
  product_code VARCHAR2(12) DEFAULT '*' NOT NULL,
  valid_from  DATE NOT NULL,
  valid_to    DATE,
  rate        NUMBER(7,6) NOT NULL,
  exempt_flag CHAR(1) DEFAULT 'N',
  CONSTRAINT pk_tax_rate PRIMARY KEY (tax_code, product_code, valid_from)
);
