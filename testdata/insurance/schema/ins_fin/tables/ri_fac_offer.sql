CREATE TABLE ins_fin.ri_fac_offer (
  fac_id         NUMBER(12) NOT NULL,
  policy_id      NUMBER(14) NOT NULL,
  offered_sum    NUMBER(20,2) NOT NULL,
  offered_at     DATE DEFAULT SYSDATE,
  reinsurer_code VARCHAR2(10) REFERENCES ins_fin.ri_reinsurer (reinsurer_code),
  accepted_pct   NUMBER(7,4),
  premium_rate   NUMBER(9,6),
  commission_pct NUMBER(7,4),
  status         VARCHAR2(2) DEFAULT 'OF',
  slip_xml       XMLTYPE,
  CONSTRAINT pk_ri_fac_offer PRIMARY KEY (fac_id)
);
COMMENT ON TABLE ins_fin.ri_fac_offer IS '临分要约';
