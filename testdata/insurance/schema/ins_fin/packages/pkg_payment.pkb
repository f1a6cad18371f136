CREATE OR REPLACE PACKAGE BODY ins_fin.pkg_payment
AS
  c_module CONSTANT VARCHAR2(20) := 'PKG_PAYMENT';
  c_eol    CONSTANT VARCHAR2(2)  := CHR(13) || CHR(10);

  TYPE t_event_map IS TABLE OF VARCHAR2(10) INDEX BY VARCHAR2(4);
  g_event_of t_event_map;

  FUNCTION lock_payment (p_payment_id IN NUMBER) RETURN payment_order%ROWTYPE
  IS
    l_row payment_order%ROWTYPE;
  BEGIN
    SELECT *
      INTO l_row
      FROM payment_order
     WHERE payment_id = p_payment_id
       FOR UPDATE NOWAIT;
    RETURN l_row;
  EXCEPTION
    WHEN NO_DATA_FOUND THEN
      RAISE_APPLICATION_ERROR(-20430, '付款指令不存在: ' || p_payment_id);
    WHEN pkg_err.e_row_locked THEN
      pkg_err.raise_error(pkg_err.c_resource_busy, 'PAYMENT', p_payment_id);
  END lock_payment;

  FUNCTION is_duplicate (p_account_no IN VARCHAR2, p_amount IN NUMBER, p_days IN PLS_INTEGER DEFAULT 7) RETURN VARCHAR2
  IS
    l_cnt NUMBER;
  BEGIN
    SELECT COUNT(*)
      INTO l_cnt
      FROM payment_order
     WHERE account_no = p_account_no
       AND amount = p_amount
       AND status <> '90'
       AND request_date >= SYSDATE - p_days
       AND ROWNUM = 1;
    RETURN CASE l_cnt WHEN 0 THEN 'N' ELSE 'Y' END;
  END is_duplicate;

  FUNCTION create_payment (p_req IN t_payment_request) RETURN payment_order.payment_id%TYPE
  IS
    l_id payment_order.payment_id%TYPE;
    l_no payment_order.payment_no%TYPE;
  BEGIN
    IF NVL(p_req.amount, 0) <= 0 THEN
      pkg_err.raise_error(pkg_err.c_invalid_argument, 'amount', TO_CHAR(p_req.amount));
    END IF;
    IF p_req.account_no IS NULL OR p_req.payee_name IS NULL THEN
      pkg_err.raise_error(pkg_err.c_payment_failed, '收款账户不完整', p_req.business_ref);
    END IF;
    IF is_duplicate(p_req.account_no, p_req.amount, 1) = 'Y' THEN
      pkg_log.warn(c_module, '疑似重复付款 ' || p_req.account_no || ' ' || p_req.amount, p_req.business_ref);
    END IF;

    l_no := pkg_numbering.next_no('PAY', p_req.branch_code);

    INSERT INTO payment_order
      (payment_id, payment_no, business_type, business_ref, claim_id, policy_id, payee_party_id, payee_name,
       bank_code, account_no, currency, amount, tax_amount, branch_code, due_date, status)
    VALUES
      (seq_payment_id.NEXTVAL, l_no, p_req.business_type, p_req.business_ref, p_req.claim_id, p_req.policy_id,
       p_req.party_id, p_req.payee_name, p_req.bank_code, REPLACE(p_req.account_no, ' '), p_req.currency, p_req.amount,
       NVL(p_req.tax_amount, 0), p_req.branch_code, NVL(p_req.due_date, TRUNC(SYSDATE) + 1), c_st_new)
    RETURNING payment_id INTO l_id;

    pkg_audit.log_action('PAY', 'CREATE', 'PAYMENT_ORDER', l_id, p_req.business_type || ' ' || p_req.amount);
    RETURN l_id;
  END create_payment;

  PROCEDURE approve (p_payment_id IN NUMBER, p_user IN VARCHAR2 DEFAULT USER)
  IS
    l_row   payment_order%ROWTYPE := lock_payment(p_payment_id);
    l_limit NUMBER;
  BEGIN
    IF l_row.status <> c_st_new THEN
      RAISE_APPLICATION_ERROR(-20431, '状态不允许审批: ' || l_row.status);
    END IF;
    IF l_row.created_by = p_user THEN
      -- 四眼原则
      pkg_err.raise_error(pkg_err.c_not_authorised, p_user, '制单人不能审批');
    END IF;

    SELECT NVL(MAX(TO_NUMBER(param_value)), 100000)
      INTO l_limit
      FROM sys_parameter
     WHERE param_name = 'PAY_LIMIT_' || p_user;

    IF l_row.amount > l_limit THEN
      pkg_err.raise_error(pkg_err.c_not_authorised, p_user, 'limit ' || l_limit);
    END IF;

    UPDATE payment_order
       SET status = c_st_approved, approved_by = p_user, approved_at = SYSDATE, updated_at = SYSTIMESTAMP
     WHERE payment_id = p_payment_id;
  END approve;

  PROCEDURE approve_batch (p_ids IN ins_claim.t_number_tab, p_ok OUT PLS_INTEGER, p_failed OUT ins_claim.t_number_tab)
  IS
    l_bulk_errors EXCEPTION;
    PRAGMA EXCEPTION_INIT(l_bulk_errors, -24381);
    l_idx PLS_INTEGER;
  BEGIN
    p_failed := ins_claim.t_number_tab();
    p_ok     := 0;
    BEGIN
      FORALL i IN INDICES OF p_ids SAVE EXCEPTIONS
        UPDATE payment_order
           SET status      = '10',
               approved_by = USER,
               approved_at = SYSDATE
         WHERE payment_id = p_ids(i)
           AND status = '00'
           AND created_by <> USER;
    EXCEPTION
      WHEN l_bulk_errors THEN
        FOR j IN 1 .. SQL%BULK_EXCEPTIONS.COUNT LOOP
          l_idx := SQL%BULK_EXCEPTIONS(j).ERROR_INDEX;
          p_failed.EXTEND;
          p_failed(p_failed.LAST) := p_ids(l_idx);
          pkg_log.error(c_module, SQLERRM(-SQL%BULK_EXCEPTIONS(j).ERROR_CODE), p_ids(l_idx));
        END LOOP;
    END;

    FOR i IN 1 .. p_ids.COUNT LOOP
      IF p_ids.EXISTS(i) AND SQL%BULK_ROWCOUNT(i) = 0 AND p_ids(i) NOT MEMBER OF p_failed THEN
        p_failed.EXTEND;
        p_failed(p_failed.COUNT) := p_ids(i);
      END IF;
    END LOOP;
    p_ok := p_ids.COUNT - p_failed.COUNT;
  END approve_batch;

  PROCEDURE void_payment (p_payment_id IN NUMBER, p_reason IN VARCHAR2)
  IS
    l_row payment_order%ROWTYPE := lock_payment(p_payment_id);
    l_rev NUMBER;
  BEGIN
    IF l_row.status IN (c_st_sent, c_st_void) THEN
      RAISE_APPLICATION_ERROR(-20432, '已送盘或已作废');
    END IF;
    IF l_row.voucher_id IS NOT NULL THEN
      l_rev := pkg_gl.reverse_voucher(l_row.voucher_id, p_reason => p_reason);
    END IF;
    UPDATE payment_order
       SET status = c_st_void, bank_ret_msg = p_reason, updated_at = SYSTIMESTAMP
     WHERE payment_id = p_payment_id;
    pkg_audit.log_action('PAY', 'VOID', 'PAYMENT_ORDER', p_payment_id, p_reason || CASE WHEN l_rev IS NOT NULL THEN ' rev=' || l_rev END);
  END void_payment;

  FUNCTION build_bank_file (p_bank_code IN VARCHAR2, p_date IN DATE DEFAULT TRUNC(SYSDATE)) RETURN bank_file.bank_file_id%TYPE
  IS
    TYPE t_id_tab   IS TABLE OF payment_order.payment_id%TYPE;
    TYPE t_acct_tab IS TABLE OF payment_order.account_no%TYPE;
    TYPE t_name_tab IS TABLE OF payment_order.payee_name%TYPE;
    TYPE t_amt_tab  IS TABLE OF payment_order.amount%TYPE;
    l_ids   t_id_tab;
    l_accts t_acct_tab;
    l_names t_name_tab;
    l_amts  t_amt_tab;
    l_bank  bank_code%ROWTYPE;
    l_file  bank_file.bank_file_id%TYPE;
    l_total NUMBER := 0;
  BEGIN
    SELECT b.* INTO l_bank FROM bank_code b WHERE b.bank_code = p_bank_code;

    SELECT payment_id, account_no, payee_name, net_amount
      BULK COLLECT INTO l_ids, l_accts, l_names, l_amts
      FROM payment_order
     WHERE status = c_st_approved
       AND bank_code = p_bank_code
       AND due_date <= p_date
       AND bank_file_id IS NULL
       AND ROWNUM <= l_bank.max_lines
       FOR UPDATE SKIP LOCKED;

    IF l_ids.COUNT = 0 THEN
      RETURN NULL;
    END IF;

    l_file := seq_bank_file_id.NEXTVAL;
    FOR i IN 1 .. l_ids.COUNT LOOP
      l_total := l_total + l_amts(i);
    END LOOP;

    INSERT INTO bank_file (bank_file_id, bank_code, file_type, file_name, file_date, line_count, total_amount, status)
    VALUES (l_file, p_bank_code, 'PAY',
            'PAY_' || l_bank.short_name || '_' || TO_CHAR(p_date, 'YYYYMMDD') || '_' || LPAD(l_file, 6, '0') || '.txt',
            p_date, l_ids.COUNT, l_total, 'N');

    FORALL i IN l_ids.FIRST .. l_ids.LAST
      INSERT INTO bank_file_line (bank_file_id, line_no, payment_id, account_no, account_name, amount)
      VALUES (l_file, i, l_ids(i), l_accts(i), l_names(i), l_amts(i));

    FORALL i IN 1 .. l_ids.COUNT
      UPDATE payment_order
         SET bank_file_id = l_file, status = c_st_sent, updated_at = SYSTIMESTAMP
       WHERE payment_id = l_ids(i);

    RETURN l_file;
  EXCEPTION
    WHEN NO_DATA_FOUND THEN
      RAISE_APPLICATION_ERROR(-20433, '银行代码无效: ' || p_bank_code);
  END build_bank_file;

  -- 定长格式: 流水(8) 账号(32) 户名(60) 金额分(15)
  FUNCTION format_line (p_format IN VARCHAR2, p_line IN bank_file_line%ROWTYPE) RETURN VARCHAR2
  IS
  BEGIN
    RETURN CASE p_format
             WHEN 'CSV' THEN
               p_line.line_no || ',' || p_line.account_no || ',"' || REPLACE(p_line.account_name, '"', '""') || '",' ||
               TO_CHAR(p_line.amount, 'FM9999999999990.00')
             WHEN 'PIPE' THEN
               p_line.line_no || '|' || p_line.account_no || '|' || p_line.account_name || '|' || p_line.amount * 100
             ELSE
               LPAD(p_line.line_no, 8, '0') || RPAD(p_line.account_no, 32) || RPAD(p_line.account_name, 60) ||
               LPAD(TO_CHAR(p_line.amount * 100), 15, '0')
           END;
  END format_line;

  PROCEDURE write_bank_file (p_bank_file_id IN NUMBER)
  IS
    l_handle  UTL_FILE.FILE_TYPE;
    l_file    bank_file%ROWTYPE;
    l_format  bank_code.file_format%TYPE;
    l_line    bank_file_line%ROWTYPE;
    l_text    VARCHAR2(4000);
    l_hash    NUMBER := 0;
    CURSOR c_lines (cp_file_id NUMBER) IS
      SELECT * FROM bank_file_line WHERE bank_file_id = cp_file_id ORDER BY line_no;
  BEGIN
    SELECT f.* INTO l_file FROM bank_file f WHERE f.bank_file_id = p_bank_file_id FOR UPDATE;
    SELECT file_format INTO l_format FROM bank_code WHERE bank_code = l_file.bank_code;

    l_handle := UTL_FILE.FOPEN(c_directory, l_file.file_name, 'w', 32767);
    UTL_FILE.PUT_LINE(l_handle, 'H' || TO_CHAR(l_file.file_date, 'YYYYMMDD') || LPAD(l_file.line_count, 8, '0') || LPAD(l_file.total_amount * 100, 18, '0'));

    OPEN c_lines(p_bank_file_id);
    LOOP
      FETCH c_lines INTO l_line;
      EXIT WHEN c_lines%NOTFOUND;
      l_text := format_line(l_format, l_line);
      l_hash := MOD(l_hash * 31 + DBMS_UTILITY.GET_HASH_VALUE(l_text, 0, 1073741824), 1000000007);
      UTL_FILE.PUT_LINE(l_handle, l_text);
      IF MOD(c_lines%ROWCOUNT, 1000) = 0 THEN
        UTL_FILE.FFLUSH(l_handle);
      END IF;
    END LOOP;
    CLOSE c_lines;

    UTL_FILE.PUT_LINE(l_handle, 'T' || LPAD(l_hash, 12, '0'));
    UTL_FILE.FCLOSE(l_handle);

    UPDATE bank_file SET status = 'S', sent_at = SYSDATE, checksum = TO_CHAR(l_hash) WHERE bank_file_id = p_bank_file_id;
  EXCEPTION
    WHEN UTL_FILE.INVALID_PATH OR UTL_FILE.INVALID_OPERATION THEN
      IF UTL_FILE.IS_OPEN(l_handle) THEN
        UTL_FILE.FCLOSE(l_handle);
      END IF;
      pkg_err.raise_error(pkg_err.c_payment_failed, '目录或文件不可写', l_file.file_name);
    WHEN OTHERS THEN
      UTL_FILE.FCLOSE_ALL;
      IF c_lines%ISOPEN THEN
        CLOSE c_lines;
      END IF;
      pkg_log.error(c_module, SQLCODE || ' ' || SQLERRM || c_eol || DBMS_UTILITY.FORMAT_ERROR_BACKTRACE, p_bank_file_id);
      RAISE;
  END write_bank_file;

  PROCEDURE read_return_file (p_file_name IN VARCHAR2, p_ok OUT PLS_INTEGER, p_failed OUT PLS_INTEGER)
  IS
    l_handle UTL_FILE.FILE_TYPE;
    l_text   VARCHAR2(4000);
    l_file   bank_file.bank_file_id%TYPE;
    l_no     NUMBER;
    l_code   VARCHAR2(10);
    l_msg    VARCHAR2(200);

    -- n-th field of a pipe separated line
    FUNCTION field (p_n IN PLS_INTEGER) RETURN VARCHAR2
    IS
    BEGIN
      RETURN TRIM(REGEXP_SUBSTR(l_text, '([^|]*)(\||$)', 1, p_n, NULL, 1));
    END field;
  BEGIN
    p_ok := 0;
    p_failed := 0;

    SELECT bank_file_id INTO l_file FROM bank_file WHERE file_name = REPLACE(p_file_name, '.ret', '.txt');

    l_handle := UTL_FILE.FOPEN(c_in_directory, p_file_name, 'r');
    BEGIN
      LOOP
        UTL_FILE.GET_LINE(l_handle, l_text);
        CONTINUE WHEN l_text IS NULL OR SUBSTR(l_text, 1, 1) IN ('H', 'T');
        l_no   := field(1);      -- implicit conversion on purpose, the bank pads with zeros
        l_code := field(2);
        l_msg  := field(3);
        UPDATE bank_file_line
           SET ret_code = l_code, ret_msg = l_msg, raw_line = l_text
         WHERE bank_file_id = l_file
           AND line_no = l_no;
        IF l_code = '0000' THEN
          p_ok := p_ok + 1;
        ELSE
          p_failed := p_failed + 1;
        END IF;
      END LOOP;
    EXCEPTION
      WHEN NO_DATA_FOUND THEN
        UTL_FILE.FCLOSE(l_handle);
    END;

    UPDATE bank_file
       SET status = 'R', returned_at = SYSDATE, ok_count = p_ok, fail_count = p_failed
     WHERE bank_file_id = l_file;
  END read_return_file;

  PROCEDURE apply_return (p_bank_file_id IN NUMBER)
  IS
  BEGIN
    FOR r IN (SELECT l.payment_id, l.ret_code, l.ret_msg
                FROM bank_file_line l
                JOIN payment_order p ON p.payment_id = l.payment_id
               WHERE l.bank_file_id = p_bank_file_id
                 AND p.status = c_st_sent
                 AND l.ret_code IS NOT NULL
               ORDER BY l.line_no)
    LOOP
      IF r.ret_code = '0000' THEN
        confirm_paid(r.payment_id);
      ELSE
        mark_failed(r.payment_id, r.ret_code, r.ret_msg);
      END IF;
    END LOOP;
    UPDATE bank_file SET status = 'C' WHERE bank_file_id = p_bank_file_id;
  END apply_return;

  PROCEDURE confirm_paid (p_payment_id IN NUMBER, p_paid_at IN TIMESTAMP DEFAULT SYSTIMESTAMP)
  IS
    l_row     payment_order%ROWTYPE := lock_payment(p_payment_id);
    l_lob     product.line_of_business%TYPE;
    l_pol_no  policy.policy_no%TYPE;
    l_voucher NUMBER;
  BEGIN
    IF l_row.status = c_st_paid THEN
      RETURN;
    END IF;
    BEGIN
      SELECT pr.line_of_business, po.policy_no
        INTO l_lob, l_pol_no
        FROM policy po, product pr
       WHERE po.policy_id = l_row.policy_id
         AND pr.product_code (+) = po.product_code;
    EXCEPTION
      WHEN NO_DATA_FOUND THEN
        l_lob := NULL;
    END;

    l_voucher := pkg_gl.post_event(
                   p_event     => g_event_of(l_row.business_type),
                   p_source    => 'PAY',
                   p_ref       => l_row.payment_no,
                   p_branch    => l_row.branch_code,
                   p_amount    => l_row.amount,
                   p_currency  => l_row.currency,
                   p_lob       => l_lob,
                   p_policy_no => l_pol_no,
                   p_tax       => l_row.tax_amount,
                   p_date      => CAST(p_paid_at AS DATE));

    UPDATE payment_order
       SET status = c_st_paid, paid_at = p_paid_at, voucher_id = l_voucher, updated_at = SYSTIMESTAMP
     WHERE payment_id = p_payment_id;
  EXCEPTION
    WHEN NO_DATA_FOUND OR pkg_gl.e_no_rule THEN
      pkg_err.raise_error(pkg_err.c_payment_failed, l_row.business_type, SQLERRM);
  END confirm_paid;

  PROCEDURE mark_failed (p_payment_id IN NUMBER, p_code IN VARCHAR2, p_msg IN VARCHAR2)
  IS
  BEGIN
    UPDATE payment_order
       SET status        = DECODE(p_code, 'B001', c_st_bounced, c_st_failed),
           bank_ret_code = p_code,
           bank_ret_msg  = p_msg,
           retry_count   = NVL(retry_count, 0) + 1,
           bank_file_id  = NULL,
           updated_at    = SYSTIMESTAMP
     WHERE payment_id = p_payment_id;
    IF SQL%NOTFOUND THEN
      RAISE NO_DATA_FOUND;
    END IF;
  END mark_failed;

  PROCEDURE retry_failed (p_max_retry IN PLS_INTEGER DEFAULT 3, p_count OUT PLS_INTEGER)
  IS
    CURSOR c_failed IS
      SELECT payment_id, retry_count, bank_ret_code
        FROM payment_order
       WHERE status = '40'
         AND retry_count < p_max_retry
         FOR UPDATE OF status NOWAIT;
  BEGIN
    p_count := 0;
    FOR r IN c_failed LOOP
      -- 账号错误类不重试
      IF r.bank_ret_code IN ('A001', 'A002', 'A009') THEN
        UPDATE payment_order SET status = '50' WHERE CURRENT OF c_failed;
      ELSE
        UPDATE payment_order SET status = '10', due_date = pkg_util_date.next_business_day(SYSDATE) WHERE CURRENT OF c_failed;
        p_count := p_count + 1;
      END IF;
    END LOOP;
  END retry_failed;

  PROCEDURE open_pending (p_cur IN OUT t_pay_cur, p_branch IN VARCHAR2 DEFAULT NULL)
  IS
  BEGIN
    IF p_cur%ISOPEN THEN
      CLOSE p_cur;
    END IF;
    OPEN p_cur FOR
      SELECT *
        FROM payment_order
       WHERE status IN ('00', '10')
         AND branch_code = NVL(p_branch, branch_code)
       ORDER BY due_date NULLS FIRST, payment_id;
  END open_pending;

  FUNCTION paid_total (p_type IN VARCHAR2, p_from IN DATE, p_to IN DATE, p_currency IN VARCHAR2 DEFAULT 'CNY') RETURN t_money
  IS
    l_sum NUMBER;
  BEGIN
    SELECT NVL(SUM(amount), 0)
      INTO l_sum
      FROM payment_order
     WHERE business_type = p_type
       AND status = '30'
       AND currency = p_currency
       AND paid_at >= p_from
       AND paid_at < p_to + 1;
    RETURN t_money(l_sum, p_currency);
  END paid_total;

  PROCEDURE daily_run (p_business_date IN DATE)
  IS
    l_run   pkg_batch.t_run_info;
    l_file  NUMBER;
    l_retry PLS_INTEGER;
  BEGIN
    l_run := pkg_batch.start_run('PAY_DAILY', p_business_date);
    retry_failed(3, l_retry);
    FOR b IN (SELECT bank_code
                FROM bank_code
               WHERE active_flag = 'Y'
                 AND bank_code > NVL(l_run.restart_key, ' ')
               ORDER BY bank_code)
    LOOP
      BEGIN
        l_file := build_bank_file(b.bank_code, p_business_date);
        IF l_file IS NOT NULL THEN
          write_bank_file(l_file);
        END IF;
        pkg_batch.progress(l_run, 1);
        pkg_batch.checkpoint(l_run, b.bank_code);
      EXCEPTION
        WHEN OTHERS THEN
          ROLLBACK;
          pkg_batch.log_error(l_run, b.bank_code, SQLCODE, SQLERRM);
      END;
    END LOOP;
    pkg_batch.finish_run(l_run);
  END daily_run;

BEGIN
  g_event_of('CLM') := 'CLM_PAY';
  g_event_of('RFD') := 'RFD_PAY';
  g_event_of('COM') := 'COM_PAY';
  g_event_of('HSP') := 'HSP_PAY';
  g_event_of('RIP') := 'RI_PAY';
  g_event_of('SUR') := 'SUR_PAY';
END pkg_payment;
/
