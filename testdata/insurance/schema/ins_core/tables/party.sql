-- 客户主表 (个人 P / 团体 O)
CREATE TABLE ins_core.party
(
  party_id     NUMBER(12)          NOT NULL,
  party_type   VARCHAR2(1)         DEFAULT 'P' NOT NULL,
  full_name    VARCHAR2(200 CHAR)  NOT NULL,
  id_type      VARCHAR2(2)         NOT NULL,
  id_no        VARCHAR2(30)        NOT NULL,
  birth_date   DATE,
  gender       CHAR(1),
  mobile       VARCHAR2(20),
  email        VARCHAR2(100),
  risk_level   NUMBER(2)           DEFAULT 3,
  status       VARCHAR2(1)         DEFAULT 'A' NOT NULL,
  merged_into  NUMBER(12),
  name_search  VARCHAR2(200 CHAR)  GENERATED ALWAYS AS (UPPER(REPLACE(full_name, ' '))) VIRTUAL,
  created_by   VARCHAR2(30)        DEFAULT USER NOT NULL,
  created_at   DATE                DEFAULT SYSDATE NOT NULL,
  updated_at   TIMESTAMP(6)        DEFAULT ON NULL SYSTIMESTAMP,
  CONSTRAINT pk_party PRIMARY KEY (party_id) USING INDEX TABLESPACE ins_idx,
  CONSTRAINT ck_party_type CHECK (party_type IN ('P', 'O')),
  CONSTRAINT ck_party_gender CHECK (gender IN ('M', 'F', 'U')),
  CONSTRAINT ck_party_status CHECK (status IN ('A', 'D', 'M', 'B')),
  CONSTRAINT ck_party_birth CHECK (party_type = 'O' OR birth_date IS NOT NULL),
  CONSTRAINT fk_party_merged FOREIGN KEY (merged_into) REFERENCES ins_core.party (party_id)
)
TABLESPACE ins_data
PARTITION BY HASH (party_id) PARTITIONS 8
ENABLE ROW MOVEMENT;

COMMENT ON TABLE ins_core.party IS '客户主表';
COMMENT ON COLUMN ins_core.party.party_type IS 'P个人 O团体';
COMMENT ON COLUMN ins_core.party.id_type IS '证件类型: 01身份证 02护照 03军官证 04港澳通行证 11统一社会信用代码';
COMMENT ON COLUMN ins_core.party.risk_level IS '反洗钱风险等级 1低 5高';
COMMENT ON COLUMN ins_core.party.status IS 'A有效 D身故/注销 M已合并 B黑名单';
COMMENT ON COLUMN ins_core.party.merged_into IS '合并后的客户号';
