CREATE TABLE ins_claim.claim_document (
  doc_id        NUMBER(14)         NOT NULL,
  claim_id      NUMBER(14)         NOT NULL,
  doc_type      VARCHAR2(6)        NOT NULL,
  file_name     VARCHAR2(255 CHAR) NOT NULL,
  mime_type     VARCHAR2(100)      DEFAULT 'application/octet-stream',
  content       BLOB               DEFAULT EMPTY_BLOB(),
  ocr_text      CLOB,
  content_size  NUMBER(12),
  content_hash  RAW(32),
  required_flag CHAR(1)            DEFAULT 'N',
  received_at   DATE,
  verified_by   VARCHAR2(30),
  verified_at   DATE,
  status        VARCHAR2(2)        DEFAULT '00',
  CONSTRAINT pk_claim_document PRIMARY KEY (doc_id),
  CONSTRAINT fk_claim_document FOREIGN KEY (claim_id) REFERENCES ins_claim.claim (claim_id)
    DEFERRABLE INITIALLY DEFERRED
)
LOB (content) STORE AS SECUREFILE lob_claim_doc_content (
  TABLESPACE ts_claim_lob DISABLE STORAGE IN ROW CHUNK 32768 RETENTION MAX
  NOCACHE LOGGING
  STORAGE (INITIAL 64M NEXT 64M MAXEXTENTS UNLIMITED PCTINCREASE 0)
)
LOB (ocr_text) STORE AS BASICFILE lob_claim_doc_ocr (
  TABLESPACE ts_claim_lob ENABLE STORAGE IN ROW CHUNK 8192 PCTVERSION 10 CACHE READS
)
TABLESPACE ts_claim_data;
COMMENT ON TABLE ins_claim.claim_document IS '理赔单证影像';
COMMENT ON COLUMN ins_claim.claim_document.ocr_text IS 'OCR识别文本';
