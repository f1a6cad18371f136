CREATE OR REPLACE TRIGGER ins_claim.trg_hospital_guard
BEFORE DELETE OR UPDATE OF hospital_code ON ins_claim.hospital
REFERENCING OLD AS o NEW AS n
FOR EACH ROW
DECLARE
  l_cnt NUMBER;
BEGIN
  SELECT COUNT(*) INTO l_cnt FROM medical_bill WHERE hospital_code = :o.hospital_code AND ROWNUM = 1;
  IF l_cnt > 0 THEN
    RAISE_APPLICATION_ERROR(-20391, '医院 ' || :o.hospital_name || ' 已有账单');
  END IF;
END;
/
