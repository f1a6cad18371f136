CREATE TABLE ins_claim.icd_diagnosis (
  icd_code       VARCHAR2(10) NOT NULL,
  parent_code    VARCHAR2(10),
  icd_name       VARCHAR2(200 CHAR) NOT NULL,
  icd_name_en    VARCHAR2(200),
  chronic_flag   CHAR(1) DEFAULT 'N',
  critical_flag  CHAR(1) DEFAULT 'N',
  avg_days       NUMBER(5,1),
  avg_cost       NUMBER(12,2),
  CONSTRAINT pk_icd_diagnosis PRIMARY KEY (icd_code),
  CONSTRAINT fk_icd_parent FOREIGN KEY (parent_code) REFERENCES ins_claim.icd_diagnosis (icd_code)
    INITIALLY DEFERRED DEFERRABLE
);
COMMENT ON TABLE ins_claim.icd_diagnosis IS '疾病诊断编码 ICD-10';
