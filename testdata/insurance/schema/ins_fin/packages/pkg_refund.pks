create or replace package ins_fin.pkg_refund as
  -- premium refunds (cooling-off, cancellation, overpayment)
  function  calc_refund(p_policy_id in number, p_on in date, p_reason in varchar2) return number;
  function  create_refund(p_policy_id in number, p_reason in varchar2, p_on in date default sysdate) return refund.refund_id%type;
  procedure pay_refund(p_refund_id in number);
  procedure refund_overpayments(p_min_amount in number default 1, p_count out pls_integer);
  function  refund_status(p_refund_id in number) return varchar2;
end pkg_refund;
/
