CREATE TABLE ins_fin.invoice_line (
  invoice_id   NUMBER(14) NOT NULL,
  line_no      NUMBER(4) NOT NULL,
  description  VARCHAR2(200 CHAR),
  net_amount   NUMBER(16,2),
  tax_rate     NUMBER(5,4),
  tax_amount   NUMBER(16,2),
  collection_id NUMBER(14),
  CONSTRAINT pk_invoice_line PRIMARY KEY (invoice_id, line_no),
  CONSTRAINT fk_invoice_line FOREIGN KEY (invoice_id) REFERENCES ins_fin.invoice (invoice_id) ON DELETE CASCADE
);
