CREATE TABLE ins_core.uw_health_answer
(
  proposal_id   NUMBER(14)   NOT NULL,
  question_no   VARCHAR2(10) NOT NULL,
  answer_flag   CHAR(1)      NOT NULL,
  answer_text   VARCHAR2(2000 CHAR),
  CONSTRAINT pk_uw_health_answer PRIMARY KEY (proposal_id, question_no),
  CONSTRAINT fk_uw_health_answer FOREIGN KEY (proposal_id) REFERENCES ins_core.proposal (proposal_id) ON DELETE CASCADE
);
COMMENT ON TABLE ins_core.uw_health_answer IS '健康告知';
