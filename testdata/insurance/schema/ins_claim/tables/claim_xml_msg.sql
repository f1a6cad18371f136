-- 与医院、社保平台交换的报文
CREATE TABLE ins_claim.claim_xml_msg (
  msg_id       VARCHAR2(32) DEFAULT RAWTOHEX(SYS_GUID()) NOT NULL,
  direction    CHAR(1) NOT NULL,
  msg_type     VARCHAR2(20) NOT NULL,
  claim_no     VARCHAR2(20),
  body         SYS.XMLTYPE,
  received_at  TIMESTAMP WITH TIME ZONE DEFAULT SYSTIMESTAMP,
  processed_at TIMESTAMP WITH LOCAL TIME ZONE,
  process_code VARCHAR2(10),
  CONSTRAINT pk_claim_xml_msg PRIMARY KEY (msg_id),
  CONSTRAINT ck_claim_xml_dir CHECK (direction IN ('I', 'O'))
)
XMLTYPE body STORE AS CLOB;
