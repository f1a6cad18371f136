-- 通过视图改经办人和备注
CREATE OR REPLACE TRIGGER ins_claim.trg_v_open_claim_io
INSTEAD OF UPDATE OR DELETE ON ins_claim.v_open_claim
FOR EACH ROW
BEGIN
  IF DELETING THEN
    pkg_claim_reg.withdraw(:OLD.claim_id, '从视图删除');
  ELSE
    UPDATE claim
       SET handler_id = :NEW.handler_id,
           remark     = :NEW.remark
     WHERE claim_id = :OLD.claim_id;
    IF NVL(:OLD.handler_id, '~') <> NVL(:NEW.handler_id, '~') THEN
      pkg_claim_reg.create_task(:OLD.claim_id, 'HANDLE', 5, :NEW.handler_id);
    END IF;
  END IF;
END;
/
