-- 非工作时间不允许手工改应收
CREATE OR REPLACE TRIGGER ins_fin.trg_collection_stmt
BEFORE UPDATE OR DELETE ON ins_fin.collection_due
BEGIN
  IF TO_CHAR(SYSDATE, 'HH24') BETWEEN '00' AND '05'
     AND SYS_CONTEXT('USERENV', 'MODULE') NOT LIKE 'BATCH%'
     AND NOT pkg_context.is_batch THEN
    RAISE_APPLICATION_ERROR(-20496, '夜间只允许批处理');
  END IF;
END;
/
