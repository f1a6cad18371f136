CREATE TABLE ins_core.doc_template
(
  template_code  VARCHAR2(20)         NOT NULL,
  version_no     NUMBER(4)            NOT NULL,
  title          VARCHAR2(200 CHAR)   NOT NULL,
  doc_format     VARCHAR2(4)          DEFAULT 'HTML' NOT NULL,
  body           CLOB                 NOT NULL,
  active_flag    CHAR(1)              DEFAULT 'Y' NOT NULL,
  updated_at     DATE                 DEFAULT SYSDATE,
  CONSTRAINT pk_doc_template PRIMARY KEY (template_code, version_no)
)
LOB (body) STORE AS SECUREFILE (TABLESPACE ins_lob CACHE);
