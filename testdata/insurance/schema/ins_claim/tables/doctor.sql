CREATE TABLE ins_claim.doctor (
  doctor_id      NUMBER(10)   NOT NULL,
  hospital_code  VARCHAR2(12) NOT NULL,
  doctor_name    VARCHAR2(60 CHAR) NOT NULL,
  dept_name      VARCHAR2(60 CHAR),
  title          VARCHAR2(20 CHAR),
  licence_no     VARCHAR2(30),
  watch_flag     CHAR(1) DEFAULT 'N',
  CONSTRAINT pk_doctor PRIMARY KEY (doctor_id),
  CONSTRAINT fk_doctor_hospital FOREIGN KEY (hospital_code) REFERENCES ins_claim.hospital (hospital_code),
  CONSTRAINT uk_doctor_licence UNIQUE (licence_no)
);
