CREATE TABLE ins_core.ref_code
(
  code_type     VARCHAR2(30)        NOT NULL,
  code_value    VARCHAR2(20)        NOT NULL,
  code_name     VARCHAR2(200 CHAR)  NOT NULL,
  name_en       VARCHAR2(200),
  parent_value  VARCHAR2(20),
  sort_no       NUMBER(5)           DEFAULT 0,
  valid_from    DATE                DEFAULT DATE '2000-01-01' NOT NULL,
  valid_to      DATE                DEFAULT DATE '9999-12-31' NOT NULL,
  active_flag   CHAR(1)             DEFAULT 'Y' NOT NULL,
  CONSTRAINT pk_ref_code PRIMARY KEY (code_type, code_value),
  CONSTRAINT ck_ref_code_active CHECK (active_flag IN ('Y', 'N'))
)
ORGANIZATION INDEX
COMPRESS 1
PCTTHRESHOLD 30
OVERFLOW;

COMMENT ON TABLE ins_core.ref_code IS '通用代码表';
