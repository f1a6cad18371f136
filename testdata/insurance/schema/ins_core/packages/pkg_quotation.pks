create or replace package ins_core.pkg_quotation as
  -- quotations; rewritten 2020 for the online shop (lower case, JSON in/out)

  type t_quote is record (
    head   quotation%rowtype,
    items  t_premium_item_tab
  );

  function create_quote(
    p_product_code in quotation.product_code%type
   ,p_birth_date   in date
   ,p_gender       in varchar2
   ,p_sum_insured  in number
   ,p_pay_mode     in varchar2 default 'Y'
   ,p_pay_term     in number   default 1
   ,p_smoker       in varchar2 default 'N'
   ,p_party_id     in number   default null
   ,p_agent_id     in number   default null
   ,p_branch_code  in varchar2 default null
   ,p_channel      in varchar2 default 'AG'
   ,p_optional     in t_string_tab default t_string_tab()
  ) return quotation.quote_id%type;

  function create_from_json(p_json in clob) return quotation.quote_id%type;
  procedure recalculate(p_quote_id in quotation.quote_id%type);
  function get_quote(p_quote_id in number) return t_quote;
  function quote_id_of(p_quote_no in varchar2) return number;
  function to_json(p_quote_id in number) return clob;
  procedure add_coverage(p_quote_id in number, p_coverage_code in varchar2, p_sum_insured in number default null);
  procedure remove_coverage(p_quote_id in number, p_coverage_code in varchar2);
  function compare(p_ids in t_number_tab) return sys_refcursor;
  function alternatives(p_quote_id in number, p_max in pls_integer default 3) return t_premium_item_tab pipelined;
  function to_proposal(p_quote_id in number, p_holder_id in number, p_insured_id in number, p_effective in date) return proposal.proposal_id%type;
  procedure expire_old(p_days in pls_integer default 30, p_expired out number);
  function conversion_rate(p_from in date, p_to in date, p_branch_code in varchar2 default null) return number;
end pkg_quotation;
/
