CREATE TABLE ins_core.renewal_error
(
  batch_id    NUMBER(10) NOT NULL,
  policy_id   NUMBER(14) NOT NULL,
  error_code  NUMBER(6),
  error_text  VARCHAR2(2000),
  logged_at   DATE DEFAULT SYSDATE
);
