-- 审计轨迹:列表-范围组合分区
CREATE TABLE ins_fin.audit_trail (
  audit_id     NUMBER(19)   NOT NULL,
  module_code  VARCHAR2(6)  NOT NULL,
  event_time   TIMESTAMP(6) DEFAULT SYSTIMESTAMP NOT NULL,
  user_name    VARCHAR2(60),
  os_user      VARCHAR2(60),
  client_ip    VARCHAR2(45),
  action_code  VARCHAR2(20) NOT NULL,
  object_type  VARCHAR2(30),
  object_id    VARCHAR2(60),
  severity     NUMBER(1) DEFAULT 3,
  message      VARCHAR2(2000 CHAR),
  call_stack   CLOB
)
PARTITION BY LIST (module_code)
SUBPARTITION BY RANGE (event_time)
(
  PARTITION p_claim VALUES ('CLAIM','MED','FRAUD') (
    SUBPARTITION p_claim_2021 VALUES LESS THAN (TIMESTAMP '2022-01-01 00:00:00'),
    SUBPARTITION p_claim_2022 VALUES LESS THAN (TIMESTAMP '2023-01-01 00:00:00'),
    SUBPARTITION p_claim_max  VALUES LESS THAN (MAXVALUE)
  ),
  PARTITION p_fin VALUES ('PAY','GL','RI','TAX','COLL') (
    SUBPARTITION p_fin_2021 VALUES LESS THAN (TIMESTAMP '2022-01-01 00:00:00'),
    SUBPARTITION p_fin_max  VALUES LESS THAN (MAXVALUE)
  ),
  PARTITION p_rest VALUES (DEFAULT) (
    SUBPARTITION p_rest_max VALUES LESS THAN (MAXVALUE)
  )
);
COMMENT ON TABLE ins_fin.audit_trail IS '审计轨迹';
