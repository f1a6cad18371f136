CREATE TABLE ins_core.sys_parameter
(
  param_name   VARCHAR2(60)        NOT NULL,
  param_value  VARCHAR2(4000),
  data_type    VARCHAR2(1)         DEFAULT 'S' NOT NULL,
  description  VARCHAR2(400 CHAR),
  updated_by   VARCHAR2(30)        DEFAULT USER,
  updated_at   DATE                DEFAULT SYSDATE,
  CONSTRAINT pk_sys_parameter PRIMARY KEY (param_name),
  CONSTRAINT ck_sys_parameter_type CHECK (data_type IN ('S', 'N', 'D', 'B'))
);

COMMENT ON TABLE ins_core.sys_parameter IS '系统参数';
COMMENT ON COLUMN ins_core.sys_parameter.data_type IS 'S字符 N数字 D日期(YYYY-MM-DD) B开关(Y/N)';
