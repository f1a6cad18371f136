CREATE TABLE ins_fin.dunning_notice (
  notice_id      NUMBER(14) NOT NULL,
  collection_id  NUMBER(14) NOT NULL,
  dunning_level  NUMBER(1) NOT NULL,
  channel        VARCHAR2(4),
  notice_date    DATE DEFAULT TRUNC(SYSDATE) NOT NULL,
  open_amount    NUMBER(16,2),
  interest_amount NUMBER(14,2) DEFAULT 0,
  notify_id      NUMBER(16),
  CONSTRAINT pk_dunning_notice PRIMARY KEY (notice_id),
  CONSTRAINT uk_dunning_notice UNIQUE (collection_id, dunning_level, notice_date),
  CONSTRAINT fk_dunning_collection FOREIGN KEY (collection_id) REFERENCES ins_fin.collection_due
);
