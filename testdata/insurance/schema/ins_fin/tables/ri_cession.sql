CREATE TABLE ins_fin.ri_cession (
  cession_id     NUMBER(14) NOT NULL,
  cession_type   VARCHAR2(2) NOT NULL,
  treaty_code    VARCHAR2(16),
  layer_no       NUMBER(2),
  fac_id         NUMBER(12),
  policy_id      NUMBER(14) NOT NULL,
  policy_no      VARCHAR2(20),
  claim_id       NUMBER(14),
  reinsurer_code VARCHAR2(10),
  cession_date   DATE NOT NULL,
  currency       CHAR(3) DEFAULT 'CNY',
  gross_amount   NUMBER(20,2),
  ceded_pct      NUMBER(9,6),
  ceded_sum      NUMBER(20,2) DEFAULT 0,
  ceded_premium  NUMBER(18,2) DEFAULT 0,
  ceded_commission NUMBER(18,2) DEFAULT 0,
  ceded_loss     NUMBER(18,2) DEFAULT 0,
  bordereau_id   NUMBER(10),
  status         VARCHAR2(2) DEFAULT 'NW',
  created_at     DATE DEFAULT SYSDATE,
  CONSTRAINT pk_ri_cession PRIMARY KEY (cession_id),
  CONSTRAINT ck_ri_cession_type CHECK (cession_type IN ('PR','LS','AD','RV'))
)
PARTITION BY RANGE (cession_date)
SUBPARTITION BY LIST (cession_type)
SUBPARTITION TEMPLATE (
  SUBPARTITION sp_prem VALUES ('PR'),
  SUBPARTITION sp_loss VALUES ('LS'),
  SUBPARTITION sp_rest VALUES (DEFAULT)
)
(
  PARTITION p2020 VALUES LESS THAN (DATE '2021-01-01'),
  PARTITION p2021 VALUES LESS THAN (DATE '2022-01-01'),
  PARTITION p2022 VALUES LESS THAN (DATE '2023-01-01'),
  PARTITION pmax  VALUES LESS THAN (MAXVALUE)
);
COMMENT ON COLUMN ins_fin.ri_cession.cession_type IS 'PR保费 LS赔款 AD调整 RV冲回';
