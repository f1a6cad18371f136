CREATE TABLE ins_core.product
(
  product_code      VARCHAR2(12)        NOT NULL,
  product_name      VARCHAR2(120 CHAR)  NOT NULL,
  product_name_en   VARCHAR2(120),
  line_of_business  VARCHAR2(2)         NOT NULL,
  launch_date       DATE                NOT NULL,
  withdraw_date     DATE,
  currency          CHAR(3)             DEFAULT 'CNY' NOT NULL,
  rate_basis        VARCHAR2(2)         DEFAULT 'TB' NOT NULL,
  min_age           NUMBER(3)           DEFAULT 0,
  max_age           NUMBER(3)           DEFAULT 65,
  min_sum_insured   NUMBER(18,2)        DEFAULT 1000,
  max_sum_insured   NUMBER(18,2),
  term_type         VARCHAR2(1)         DEFAULT 'Y' NOT NULL,
  term_value        NUMBER(4)           DEFAULT 1 NOT NULL,
  renewable_flag    CHAR(1)             DEFAULT 'Y' NOT NULL,
  grace_days        NUMBER(3)           DEFAULT 60 NOT NULL,
  cooling_off_days  NUMBER(3)           DEFAULT 15 NOT NULL,
  reg_filing_no     VARCHAR2(40),
  terms_doc         CLOB,
  attributes        CLOB                CONSTRAINT ck_product_json CHECK (attributes IS JSON),
  status            VARCHAR2(1)         DEFAULT 'A' NOT NULL,
  created_at        DATE                DEFAULT SYSDATE NOT NULL,
  CONSTRAINT pk_product PRIMARY KEY (product_code),
  CONSTRAINT ck_product_lob CHECK (line_of_business IN ('LF', 'HL', 'PC', 'AC', 'MT')),
  CONSTRAINT ck_product_basis CHECK (rate_basis IN ('TB', 'FM', 'FX')),
  CONSTRAINT ck_product_term CHECK (term_type IN ('Y', 'M', 'D', 'L')),
  CONSTRAINT ck_product_age CHECK (min_age <= max_age)
)
TABLESPACE ins_data
LOB (terms_doc) STORE AS SECUREFILE (TABLESPACE ins_lob ENABLE STORAGE IN ROW COMPRESS MEDIUM)
LOB (attributes) STORE AS SECUREFILE (TABLESPACE ins_lob CACHE);

COMMENT ON TABLE ins_core.product IS '产品定义';
COMMENT ON COLUMN ins_core.product.line_of_business IS 'LF寿险 HL健康险 PC财产险 AC意外险 MT车险';
COMMENT ON COLUMN ins_core.product.rate_basis IS 'TB费率表 FM公式 FX固定保费';
COMMENT ON COLUMN ins_core.product.term_type IS 'Y年 M月 D日 L终身';
