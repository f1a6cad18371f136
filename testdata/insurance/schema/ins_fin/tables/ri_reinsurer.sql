CREATE TABLE ins_fin.ri_reinsurer (
  reinsurer_code VARCHAR2(10) NOT NULL,
  reinsurer_name VARCHAR2(200 CHAR) NOT NULL,
  english_name   VARCHAR2(200),
  country        CHAR(2),
  rating         VARCHAR2(5),
  rating_date    DATE,
  bank_code      VARCHAR2(12),
  account_no     VARCHAR2(40),
  CONSTRAINT pk_ri_reinsurer PRIMARY KEY (reinsurer_code)
);
