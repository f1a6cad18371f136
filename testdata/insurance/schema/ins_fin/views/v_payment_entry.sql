CREATE OR REPLACE VIEW ins_fin.v_payment_entry AS
SELECT p.business_type, p.business_ref, p.payee_name, p.bank_code, b.bank_name, p.account_no, p.amount, p.branch_code, p.status
  FROM ins_fin.payment_order p, ins_fin.bank_code b
 WHERE p.bank_code = b.bank_code (+);
