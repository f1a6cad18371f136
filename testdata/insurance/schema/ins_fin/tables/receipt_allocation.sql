CREATE TABLE ins_fin.receipt_allocation (
  receipt_id    NUMBER(14) NOT NULL,
  collection_id NUMBER(14) NOT NULL,
  amount        NUMBER(18,2) NOT NULL,
  allocated_at  DATE DEFAULT SYSDATE,
  allocated_by  VARCHAR2(30) DEFAULT USER,
  CONSTRAINT pk_receipt_allocation PRIMARY KEY (receipt_id, collection_id),
  CONSTRAINT fk_receipt_alloc_r FOREIGN KEY (receipt_id) REFERENCES ins_fin.receipt (receipt_id)
);
