CREATE TABLE ins_core.service_request
(
  request_id    NUMBER GENERATED ALWAYS AS IDENTITY,
  party_id      NUMBER(12)          NOT NULL,
  policy_id     NUMBER(14),
  request_type  VARCHAR2(2)         NOT NULL,
  channel       VARCHAR2(4)         DEFAULT 'TEL' NOT NULL,
  priority      NUMBER(1)           DEFAULT 3 NOT NULL,
  content       VARCHAR2(2000 CHAR),
  answer        VARCHAR2(2000 CHAR),
  opened_at     DATE                DEFAULT SYSDATE NOT NULL,
  due_at        DATE,
  closed_at     DATE,
  handler       VARCHAR2(30),
  status        VARCHAR2(1)         DEFAULT 'O' NOT NULL,
  CONSTRAINT pk_service_request PRIMARY KEY (request_id),
  CONSTRAINT fk_service_party FOREIGN KEY (party_id) REFERENCES ins_core.party (party_id),
  CONSTRAINT ck_service_type CHECK (request_type IN ('CB', 'CP', 'EN'))
);
COMMENT ON COLUMN ins_core.service_request.request_type IS 'CB新单回访 CP投诉 EN咨询';
