-- DML error logging table for claim_item loads (same layout as DBMS_ERRLOG would create)
CREATE TABLE ins_claim.err$_claim_item (
  ora_err_number$  NUMBER,
  ora_err_mesg$    VARCHAR2(2000),
  ora_err_rowid$   UROWID,
  ora_err_optyp$   VARCHAR2(2),
  ora_err_tag$     VARCHAR2(2000),
  claim_item_id    VARCHAR2(4000),
  claim_id         VARCHAR2(4000),
  coverage_code    VARCHAR2(4000),
  claimed_amount   VARCHAR2(4000)
);
