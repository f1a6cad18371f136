-- 团险成员名单 (暂存)
CREATE TABLE ins_core.stg_group_member
(
  batch_id      NUMBER(10),
  line_no       NUMBER(10),
  full_name     VARCHAR2(200 CHAR),
  id_type       VARCHAR2(2),
  id_no         VARCHAR2(30),
  birth_text    VARCHAR2(20),
  gender_text   VARCHAR2(10 CHAR),
  sum_insured   VARCHAR2(30),
  occupation    VARCHAR2(6),
  valid_flag    CHAR(1)
)
NOLOGGING COMPRESS BASIC;
