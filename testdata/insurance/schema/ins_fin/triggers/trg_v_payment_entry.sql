CREATE OR REPLACE TRIGGER ins_fin.trg_v_payment_entry
INSTEAD OF INSERT ON ins_fin.v_payment_entry
FOR EACH ROW
DECLARE
  l_req pkg_payment.t_payment_request;
  l_id  NUMBER;
BEGIN
  l_req.business_type := :NEW.business_type;
  l_req.business_ref  := :NEW.business_ref;
  l_req.payee_name    := :NEW.payee_name;
  l_req.bank_code     := :NEW.bank_code;
  l_req.account_no    := :NEW.account_no;
  l_req.amount        := :NEW.amount;
  l_req.branch_code   := NVL(:NEW.branch_code, pkg_context.get_branch);
  l_id := pkg_payment.create_payment(l_req);
END;
/
