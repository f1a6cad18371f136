CREATE TABLE ins_core.app_user
(
  user_id        VARCHAR2(30)        NOT NULL,
  user_name      VARCHAR2(60 CHAR)   NOT NULL,
  branch_code    VARCHAR2(8)         NOT NULL,
  password_hash  RAW(64),
  password_salt  RAW(16),
  failed_logins  NUMBER(2)           DEFAULT 0 NOT NULL,
  locked_until   TIMESTAMP,
  uw_level       NUMBER(1)           DEFAULT 0,
  status         VARCHAR2(1)         DEFAULT 'A' NOT NULL,
  last_login     TIMESTAMP WITH TIME ZONE,
  CONSTRAINT pk_app_user PRIMARY KEY (user_id),
  CONSTRAINT fk_app_user_branch FOREIGN KEY (branch_code) REFERENCES ins_core.branch (branch_code)
);
