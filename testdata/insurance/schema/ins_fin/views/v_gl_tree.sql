CREATE OR REPLACE VIEW ins_fin.v_gl_tree AS
SELECT account_code,
       LPAD(' ', 4 * (LEVEL - 1)) || account_name AS account_name,
       LEVEL AS lvl,
       CONNECT_BY_ROOT account_code AS class_code,
       LTRIM(SYS_CONNECT_BY_PATH(account_name, '\'), '\') AS path,
       leaf_flag
  FROM ins_fin.gl_account
 START WITH parent_code IS NULL
CONNECT BY NOCYCLE PRIOR account_code = parent_code
 ORDER SIBLINGS BY account_code;
