CREATE TABLE ins_fin.fx_reval_line (
  run_id       NUMBER(10) NOT NULL,
  account_code VARCHAR2(20) NOT NULL,
  branch_code  VARCHAR2(8) NOT NULL,
  currency     CHAR(3) NOT NULL,
  balance_fc   NUMBER(22,2),
  balance_lc   NUMBER(22,2),
  new_rate     NUMBER(16,8),
  new_lc       NUMBER(22,2),
  diff_lc      NUMBER(22,2) GENERATED ALWAYS AS (new_lc - balance_lc) VIRTUAL,
  voucher_id   NUMBER(14),
  CONSTRAINT pk_fx_reval_line PRIMARY KEY (run_id, account_code, branch_code, currency),
  CONSTRAINT fk_fx_reval_line FOREIGN KEY (run_id) REFERENCES ins_fin.fx_reval_run (run_id)
);
