CREATE TABLE ins_fin.refund (
  refund_id     NUMBER(14) NOT NULL,
  policy_id     NUMBER(14) NOT NULL,
  reason_code   VARCHAR2(4),
  gross_amount  NUMBER(16,2) NOT NULL,
  fee_amount    NUMBER(16,2) DEFAULT 0,
  net_amount    NUMBER(16,2) GENERATED ALWAYS AS (gross_amount - NVL(fee_amount, 0)) VIRTUAL,
  refund_date   DATE DEFAULT SYSDATE,
  payment_id    NUMBER(14),
  status        VARCHAR2(2) DEFAULT 'NW',
  CONSTRAINT pk_refund PRIMARY KEY (refund_id),
  CONSTRAINT fk_refund_payment FOREIGN KEY (payment_id) REFERENCES ins_fin.payment_order (payment_id)
    ON DELETE SET NULL
);
