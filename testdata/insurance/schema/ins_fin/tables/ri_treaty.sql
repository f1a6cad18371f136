CREATE TABLE ins_fin.ri_treaty (
  treaty_code    VARCHAR2(16) NOT NULL,
  treaty_name    VARCHAR2(200 CHAR) NOT NULL,
  treaty_type    VARCHAR2(3)  NOT NULL,
  line_of_business VARCHAR2(2) NOT NULL,
  underwriting_year NUMBER(4) NOT NULL,
  effective_date DATE NOT NULL,
  expiry_date    DATE NOT NULL,
  currency       CHAR(3) DEFAULT 'CNY',
  retention_amount NUMBER(18,2),
  quota_pct      NUMBER(7,4),
  surplus_lines  NUMBER(4),
  event_limit    NUMBER(20,2),
  commission_pct NUMBER(7,4) DEFAULT 0,
  profit_comm_pct NUMBER(7,4) DEFAULT 0,
  priority_no    NUMBER(3) DEFAULT 1,
  status         VARCHAR2(2) DEFAULT 'AC',
  CONSTRAINT pk_ri_treaty PRIMARY KEY (treaty_code),
  CONSTRAINT ck_ri_treaty_type CHECK (treaty_type IN ('QS','SP','XL','SL'))
);
COMMENT ON TABLE ins_fin.ri_treaty IS '再保合约';
COMMENT ON COLUMN ins_fin.ri_treaty.treaty_type IS 'QS成数 SP溢额 XL超赔 SL赔付率超赔';
