CREATE OR REPLACE PACKAGE BODY ins_claim.pkg_recovery AS

  c_received CONSTANT VARCHAR2(2) := 'RC';
  c_cost     CONSTANT VARCHAR2(2) := 'CO';

  PROCEDURE add_movement (p_recovery_id IN NUMBER, p_type IN VARCHAR2, p_amount IN NUMBER, p_receipt IN NUMBER, p_remark IN VARCHAR2)
  IS
    l_no recovery_movement.movement_no%TYPE;
  BEGIN
    SELECT NVL(MAX(movement_no), 0) + 1 INTO l_no FROM recovery_movement WHERE recovery_id = p_recovery_id;
    INSERT INTO recovery_movement (recovery_id, movement_no, movement_type, amount, receipt_id, remark)
    VALUES (p_recovery_id, l_no, p_type, p_amount, p_receipt, p_remark);
  END add_movement;

  FUNCTION open_case (p_claim_id IN NUMBER, p_type IN VARCHAR2, p_debtor IN VARCHAR2, p_expected IN NUMBER) RETURN recovery_case.recovery_id%TYPE
  IS
    l_id    recovery_case.recovery_id%TYPE;
    l_claim claim%ROWTYPE := pkg_claim_reg.get_claim(p_claim_id);
    l_years PLS_INTEGER := CASE p_type WHEN 'SUBR' THEN 3 ELSE 2 END;
  BEGIN
    IF p_type = 'SUBR' AND l_claim.paid_amount = 0 THEN
      RAISE_APPLICATION_ERROR(-20370, '未赔付不能代位追偿');
    END IF;
    INSERT INTO recovery_case (recovery_id, claim_id, recovery_type, debtor_name, expected_amount, limitation_date, status)
    VALUES (seq_recovery_id.NEXTVAL, p_claim_id, p_type, p_debtor, p_expected, ADD_MONTHS(l_claim.loss_date, 12 * l_years), 'OP')
    RETURNING recovery_id INTO l_id;
    pkg_claim_reserve.set_reserve(p_claim_id, 'SALV', p_expected, 'RECOV');
    RETURN l_id;
  END open_case;

  PROCEDURE add_cost (p_recovery_id IN NUMBER, p_amount IN NUMBER, p_remark IN VARCHAR2)
  IS
    l_status recovery_case.status%TYPE;
  BEGIN
    UPDATE recovery_case
       SET cost_amount = cost_amount + p_amount
     WHERE recovery_id = p_recovery_id
    RETURNING status INTO l_status;
    IF l_status <> 'OP' THEN
      RAISE_APPLICATION_ERROR(-20371, '追偿案已关闭');
    END IF;
    add_movement(p_recovery_id, c_cost, p_amount, NULL, p_remark);
  END add_cost;

  PROCEDURE receive_money (p_recovery_id IN NUMBER, p_amount IN NUMBER, p_receipt_id IN NUMBER DEFAULT NULL)
  IS
    l_case  recovery_case%ROWTYPE;
    l_claim claim%ROWTYPE;
    l_v     NUMBER;
  BEGIN
    SELECT * INTO l_case FROM recovery_case WHERE recovery_id = p_recovery_id FOR UPDATE;
    l_claim := pkg_claim_reg.get_claim(l_case.claim_id);
    add_movement(p_recovery_id, c_received, p_amount, p_receipt_id, '');
    UPDATE recovery_case
       SET recovered_amount = recovered_amount + p_amount,
           status    = CASE WHEN recovered_amount + p_amount >= expected_amount THEN 'CL' ELSE status END,
           closed_at = CASE WHEN recovered_amount + p_amount >= expected_amount THEN SYSDATE END
     WHERE recovery_id = p_recovery_id;
    l_v := pkg_gl.post_event('RECOV', 'CLAIM', 'RV' || p_recovery_id, l_claim.branch_code, p_amount,
                             l_claim.currency, l_claim.line_of_business, l_claim.policy_no, l_claim.claim_no);
    pkg_claim_reserve.adjust(l_case.claim_id, 'SALV', -p_amount, 'RECOV');
  END receive_money;

  PROCEDURE write_off (p_recovery_id IN NUMBER, p_reason IN VARCHAR2)
  IS
    l_claim_id NUMBER;
    l_rest     NUMBER;
  BEGIN
    UPDATE recovery_case
       SET status = 'WO', closed_at = SYSDATE
     WHERE recovery_id = p_recovery_id
       AND status = 'OP'
    RETURNING claim_id, expected_amount - recovered_amount INTO l_claim_id, l_rest;
    IF SQL%FOUND THEN
      pkg_claim_reserve.adjust(l_claim_id, 'SALV', -l_rest, 'WOFF');
      pkg_audit.log_action('CLAIM', 'WRITEOFF', 'RECOVERY_CASE', p_recovery_id, p_reason, pkg_audit.c_sev_high);
    END IF;
  END write_off;

  PROCEDURE check_limitation (p_days IN PLS_INTEGER DEFAULT 60, p_warned OUT PLS_INTEGER)
  IS
  BEGIN
    p_warned := 0;
    FOR r IN (SELECT r.recovery_id, r.claim_id, r.limitation_date,
                     CASE
                       WHEN r.limitation_date < SYSDATE THEN 'EXPIRED'
                       WHEN r.limitation_date < SYSDATE + 15 THEN 'URGENT'
                       ELSE 'SOON'
                     END AS urgency
                FROM recovery_case r
               WHERE r.status = 'OP'
                 AND r.limitation_date < SYSDATE + p_days) LOOP
      CASE r.urgency
        WHEN 'EXPIRED' THEN write_off(r.recovery_id, '超过时效 ' || TO_CHAR(r.limitation_date, 'YYYY-MM-DD'));
        WHEN 'URGENT'  THEN pkg_claim_reg.create_task(r.claim_id, 'LAWSUIT', 1, 'LEGAL');
        ELSE pkg_claim_reg.create_task(r.claim_id, 'RECOVERY', 10);
      END CASE;
      p_warned := p_warned + 1;
    END LOOP;
  END check_limitation;

  FUNCTION net_recovery (p_claim_id IN NUMBER) RETURN NUMBER
  IS
    l_net NUMBER;
  BEGIN
    SELECT SUM(DECODE(m.movement_type, c_received, m.amount, c_cost, -m.amount, 0))
      INTO l_net
      FROM recovery_case r, recovery_movement m
     WHERE m.recovery_id = r.recovery_id
       AND r.claim_id = p_claim_id;
    RETURN NVL(l_net, 0);
  END net_recovery;

  FUNCTION success_rate (p_type IN VARCHAR2, p_year IN NUMBER) RETURN NUMBER
  IS
    l_rate NUMBER;
  BEGIN
    SELECT SUM(recovered_amount - cost_amount) / SUM(expected_amount)
      INTO l_rate
      FROM recovery_case
     WHERE recovery_type = p_type
       AND EXTRACT(YEAR FROM opened_at) = p_year;
    RETURN ROUND(l_rate, 4);
  EXCEPTION
    WHEN ZERO_DIVIDE THEN
      RETURN 0;
  END success_rate;

  PROCEDURE ageing (p_cur OUT SYS_REFCURSOR)
  IS
  BEGIN
    OPEN p_cur FOR
      SELECT recovery_type,
             WIDTH_BUCKET(TRUNC(SYSDATE) - TRUNC(opened_at), 0, 360, 4) AS bucket,
             COUNT(*) AS cases,
             SUM(expected_amount - recovered_amount) AS open_amount,
             FIRST_VALUE(MAX(debtor_name)) OVER (PARTITION BY recovery_type ORDER BY SUM(expected_amount) DESC) AS biggest_debtor
        FROM recovery_case
       WHERE status = 'OP'
       GROUP BY recovery_type, WIDTH_BUCKET(TRUNC(SYSDATE) - TRUNC(opened_at), 0, 360, 4)
       ORDER BY 1, 2;
  END ageing;
END pkg_recovery;
/
