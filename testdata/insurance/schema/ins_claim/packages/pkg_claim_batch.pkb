CREATE OR REPLACE PACKAGE BODY ins_claim.pkg_claim_batch
AS
  c_module CONSTANT VARCHAR2(20) := 'PKG_CLAIM_BATCH';
  $IF $$ins_trace $THEN
  g_trace BOOLEAN := TRUE;
  $ELSE
  g_trace BOOLEAN := FALSE;
  $END

  PROCEDURE trace (p_text IN VARCHAR2)
  IS
  BEGIN
    $IF $$ins_trace $THEN
    DBMS_OUTPUT.PUT_LINE(TO_CHAR(SYSTIMESTAMP, 'HH24:MI:SS.FF3') || ' ' || $$PLSQL_UNIT || ':' || $$PLSQL_LINE || ' ' || p_text);
    $END
    IF g_trace THEN
      pkg_log.debug(c_module, p_text);
    END IF;
  END trace;

  PROCEDURE auto_close (p_idle_days IN PLS_INTEGER DEFAULT 30, p_closed OUT PLS_INTEGER)
  IS
  BEGIN
    p_closed := 0;
    FOR r IN (SELECT c.claim_id
                FROM claim c
               WHERE c.status = '60'
                 AND c.outstanding_amount <= 0
                 AND NOT EXISTS (SELECT 1
                                   FROM claim_event e
                                  WHERE e.claim_id = c.claim_id
                                    AND e.event_time > SYSTIMESTAMP - NUMTODSINTERVAL(p_idle_days, 'DAY'))
                 AND NOT EXISTS (SELECT NULL FROM recovery_case v WHERE v.claim_id = c.claim_id AND v.status = 'OP'))
    LOOP
      BEGIN
        pkg_claim_reg.close_claim(r.claim_id, 'AUTO');
        p_closed := p_closed + 1;
      EXCEPTION
        WHEN OTHERS THEN
          IF SQLCODE NOT BETWEEN -20999 AND -20000 THEN
            RAISE;
          END IF;
          trace('skip ' || r.claim_id);
      END;
      IF MOD(p_closed, 100) = 0 THEN
        COMMIT;
      END IF;
    END LOOP;
    COMMIT;
  END auto_close;

  PROCEDURE escalate_overdue (p_business_date IN DATE, p_escalated OUT PLS_INTEGER)
  IS
    TYPE t_rowids IS TABLE OF ROWID INDEX BY PLS_INTEGER;
    l_rids t_rowids;
    CURSOR c_due IS
      SELECT t.ROWID
        FROM claim_task t
       WHERE t.status IN ('O', 'A')
         AND t.due_at < p_business_date
         AND t.priority > 1;
  BEGIN
    p_escalated := 0;
    OPEN c_due;
    <<chunks>>
    LOOP
      FETCH c_due BULK COLLECT INTO l_rids LIMIT 1000;
      FORALL i IN 1 .. l_rids.COUNT
        UPDATE claim_task
           SET priority = priority - 1,
               due_at   = p_business_date + DECODE(priority, 2, 1, 3)
         WHERE ROWID = l_rids(i);
      p_escalated := p_escalated + l_rids.COUNT;
      EXIT chunks WHEN c_due%NOTFOUND;
    END LOOP chunks;
    CLOSE c_due;
  END escalate_overdue;

  PROCEDURE adjudicate_pending (p_business_date IN DATE, p_done OUT PLS_INTEGER)
  IS
    l_run  pkg_batch.t_run_info;
    l_last NUMBER;
    l_score NUMBER;
  BEGIN
    p_done := 0;
    l_run  := pkg_batch.start_run('CLM_ADJ', p_business_date);
    l_last := NVL(l_run.restart_key, 0);
    FOR r IN (SELECT claim_id, line_of_business
                FROM claim
               WHERE status = '20'
                 AND claim_id > l_last
               ORDER BY claim_id)
    LOOP
      SAVEPOINT sp_claim;
      BEGIN
        l_score := pkg_fraud.score_claim(r.claim_id);
        IF l_score < 50 THEN
          IF r.line_of_business = 'HL' THEN
            pkg_med_bill.adjudicate_claim(r.claim_id);
          END IF;
          pkg_claim_assess.assess(r.claim_id, 'BATCH');
        END IF;
        p_done := p_done + 1;
        pkg_batch.progress(l_run, 1);
      EXCEPTION
        WHEN OTHERS THEN
          ROLLBACK TO sp_claim;
          pkg_batch.log_error(l_run, r.claim_id, SQLCODE, SQLERRM);
      END;
      IF MOD(p_done, 50) = 0 THEN
        pkg_batch.checkpoint(l_run, r.claim_id);
      END IF;
    END LOOP;
    pkg_batch.finish_run(l_run);
  END adjudicate_pending;

  PROCEDURE archive_closed (p_before IN DATE, p_archived OUT PLS_INTEGER)
  IS
  BEGIN
    -- 历史赔案的事件流水清理, 主数据保留
    DELETE /*+ PARALLEL(e 4) */ FROM claim_event e
     WHERE e.claim_id IN (SELECT c.claim_id FROM claim c WHERE c.status IN ('70', '80', '90') AND c.close_date < p_before)
       AND e.event_type NOT IN ('STATUS', 'PAY');
    p_archived := SQL%ROWCOUNT;
    COMMIT;
  END archive_closed;

  PROCEDURE add_event_partition (p_year IN PLS_INTEGER)
  IS
    e_exists EXCEPTION;
    PRAGMA EXCEPTION_INIT(e_exists, -14080);
  BEGIN
    EXECUTE IMMEDIATE 'ALTER TABLE claim_event SPLIT PARTITION pmax AT (TIMESTAMP ''' || (p_year + 1) || '-01-01 00:00:00'') INTO (PARTITION p' || p_year || ', PARTITION pmax) UPDATE GLOBAL INDEXES';
  EXCEPTION
    WHEN e_exists THEN
      NULL;
  END add_event_partition;

  PROCEDURE rebuild_unusable_indexes
  IS
  BEGIN
    FOR r IN (SELECT index_name, partition_name FROM user_ind_partitions WHERE status = 'UNUSABLE'
              UNION ALL
              SELECT index_name, NULL FROM user_indexes WHERE status = 'UNUSABLE') LOOP
      EXECUTE IMMEDIATE 'ALTER INDEX "' || r.index_name || '" REBUILD'
        || CASE WHEN r.partition_name IS NOT NULL THEN ' PARTITION ' || r.partition_name END || ' ONLINE';
      DBMS_OUTPUT.PUT_LINE('rebuilt ' || r.index_name);
    END LOOP;
  END rebuild_unusable_indexes;

  PROCEDURE nightly (p_business_date IN DATE)
  IS
    l_n    PLS_INTEGER;
    l_n2   PLS_INTEGER;
    l_step VARCHAR2(30) := 'start';
  BEGIN
    pkg_context.set_business_date(p_business_date);
    pkg_context.set_batch(TRUE);
    l_step := 'adjudicate'; adjudicate_pending(p_business_date, l_n);
    l_step := 'pay';        pkg_claim_pay.auto_pay(10000, l_n);
    l_step := 'sync';       pkg_claim_pay.sync_payments(l_n);
    l_step := 'escalate';   escalate_overdue(p_business_date, l_n);
    l_step := 'close';      auto_close(30, l_n);
    l_step := 'recovery';   pkg_recovery.check_limitation(60, l_n);
    l_step := 'import';     pkg_claim_reg.import_external(l_n, l_n2);
    l_step := 'reserves';   pkg_claim_reserve.post_movements(p_business_date, l_n);
    pkg_context.set_batch(FALSE);
    COMMIT;
  EXCEPTION
    WHEN OTHERS THEN
      ROLLBACK;
      pkg_context.set_batch(FALSE);
      pkg_err.reraise(c_module || '.' || l_step);
  END nightly;
END pkg_claim_batch;
/
