CREATE TABLE ins_fin.audit_data_change (
  change_id    NUMBER GENERATED ALWAYS AS IDENTITY (START WITH 1 INCREMENT BY 1 CACHE 1000) NOT NULL,
  table_name   VARCHAR2(61) NOT NULL,
  pk_value     VARCHAR2(100) NOT NULL,
  column_name  VARCHAR2(30),
  old_value    VARCHAR2(4000),
  new_value    VARCHAR2(4000),
  dml_type     CHAR(1) NOT NULL,
  changed_at   TIMESTAMP(6) DEFAULT SYSTIMESTAMP,
  changed_by   VARCHAR2(60),
  tx_id        VARCHAR2(40),
  CONSTRAINT pk_audit_data_change PRIMARY KEY (change_id) RELY
);
