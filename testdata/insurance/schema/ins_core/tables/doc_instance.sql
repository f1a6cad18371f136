CREATE TABLE ins_core.doc_instance
(
  doc_id         NUMBER(14)    NOT NULL,
  template_code  VARCHAR2(20)  NOT NULL,
  version_no     NUMBER(4)     NOT NULL,
  policy_id      NUMBER(14),
  party_id       NUMBER(12),
  ref_no         VARCHAR2(30),
  content        CLOB,
  data_xml       XMLTYPE,
  pdf            BLOB,
  sha256         RAW(32),
  status         VARCHAR2(1)   DEFAULT 'N' NOT NULL,
  created_at     DATE          DEFAULT SYSDATE NOT NULL,
  printed_at     DATE,
  copies         NUMBER(3)     DEFAULT 0,
  CONSTRAINT pk_doc_instance PRIMARY KEY (doc_id),
  CONSTRAINT fk_doc_template FOREIGN KEY (template_code, version_no)
    REFERENCES ins_core.doc_template (template_code, version_no)
)
LOB (content, pdf) STORE AS SECUREFILE (TABLESPACE ins_lob DISABLE STORAGE IN ROW NOCACHE);
