CREATE TABLE ins_core.party_address
(
  address_id  NUMBER(12)         DEFAULT ins_core.seq_address.NEXTVAL NOT NULL,
  party_id    NUMBER(12)         NOT NULL,
  addr_type   VARCHAR2(2)        DEFAULT 'HM' NOT NULL,
  address     ins_core.t_address,
  valid_from  DATE               DEFAULT TRUNC(SYSDATE) NOT NULL,
  valid_to    DATE,
  CONSTRAINT pk_party_address PRIMARY KEY (address_id),
  CONSTRAINT fk_party_address FOREIGN KEY (party_id) REFERENCES ins_core.party (party_id),
  CONSTRAINT ck_party_addr_type CHECK (addr_type IN ('HM', 'WK', 'RG', 'BL'))
);

COMMENT ON TABLE ins_core.party_address IS '客户地址';
COMMENT ON COLUMN ins_core.party_address.addr_type IS 'HM住宅 WK单位 RG户籍/注册 BL账单';
