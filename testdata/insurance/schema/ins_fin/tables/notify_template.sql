CREATE TABLE ins_fin.notify_template (
  template_code VARCHAR2(20) NOT NULL,
  channel       VARCHAR2(4) NOT NULL,
  language      VARCHAR2(5) DEFAULT 'zh_CN' NOT NULL,
  subject       VARCHAR2(200 CHAR),
  body          VARCHAR2(4000) NOT NULL,
  "COMMENT"     VARCHAR2(200),
  CONSTRAINT pk_notify_template PRIMARY KEY (template_code, channel, language)
);
COMMENT ON COLUMN ins_fin.notify_template."COMMENT" IS '备注(历史遗留的保留字列名)';
