CREATE TABLE ins_claim.medical_bill_item (
  bill_item_id     NUMBER(18)   NOT NULL,
  bill_id          NUMBER(16)   NOT NULL,
  line_no          NUMBER(6)    NOT NULL,
  item_type        CHAR(1)      NOT NULL,
  item_code        VARCHAR2(20),
  item_name        VARCHAR2(200 CHAR),
  category         VARCHAR2(4),
  quantity         NUMBER(12,3) DEFAULT 1 NOT NULL,
  unit_price       NUMBER(14,4) NOT NULL,
  line_amount      NUMBER GENERATED ALWAYS AS (ROUND(quantity * unit_price, 2)) VIRTUAL,
  si_class         CHAR(1),
  self_pay_ratio   NUMBER(5,4),
  over_ceiling     NUMBER(14,2) DEFAULT 0,
  si_amount        NUMBER(14,2),
  excluded_amount  NUMBER(14,2) DEFAULT 0,
  covered_amount   NUMBER(14,2),
  deny_code        VARCHAR2(6),
  service_date     DATE,
  CONSTRAINT pk_medical_bill_item PRIMARY KEY (bill_item_id),
  CONSTRAINT fk_mbi_bill FOREIGN KEY (bill_id) REFERENCES ins_claim.medical_bill (bill_id),
  CONSTRAINT ck_mbi_type CHECK (item_type IN ('D','T'))
)
PARTITION BY REFERENCE (fk_mbi_bill);
COMMENT ON COLUMN ins_claim.medical_bill_item.item_type IS 'D药品 T诊疗';
