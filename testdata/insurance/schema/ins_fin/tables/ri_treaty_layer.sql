CREATE TABLE ins_fin.ri_treaty_layer (
  treaty_code   VARCHAR2(16) NOT NULL,
  layer_no      NUMBER(2) NOT NULL,
  layer_limit   NUMBER(20,2) NOT NULL,
  attachment    NUMBER(20,2) NOT NULL,
  reinstatements NUMBER(2) DEFAULT 0,
  reinst_pct    NUMBER(7,4) DEFAULT 100,
  min_deposit_premium NUMBER(18,2),
  rate_on_line  NUMBER(9,6),
  used_amount   NUMBER(20,2) DEFAULT 0,
  CONSTRAINT pk_ri_treaty_layer PRIMARY KEY (treaty_code, layer_no),
  CONSTRAINT fk_ri_treaty_layer FOREIGN KEY (treaty_code) REFERENCES ins_fin.ri_treaty (treaty_code)
);
