CREATE OR REPLACE PACKAGE BODY ins_core.pkg_policy
AS
  c_module CONSTANT VARCHAR2(30) := 'PKG_POLICY';

  -- 允许的状态迁移  from:to
  TYPE t_transition_set IS TABLE OF BOOLEAN INDEX BY VARCHAR2(5);
  g_allowed t_transition_set;

  FUNCTION get_policy(p_policy_id IN t_policy_id) RETURN policy%ROWTYPE
  IS
    l_row policy%ROWTYPE;
  BEGIN
    SELECT * INTO l_row FROM policy WHERE policy_id = p_policy_id;
    RETURN l_row;
  EXCEPTION
    WHEN NO_DATA_FOUND THEN
      pkg_err.raise_error(pkg_err.c_policy_not_found, p_policy_id);
  END get_policy;

  FUNCTION get_policy(p_policy_no IN policy.policy_no%TYPE) RETURN policy%ROWTYPE
  IS
    l_row policy%ROWTYPE;
  BEGIN
    SELECT * INTO l_row FROM policy WHERE policy_no = p_policy_no;
    RETURN l_row;
  EXCEPTION
    WHEN NO_DATA_FOUND THEN
      pkg_err.raise_error(pkg_err.c_policy_not_found, p_policy_no);
  END get_policy;

  FUNCTION policy_id_of(p_policy_no IN VARCHAR2) RETURN t_policy_id
  IS
    l_id t_policy_id;
  BEGIN
    SELECT policy_id
      INTO l_id
      FROM policy
     WHERE policy_no = UPPER(TRIM(p_policy_no))
        OR legacy_no = TRIM(p_policy_no)
       AND ROWNUM = 1;
    RETURN l_id;
  EXCEPTION
    WHEN NO_DATA_FOUND THEN
      RETURN NULL;
    WHEN TOO_MANY_ROWS THEN
      pkg_err.raise_error(pkg_err.c_invalid_argument, '保单号不唯一 ' || p_policy_no);
  END policy_id_of;

  FUNCTION load_beneficiaries(p_policy_id IN t_policy_id) RETURN t_beneficiary_tab
  IS
    l_list t_beneficiary_tab;
  BEGIN
    SELECT party_id, relation_code, share_pct, beneficiary_order
      BULK COLLECT INTO l_list
      FROM policy_party
     WHERE policy_id = p_policy_id
       AND role_code = pkg_const.c_role_benef
       AND end_date IS NULL
     ORDER BY beneficiary_order, role_seq;
    RETURN l_list;
  END load_beneficiaries;

  FUNCTION get_full(p_policy_id IN t_policy_id) RETURN t_policy_full
  IS
    l_full t_policy_full;
  BEGIN
    l_full.head    := get_policy(p_policy_id);
    l_full.holder  := pkg_party.get_party(l_full.head.holder_id);
    l_full.insured := pkg_party.get_party(l_full.head.insured_id);
    SELECT * BULK COLLECT INTO l_full.coverages
      FROM policy_coverage
     WHERE policy_id = p_policy_id
     ORDER BY coverage_seq;
    l_full.beneficiaries := load_beneficiaries(p_policy_id);
    RETURN l_full;
  END get_full;

  PROCEDURE lock_policy(p_policy_id IN t_policy_id, p_version_no IN NUMBER DEFAULT NULL)
  IS
    l_version policy.version_no%TYPE;
  BEGIN
    SELECT version_no INTO l_version FROM policy WHERE policy_id = p_policy_id FOR UPDATE NOWAIT;
    -- 乐观锁
    IF p_version_no IS NOT NULL AND p_version_no <> l_version THEN
      pkg_err.raise_error(pkg_err.c_policy_version, p_policy_id);
    END IF;
  EXCEPTION
    WHEN NO_DATA_FOUND THEN
      pkg_err.raise_error(pkg_err.c_policy_not_found, p_policy_id);
    WHEN pkg_err.e_row_locked THEN
      pkg_err.raise_error(pkg_err.c_resource_busy, '保单 ' || p_policy_id);
  END lock_policy;

  PROCEDURE save_history(p_policy_id IN t_policy_id, p_change_type IN VARCHAR2)
  IS
  BEGIN
    INSERT INTO policy_history (policy_id, version_no, changed_by, change_type, status, sum_insured, annual_premium, snapshot)
    SELECT p.policy_id, p.version_no, pkg_context.get_user, p_change_type, p.status, p.sum_insured, p.annual_premium,
           XMLELEMENT("policy",
             XMLATTRIBUTES(p.policy_no AS "no", p.version_no AS "version"),
             XMLFOREST(p.product_code AS "product", p.status AS "status", p.sum_insured AS "sumInsured",
                       p.annual_premium AS "premium", TO_CHAR(p.expiry_date, 'YYYY-MM-DD') AS "expiry"),
             XMLELEMENT("coverages",
               (SELECT XMLAGG(XMLELEMENT("coverage",
                                XMLATTRIBUTES(c.coverage_code AS "code", c.sum_insured AS "si", c.premium AS "premium"))
                              ORDER BY c.coverage_seq)
                  FROM policy_coverage c
                 WHERE c.policy_id = p.policy_id)))
      FROM policy p
     WHERE p.policy_id = p_policy_id;
  EXCEPTION
    WHEN DUP_VAL_ON_INDEX THEN
      NULL;   -- 同一版本已留痕
  END save_history;

  ------------------------------------------------------------------
  -- 出单
  ------------------------------------------------------------------
  FUNCTION issue_from_proposal(p_proposal_id IN proposal.proposal_id%TYPE, p_issue_date IN DATE DEFAULT SYSDATE) RETURN t_policy_id
  IS
    l_prop    proposal%ROWTYPE;
    l_product product%ROWTYPE;
    l_id      t_policy_id;
    l_no      policy.policy_no%TYPE;
    l_end     DATE;
  BEGIN
    SELECT * INTO l_prop FROM proposal WHERE proposal_id = p_proposal_id FOR UPDATE;

    IF l_prop.status = 'IS' THEN
      RETURN l_prop.policy_id;        -- 幂等
    ELSIF l_prop.status = 'DE' THEN
      pkg_err.raise_error(pkg_err.c_uw_declined, l_prop.proposal_no);
    ELSIF l_prop.status != 'AC' THEN
      pkg_err.raise_error(pkg_err.c_uw_pending, l_prop.proposal_no);
    END IF;

    l_product := pkg_product.get_product(l_prop.product_code);
    l_no  := pkg_numbering.next_policy_no(l_prop.branch_code, l_product.line_of_business, p_issue_date);
    l_end := pkg_product.term_end(l_prop.product_code, l_prop.effective_date);
    l_id  := seq_policy.NEXTVAL;

    INSERT INTO policy
      (policy_id, policy_no, product_code, holder_id, insured_id, agent_id, branch_code, proposal_id,
       issue_date, effective_date, expiry_date, status, sum_insured, annual_premium, currency,
       pay_mode, pay_term_years, next_due_date, channel, created_by)
    VALUES
      (l_id, l_no, l_prop.product_code, l_prop.holder_id, l_prop.insured_id, l_prop.agent_id, l_prop.branch_code, p_proposal_id,
       TRUNC(p_issue_date), l_prop.effective_date, l_end, pkg_const.c_pol_pending, l_prop.sum_insured, l_prop.total_premium,
       l_product.currency, l_prop.pay_mode, l_prop.pay_term_years,
       l_prop.effective_date, l_prop.channel, pkg_context.get_user);

    INSERT INTO policy_coverage
      (policy_id, coverage_seq, coverage_code, sum_insured, premium, rate, deductible, loading_pct, start_date, end_date)
    SELECT l_id, ROW_NUMBER() OVER (ORDER BY cd.sort_no, pc.coverage_code),
           pc.coverage_code, pc.sum_insured, pc.premium, pc.rate, NVL(cd.deductible, 0), pc.loading_pct,
           l_prop.effective_date, l_end
      FROM proposal_coverage pc
           LEFT OUTER JOIN coverage_def cd ON cd.coverage_code = pc.coverage_code
     WHERE pc.proposal_id = p_proposal_id;

    INSERT INTO policy_party (policy_id, party_id, role_code, role_seq, relation_code, share_pct, beneficiary_order)
    SELECT l_id, party_id, role_code, ROWNUM, relation_code, share_pct, beneficiary_order
      FROM proposal_party
     WHERE proposal_id = p_proposal_id;

    UPDATE proposal SET status = 'IS', policy_id = l_id WHERE proposal_id = p_proposal_id;
    save_history(l_id, 'ISSUE');
    pkg_log.info(c_module, '出单 ' || l_no, l_id);
    RETURN l_id;
  EXCEPTION
    WHEN NO_DATA_FOUND THEN
      pkg_err.raise_error(pkg_err.c_invalid_argument, '投保单 ' || p_proposal_id);
  END issue_from_proposal;

  FUNCTION issue_direct(p_product_code IN VARCHAR2, p_holder_id IN NUMBER, p_insured_id IN NUMBER, p_sum_insured IN NUMBER,
                        p_effective IN DATE, p_branch_code IN VARCHAR2, p_agent_id IN NUMBER DEFAULT NULL,
                        p_pay_mode IN VARCHAR2 DEFAULT 'Y') RETURN VARCHAR2
  IS
    l_insured  party%ROWTYPE := pkg_party.get_party(p_insured_id);
    l_quote    quotation.quote_id%TYPE;
    l_proposal proposal.proposal_id%TYPE;
    l_policy   t_policy_id;
    l_decision VARCHAR2(2);
    l_no       policy.policy_no%TYPE;
  BEGIN
    SAVEPOINT issue_start;
    l_quote := pkg_quotation.create_quote(p_product_code => p_product_code,
                                          p_birth_date   => l_insured.birth_date,
                                          p_gender       => l_insured.gender,
                                          p_sum_insured  => p_sum_insured,
                                          p_pay_mode     => p_pay_mode,
                                          p_agent_id     => p_agent_id,
                                          p_branch_code  => p_branch_code,
                                          p_channel      => CASE WHEN p_agent_id IS NULL THEN pkg_const.c_ch_direct ELSE pkg_const.c_ch_agent END);
    l_proposal := pkg_quotation.to_proposal(l_quote, p_holder_id, p_insured_id, p_effective);
    l_decision := pkg_underwriting.auto_decision(l_proposal);
    IF l_decision NOT IN ('AC', 'SU') THEN
      RETURN NULL;   -- 转人工核保, 保留投保单
    END IF;
    l_policy := issue_from_proposal(l_proposal);
    SELECT policy_no INTO l_no FROM policy WHERE policy_id = l_policy;
    RETURN l_no;
  EXCEPTION
    WHEN pkg_err.e_rate_not_found OR pkg_err.e_formula_error THEN
      ROLLBACK TO issue_start;
      RAISE;
  END issue_direct;

  PROCEDURE activate(p_policy_id IN t_policy_id, p_paid_to IN DATE DEFAULT NULL)
  IS
    l_policy policy%ROWTYPE := get_policy(p_policy_id);
  BEGIN
    IF l_policy.status <> pkg_const.c_pol_pending THEN
      pkg_err.raise_error(pkg_err.c_policy_status, l_policy.policy_no, l_policy.status);
    END IF;
    UPDATE policy
       SET status = pkg_const.c_pol_inforce,
           paid_to_date = NVL(p_paid_to, pkg_util_date.next_due_date(effective_date, pay_mode, effective_date)),
           next_due_date = pkg_util_date.next_due_date(effective_date, pay_mode, effective_date),
           version_no = version_no + 1
     WHERE policy_id = p_policy_id;
    save_history(p_policy_id, 'ACTIVATE');
  END activate;

  ------------------------------------------------------------------
  -- 查询
  ------------------------------------------------------------------
  FUNCTION find_policies(p_holder_name IN VARCHAR2 DEFAULT NULL, p_id_no IN VARCHAR2 DEFAULT NULL, p_mobile IN VARCHAR2 DEFAULT NULL,
                         p_status IN VARCHAR2 DEFAULT NULL, p_from IN DATE DEFAULT NULL, p_to IN DATE DEFAULT NULL,
                         p_order_by IN VARCHAR2 DEFAULT 'ISSUE_DATE DESC', p_max IN PLS_INTEGER DEFAULT 100) RETURN SYS_REFCURSOR
  IS
    l_sql  VARCHAR2(8000);
    l_cur  INTEGER;
    l_dump INTEGER;

    PROCEDURE add_cond(p_present BOOLEAN, p_text VARCHAR2)
    IS
    BEGIN
      IF p_present THEN
        l_sql := l_sql || ' AND ' || p_text;
      END IF;
    END add_cond;
  BEGIN
    IF UPPER(p_order_by) NOT IN ('ISSUE_DATE', 'ISSUE_DATE DESC', 'POLICY_NO', 'ANNUAL_PREMIUM DESC') THEN
      pkg_err.raise_error(pkg_err.c_invalid_argument, p_order_by);
    END IF;
    l_sql := 'SELECT p.policy_no, p.issue_date, p.status, h.full_name, p.annual_premium'
             || ' FROM policy p JOIN party h ON h.party_id = p.holder_id WHERE 1 = 1';
    add_cond(p_holder_name IS NOT NULL, 'h.name_search LIKE UPPER(:b_name) || ''%''');
    add_cond(p_id_no IS NOT NULL, 'h.id_no = :b_id');
    add_cond(p_mobile IS NOT NULL, 'h.mobile = :b_mobile');
    add_cond(p_status IS NOT NULL, 'p.status = :b_status');
    add_cond(p_from IS NOT NULL, 'p.issue_date >= :b_from');
    add_cond(p_to IS NOT NULL, 'p.issue_date < :b_to + 1');
    l_sql := 'SELECT * FROM (' || l_sql || ' ORDER BY ' || p_order_by || ') WHERE ROWNUM <= :b_max';

    l_cur := DBMS_SQL.OPEN_CURSOR;
    DBMS_SQL.PARSE(l_cur, l_sql, DBMS_SQL.NATIVE);
    IF p_holder_name IS NOT NULL THEN DBMS_SQL.BIND_VARIABLE(l_cur, 'b_name', p_holder_name); END IF;
    IF p_id_no IS NOT NULL THEN DBMS_SQL.BIND_VARIABLE(l_cur, 'b_id', p_id_no); END IF;
    IF p_mobile IS NOT NULL THEN DBMS_SQL.BIND_VARIABLE(l_cur, 'b_mobile', p_mobile); END IF;
    IF p_status IS NOT NULL THEN DBMS_SQL.BIND_VARIABLE(l_cur, 'b_status', p_status); END IF;
    IF p_from IS NOT NULL THEN DBMS_SQL.BIND_VARIABLE(l_cur, 'b_from', p_from); END IF;
    IF p_to IS NOT NULL THEN DBMS_SQL.BIND_VARIABLE(l_cur, 'b_to', p_to); END IF;
    DBMS_SQL.BIND_VARIABLE(l_cur, 'b_max', p_max);
    l_dump := DBMS_SQL.EXECUTE(l_cur);
    RETURN DBMS_SQL.TO_REFCURSOR(l_cur);
  EXCEPTION
    WHEN OTHERS THEN
      IF l_cur IS NOT NULL AND DBMS_SQL.IS_OPEN(l_cur) THEN
        DBMS_SQL.CLOSE_CURSOR(l_cur);
      END IF;
      RAISE;
  END find_policies;

  FUNCTION party_policies(p_party_id IN NUMBER) RETURN t_policy_brief_tab PIPELINED
  IS
  BEGIN
    FOR r IN (SELECT DISTINCT p.policy_no, d.product_name, h.full_name, p.status, p.effective_date, p.expiry_date, p.annual_premium
                FROM policy p, product d, party h, policy_party pp
               WHERE d.product_code = p.product_code
                 AND h.party_id = p.holder_id
                 AND pp.policy_id(+) = p.policy_id
                 AND (p.holder_id = p_party_id OR p.insured_id = p_party_id OR pp.party_id = p_party_id)
               ORDER BY p.effective_date DESC)
    LOOP
      PIPE ROW (t_policy_brief(r.policy_no, r.product_name, r.full_name,
                               pkg_ref_cache.code_name('POLICY_STATUS', r.status),
                               r.effective_date, r.expiry_date, r.annual_premium,
                               TRUNC(r.expiry_date) - TRUNC(SYSDATE)));
    END LOOP;
    RETURN;
  END party_policies;

  FUNCTION is_in_force(p_policy_id IN t_policy_id, p_on IN DATE DEFAULT SYSDATE) RETURN BOOLEAN
  IS
    l_row policy%ROWTYPE := get_policy(p_policy_id);
  BEGIN
    RETURN l_row.status IN (pkg_const.c_pol_inforce)
       AND p_on >= l_row.effective_date
       AND p_on < NVL(l_row.expiry_date, pkg_const.c_far_future);
  END is_in_force;

  FUNCTION in_force_flag(p_policy_id IN t_policy_id, p_on IN DATE DEFAULT SYSDATE) RETURN VARCHAR2
  IS
  BEGIN
    IF is_in_force(p_policy_id, p_on) THEN
      RETURN 'Y';
    END IF;
    RETURN 'N';
  EXCEPTION
    WHEN pkg_err.e_policy_not_found THEN
      RETURN NULL;
  END in_force_flag;

  FUNCTION coverage_si(p_policy_id IN t_policy_id, p_coverage_code IN VARCHAR2, p_on IN DATE DEFAULT SYSDATE) RETURN NUMBER
  IS
    l_si NUMBER;
  BEGIN
    SELECT SUM(sum_insured)
      INTO l_si
      FROM policy_coverage
     WHERE policy_id = p_policy_id
       AND coverage_code = p_coverage_code
       AND status = 'A'
       AND p_on BETWEEN start_date AND NVL(end_date, p_on);
    RETURN NVL(l_si, 0);
  END coverage_si;

  FUNCTION policy_year(p_policy_id IN t_policy_id, p_on IN DATE DEFAULT SYSDATE) RETURN PLS_INTEGER
  IS
    l_eff policy.effective_date%TYPE;
  BEGIN
    SELECT effective_date INTO l_eff FROM policy WHERE policy_id = p_policy_id;
    RETURN TRUNC(MONTHS_BETWEEN(p_on, l_eff) / 12) + 1;
  END policy_year;

  FUNCTION beneficiaries_text(p_policy_id IN t_policy_id) RETURN VARCHAR2
  IS
    l_text VARCHAR2(4000);
  BEGIN
    SELECT LISTAGG(p.full_name || '(' || pkg_ref_cache.name_of('RELATION', pp.relation_code) || ' '
                   || TO_CHAR(pp.share_pct, 'FM990.##') || '%)', '; ' ON OVERFLOW TRUNCATE '...' WITHOUT COUNT)
             WITHIN GROUP (ORDER BY pp.beneficiary_order, pp.share_pct DESC)
      INTO l_text
      FROM policy_party pp
      JOIN party p ON p.party_id = pp.party_id
     WHERE pp.policy_id = p_policy_id
       AND pp.role_code = 'BE'
       AND pp.end_date IS NULL;
    RETURN NVL(l_text, '法定');
  END beneficiaries_text;

  ------------------------------------------------------------------
  -- 维护
  ------------------------------------------------------------------
  PROCEDURE change_status(p_policy_id IN t_policy_id, p_status IN policy.status%TYPE, p_reason IN VARCHAR2 DEFAULT NULL)
  IS
    l_old policy.status%TYPE;
    l_no  policy.policy_no%TYPE;
  BEGIN
    lock_policy(p_policy_id);
    SELECT status, policy_no INTO l_old, l_no FROM policy WHERE policy_id = p_policy_id;
    IF l_old = p_status THEN
      RETURN;
    END IF;
    IF NOT g_allowed.EXISTS(l_old || ':' || p_status) THEN
      pkg_err.raise_error(pkg_err.c_policy_status, l_no, l_old || '->' || p_status);
    END IF;
    save_history(p_policy_id, 'STATUS');
    UPDATE policy
       SET status = p_status,
           version_no = version_no + 1,
           updated_at = SYSTIMESTAMP
     WHERE policy_id = p_policy_id;
    IF p_status IN ('SU', 'CA', 'EX', 'MA', 'DC') THEN
      UPDATE policy_coverage SET status = 'T', end_date = LEAST(NVL(end_date, TRUNC(SYSDATE)), TRUNC(SYSDATE))
       WHERE policy_id = p_policy_id AND status = 'A' AND start_date <= TRUNC(SYSDATE);
    END IF;
    IF p_reason IS NOT NULL THEN
      append_remark(p_policy_id, l_old || '->' || p_status || ': ' || p_reason);
    END IF;
  END change_status;

  PROCEDURE set_beneficiaries(p_policy_id IN t_policy_id, p_list IN t_beneficiary_tab)
  IS
    TYPE t_share_map IS TABLE OF NUMBER INDEX BY PLS_INTEGER;
    l_sums t_share_map;
    i      PLS_INTEGER;
    l_order PLS_INTEGER;
  BEGIN
    lock_policy(p_policy_id);
    i := p_list.FIRST;
    WHILE i IS NOT NULL LOOP
      l_order := NVL(p_list(i).order_no, 1);
      IF l_sums.EXISTS(l_order) THEN
        l_sums(l_order) := l_sums(l_order) + p_list(i).share_pct;
      ELSE
        l_sums(l_order) := p_list(i).share_pct;
      END IF;
      i := p_list.NEXT(i);
    END LOOP;

    i := l_sums.FIRST;
    WHILE i IS NOT NULL LOOP
      IF l_sums(i) <> 100 THEN
        pkg_err.raise_error(pkg_err.c_benef_share, TO_CHAR(l_sums(i)));
      END IF;
      i := l_sums.NEXT(i);
    END LOOP;

    DELETE policy_party WHERE policy_id = p_policy_id AND role_code = 'BE';
    FORALL k IN INDICES OF p_list
      INSERT INTO policy_party (policy_id, party_id, role_code, role_seq, relation_code, share_pct, beneficiary_order)
      VALUES (p_policy_id, p_list(k).party_id, 'BE', 1, p_list(k).relation, p_list(k).share_pct, p_list(k).order_no);
  END set_beneficiaries;

  PROCEDURE append_remark(p_policy_id IN t_policy_id, p_text IN VARCHAR2)
  IS
    l_remark CLOB;
    l_line   VARCHAR2(4000) := TO_CHAR(SYSDATE, 'YYYYMMDD') || ' ' || p_text || CHR(10);
  BEGIN
    SELECT remark INTO l_remark FROM policy WHERE policy_id = p_policy_id FOR UPDATE;
    IF l_remark IS NULL OR DBMS_LOB.GETLENGTH(l_remark) = 0 THEN
      UPDATE policy SET remark = l_line WHERE policy_id = p_policy_id;
    ELSE
      DBMS_LOB.APPEND(l_remark, TO_CLOB(l_line));
    END IF;
  END append_remark;

  FUNCTION history_xml(p_policy_id IN t_policy_id, p_version_no IN NUMBER) RETURN XMLTYPE
  IS
    l_xml XMLTYPE;
  BEGIN
    SELECT snapshot
      INTO l_xml
      FROM (SELECT snapshot
              FROM policy_history
             WHERE policy_id = p_policy_id
               AND version_no <= p_version_no
             ORDER BY version_no DESC)
     WHERE ROWNUM = 1;
    RETURN l_xml;
  EXCEPTION
    WHEN NO_DATA_FOUND THEN
      RETURN NULL;
  END history_xml;

  -- 误操作排查: 闪回查询
  FUNCTION as_of(p_policy_id IN t_policy_id, p_minutes_ago IN NUMBER) RETURN policy%ROWTYPE
  IS
    l_row policy%ROWTYPE;
  BEGIN
    SELECT *
      INTO l_row
      FROM policy AS OF TIMESTAMP (SYSTIMESTAMP - NUMTODSINTERVAL(p_minutes_ago, 'MINUTE'))
     WHERE policy_id = p_policy_id;
    RETURN l_row;
  EXCEPTION
    WHEN pkg_err.e_snapshot_too_old THEN
      pkg_log.warn(c_module, '闪回数据已过期', p_policy_id);
      RETURN NULL;
  END as_of;

  ------------------------------------------------------------------
  -- 金额
  ------------------------------------------------------------------
  FUNCTION surrender_value(p_policy_id IN t_policy_id, p_on IN DATE DEFAULT SYSDATE) RETURN NUMBER
  IS
    l_full    t_policy_full := get_full(p_policy_id);
    l_product product%ROWTYPE := pkg_product.get_product(l_full.head.product_code);
    l_value   NUMBER;
    l_entry   PLS_INTEGER;
  BEGIN
    -- 犹豫期内全额退
    IF p_on <= l_full.head.issue_date + l_product.cooling_off_days THEN
      RETURN pkg_rating.modal_premium(l_full.head.annual_premium, l_full.head.pay_mode);
    END IF;
    IF l_product.line_of_business <> pkg_const.c_lob_life THEN
      RETURN unearned_premium(p_policy_id, p_on);
    END IF;
    l_entry := pkg_util_date.age_at(l_full.insured.birth_date, l_full.head.effective_date);
    l_value := pkg_product.cash_value(l_full.head.product_code, l_entry, l_full.insured.gender, l_full.head.pay_term_years,
                                      MONTHS_BETWEEN(p_on, l_full.head.effective_date) / 12, l_full.head.sum_insured);
    RETURN GREATEST(l_value - outstanding_premium(p_policy_id, p_on), 0);
  END surrender_value;

  FUNCTION unearned_premium(p_policy_id IN t_policy_id, p_on IN DATE DEFAULT SYSDATE) RETURN NUMBER
  IS
    l_row   policy%ROWTYPE := get_policy(p_policy_id);
    l_total NUMBER := l_row.expiry_date - l_row.effective_date;
    l_left  NUMBER := l_row.expiry_date - GREATEST(TRUNC(p_on), l_row.effective_date);
  BEGIN
    IF l_total IS NULL OR l_left <= 0 THEN
      RETURN 0;
    END IF;
    RETURN ROUND(l_row.annual_premium * l_left / l_total * (1 - pkg_ref_cache.param_number('SURRENDER_FEE_PCT', 5) / 100), 2);
  END unearned_premium;

  FUNCTION outstanding_premium(p_policy_id IN t_policy_id, p_on IN DATE DEFAULT SYSDATE) RETURN NUMBER
  IS
    l_row   policy%ROWTYPE := get_policy(p_policy_id);
    l_due   DATE := l_row.next_due_date;
    l_total NUMBER := 0;
  BEGIN
    WHILE l_due <= p_on AND l_due < ADD_MONTHS(l_row.effective_date, 12 * l_row.pay_term_years) LOOP
      l_total := l_total + pkg_rating.modal_premium(l_row.annual_premium, l_row.pay_mode);
      l_due := pkg_util_date.next_due_date(l_row.effective_date, l_row.pay_mode, l_due);
    END LOOP;
    RETURN l_total;
  END outstanding_premium;

  PROCEDURE register_payment(p_policy_id IN t_policy_id, p_amount IN NUMBER, p_pay_date IN DATE DEFAULT SYSDATE)
  IS
    l_row   policy%ROWTYPE;
    l_modal NUMBER;
    l_times PLS_INTEGER;
    l_next  DATE;
  BEGIN
    lock_policy(p_policy_id);
    l_row := get_policy(p_policy_id);
    l_modal := pkg_rating.modal_premium(l_row.annual_premium, l_row.pay_mode);
    l_times := FLOOR(p_amount / NULLIF(l_modal, 0));
    IF NVL(l_times, 0) < 1 THEN
      pkg_log.warn(c_module, '缴费不足一期: ' || p_amount || ' < ' || l_modal, p_policy_id);
      RETURN;
    END IF;
    IF l_row.status = pkg_const.c_pol_pending THEN
      activate(p_policy_id);
      l_times := l_times - 1;
    END IF;
    l_next := get_policy(p_policy_id).next_due_date;
    FOR i IN 1 .. l_times LOOP
      l_next := pkg_util_date.next_due_date(l_row.effective_date, l_row.pay_mode, l_next);
    END LOOP;
    UPDATE policy
       SET next_due_date = l_next, paid_to_date = l_next, updated_at = CAST(p_pay_date AS TIMESTAMP)
     WHERE policy_id = p_policy_id;
  END register_payment;

  ------------------------------------------------------------------
  -- 批处理
  ------------------------------------------------------------------
  PROCEDURE lapse_overdue(p_on IN DATE DEFAULT SYSDATE, p_lapsed OUT PLS_INTEGER)
  IS
    CURSOR c_due IS
      SELECT /*+ INDEX(p ix_policy_due) */ p.policy_id
        FROM policy p, product d
       WHERE d.product_code = p.product_code
         AND p.status = 'IF'
         AND p.next_due_date + d.grace_days < TRUNC(p_on)
         AND p.next_due_date < ADD_MONTHS(p.effective_date, 12 * p.pay_term_years);
    TYPE t_ids IS TABLE OF policy.policy_id%TYPE;
    l_ids t_ids;
  BEGIN
    p_lapsed := 0;
    OPEN c_due;
    LOOP
      FETCH c_due BULK COLLECT INTO l_ids LIMIT pkg_const.c_batch_size;
      EXIT WHEN l_ids.COUNT = 0;
      FORALL i IN 1 .. l_ids.COUNT
        UPDATE policy
           SET status = 'LA', version_no = version_no + 1, updated_at = SYSTIMESTAMP
         WHERE policy_id = l_ids(i)
           AND status = 'IF';
      FOR i IN 1 .. l_ids.COUNT LOOP
        p_lapsed := p_lapsed + SQL%BULK_ROWCOUNT(i);
      END LOOP;
      FORALL i IN 1 .. l_ids.COUNT
        INSERT INTO renewal_notice (policy_id, due_date, amount, notice_type)
        SELECT policy_id, next_due_date, annual_premium, 'LA' FROM policy WHERE policy_id = l_ids(i);
      COMMIT;
    END LOOP;
    CLOSE c_due;
    pkg_log.info(c_module, '失效保单 ' || p_lapsed);
  EXCEPTION
    WHEN OTHERS THEN
      IF c_due%ISOPEN THEN
        CLOSE c_due;
      END IF;
      ROLLBACK;
      pkg_err.reraise(c_module);
  END lapse_overdue;

  PROCEDURE expire_and_mature(p_on IN DATE DEFAULT SYSDATE)
  IS
    l_count PLS_INTEGER;
  BEGIN
    UPDATE policy p
       SET p.status = (SELECT DECODE(d.line_of_business, 'LF', 'MA', 'EX') FROM product d WHERE d.product_code = p.product_code),
           p.version_no = p.version_no + 1
     WHERE p.status IN ('IF', 'LA')
       AND p.expiry_date <= TRUNC(p_on);
    l_count := SQL%ROWCOUNT;
    COMMIT;
    pkg_log.info(c_module, '满期/终止 ' || l_count);
  END expire_and_mature;

  PROCEDURE refresh_daily_stats(p_date IN DATE DEFAULT TRUNC(SYSDATE) - 1)
  IS
  BEGIN
    MERGE /*+ PARALLEL(t 4) */ INTO policy_stat_daily t
    USING (SELECT branch_code, product_code,
                  COUNT(CASE WHEN issue_date = p_date THEN 1 END) AS new_count,
                  SUM(CASE WHEN issue_date = p_date THEN annual_premium ELSE 0 END) AS new_premium,
                  COUNT(CASE WHEN status = 'LA' AND TRUNC(CAST(updated_at AS DATE)) = p_date THEN 1 END) AS lapse_count,
                  COUNT(CASE WHEN status = 'SU' AND TRUNC(CAST(updated_at AS DATE)) = p_date THEN 1 END) AS surrender_count,
                  COUNT(DECODE(status, 'IF', 1)) AS inforce_count
             FROM policy
            WHERE issue_date <= p_date
            GROUP BY branch_code, product_code) s
       ON (t.stat_date = p_date AND t.branch_code = s.branch_code AND t.product_code = s.product_code)
     WHEN MATCHED THEN UPDATE SET
          t.new_count = s.new_count, t.new_premium = s.new_premium, t.lapse_count = s.lapse_count,
          t.surrender_count = s.surrender_count, t.inforce_count = s.inforce_count
     WHEN NOT MATCHED THEN INSERT
          (stat_date, branch_code, product_code, new_count, new_premium, lapse_count, surrender_count, inforce_count)
     VALUES (p_date, s.branch_code, s.product_code, s.new_count, s.new_premium, s.lapse_count, s.surrender_count, s.inforce_count);
    COMMIT;
  END refresh_daily_stats;

  ------------------------------------------------------------------
  -- 标的
  ------------------------------------------------------------------
  PROCEDURE add_vehicle(p_policy_id IN t_policy_id, p_vehicle IN t_risk_vehicle)
  IS
  BEGIN
    INSERT INTO insured_object (policy_id, object_type, risk, sum_insured)
    VALUES (p_policy_id, 'VH', p_vehicle, p_vehicle.actual_value(SYSDATE));
  END add_vehicle;

  PROCEDURE add_building(p_policy_id IN t_policy_id, p_building IN t_risk_building)
  IS
  BEGIN
    INSERT INTO insured_object (policy_id, object_type, risk, sum_insured)
    VALUES (p_policy_id, 'BD', p_building, p_building.insurable_value());
  END add_building;

  FUNCTION describe_objects(p_policy_id IN t_policy_id) RETURN t_string_tab
  IS
    l_result t_string_tab := t_string_tab();
    l_risk   t_risk_object;
  BEGIN
    FOR r IN (SELECT o.risk, TREAT(o.risk AS t_risk_vehicle).plate_no AS plate_no
                FROM insured_object o
               WHERE o.policy_id = p_policy_id
                 AND o.removed_on IS NULL
                 AND o.risk IS OF (t_risk_vehicle, t_risk_building)
               ORDER BY o.object_id)
    LOOP
      l_risk := r.risk;
      l_result.EXTEND;
      l_result(l_result.LAST) := NVL(r.plate_no || ': ', '') || l_risk.describe();
    END LOOP;
    RETURN l_result;
  END describe_objects;

BEGIN
  g_allowed('PP:IF') := TRUE;
  g_allowed('PP:CA') := TRUE;
  g_allowed('IF:LA') := TRUE;
  g_allowed('IF:SU') := TRUE;
  g_allowed('IF:CA') := TRUE;
  g_allowed('IF:EX') := TRUE;
  g_allowed('IF:MA') := TRUE;
  g_allowed('IF:DC') := TRUE;
  g_allowed('LA:IF') := TRUE;
  g_allowed('LA:EX') := TRUE;
  g_allowed('LA:SU') := TRUE;
END pkg_policy;
/
