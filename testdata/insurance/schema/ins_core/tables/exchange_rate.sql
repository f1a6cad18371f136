CREATE TABLE ins_core.exchange_rate
(
  from_currency  CHAR(3)       NOT NULL,
  to_currency    CHAR(3)       NOT NULL,
  rate_date      DATE          NOT NULL,
  rate_type      VARCHAR2(1)   DEFAULT 'M' NOT NULL,
  rate           NUMBER(18,8)  NOT NULL,
  source         VARCHAR2(30)  DEFAULT 'SAFE',
  CONSTRAINT pk_exchange_rate PRIMARY KEY (from_currency, to_currency, rate_date, rate_type),
  CONSTRAINT ck_exchange_rate CHECK (rate > 0),
  CONSTRAINT ck_exchange_type CHECK (rate_type IN ('M', 'B', 'S'))
)
TABLESPACE ins_data;

COMMENT ON TABLE ins_core.exchange_rate IS '汇率';
COMMENT ON COLUMN ins_core.exchange_rate.rate_type IS 'M中间价 B买入 S卖出';
