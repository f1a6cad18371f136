CREATE TABLE ins_core.ddl_audit
(
  event_time   TIMESTAMP DEFAULT SYSTIMESTAMP,
  event_name   VARCHAR2(30),
  object_type  VARCHAR2(30),
  object_owner VARCHAR2(128),
  object_name  VARCHAR2(128),
  login_user   VARCHAR2(128),
  host         VARCHAR2(128),
  sql_text     CLOB
);
