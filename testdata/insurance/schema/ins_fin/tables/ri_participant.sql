CREATE TABLE ins_fin.ri_participant (
  treaty_code    VARCHAR2(16) NOT NULL,
  layer_no       NUMBER(2) DEFAULT 0 NOT NULL,
  reinsurer_code VARCHAR2(10) NOT NULL,
  share_pct      NUMBER(7,4) NOT NULL,
  lead_flag      CHAR(1) DEFAULT 'N',
  CONSTRAINT pk_ri_participant PRIMARY KEY (treaty_code, layer_no, reinsurer_code),
  CONSTRAINT fk_ri_part_treaty FOREIGN KEY (treaty_code) REFERENCES ins_fin.ri_treaty (treaty_code),
  CONSTRAINT fk_ri_part_reins FOREIGN KEY (reinsurer_code) REFERENCES ins_fin.ri_reinsurer (reinsurer_code),
  CONSTRAINT ck_ri_part_share CHECK (share_pct > 0 AND share_pct <= 100)
);
