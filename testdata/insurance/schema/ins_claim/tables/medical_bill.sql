-- 医疗账单,组合分区(范围-散列),数据量约 3 亿
CREATE TABLE ins_claim.medical_bill (
  bill_id          NUMBER(16)   NOT NULL,
  claim_id         NUMBER(14),
  bill_no          VARCHAR2(40) NOT NULL,
  hospital_code    VARCHAR2(12) NOT NULL,
  doctor_id        NUMBER(10),
  insured_id       NUMBER(12)   NOT NULL,
  visit_type       VARCHAR2(2)  NOT NULL,
  admit_date       DATE,
  discharge_date   DATE,
  bill_date        DATE         NOT NULL,
  main_icd         VARCHAR2(10),
  second_icd       VARCHAR2(200),
  total_amount     NUMBER(14,2) NOT NULL,
  si_fund_amount   NUMBER(14,2) DEFAULT 0,
  si_account_amount NUMBER(14,2) DEFAULT 0,
  self_pay_amount  NUMBER(14,2) DEFAULT 0,
  own_expense      NUMBER(14,2) DEFAULT 0,
  covered_amount   NUMBER(14,2),
  payable_amount   NUMBER(14,2),
  hospital_days    NUMBER GENERATED ALWAYS AS (CASE WHEN discharge_date IS NULL THEN 0 ELSE GREATEST(TRUNC(discharge_date) - TRUNC(admit_date), 1) END) VIRTUAL,
  bill_status      VARCHAR2(2) DEFAULT '00' NOT NULL,
  source_system    VARCHAR2(10) DEFAULT 'SCAN',
  settlement_id    NUMBER(14),
  created_at       DATE DEFAULT SYSDATE,
  updated_at       TIMESTAMP(6),
  CONSTRAINT pk_medical_bill PRIMARY KEY (bill_id),
  CONSTRAINT ck_medical_bill_visit CHECK (visit_type IN ('OP','IP','EM','PH'))
)
PCTFREE 10
PARTITION BY RANGE (bill_date)
SUBPARTITION BY HASH (insured_id) SUBPARTITIONS 8 STORE IN (ts_med_01, ts_med_02, ts_med_03, ts_med_04)
(
  PARTITION p_2019h1 VALUES LESS THAN (TO_DATE('20190701','YYYYMMDD')),
  PARTITION p_2019h2 VALUES LESS THAN (TO_DATE('20200101','YYYYMMDD')),
  PARTITION p_2020h1 VALUES LESS THAN (TO_DATE('20200701','YYYYMMDD')),
  PARTITION p_2020h2 VALUES LESS THAN (TO_DATE('20210101','YYYYMMDD')),
  PARTITION p_2021h1 VALUES LESS THAN (TO_DATE('20210701','YYYYMMDD')),
  PARTITION p_2021h2 VALUES LESS THAN (TO_DATE('20220101','YYYYMMDD')),
  PARTITION p_2022   VALUES LESS THAN (TO_DATE('20230101','YYYYMMDD')) SUBPARTITIONS 16,
  PARTITION p_max    VALUES LESS THAN (MAXVALUE)
)
ENABLE ROW MOVEMENT;
COMMENT ON TABLE ins_claim.medical_bill IS '医疗账单';
COMMENT ON COLUMN ins_claim.medical_bill.visit_type IS 'OP门诊 IP住院 EM急诊 PH药店';
COMMENT ON COLUMN ins_claim.medical_bill.bill_status IS '00录入 10校验 20分割 30理算 40结算 90作废';
