CREATE OR REPLACE TYPE ins_claim.t_number_tab AS TABLE OF NUMBER;
/
