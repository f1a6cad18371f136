CREATE OR REPLACE VIEW ins_claim.v_icd_tree AS
SELECT icd_code, icd_name, parent_code, LEVEL AS depth,
       SYS_CONNECT_BY_PATH(icd_name, ' / ') AS full_path,
       CONNECT_BY_ISLEAF AS is_leaf
  FROM ins_claim.icd_diagnosis
 START WITH parent_code IS NULL
CONNECT BY parent_code = PRIOR icd_code;
