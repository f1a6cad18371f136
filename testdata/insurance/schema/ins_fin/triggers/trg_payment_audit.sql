CREATE OR REPLACE TRIGGER ins_fin.trg_payment_audit
AFTER UPDATE ON ins_fin.payment_order
FOR EACH ROW
BEGIN
  pkg_audit.log_change('PAYMENT_ORDER', TO_CHAR(:OLD.payment_id), 'STATUS', :OLD.status, :NEW.status);
  pkg_audit.log_change('PAYMENT_ORDER', TO_CHAR(:OLD.payment_id), 'ACCOUNT_NO', :OLD.account_no, :NEW.account_no);
  pkg_audit.log_change('PAYMENT_ORDER', TO_CHAR(:OLD.payment_id), 'AMOUNT', :OLD.amount, :NEW.amount);
END;
/
