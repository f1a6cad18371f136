CREATE TABLE ins_fin.ri_bordereau (
  bordereau_id   NUMBER(10) NOT NULL,
  treaty_code    VARCHAR2(16) NOT NULL,
  reinsurer_code VARCHAR2(10) NOT NULL,
  quarter_code   VARCHAR2(6) NOT NULL,
  premium_amount NUMBER(20,2) DEFAULT 0,
  commission_amount NUMBER(20,2) DEFAULT 0,
  loss_amount    NUMBER(20,2) DEFAULT 0,
  balance_amount NUMBER(20,2) GENERATED ALWAYS AS (premium_amount - commission_amount - loss_amount) VIRTUAL,
  status         VARCHAR2(2) DEFAULT 'DR',
  content        CLOB,
  CONSTRAINT pk_ri_bordereau PRIMARY KEY (bordereau_id),
  CONSTRAINT uk_ri_bordereau UNIQUE (treaty_code, reinsurer_code, quarter_code)
);
