-- 外部表: 团险客户经理上传的 CSV
CREATE TABLE ins_core.ext_group_member
(
  line_no      NUMBER(10),
  full_name    VARCHAR2(200 CHAR),
  id_type      VARCHAR2(2),
  id_no        VARCHAR2(30),
  birth_text   VARCHAR2(20),
  gender_text  VARCHAR2(10 CHAR),
  sum_insured  VARCHAR2(30),
  occupation   VARCHAR2(6)
)
ORGANIZATION EXTERNAL
(
  TYPE ORACLE_LOADER
  DEFAULT DIRECTORY ins_import_dir
  ACCESS PARAMETERS
  (
    RECORDS DELIMITED BY NEWLINE
    CHARACTERSET ZHS16GBK
    SKIP 1
    BADFILE ins_import_dir:'member_%p.bad'
    LOGFILE ins_import_dir:'member_%p.log'
    FIELDS TERMINATED BY ',' OPTIONALLY ENCLOSED BY '"'
    MISSING FIELD VALUES ARE NULL
    ( line_no RECNUM, full_name, id_type, id_no, birth_text, gender_text, sum_insured, occupation )
  )
  LOCATION ('members.csv')
)
REJECT LIMIT UNLIMITED;
