CREATE OR REPLACE TYPE ins_core.t_premium_item_tab AS TABLE OF ins_core.t_premium_item;
/
