CREATE TABLE ins_core.party_document
(
  doc_id       NUMBER(12)          NOT NULL,
  party_id     NUMBER(12)          NOT NULL,
  doc_type     VARCHAR2(10)        NOT NULL,
  file_name    VARCHAR2(255 CHAR)  NOT NULL,
  mime_type    VARCHAR2(60)        DEFAULT 'image/jpeg',
  content      BLOB                DEFAULT EMPTY_BLOB(),
  ocr_text     CLOB,
  sha1         RAW(20),
  uploaded_at  TIMESTAMP(3) WITH TIME ZONE DEFAULT SYSTIMESTAMP,
  CONSTRAINT pk_party_document PRIMARY KEY (doc_id),
  CONSTRAINT fk_party_document FOREIGN KEY (party_id) REFERENCES ins_core.party (party_id)
)
LOB (content) STORE AS SECUREFILE (TABLESPACE ins_lob DISABLE STORAGE IN ROW DEDUPLICATE COMPRESS HIGH)
LOB (ocr_text) STORE AS BASICFILE (TABLESPACE ins_lob CHUNK 16384 PCTVERSION 5 NOCACHE)
PARTITION BY LIST (doc_type)
( PARTITION p_identity VALUES ('ID', 'PASSPORT', 'LICENSE'),
  PARTITION p_medical  VALUES ('EXAM', 'INVOICE', 'CASE'),
  PARTITION p_finance  VALUES ('INCOME', 'BANK'),
  PARTITION p_other    VALUES (DEFAULT)
);
