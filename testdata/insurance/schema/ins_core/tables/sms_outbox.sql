CREATE TABLE ins_core.sms_outbox
(
  sms_id     NUMBER GENERATED ALWAYS AS IDENTITY,
  mobile     VARCHAR2(20)        NOT NULL,
  content    VARCHAR2(500 CHAR)  NOT NULL,
  ref_id     VARCHAR2(60),
  created_at TIMESTAMP DEFAULT SYSTIMESTAMP,
  sent_at    TIMESTAMP,
  retry_count NUMBER(2) DEFAULT 0,
  CONSTRAINT pk_sms_outbox PRIMARY KEY (sms_id)
);
