-- reserve movement; one row per change, never updated
CREATE TABLE ins_claim.claim_reserve_mv (
  movement_id    NUMBER GENERATED ALWAYS AS IDENTITY (START WITH 1 CACHE 100),
  claim_id       NUMBER(14)   NOT NULL,
  claim_item_id  NUMBER(14),
  reserve_type   VARCHAR2(4)  NOT NULL,
  movement_date  DATE         NOT NULL,
  movement_seq   NUMBER(6)    NOT NULL,
  change_amount  NUMBER(18,2) NOT NULL,
  balance_after  NUMBER(18,2) NOT NULL,
  currency       CHAR(3)      DEFAULT 'CNY',
  reason_code    VARCHAR2(6),
  posted_flag    CHAR(1)      DEFAULT 'N' NOT NULL,
  voucher_id     NUMBER(14),
  created_by     VARCHAR2(30) DEFAULT USER,
  created_at     TIMESTAMP(6) DEFAULT SYSTIMESTAMP,
  CONSTRAINT pk_claim_reserve_mv PRIMARY KEY (movement_id),
  CONSTRAINT uk_claim_reserve_mv UNIQUE (claim_id, reserve_type, movement_seq),
  CONSTRAINT fk_claim_reserve_mv FOREIGN KEY (claim_id) REFERENCES ins_claim.claim (claim_id),
  CONSTRAINT ck_claim_reserve_type CHECK (reserve_type IN ('CASE','ALAE','ULAE','SALV'))
);
COMMENT ON TABLE ins_claim.claim_reserve_mv IS '未决赔款准备金变动';
COMMENT ON COLUMN ins_claim.claim_reserve_mv.reserve_type IS 'CASE赔款 ALAE直接理赔费用 ULAE间接理赔费用 SALV追偿残值';
