CREATE OR REPLACE PACKAGE BODY ins_claim.pkg_claim_reserve
AS
  c_module CONSTANT VARCHAR2(20) := 'PKG_CLAIM_RESERVE';

  FUNCTION balance (p_claim_id IN NUMBER, p_type IN VARCHAR2 DEFAULT 'CASE', p_on IN DATE DEFAULT NULL) RETURN NUMBER
  IS
    l_bal NUMBER;
  BEGIN
    SELECT NVL(SUM(change_amount), 0)
      INTO l_bal
      FROM claim_reserve_mv
     WHERE claim_id = p_claim_id
       AND reserve_type = p_type
       AND (p_on IS NULL OR movement_date <= p_on);
    RETURN l_bal;
  END balance;

  FUNCTION balances (p_claim_id IN NUMBER) RETURN t_balance
  IS
    l_tab t_balance;
  BEGIN
    FOR r IN (SELECT reserve_type, SUM(change_amount) AS amt
                FROM claim_reserve_mv
               WHERE claim_id = p_claim_id
               GROUP BY reserve_type) LOOP
      l_tab(r.reserve_type) := r.amt;
    END LOOP;
    RETURN l_tab;
  END balances;

  PROCEDURE adjust (p_claim_id IN NUMBER, p_type IN VARCHAR2, p_change IN NUMBER, p_reason IN VARCHAR2)
  IS
    l_seq  claim_reserve_mv.movement_seq%TYPE;
    l_bal  NUMBER;
    l_cur  claim.currency%TYPE;
  BEGIN
    IF NVL(p_change, 0) = 0 THEN
      RETURN;
    END IF;
    SELECT currency INTO l_cur FROM claim WHERE claim_id = p_claim_id;

    SELECT NVL(MAX(movement_seq), 0) + 1, NVL(SUM(change_amount), 0) + p_change
      INTO l_seq, l_bal
      FROM claim_reserve_mv
     WHERE claim_id = p_claim_id
       AND reserve_type = p_type;

    IF l_bal < 0 AND p_type <> 'SALV' THEN
      pkg_log.warn(c_module, '准备金为负 ' || p_type || ' ' || l_bal, p_claim_id);
    END IF;

    INSERT INTO claim_reserve_mv (claim_id, reserve_type, movement_date, movement_seq, change_amount, balance_after, currency, reason_code)
    VALUES (p_claim_id, p_type, TRUNC(pkg_context.business_date), l_seq, p_change, l_bal, l_cur, p_reason);
  END adjust;

  PROCEDURE set_reserve (p_claim_id IN NUMBER, p_type IN claim_reserve_mv.reserve_type%TYPE, p_amount IN NUMBER, p_reason IN VARCHAR2, p_item_id IN NUMBER DEFAULT NULL)
  IS
  BEGIN
    adjust(p_claim_id, p_type, p_amount - balance(p_claim_id, p_type), p_reason);
    IF p_item_id IS NOT NULL THEN
      UPDATE claim_reserve_mv
         SET claim_item_id = p_item_id
       WHERE claim_id = p_claim_id
         AND reserve_type = p_type
         AND movement_seq = (SELECT MAX(m.movement_seq) FROM claim_reserve_mv m WHERE m.claim_id = p_claim_id AND m.reserve_type = p_type);
    END IF;
  END set_reserve;

  FUNCTION average_cost (p_lob IN VARCHAR2, p_cause IN VARCHAR2, p_months IN PLS_INTEGER DEFAULT 24) RETURN NUMBER RESULT_CACHE
  IS
    l_avg NUMBER;
  BEGIN
    -- 去掉最高最低各 5%
    SELECT AVG(paid_amount)
      INTO l_avg
      FROM (SELECT paid_amount,
                   PERCENT_RANK() OVER (ORDER BY paid_amount) AS pr
              FROM claim
             WHERE line_of_business = p_lob
               AND loss_cause = NVL(p_cause, loss_cause)
               AND status = '70'
               AND paid_amount > 0
               AND close_date >= ADD_MONTHS(SYSDATE, -p_months))
     WHERE pr BETWEEN 0.05 AND 0.95;
    RETURN ROUND(l_avg, 2);
  END average_cost;

  PROCEDURE set_initial (p_claim_id IN NUMBER)
  IS
    l_claim claim%ROWTYPE;
    l_amt   NUMBER;
  BEGIN
    SELECT * INTO l_claim FROM claim WHERE claim_id = p_claim_id;
    l_amt := CASE
               WHEN l_claim.estimated_amount > 0 THEN l_claim.estimated_amount
               ELSE COALESCE(average_cost(l_claim.line_of_business, l_claim.loss_cause),
                             CASE l_claim.line_of_business
                               WHEN 'MT' THEN 5000
                               WHEN 'HL' THEN 3000
                               WHEN 'LF' THEN 100000
                               ELSE 10000
                             END)
             END;
    set_reserve(p_claim_id, 'CASE', l_amt, 'INIT');
    set_reserve(p_claim_id, 'ALAE', ROUND(l_amt * 0.03, 2), 'INIT');
  END set_initial;

  PROCEDURE release_all (p_claim_id IN NUMBER, p_reason IN VARCHAR2)
  IS
    l_tab t_balance := balances(p_claim_id);
    l_key VARCHAR2(4) := l_tab.FIRST;
  BEGIN
    LOOP
      EXIT WHEN l_key IS NULL;
      adjust(p_claim_id, l_key, -l_tab(l_key), p_reason);
      l_key := l_tab.NEXT(l_key);
    END LOOP;
  END release_all;

  -- 汇总过账: 按机构+险类
  PROCEDURE post_movements (p_until IN DATE, p_vouchers OUT PLS_INTEGER)
  IS
    CURSOR c_mv IS
      SELECT m.movement_id, m.change_amount, m.currency, m.reserve_type, c.branch_code, c.line_of_business
        FROM claim_reserve_mv m, claim c
       WHERE c.claim_id = m.claim_id
         AND m.posted_flag = 'N'
         AND m.movement_date <= p_until
         FOR UPDATE OF m.posted_flag NOWAIT;
    TYPE t_by_key IS TABLE OF NUMBER INDEX BY VARCHAR2(30);
    TYPE t_ids    IS TABLE OF t_number_tab INDEX BY VARCHAR2(30);
    l_sum t_by_key;
    l_ids t_ids;
    l_key VARCHAR2(30);
    l_v   NUMBER;
    l_list t_number_tab;
  BEGIN
    p_vouchers := 0;
    FOR r IN c_mv LOOP
      l_key := r.branch_code || '|' || r.line_of_business || '|' || r.currency;
      IF NOT l_sum.EXISTS(l_key) THEN
        l_sum(l_key) := 0;
        l_ids(l_key) := t_number_tab();
      END IF;
      l_sum(l_key) := l_sum(l_key) + CASE r.reserve_type WHEN 'SALV' THEN -r.change_amount ELSE r.change_amount END;
      l_ids(l_key).EXTEND;
      l_ids(l_key)(l_ids(l_key).COUNT) := r.movement_id;
    END LOOP;

    l_key := l_sum.FIRST;
    WHILE l_key IS NOT NULL LOOP
      IF l_sum(l_key) <> 0 THEN
        l_v := pkg_gl.post_event(
                 p_event    => 'RES_CHG',
                 p_source   => 'CLAIM',
                 p_ref      => 'RES' || TO_CHAR(p_until, 'YYYYMMDD'),
                 p_branch   => REGEXP_SUBSTR(l_key, '[^|]+', 1, 1),
                 p_amount   => l_sum(l_key),
                 p_currency => REGEXP_SUBSTR(l_key, '[^|]+', 1, 3),
                 p_lob      => REGEXP_SUBSTR(l_key, '[^|]+', 1, 2),
                 p_date     => p_until);
        p_vouchers := p_vouchers + 1;
      ELSE
        l_v := NULL;
      END IF;
      l_list := l_ids(l_key);
      FORALL i IN l_list.FIRST .. l_list.LAST
        UPDATE claim_reserve_mv SET posted_flag = 'Y', voucher_id = l_v WHERE movement_id = l_list(i);
      l_key := l_sum.NEXT(l_key);
    END LOOP;
  EXCEPTION
    WHEN pkg_err.e_row_locked THEN
      pkg_err.raise_error(pkg_err.c_resource_busy, 'CLAIM_RESERVE_MV');
  END post_movements;

  -- 长期未动的估损, 向均值靠拢一半
  PROCEDURE revalue_stale (p_days IN PLS_INTEGER DEFAULT 90, p_changed OUT PLS_INTEGER)
  IS
    l_avg NUMBER;
    l_new NUMBER;
  BEGIN
    p_changed := 0;
    FOR r IN (SELECT c.claim_id, c.line_of_business, c.loss_cause, v.bal
                FROM claim c
                JOIN (SELECT claim_id, SUM(change_amount) AS bal, MAX(movement_date) AS last_mv
                        FROM claim_reserve_mv
                       WHERE reserve_type = 'CASE'
                       GROUP BY claim_id
                      HAVING SUM(change_amount) > 0) v ON v.claim_id = c.claim_id
               WHERE c.status IN ('10', '20', '30')
                 AND v.last_mv < TRUNC(SYSDATE) - p_days)
    LOOP
      l_avg := average_cost(r.line_of_business, r.loss_cause);
      IF l_avg IS NULL THEN
        GOTO next_claim;
      END IF;
      l_new := ROUND((r.bal + l_avg) / 2, -1);
      IF ABS(l_new - r.bal) > r.bal * 0.1 THEN
        set_reserve(r.claim_id, 'CASE', l_new, 'STALE');
        p_changed := p_changed + 1;
      END IF;
      <<next_claim>>
      NULL;
    END LOOP;
  END revalue_stale;

  PROCEDURE reserve_as_of (p_on IN DATE, p_cur OUT SYS_REFCURSOR)
  IS
  BEGIN
    OPEN p_cur FOR
      SELECT c.line_of_business,
             c.branch_code,
             m.reserve_type,
             SUM(m.change_amount) AS reserve_amount,
             COUNT(DISTINCT m.claim_id) AS claim_count
        FROM claim_reserve_mv m
        JOIN claim c ON c.claim_id = m.claim_id
       WHERE m.movement_date <= p_on
       GROUP BY GROUPING SETS ((c.line_of_business, c.branch_code, m.reserve_type), (c.line_of_business, m.reserve_type), ())
       ORDER BY c.line_of_business NULLS LAST, c.branch_code NULLS LAST, m.reserve_type;
  END reserve_as_of;

  -- 闪回查询: 昨天此刻的余额
  FUNCTION reserve_yesterday (p_claim_id IN NUMBER) RETURN NUMBER
  IS
    l_bal NUMBER;
  BEGIN
    SELECT SUM(change_amount)
      INTO l_bal
      FROM claim_reserve_mv AS OF TIMESTAMP (SYSTIMESTAMP - INTERVAL '1' DAY)
     WHERE claim_id = p_claim_id;
    RETURN NVL(l_bal, 0);
  EXCEPTION
    WHEN pkg_err.e_snapshot_too_old THEN
      RETURN NULL;
  END reserve_yesterday;
END pkg_claim_reserve;
/
