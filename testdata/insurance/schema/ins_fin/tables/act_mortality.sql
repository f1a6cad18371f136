CREATE TABLE ins_fin.act_mortality (
  table_code VARCHAR2(10) NOT NULL,
  gender     CHAR(1) NOT NULL,
  age        NUMBER(3) NOT NULL,
  qx         NUMBER(12,10) NOT NULL,
  CONSTRAINT pk_act_mortality PRIMARY KEY (table_code, gender, age)
) ORGANIZATION INDEX COMPRESS 2;
COMMENT ON TABLE ins_fin.act_mortality IS '经验生命表';
