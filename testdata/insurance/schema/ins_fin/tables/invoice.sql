CREATE TABLE ins_fin.invoice (
  invoice_id     NUMBER(14) NOT NULL,
  invoice_code   VARCHAR2(12),
  invoice_no     VARCHAR2(20),
  invoice_type   VARCHAR2(2) DEFAULT 'PT' NOT NULL,
  policy_id      NUMBER(14),
  buyer_name     VARCHAR2(200 CHAR),
  buyer_tax_no   VARCHAR2(30),
  issue_date     DATE,
  net_amount     NUMBER(16,2) NOT NULL,
  tax_rate       NUMBER(5,4) NOT NULL,
  tax_amount     NUMBER(16,2) NOT NULL,
  gross_amount   NUMBER(16,2) GENERATED ALWAYS AS (net_amount + tax_amount) VIRTUAL,
  red_flag       CHAR(1) DEFAULT 'N' NOT NULL,
  original_id    NUMBER(14),
  status         VARCHAR2(2) DEFAULT 'DR' NOT NULL,
  pdf            BLOB,
  CONSTRAINT pk_invoice PRIMARY KEY (invoice_id),
  CONSTRAINT uk_invoice_no UNIQUE (invoice_code, invoice_no),
  CONSTRAINT fk_invoice_original FOREIGN KEY (original_id) REFERENCES ins_fin.invoice (invoice_id)
)
LOB (pdf) STORE AS SECUREFILE (TABLESPACE ts_fin_lob COMPRESS HIGH KEEP_DUPLICATES CACHE);
COMMENT ON COLUMN ins_fin.invoice.invoice_type IS 'PT普票 ZP专票 EL电子票';
COMMENT ON COLUMN ins_fin.invoice.red_flag IS '红冲标志';
