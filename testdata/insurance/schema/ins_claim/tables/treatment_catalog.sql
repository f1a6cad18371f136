CREATE TABLE ins_claim.treatment_catalog (
  item_code       VARCHAR2(20) PRIMARY KEY,
  item_name       VARCHAR2(200 CHAR) NOT NULL,
  item_category   VARCHAR2(4) NOT NULL,
  si_class        CHAR(1) DEFAULT 'A' NOT NULL,
  self_pay_ratio  NUMBER(5,4) DEFAULT 0 NOT NULL,
  ceiling_price   NUMBER(14,4),
  unit_name       VARCHAR2(20 CHAR)
);
COMMENT ON COLUMN ins_claim.treatment_catalog.item_category IS 'BED床位 NUR护理 EXM检查 LAB化验 OPR手术 MAT材料 TRE治疗';
