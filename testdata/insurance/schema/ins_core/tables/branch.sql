-- 机构表: 总公司 / 分公司 / 中心支公司 / 营销服务部
CREATE TABLE ins_core.branch
(
  branch_code    VARCHAR2(8)        NOT NULL,
  parent_code    VARCHAR2(8),
  branch_name    VARCHAR2(100 CHAR) NOT NULL,
  short_name     VARCHAR2(40 CHAR),
  branch_level   NUMBER(1)          DEFAULT 3 NOT NULL,
  branch_type    VARCHAR2(2)        DEFAULT 'OP' NOT NULL,
  province_code  VARCHAR2(6),
  cost_center    VARCHAR2(10),
  address        VARCHAR2(300 CHAR),
  phone          VARCHAR2(20),
  open_date      DATE               NOT NULL,
  close_date     DATE,
  status         VARCHAR2(1)        DEFAULT 'A' NOT NULL,
  CONSTRAINT pk_branch PRIMARY KEY (branch_code)
    USING INDEX TABLESPACE ins_idx,
  CONSTRAINT fk_branch_parent FOREIGN KEY (parent_code)
    REFERENCES ins_core.branch (branch_code) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT ck_branch_level CHECK (branch_level BETWEEN 1 AND 5),
  CONSTRAINT ck_branch_status CHECK (status IN ('A', 'C', 'S')),
  CONSTRAINT ck_branch_dates CHECK (close_date IS NULL OR close_date >= open_date)
)
TABLESPACE ins_data
PCTFREE 10 INITRANS 1;

COMMENT ON TABLE ins_core.branch IS '机构表';
COMMENT ON COLUMN ins_core.branch.branch_code IS '机构代码, 8位, 前2位为省';
COMMENT ON COLUMN ins_core.branch.branch_level IS '1总公司 2分公司 3中支 4支公司 5营销服务部';
COMMENT ON COLUMN ins_core.branch.status IS 'A正常 C撤销 S暂停';
