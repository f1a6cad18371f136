CREATE OR REPLACE TYPE ins_core.t_policy_brief_tab AS TABLE OF ins_core.t_policy_brief;
/
