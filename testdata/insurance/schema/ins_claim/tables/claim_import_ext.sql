-- 第三方公估公司每日送的文件
CREATE TABLE ins_claim.claim_import_ext (
  ext_claim_no   VARCHAR2(30),
  policy_no      VARCHAR2(20),
  loss_date_txt  VARCHAR2(10),
  amount_txt     VARCHAR2(20),
  remark         VARCHAR2(400)
)
ORGANIZATION EXTERNAL (
  TYPE ORACLE_LOADER
  DEFAULT DIRECTORY claim_in_dir
  ACCESS PARAMETERS (
    RECORDS DELIMITED BY NEWLINE CHARACTERSET ZHS16GBK
    BADFILE 'claim_import.bad' LOGFILE 'claim_import.log'
    FIELDS TERMINATED BY '|' OPTIONALLY ENCLOSED BY '"' MISSING FIELD VALUES ARE NULL
  )
  LOCATION ('claim_import.txt')
)
REJECT LIMIT 100;
