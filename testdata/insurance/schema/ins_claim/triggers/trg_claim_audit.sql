CREATE OR REPLACE TRIGGER ins_claim.trg_claim_audit
AFTER INSERT OR UPDATE OR DELETE ON ins_claim.claim
FOR EACH ROW
DECLARE
  l_pk VARCHAR2(20) := NVL(:NEW.claim_id, :OLD.claim_id);
  l_none VARCHAR2(1);
BEGIN
  IF INSERTING THEN
    ins_fin.pkg_audit.log_change('CLAIM', l_pk, 'CLAIM_NO', l_none, :NEW.claim_no, 'I');
  ELSIF DELETING THEN
    ins_fin.pkg_audit.log_change('CLAIM', l_pk, 'CLAIM_NO', :OLD.claim_no, l_none, 'D');
  ELSE
    ins_fin.pkg_audit.log_change('CLAIM', l_pk, 'STATUS', :OLD.status, :NEW.status);
    ins_fin.pkg_audit.log_change('CLAIM', l_pk, 'ASSESSED_AMOUNT', :OLD.assessed_amount, :NEW.assessed_amount);
    ins_fin.pkg_audit.log_change('CLAIM', l_pk, 'PAID_AMOUNT', :OLD.paid_amount, :NEW.paid_amount);
    ins_fin.pkg_audit.log_change('CLAIM', l_pk, 'LOSS_DATE', :OLD.loss_date, :NEW.loss_date);
    IF UPDATING('FRAUD_FLAG') THEN
      ins_fin.pkg_audit.log_change('CLAIM', l_pk, 'FRAUD_FLAG', :OLD.fraud_flag, :NEW.fraud_flag);
    END IF;
  END IF;
END trg_claim_audit;
/
