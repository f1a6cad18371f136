CREATE TABLE ins_core.party_contact
(
  party_id          NUMBER(12) NOT NULL,
  phones            ins_core.t_phone_list,
  tags              ins_core.t_string_tab,
  wechat_openid     VARCHAR2(64),
  do_not_call       CHAR(1) DEFAULT 'N' NOT NULL,
  last_contact_date DATE,
  CONSTRAINT pk_party_contact PRIMARY KEY (party_id),
  CONSTRAINT fk_party_contact FOREIGN KEY (party_id) REFERENCES ins_core.party (party_id) ON DELETE CASCADE
)
NESTED TABLE tags STORE AS party_contact_tags RETURN AS VALUE;
