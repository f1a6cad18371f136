CREATE OR REPLACE PACKAGE BODY ins_core.pkg_recon
AS
  c_module CONSTANT VARCHAR2(30) := 'PKG_RECON';
  e_link_down EXCEPTION;
  PRAGMA EXCEPTION_INIT(e_link_down, -12541);

  g_diff_no PLS_INTEGER := 0;

  FUNCTION start_run(p_type IN VARCHAR2, p_as_of IN DATE DEFAULT TRUNC(SYSDATE)) RETURN recon_run.run_id%TYPE
  IS
    l_id recon_run.run_id%TYPE;
  BEGIN
    INSERT INTO recon_run (run_id, recon_type, as_of_date)
    VALUES (seq_recon_run.NEXTVAL, p_type, p_as_of)
    RETURNING run_id INTO l_id;
    g_diff_no := 0;
    COMMIT;
    RETURN l_id;
  END start_run;

  PROCEDURE add_diff(p_run_id IN NUMBER, p_key IN VARCHAR2, p_type IN VARCHAR2,
                     p_column IN VARCHAR2 DEFAULT NULL, p_old IN VARCHAR2 DEFAULT NULL, p_new IN VARCHAR2 DEFAULT NULL)
  IS
  BEGIN
    g_diff_no := g_diff_no + 1;
    INSERT INTO recon_diff (run_id, diff_no, key_value, diff_type, column_name, old_value, new_value)
    VALUES (p_run_id, g_diff_no, p_key, p_type, p_column, p_old, p_new);
  END add_diff;

  PROCEDURE compare_policies(p_run_id IN NUMBER, p_from IN DATE, p_to IN DATE)
  IS
  BEGIN
    -- 老核心有, 新核心没有
    FOR o IN (SELECT cont_no FROM lc_cont@oldcore WHERE sign_date BETWEEN p_from AND p_to
              MINUS
              SELECT legacy_no FROM policy WHERE issue_date BETWEEN p_from AND p_to AND legacy_no IS NOT NULL)
    LOOP
      add_diff(p_run_id, o.cont_no, 'MO');
    END LOOP;
    -- 新核心有, 老核心没有
    FOR n IN (SELECT p.legacy_no
                FROM policy p, lc_cont@oldcore o
               WHERE o.cont_no (+) = p.legacy_no
                 AND o.cont_no IS NULL
                 AND p.legacy_no IS NOT NULL
                 AND p.issue_date BETWEEN p_from AND p_to)
    LOOP
      add_diff(p_run_id, n.legacy_no, 'MN');
    END LOOP;
    -- 双方都有: 逐字段
    FOR d IN (SELECT /*+ DRIVING_SITE(o) */ o.cont_no, o.amnt, o.prem, o.state, p.sum_insured, p.annual_premium, p.status
                FROM lc_cont@oldcore o
                JOIN policy p ON p.legacy_no = o.cont_no
               WHERE o.sign_date BETWEEN p_from AND p_to)
    LOOP
      IF d.amnt <> d.sum_insured THEN
        add_diff(p_run_id, d.cont_no, 'DF', 'SUM_INSURED', d.amnt, d.sum_insured);
      END IF;
      IF ABS(d.prem - d.annual_premium) > 0.01 THEN
        add_diff(p_run_id, d.cont_no, 'DF', 'ANNUAL_PREMIUM', d.prem, d.annual_premium);
      END IF;
      IF CASE d.state WHEN '1' THEN 'IF' WHEN '2' THEN 'LA' WHEN '4' THEN 'EX' ELSE d.status END <> d.status THEN
        add_diff(p_run_id, d.cont_no, 'DF', 'STATUS', d.state, d.status);
      END IF;
      IF MOD(g_diff_no, 1000) = 999 THEN
        COMMIT;
      END IF;
    END LOOP;
    COMMIT;
  END compare_policies;

  PROCEDURE compare_totals(p_run_id IN NUMBER)
  IS
    l_old_n NUMBER;
    l_new_n NUMBER;
    l_old_p NUMBER;
    l_new_p NUMBER;
  BEGIN
    SELECT COUNT(*), SUM(prem) INTO l_old_n, l_old_p FROM lc_cont@oldcore WHERE state = '1';
    SELECT COUNT(*), SUM(annual_premium) INTO l_new_n, l_new_p FROM policy WHERE status = 'IF' AND legacy_no IS NOT NULL;
    UPDATE recon_run SET source_count = l_old_n, target_count = l_new_n WHERE run_id = p_run_id;
    IF l_old_p <> l_new_p THEN
      add_diff(p_run_id, '*TOTAL*', 'DF', 'PREMIUM', TO_CHAR(l_old_p), TO_CHAR(l_new_p));
    END IF;
  END compare_totals;

  PROCEDURE finish_run(p_run_id IN NUMBER)
  IS
  BEGIN
    UPDATE recon_run r
       SET r.diff_count = (SELECT COUNT(*) FROM recon_diff d WHERE d.run_id = r.run_id),
           r.status = 'C',
           r.finished_at = SYSTIMESTAMP
     WHERE r.run_id = p_run_id;
    COMMIT;
  END finish_run;

  PROCEDURE run_daily
  IS
    l_run NUMBER;
  BEGIN
    l_run := start_run('POLICY');
    compare_policies(l_run, TRUNC(SYSDATE) - 7, TRUNC(SYSDATE) - 1);
    compare_totals(l_run);
    finish_run(l_run);
  EXCEPTION
    WHEN e_link_down THEN
      ROLLBACK;
      UPDATE recon_run SET status = 'X' WHERE run_id = l_run;
      COMMIT;
      pkg_log.error(c_module, '老核心不可达', l_run);
  END run_daily;

  FUNCTION remote_policy_exists(p_legacy_no IN VARCHAR2) RETURN BOOLEAN
  IS
    l_n PLS_INTEGER;
  BEGIN
    EXECUTE IMMEDIATE 'SELECT COUNT(*) FROM lc_cont@oldcore WHERE cont_no = :n' INTO l_n USING p_legacy_no;
    RETURN l_n > 0;
  END remote_policy_exists;

  PROCEDURE pull_missing(p_run_id IN NUMBER, p_pulled OUT PLS_INTEGER)
  IS
    l_holder party.party_id%TYPE;
    l_no     policy.policy_no%TYPE;
  BEGIN
    p_pulled := 0;
    FOR r IN (SELECT d.diff_no, o.cont_no, o.appnt_name, o.appnt_id_no, o.risk_code, o.manage_com, o.sign_date, o.cvali_date,
                     o.end_date, o.amnt, o.prem
                FROM recon_diff d, lc_cont@oldcore o
               WHERE d.run_id = p_run_id
                 AND d.diff_type = 'MO'
                 AND d.resolved = 'N'
                 AND o.cont_no = d.key_value)
    LOOP
      BEGIN
        l_holder := COALESCE(pkg_party.find_by_id('01', r.appnt_id_no), pkg_party.create_person(r.appnt_name, r.appnt_id_no));
        l_no := pkg_numbering.next_policy_no(r.manage_com, pkg_product.get_product(r.risk_code).line_of_business, r.sign_date);
        INSERT INTO policy (policy_id, policy_no, product_code, holder_id, insured_id, branch_code, issue_date, effective_date,
                            expiry_date, status, sum_insured, annual_premium, created_by, legacy_no)
        VALUES (seq_policy.NEXTVAL, l_no, r.risk_code, l_holder, l_holder, r.manage_com, r.sign_date, r.cvali_date,
                r.end_date, 'IF', r.amnt, r.prem, 'RECON', r.cont_no);
        UPDATE recon_diff SET resolved = 'Y' WHERE run_id = p_run_id AND diff_no = r.diff_no;
        COMMIT;
        p_pulled := p_pulled + 1;
      EXCEPTION
        WHEN OTHERS THEN
          ROLLBACK;
          pkg_log.error(c_module, '补录失败: ' || SQLERRM, r.cont_no);
      END;
    END LOOP;
  END pull_missing;

  FUNCTION differences(p_run_id IN NUMBER) RETURN SYS_REFCURSOR
  IS
    l_cur SYS_REFCURSOR;
  BEGIN
    OPEN l_cur FOR
      SELECT diff_type, column_name, COUNT(*) AS cnt, MIN(key_value) AS sample_key
        FROM recon_diff
       WHERE run_id = p_run_id AND resolved = 'N'
       GROUP BY diff_type, column_name
       ORDER BY cnt DESC;
    RETURN l_cur;
  END differences;

  PROCEDURE resolve_diff(p_run_id IN NUMBER, p_diff_no IN NUMBER, p_note IN VARCHAR2)
  IS
  BEGIN
    UPDATE recon_diff SET resolved = 'Y' WHERE run_id = p_run_id AND diff_no = p_diff_no;
    pkg_log.info(c_module, p_note, p_run_id || '/' || p_diff_no);
  END resolve_diff;
END pkg_recon;
/
