CREATE TABLE ins_core.policy_party
(
  policy_id          NUMBER(14)   NOT NULL,
  party_id           NUMBER(12)   NOT NULL,
  role_code          VARCHAR2(2)  NOT NULL,
  role_seq           NUMBER(3)    DEFAULT 1 NOT NULL,
  relation_code      VARCHAR2(2),
  share_pct          NUMBER(5,2),
  beneficiary_order  NUMBER(2),
  start_date         DATE         DEFAULT TRUNC(SYSDATE) NOT NULL,
  end_date           DATE,
  CONSTRAINT pk_policy_party PRIMARY KEY (policy_id, party_id, role_code),
  CONSTRAINT fk_polpty_policy FOREIGN KEY (policy_id) REFERENCES ins_core.policy (policy_id) ON DELETE CASCADE,
  CONSTRAINT fk_polpty_party FOREIGN KEY (party_id) REFERENCES ins_core.party (party_id),
  CONSTRAINT ck_polpty_role CHECK (role_code IN ('HO', 'IN', 'BE', 'PY')),
  CONSTRAINT ck_polpty_share CHECK (share_pct BETWEEN 0 AND 100)
)
ORGANIZATION INDEX
TABLESPACE ins_data
INCLUDING share_pct
OVERFLOW TABLESPACE ins_data;

COMMENT ON TABLE ins_core.policy_party IS '保单关系人';
COMMENT ON COLUMN ins_core.policy_party.role_code IS 'HO投保人 IN被保险人 BE受益人 PY付款人';
COMMENT ON COLUMN ins_core.policy_party.relation_code IS '与被保险人关系, 见 REF_CODE RELATION';
