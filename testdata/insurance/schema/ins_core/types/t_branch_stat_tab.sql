CREATE OR REPLACE TYPE ins_core.t_branch_stat_tab AS TABLE OF ins_core.t_branch_stat;
/
