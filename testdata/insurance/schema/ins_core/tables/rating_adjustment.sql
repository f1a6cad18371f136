CREATE TABLE ins_core.rating_adjustment
(
  adjust_code    VARCHAR2(20)         NOT NULL,
  product_code   VARCHAR2(12),
  factor_name    VARCHAR2(30)         NOT NULL,
  operator       VARCHAR2(2)          DEFAULT '=' NOT NULL,
  low_value      VARCHAR2(60),
  high_value     VARCHAR2(60),
  adjust_pct     NUMBER(6,2)          NOT NULL,
  priority       NUMBER(3)            DEFAULT 10 NOT NULL,
  stackable      CHAR(1)              DEFAULT 'Y' NOT NULL,
  description    VARCHAR2(200 CHAR),
  CONSTRAINT pk_rating_adjustment PRIMARY KEY (adjust_code)
);
COMMENT ON COLUMN ins_core.rating_adjustment.adjust_pct IS '正数加费, 负数优惠 (%)';
