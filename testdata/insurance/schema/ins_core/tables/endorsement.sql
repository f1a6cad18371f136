CREATE TABLE ins_core.endorsement
(
  endorsement_id  NUMBER(14)    NOT NULL,
  endorsement_no  VARCHAR2(20)  NOT NULL,
  policy_id       NUMBER(14)    NOT NULL,
  endorse_type    VARCHAR2(2)   NOT NULL,
  apply_date      DATE          NOT NULL,
  effective_date  DATE          NOT NULL,
  premium_change  NUMBER(16,2)  DEFAULT 0 NOT NULL,
  status          VARCHAR2(1)   DEFAULT 'N' NOT NULL,
  reason          VARCHAR2(400 CHAR),
  old_version     NUMBER(5),
  new_version     NUMBER(5),
  created_by      VARCHAR2(30)  DEFAULT USER,
  approved_by     VARCHAR2(30),
  approved_at     DATE,
  CONSTRAINT pk_endorsement PRIMARY KEY (endorsement_id),
  CONSTRAINT uk_endorsement_no UNIQUE (endorsement_no),
  CONSTRAINT fk_endo_policy FOREIGN KEY (policy_id) REFERENCES ins_core.policy (policy_id),
  CONSTRAINT ck_endo_type CHECK (endorse_type IN ('AD', 'BC', 'SI', 'CV', 'PM', 'SU', 'RI', 'CN', 'AG'))
)
PARTITION BY RANGE (apply_date)
SUBPARTITION BY LIST (endorse_type)
SUBPARTITION TEMPLATE
( SUBPARTITION sp_money VALUES ('SI', 'CV', 'SU', 'CN', 'RI'),
  SUBPARTITION sp_data  VALUES ('AD', 'BC', 'PM', 'AG'),
  SUBPARTITION sp_other VALUES (DEFAULT)
)
( PARTITION p_before_2020 VALUES LESS THAN (DATE '2020-01-01'),
  PARTITION p_2020 VALUES LESS THAN (DATE '2021-01-01'),
  PARTITION p_2021 VALUES LESS THAN (DATE '2022-01-01'),
  PARTITION p_2022 VALUES LESS THAN (DATE '2023-01-01'),
  PARTITION p_2023 VALUES LESS THAN (DATE '2024-01-01'),
  PARTITION p_max  VALUES LESS THAN (MAXVALUE)
);
COMMENT ON COLUMN ins_core.endorsement.endorse_type IS 'AD地址 BC受益人 SI保额 CV险种 PM缴费方式 SU退保 RI复效 CN犹豫期撤单 AG换业务员';
