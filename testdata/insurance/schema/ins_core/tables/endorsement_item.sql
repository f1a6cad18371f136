CREATE TABLE ins_core.endorsement_item
(
  endorsement_id  NUMBER(14)   NOT NULL,
  item_no         NUMBER(4)    NOT NULL,
  table_name      VARCHAR2(30) NOT NULL,
  column_name     VARCHAR2(30) NOT NULL,
  row_key         VARCHAR2(60),
  old_value       VARCHAR2(4000),
  new_value       VARCHAR2(4000),
  CONSTRAINT pk_endorsement_item PRIMARY KEY (endorsement_id, item_no),
  CONSTRAINT fk_endo_item FOREIGN KEY (endorsement_id) REFERENCES ins_core.endorsement (endorsement_id)
);
