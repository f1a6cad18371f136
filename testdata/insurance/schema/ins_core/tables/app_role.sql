CREATE TABLE ins_core.app_role
(
  role_code  VARCHAR2(20)       NOT NULL PRIMARY KEY,
  role_name  VARCHAR2(60 CHAR)  NOT NULL,
  functions  VARCHAR2(4000)
);
