CREATE TABLE ins_claim.hospital (
  hospital_code   VARCHAR2(12)       NOT NULL,
  hospital_name   VARCHAR2(200 CHAR) NOT NULL,
  hospital_level  VARCHAR2(4),
  province_code   VARCHAR2(6)        NOT NULL,
  city_name       VARCHAR2(60 CHAR),
  address         VARCHAR2(300 CHAR),
  network_flag    CHAR(1) DEFAULT 'N' NOT NULL,
  direct_pay_flag CHAR(1) DEFAULT 'N' NOT NULL,
  blacklist_flag  CHAR(1) DEFAULT 'N' NOT NULL,
  settle_cycle    VARCHAR2(1) DEFAULT 'M',
  discount_rate   NUMBER(5,4) DEFAULT 1,
  bank_code       VARCHAR2(12),
  bank_account    VARCHAR2(40),
  contract_from   DATE,
  contract_to     DATE,
  name_upper      VARCHAR2(800) GENERATED ALWAYS AS (UPPER(hospital_name)),
  status          VARCHAR2(1) DEFAULT 'A',
  CONSTRAINT pk_hospital PRIMARY KEY (hospital_code)
)
PARTITION BY LIST (province_code) (
  PARTITION p_east  VALUES ('310000','320000','330000','370000','350000'),
  PARTITION p_north VALUES ('110000','120000','130000','140000','210000'),
  PARTITION p_south VALUES ('440000','450000','460000','430000','420000'),
  PARTITION p_west  VALUES ('500000','510000','610000','530000'),
  PARTITION p_other VALUES (DEFAULT)
);
COMMENT ON TABLE ins_claim.hospital IS '医疗机构';
COMMENT ON COLUMN ins_claim.hospital.hospital_level IS '3A三甲 3B三乙 2A二甲 2B二乙 1A一级';
