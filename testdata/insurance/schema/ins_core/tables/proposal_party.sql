CREATE TABLE ins_core.proposal_party
(
  proposal_id        NUMBER(14)   NOT NULL,
  party_id           NUMBER(12)   NOT NULL,
  role_code          VARCHAR2(2)  NOT NULL,
  relation_code      VARCHAR2(2),
  share_pct          NUMBER(5,2),
  beneficiary_order  NUMBER(2)    DEFAULT 1,
  CONSTRAINT pk_proposal_party PRIMARY KEY (proposal_id, party_id, role_code),
  CONSTRAINT fk_propty_proposal FOREIGN KEY (proposal_id) REFERENCES ins_core.proposal (proposal_id) ON DELETE CASCADE,
  CONSTRAINT fk_propty_party FOREIGN KEY (party_id) REFERENCES ins_core.party (party_id)
);
