CREATE OR REPLACE PROCEDURE ins_fin.prc_gather_stats (p_days IN NUMBER DEFAULT 7)
IS
BEGIN
  FOR t IN (SELECT table_name
              FROM user_tables
             WHERE temporary = 'N'
               AND (last_analyzed IS NULL OR last_analyzed < SYSDATE - p_days)) LOOP
    BEGIN
      DBMS_STATS.GATHER_TABLE_STATS(
        ownname          => USER,
        tabname          => t.table_name,
        estimate_percent => DBMS_STATS.AUTO_SAMPLE_SIZE,
        method_opt       => 'FOR ALL COLUMNS SIZE AUTO',
        cascade          => TRUE);
    EXCEPTION
      WHEN OTHERS THEN
        DBMS_OUTPUT.PUT_LINE(t.table_name || ': ' || SQLERRM);
    END;
  END LOOP;
END;
/
