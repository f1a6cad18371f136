CREATE TABLE ins_fin.audit_ddl_event (
  event_time  TIMESTAMP(6) DEFAULT SYSTIMESTAMP NOT NULL,
  sys_event   VARCHAR2(30),
  obj_owner   VARCHAR2(128),
  obj_name    VARCHAR2(128),
  obj_type    VARCHAR2(30),
  login_user  VARCHAR2(128),
  sql_text    CLOB
);
