CREATE OR REPLACE VIEW ins_fin.v_voucher_detail AS
SELECT v.voucher_no, v.period_code, v.status, l.line_no, l.account_code, a.account_name,
       DECODE(l.dc_flag, 'D', l.amount_lc) AS debit,
       DECODE(l.dc_flag, 'C', l.amount_lc) AS credit,
       l.currency, l.amount_fc, l.policy_no, l.claim_no, l.summary
  FROM ins_fin.gl_voucher v
 INNER JOIN ins_fin.gl_voucher_line l ON l.voucher_id = v.voucher_id
 INNER JOIN ins_fin.gl_account a ON a.account_code = l.account_code;
