CREATE TABLE ins_claim.drug_catalog (
  drug_code        VARCHAR2(20) NOT NULL,
  valid_from       DATE NOT NULL,
  valid_to         DATE DEFAULT DATE '9999-12-31' NOT NULL,
  generic_name     VARCHAR2(200 CHAR) NOT NULL,
  brand_name       VARCHAR2(200 CHAR),
  dosage_form      VARCHAR2(40 CHAR),
  spec             VARCHAR2(100 CHAR),
  si_class         CHAR(1) NOT NULL,
  self_pay_ratio   NUMBER(5,4) DEFAULT 0 NOT NULL,
  ceiling_price    NUMBER(14,4),
  need_diag_prefix VARCHAR2(200),
  CONSTRAINT pk_drug_catalog PRIMARY KEY (drug_code, valid_from),
  CONSTRAINT ck_drug_class CHECK (si_class IN ('A', 'B', 'C')),
  CONSTRAINT ck_drug_period CHECK (valid_to > valid_from)
);
COMMENT ON COLUMN ins_claim.drug_catalog.si_class IS '医保类别 A甲类 B乙类 C丙类(自费)';
COMMENT ON COLUMN ins_claim.drug_catalog.need_diag_prefix IS '限适应症,ICD前缀逗号分隔';
