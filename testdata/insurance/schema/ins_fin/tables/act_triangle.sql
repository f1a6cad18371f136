CREATE TABLE ins_fin.act_triangle (
  run_id       NUMBER(10) NOT NULL,
  line_of_business VARCHAR2(2) NOT NULL,
  accident_year NUMBER(4) NOT NULL,
  dev_year     NUMBER(2) NOT NULL,
  paid_cum     NUMBER(22,2),
  incurred_cum NUMBER(22,2),
  dev_factor   NUMBER(12,6),
  ultimate     NUMBER(22,2),
  CONSTRAINT pk_act_triangle PRIMARY KEY (run_id, line_of_business, accident_year, dev_year)
);
COMMENT ON TABLE ins_fin.act_triangle IS '流量三角形';
