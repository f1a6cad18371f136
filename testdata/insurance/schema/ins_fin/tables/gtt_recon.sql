CREATE GLOBAL TEMPORARY TABLE ins_fin.gtt_recon (
  side       CHAR(1),
  ref_id     NUMBER(14),
  amount     NUMBER(18,2),
  key_date   DATE,
  key_text   VARCHAR2(100)
) ON COMMIT PRESERVE ROWS;
