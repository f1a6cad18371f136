CREATE OR REPLACE TRIGGER ins_claim.trg_claim_status
AFTER UPDATE OF status ON ins_claim.claim
FOR EACH ROW
WHEN (OLD.status <> NEW.status)
BEGIN
  INSERT INTO claim_status_hist (claim_id, changed_at, old_status, new_status, changed_by, reason)
  VALUES (:NEW.claim_id, SYSTIMESTAMP, :OLD.status, :NEW.status, NVL(:NEW.updated_by, USER), :NEW.close_reason);
END;
/
