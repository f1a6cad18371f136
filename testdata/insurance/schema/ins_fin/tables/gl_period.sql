CREATE TABLE ins_fin.gl_period (
  period_code  VARCHAR2(6) NOT NULL,
  start_date   DATE NOT NULL,
  end_date     DATE NOT NULL,
  status       CHAR(1) DEFAULT 'N' NOT NULL,
  closed_by    VARCHAR2(30),
  closed_at    DATE,
  CONSTRAINT pk_gl_period PRIMARY KEY (period_code),
  CONSTRAINT ck_gl_period CHECK (end_date >= start_date),
  CONSTRAINT ck_gl_period_status CHECK (status IN ('N','O','S','C'))
);
COMMENT ON COLUMN ins_fin.gl_period.status IS 'N未启用 O打开 S结账中 C已关闭';
