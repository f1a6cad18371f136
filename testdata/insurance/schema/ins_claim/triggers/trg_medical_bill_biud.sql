CREATE OR REPLACE TRIGGER ins_claim.trg_medical_bill_biud
BEFORE INSERT OR UPDATE ON ins_claim.medical_bill
FOR EACH ROW
DISABLE
BEGIN
  :NEW.updated_at := SYSTIMESTAMP;
  IF :NEW.visit_type = 'IP' AND :NEW.admit_date IS NULL THEN
    RAISE_APPLICATION_ERROR(-20392, '住院账单必须有入院日期');
  END IF;
END;
/
ALTER TRIGGER ins_claim.trg_medical_bill_biud ENABLE;
