CREATE TABLE ins_fin.notify_queue (
  notify_id     NUMBER(16) NOT NULL,
  template_code VARCHAR2(20),
  channel       VARCHAR2(4) NOT NULL,
  party_id      NUMBER(12),
  address       VARCHAR2(200),
  subject       VARCHAR2(200 CHAR),
  body          CLOB,
  priority      NUMBER(1) DEFAULT 5,
  status        VARCHAR2(1) DEFAULT 'Q' NOT NULL,
  send_after    DATE DEFAULT SYSDATE,
  sent_at       DATE,
  try_count     NUMBER(2) DEFAULT 0,
  last_error    VARCHAR2(500),
  ref_type      VARCHAR2(10),
  ref_id        NUMBER(16),
  CONSTRAINT pk_notify_queue PRIMARY KEY (notify_id)
);
