CREATE TABLE ins_core.party_relation
(
  party_id       NUMBER(12) NOT NULL CONSTRAINT fk_prel_from REFERENCES ins_core.party,
  related_id     NUMBER(12) NOT NULL CONSTRAINT fk_prel_to   REFERENCES ins_core.party,
  relation_code  VARCHAR2(2) NOT NULL,
  since_date     DATE,
  CONSTRAINT pk_party_relation PRIMARY KEY (party_id, related_id, relation_code),
  CONSTRAINT ck_prel_self CHECK (party_id != related_id)
)
ORGANIZATION INDEX;
