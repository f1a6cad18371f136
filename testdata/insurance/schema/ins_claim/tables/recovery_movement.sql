CREATE TABLE ins_claim.recovery_movement (
  recovery_id  NUMBER(14) NOT NULL,
  movement_no  NUMBER(4)  NOT NULL,
  movement_type VARCHAR2(2) NOT NULL,
  movement_date DATE DEFAULT SYSDATE NOT NULL,
  amount       NUMBER(18,2) NOT NULL,
  receipt_id   NUMBER(14),
  remark       VARCHAR2(400 CHAR),
  CONSTRAINT pk_recovery_movement PRIMARY KEY (recovery_id, movement_no),
  CONSTRAINT fk_recovery_movement FOREIGN KEY (recovery_id) REFERENCES ins_claim.recovery_case (recovery_id)
);
