create or replace package ins_claim.pkg_hosp_settle as
  -- direct-pay hospitals: monthly settlement
  procedure build(p_hospital in varchar2, p_month in date, p_settlement_id out number);
  procedure build_month(p_month in date, p_count out pls_integer);
  procedure dispute(p_settlement_id in number, p_bill_id in number, p_reason in varchar2);
  procedure confirm(p_settlement_id in number, p_user in varchar2 default user);
  procedure pay(p_settlement_id in number);
  procedure cancel(p_settlement_id in number);
  function  discount_for(p_hospital in varchar2, p_gross in number, p_on in date) return number;
  function  ranking(p_from in date, p_to in date, p_top in pls_integer default 10) return sys_refcursor;
  function  is_network(p_hospital in varchar2, p_on in date default sysdate) return varchar2;
end pkg_hosp_settle;
/
