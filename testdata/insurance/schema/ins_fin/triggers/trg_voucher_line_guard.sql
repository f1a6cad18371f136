-- 已过账凭证不可修改
CREATE OR REPLACE TRIGGER ins_fin.trg_voucher_line_guard
BEFORE UPDATE OR DELETE ON ins_fin.gl_voucher_line
FOR EACH ROW
DECLARE
  l_status gl_voucher.status%TYPE;
BEGIN
  SELECT status INTO l_status FROM gl_voucher WHERE voucher_id = :OLD.voucher_id;
  IF l_status IN ('P', 'R') THEN
    RAISE_APPLICATION_ERROR(-20428, '凭证 ' || :OLD.voucher_id || ' 已过账');
  END IF;
EXCEPTION
  WHEN NO_DATA_FOUND THEN
    NULL;
END;
/
