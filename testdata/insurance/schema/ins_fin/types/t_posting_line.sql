create or replace type ins_fin.t_posting_line as object (
  account_code     varchar2(20),
  dc_flag          char(1),
  currency         char(3),
  amount           number(20,2),
  line_of_business varchar2(2),
  branch_code      varchar2(8),
  policy_no        varchar2(20),
  claim_no         varchar2(20),
  summary          varchar2(200 char)
);
/
create or replace type ins_fin.t_posting_tab as table of ins_fin.t_posting_line;
/
