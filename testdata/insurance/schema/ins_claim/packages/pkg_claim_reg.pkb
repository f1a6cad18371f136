CREATE OR REPLACE PACKAGE BODY ins_claim.pkg_claim_reg
AS
  c_module CONSTANT VARCHAR2(20) := 'PKG_CLAIM_REG';

  -- 状态机: 键 = 原状态, 值 = 逗号分隔的可到状态
  TYPE t_moves IS TABLE OF VARCHAR2(60) INDEX BY VARCHAR2(2);
  g_moves t_moves;

  FUNCTION get_claim (p_claim_id IN NUMBER) RETURN claim%ROWTYPE
  IS
    l_row claim%ROWTYPE;
  BEGIN
    SELECT * INTO l_row FROM claim WHERE claim_id = p_claim_id;
    RETURN l_row;
  EXCEPTION
    WHEN NO_DATA_FOUND THEN
      pkg_err.raise_error(pkg_err.c_claim_not_found, TO_CHAR(p_claim_id));
      RETURN NULL;
  END get_claim;

  FUNCTION lock_claim (p_claim_id IN NUMBER, p_wait IN BOOLEAN DEFAULT FALSE) RETURN claim%ROWTYPE
  IS
    l_row claim%ROWTYPE;
  BEGIN
    IF p_wait THEN
      SELECT * INTO l_row FROM claim WHERE claim_id = p_claim_id FOR UPDATE WAIT 30;
    ELSE
      SELECT * INTO l_row FROM claim WHERE claim_id = p_claim_id FOR UPDATE NOWAIT;
    END IF;
    RETURN l_row;
  EXCEPTION
    WHEN NO_DATA_FOUND THEN
      RAISE pkg_err.e_claim_not_found;
    WHEN pkg_err.e_row_locked THEN
      pkg_err.raise_error(pkg_err.c_resource_busy, 'CLAIM', TO_CHAR(p_claim_id));
      RETURN l_row;
  END lock_claim;

  FUNCTION id_of (p_claim_no IN VARCHAR2) RETURN claim.claim_id%TYPE
  IS
    l_id claim.claim_id%TYPE;
  BEGIN
    SELECT claim_id INTO l_id FROM claim WHERE claim_no = UPPER(TRIM(p_claim_no));
    RETURN l_id;
  EXCEPTION
    WHEN NO_DATA_FOUND THEN
      RETURN NULL;
  END id_of;

  FUNCTION can_move (p_from IN VARCHAR2, p_to IN VARCHAR2) RETURN BOOLEAN
  IS
  BEGIN
    RETURN g_moves.EXISTS(p_from) AND INSTR(',' || g_moves(p_from) || ',', ',' || p_to || ',') > 0;
  END can_move;

  PROCEDURE log_event (p_claim_id IN NUMBER, p_type IN VARCHAR2, p_detail IN VARCHAR2, p_old IN VARCHAR2 DEFAULT NULL, p_new IN VARCHAR2 DEFAULT NULL, p_payload IN CLOB DEFAULT NULL)
  IS
  BEGIN
    INSERT INTO claim_event (event_id, claim_id, event_type, old_status, new_status, detail, payload)
    VALUES (seq_claim_event_id.NEXTVAL, p_claim_id, p_type, p_old, p_new, SUBSTR(p_detail, 1, 1000), p_payload);
  END log_event;

  PROCEDURE change_status (p_claim_id IN NUMBER, p_new IN claim.status%TYPE, p_detail IN VARCHAR2 DEFAULT NULL)
  IS
    l_row claim%ROWTYPE := lock_claim(p_claim_id);
  BEGIN
    IF l_row.status = p_new THEN
      RETURN;
    END IF;
    IF NOT can_move(l_row.status, p_new) THEN
      pkg_err.raise_error(pkg_err.c_claim_status, l_row.claim_no, l_row.status || '->' || p_new);
    END IF;
    UPDATE claim
       SET status     = p_new,
           version_no = version_no + 1,
           updated_by = pkg_context.get_user,
           updated_at = SYSTIMESTAMP
     WHERE claim_id = p_claim_id;
    log_event(p_claim_id, 'STATUS', p_detail, l_row.status, p_new);
  END change_status;

  FUNCTION find_similar (p_policy_id IN NUMBER, p_loss_date IN DATE, p_days IN PLS_INTEGER DEFAULT 2) RETURN t_number_tab
  IS
    l_ids t_number_tab;
  BEGIN
    SELECT claim_id
      BULK COLLECT INTO l_ids
      FROM claim
     WHERE policy_id = p_policy_id
       AND ABS(loss_date - p_loss_date) <= p_days
       AND status <> '90'
     ORDER BY claim_id;
    RETURN l_ids;
  END find_similar;

  FUNCTION register (p_report IN t_report) RETURN claim.claim_id%TYPE
  IS
    l_pol   policy%ROWTYPE;
    l_prod  product%ROWTYPE;
    l_claim claim%ROWTYPE;
    l_dup   t_number_tab;
    l_id    claim.claim_id%TYPE;
    l_vars  pkg_notify.t_vars;

    PROCEDURE check_policy
    IS
    BEGIN
      IF l_pol.status NOT IN (pkg_const.c_pol_inforce, pkg_const.c_pol_expired, pkg_const.c_pol_lapsed) THEN
        pkg_err.raise_error(pkg_err.c_policy_status, l_pol.policy_no, l_pol.status);
      END IF;
      IF p_report.loss_date < l_pol.effective_date OR p_report.loss_date > NVL(l_pol.expiry_date, DATE '9999-12-31') THEN
        RAISE_APPLICATION_ERROR(-20310, '出险日期不在保险期间: ' || TO_CHAR(p_report.loss_date, 'YYYY-MM-DD'));
      END IF;
      IF p_report.loss_date > SYSDATE THEN
        RAISE_APPLICATION_ERROR(-20311, '出险日期在未来');
      END IF;
    END check_policy;
  BEGIN
    BEGIN
      SELECT * INTO l_pol FROM policy WHERE policy_no = p_report.policy_no;
    EXCEPTION
      WHEN NO_DATA_FOUND THEN
        pkg_err.raise_error(pkg_err.c_policy_not_found, p_report.policy_no);
    END;
    SELECT * INTO l_prod FROM product WHERE product_code = l_pol.product_code;
    check_policy;

    l_dup := find_similar(l_pol.policy_id, p_report.loss_date);

    INSERT INTO claim (claim_id, claim_no, policy_id, policy_no, product_code, line_of_business, claimant_id, insured_id,
                       loss_date, report_date, loss_cause, loss_place, currency, estimated_amount, status, branch_code,
                       catastrophe_code, remark, created_by)
    VALUES (seq_claim_id.NEXTVAL, pkg_numbering.next_claim_no(l_pol.branch_code, l_prod.line_of_business),
            l_pol.policy_id, l_pol.policy_no, l_pol.product_code, l_prod.line_of_business, l_pol.holder_id, l_pol.insured_id,
            p_report.loss_date, SYSDATE, p_report.loss_cause, p_report.loss_place, l_pol.currency, NVL(p_report.estimate, 0),
            c_st_reported, l_pol.branch_code, p_report.cat_code,
            CASE WHEN l_dup.COUNT > 0 THEN '疑似重复报案, 相关赔案 ' || l_dup(1) END,
            NVL(pkg_context.get_user, USER))
    RETURNING claim_id, claim_no INTO l_id, l_claim.claim_no;

    IF p_report.reporter IS NOT NULL THEN
      add_party(l_id, 'RPT', p_report.reporter);
    END IF;
    log_event(l_id, 'REPORT', p_report.loss_place, NULL, c_st_reported);
    create_task(l_id, 'CONTACT', 1);
    pkg_claim_reserve.set_initial(l_id);

    l_vars('CLAIM_NO')  := l_claim.claim_no;
    l_vars('LOSS_DATE') := TO_CHAR(p_report.loss_date, 'MM"月"DD"日"');
    pkg_notify.enqueue('CLM_REG', l_pol.holder_id, l_vars, p_ref_type => 'CLAIM', p_ref_id => l_id);
    pkg_audit.log_action('CLAIM', 'REGISTER', 'CLAIM', l_id, l_claim.claim_no);
    RETURN l_id;
  END register;

  FUNCTION register (p_policy_no IN VARCHAR2, p_loss_date IN DATE, p_estimate IN NUMBER, p_cause IN VARCHAR2 DEFAULT 'OTHER') RETURN VARCHAR2
  IS
    l_rep t_report;
    l_no  claim.claim_no%TYPE;
    l_id  NUMBER;
  BEGIN
    l_rep.policy_no  := p_policy_no;
    l_rep.loss_date  := p_loss_date;
    l_rep.estimate   := p_estimate;
    l_rep.loss_cause := p_cause;
    l_id := register(l_rep);
    SELECT claim_no INTO l_no FROM claim WHERE claim_id = l_id;
    RETURN l_no;
  END register;

  PROCEDURE add_items (p_claim_id IN NUMBER, p_items IN t_item_list)
  IS
    l_claim claim%ROWTYPE := get_claim(p_claim_id);
    l_seq   PLS_INTEGER;
    l_total NUMBER := 0;
    l_known PLS_INTEGER;
  BEGIN
    SELECT COALESCE(MAX(item_seq), 0) INTO l_seq FROM claim_item WHERE claim_id = p_claim_id;
    FOR i IN 1 .. p_items.COUNT LOOP
      SELECT COUNT(*)
        INTO l_known
        FROM policy_coverage
       WHERE policy_id = l_claim.policy_id
         AND coverage_code = p_items(i).coverage_code
         AND status = 'A'
         AND l_claim.loss_date BETWEEN start_date AND NVL(end_date, l_claim.loss_date);
      IF l_known = 0 THEN
        pkg_err.raise_error(pkg_err.c_coverage_not_found, p_items(i).coverage_code, l_claim.policy_no);
      END IF;
      l_seq   := l_seq + 1;
      l_total := l_total + p_items(i).amount;
      INSERT INTO claim_item (claim_item_id, claim_id, item_seq, coverage_code, loss_type, claimed_amount)
      VALUES (seq_claim_item_id.NEXTVAL, p_claim_id, l_seq, p_items(i).coverage_code, p_items(i).loss_type, p_items(i).amount);
    END LOOP;
    UPDATE claim SET estimated_amount = GREATEST(estimated_amount, l_total) WHERE claim_id = p_claim_id;
  END add_items;

  PROCEDURE add_party (p_claim_id IN NUMBER, p_role IN VARCHAR2, p_name IN VARCHAR2, p_party_id IN NUMBER DEFAULT NULL, p_id_no IN VARCHAR2 DEFAULT NULL)
  IS
  BEGIN
    INSERT INTO claim_party (claim_id, party_role, party_seq, party_id, full_name, id_no)
    SELECT p_claim_id, p_role, NVL(MAX(party_seq), 0) + 1, p_party_id, p_name, p_id_no
      FROM claim_party
     WHERE claim_id = p_claim_id
       AND party_role = p_role;
  END add_party;

  PROCEDURE accept_claim (p_claim_id IN NUMBER)
  IS
    l_missing VARCHAR2(400);
  BEGIN
    -- 必备单证
    SELECT LISTAGG(d.doc_type, ',') WITHIN GROUP (ORDER BY d.doc_type)
      INTO l_missing
      FROM claim_document d
     WHERE d.claim_id = p_claim_id
       AND d.required_flag = 'Y'
       AND d.received_at IS NULL;
    IF l_missing IS NOT NULL THEN
      RAISE_APPLICATION_ERROR(-20312, '缺少单证: ' || l_missing);
    END IF;
    change_status(p_claim_id, c_st_accepted, '立案');
    UPDATE claim SET register_date = SYSDATE WHERE claim_id = p_claim_id;
    assign_handler(p_claim_id);
  END accept_claim;

  PROCEDURE withdraw (p_claim_id IN NUMBER, p_reason IN VARCHAR2)
  IS
    l_cancelled PLS_INTEGER;
  BEGIN
    change_status(p_claim_id, c_st_withdrawn, p_reason);
    UPDATE claim SET close_date = SYSDATE, close_reason = 'WDRW' WHERE claim_id = p_claim_id;
    pkg_claim_reserve.release_all(p_claim_id, 'WDRW');
    pkg_notify.cancel_for('CLAIM', p_claim_id, l_cancelled);
  END withdraw;

  PROCEDURE reopen (p_claim_id IN NUMBER, p_reason IN VARCHAR2)
  IS
    l_row claim%ROWTYPE := lock_claim(p_claim_id, TRUE);
  BEGIN
    IF l_row.status NOT IN (c_st_closed, c_st_rejected) THEN
      pkg_err.raise_error(pkg_err.c_claim_status, l_row.claim_no, l_row.status);
    ELSIF l_row.reopen_count >= 3 THEN
      RAISE_APPLICATION_ERROR(-20313, '重开次数超限');
    ELSIF MONTHS_BETWEEN(SYSDATE, l_row.close_date) > 24 THEN
      RAISE_APPLICATION_ERROR(-20314, '已过诉讼时效');
    END IF;
    UPDATE claim
       SET status = c_st_accepted, reopen_count = reopen_count + 1, close_date = NULL, close_reason = NULL
     WHERE claim_id = p_claim_id;
    log_event(p_claim_id, 'REOPEN', p_reason, l_row.status, c_st_accepted);
  END reopen;

  PROCEDURE close_claim (p_claim_id IN NUMBER, p_reason IN VARCHAR2 DEFAULT 'NORM')
  IS
    l_open PLS_INTEGER;
  BEGIN
    SELECT COUNT(*)
      INTO l_open
      FROM claim_task
     WHERE claim_id = p_claim_id
       AND status IN ('O', 'A')
       AND task_type <> 'CONTACT';
    IF l_open > 0 AND p_reason <> 'FORCE' THEN
      RAISE_APPLICATION_ERROR(-20315, l_open || ' 个任务未完成');
    END IF;
    change_status(p_claim_id, c_st_closed, p_reason);
    UPDATE claim SET close_date = SYSDATE, close_reason = SUBSTR(p_reason, 1, 4) WHERE claim_id = p_claim_id;
    pkg_claim_reserve.release_all(p_claim_id, 'CLOSE');
    UPDATE claim_task SET status = 'X' WHERE claim_id = p_claim_id AND status IN ('O', 'A');
  END close_claim;

  -- 指派:同机构在手赔案最少的理赔员
  PROCEDURE assign_handler (p_claim_id IN NUMBER, p_handler IN VARCHAR2 DEFAULT NULL)
  IS
    l_handler claim.handler_id%TYPE := p_handler;
    l_branch  claim.branch_code%TYPE;
  BEGIN
    SELECT branch_code INTO l_branch FROM claim WHERE claim_id = p_claim_id;
    IF l_handler IS NULL THEN
      BEGIN
        SELECT handler_id
          INTO l_handler
          FROM (SELECT r.code_value AS handler_id, COUNT(c.claim_id) AS load_count
                  FROM ref_code r, claim c
                 WHERE r.code_type = 'CLAIM_HANDLER'
                   AND r.parent_value = l_branch
                   AND c.handler_id (+) = r.code_value
                   AND c.status (+) < '60'
                 GROUP BY r.code_value
                 ORDER BY COUNT(c.claim_id), r.code_value)
         WHERE ROWNUM < 2;
      EXCEPTION
        WHEN NO_DATA_FOUND THEN
          l_handler := 'POOL_' || l_branch;
      END;
    END IF;
    UPDATE claim SET handler_id = l_handler WHERE claim_id = p_claim_id;
    create_task(p_claim_id, 'HANDLE', 5, l_handler);
  END assign_handler;

  PROCEDURE create_task (p_claim_id IN NUMBER, p_type IN VARCHAR2, p_days IN NUMBER DEFAULT 3, p_assignee IN VARCHAR2 DEFAULT NULL)
  IS
  BEGIN
    INSERT INTO claim_task (task_id, claim_id, task_type, assignee, due_at, status)
    VALUES (seq_task_id.NEXTVAL, p_claim_id, p_type, p_assignee, pkg_util_date.add_business_days(TRUNC(SYSDATE), CEIL(p_days)),
            NVL2(p_assignee, 'A', 'O'));
  END create_task;

  -- 外部公估文件导入
  PROCEDURE import_external (p_loaded OUT PLS_INTEGER, p_rejected OUT PLS_INTEGER)
  IS
    l_rep t_report;
    l_id  NUMBER;
  BEGIN
    p_loaded := 0;
    p_rejected := 0;
    FOR r IN (SELECT * FROM claim_import_ext) LOOP
      BEGIN
        SAVEPOINT one_row;
        l_rep := NULL;
        l_rep.policy_no  := TRIM(r.policy_no);
        l_rep.loss_date  := TO_DATE(r.loss_date_txt, CASE LENGTH(r.loss_date_txt) WHEN 8 THEN 'YYYYMMDD' ELSE 'YYYY-MM-DD' END);
        l_rep.estimate   := TO_NUMBER(REPLACE(r.amount_txt, ','));
        l_rep.loss_cause := 'EXT';
        l_rep.loss_place := r.remark;
        l_id := register(l_rep);
        p_loaded := p_loaded + 1;
      EXCEPTION
        WHEN OTHERS THEN
          ROLLBACK TO one_row;
          p_rejected := p_rejected + 1;
          CASE
            WHEN SQLCODE BETWEEN -20999 AND -20000 THEN
              pkg_log.warn(c_module, r.ext_claim_no || ': ' || SQLERRM);
            WHEN SQLCODE IN (-1830, -1843, -1722, -6502) THEN
              pkg_log.warn(c_module, '格式错误 ' || r.ext_claim_no);
            ELSE
              RAISE;
          END CASE;
      END;
    END LOOP;
  END import_external;

  PROCEDURE merge_claims (p_keep IN NUMBER, p_drop IN NUMBER)
  IS
    l_keep claim%ROWTYPE := lock_claim(p_keep);
    l_drop claim%ROWTYPE := lock_claim(p_drop);
    l_seq  PLS_INTEGER;
  BEGIN
    IF l_keep.policy_id <> l_drop.policy_id THEN
      RAISE_APPLICATION_ERROR(-20316, '不同保单不能合并');
    END IF;
    SELECT MAX(item_seq) INTO l_seq FROM claim_item WHERE claim_id = p_keep;

    INSERT INTO claim_item (claim_item_id, claim_id, item_seq, coverage_code, loss_type, claimed_amount)
    SELECT seq_claim_item_id.NEXTVAL, p_keep, NVL(l_seq, 0) + ROWNUM, coverage_code, loss_type, claimed_amount
      FROM (SELECT coverage_code, loss_type, claimed_amount FROM claim_item WHERE claim_id = p_drop ORDER BY item_seq)
       LOG ERRORS INTO err$_claim_item ('merge ' || p_drop) REJECT LIMIT 10;

    UPDATE medical_bill SET claim_id = p_keep WHERE claim_id = p_drop;
    UPDATE claim_document SET claim_id = p_keep WHERE claim_id = p_drop;
    withdraw(p_drop, '并入 ' || l_keep.claim_no);
  END merge_claims;

BEGIN
  g_moves('10') := '20,80,90';
  g_moves('20') := '30,40,80,90';
  g_moves('30') := '20,40,80,90';
  g_moves('40') := '30,40,50,80';
  g_moves('50') := '40,60';
  g_moves('60') := '50,70';
  g_moves('70') := '20';
  g_moves('80') := '20,70';
END pkg_claim_reg;
/
