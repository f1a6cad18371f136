CREATE TABLE ins_claim.claim_survey (
  survey_id       NUMBER(14) NOT NULL,
  claim_id        NUMBER(14) NOT NULL,
  survey_type     VARCHAR2(2) NOT NULL,
  surveyor_id     VARCHAR2(30),
  scheduled_at    DATE,
  arrived_at      DATE,
  finished_at     DATE,
  gps_longitude   NUMBER(10,6),
  gps_latitude    NUMBER(10,6),
  conclusion      VARCHAR2(2),
  liability_pct   NUMBER(5,2),
  loss_estimate   NUMBER(18,2),
  report_xml      XMLTYPE,
  duration        INTERVAL DAY(3) TO SECOND(0),
  CONSTRAINT pk_claim_survey PRIMARY KEY (survey_id),
  CONSTRAINT fk_claim_survey FOREIGN KEY (claim_id) REFERENCES ins_claim.claim
)
XMLTYPE COLUMN report_xml STORE AS SECUREFILE BINARY XML (TABLESPACE ts_claim_lob);
COMMENT ON TABLE ins_claim.claim_survey IS '查勘记录';
