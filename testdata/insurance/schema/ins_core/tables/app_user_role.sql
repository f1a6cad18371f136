CREATE TABLE ins_core.app_user_role
(
  user_id    VARCHAR2(30) NOT NULL REFERENCES ins_core.app_user (user_id),
  role_code  VARCHAR2(20) NOT NULL REFERENCES ins_core.app_role (role_code),
  granted_at DATE DEFAULT SYSDATE,
  CONSTRAINT pk_app_user_role PRIMARY KEY (user_id, role_code)
);
