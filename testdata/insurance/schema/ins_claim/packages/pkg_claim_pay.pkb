CREATE OR REPLACE PACKAGE BODY ins_claim.pkg_claim_pay
AS
  c_module     CONSTANT VARCHAR2(20) := 'PKG_CLAIM_PAY';
  c_legal_days CONSTANT PLS_INTEGER := 10;      -- 保险法 23 条: 达成协议后 10 日内给付
  e_no_payee   EXCEPTION;

  -- 银行卡 Luhn 校验
  FUNCTION is_valid_account (p_account IN VARCHAR2) RETURN BOOLEAN
  IS
    l_sum PLS_INTEGER := 0;
    l_d   PLS_INTEGER;
    l_alt BOOLEAN := FALSE;
  BEGIN
    IF p_account IS NULL OR NOT REGEXP_LIKE(p_account, '^[[:digit:]]{12,19}$') THEN
      RETURN FALSE;
    END IF;
    FOR i IN REVERSE 1 .. LENGTH(p_account) LOOP
      l_d := ASCII(SUBSTR(p_account, i, 1)) - 48;
      IF l_alt THEN
        l_d := l_d * 2;
        IF l_d > 9 THEN
          l_d := l_d - 9;
        END IF;
      END IF;
      l_sum := l_sum + l_d;
      l_alt := NOT l_alt;
    END LOOP;
    RETURN MOD(l_sum, 10) = 0;
  END is_valid_account;

  PROCEDURE add_payee (p_claim_id IN NUMBER, p_name IN VARCHAR2, p_bank IN VARCHAR2, p_account IN VARCHAR2, p_pct IN NUMBER DEFAULT NULL, p_amount IN NUMBER DEFAULT NULL, p_id_no IN VARCHAR2 DEFAULT NULL)
  IS
    l_pct NUMBER;
  BEGIN
    IF p_pct IS NULL AND p_amount IS NULL THEN
      pkg_err.raise_error(pkg_err.c_benef_share, p_name);
    END IF;
    SELECT NVL(SUM(share_pct), 0) INTO l_pct FROM claim_payee WHERE claim_id = p_claim_id AND pay_status <> 'XX';
    IF l_pct + NVL(p_pct, 0) > 100 THEN
      pkg_err.raise_error(pkg_err.c_benef_share, p_name, TO_CHAR(l_pct + p_pct));
    END IF;
    IF NOT is_valid_account(p_account) THEN
      pkg_log.warn(c_module, '账号校验位不符 ' || SUBSTR(p_account, -4), p_claim_id);
    END IF;
    INSERT INTO claim_payee (payee_id, claim_id, payee_name, payee_id_no, bank_code, account_no, share_pct, share_amount)
    VALUES (seq_claim_common.NEXTVAL, p_claim_id, p_name, p_id_no, p_bank, p_account, p_pct, p_amount);
  END add_payee;

  -- 身故赔款按受益人顺位与份额; 没有指定受益人归被保险人
  PROCEDURE payees_from_policy (p_claim_id IN NUMBER)
  IS
    l_claim claim%ROWTYPE := pkg_claim_reg.get_claim(p_claim_id);
    l_first policy_party.beneficiary_order%TYPE;
    l_count PLS_INTEGER := 0;
  BEGIN
    SELECT MIN(beneficiary_order)
      INTO l_first
      FROM policy_party
     WHERE policy_id = l_claim.policy_id
       AND role_code = pkg_const.c_role_benef
       AND l_claim.loss_date BETWEEN start_date AND NVL(end_date, DATE '9999-12-31');

    FOR b IN (SELECT y.full_name, y.id_no, pp.share_pct, cp.bank_code, cp.bank_account
                FROM policy_party pp, party y, claim_party cp
               WHERE pp.policy_id = l_claim.policy_id
                 AND pp.role_code = 'BE'
                 AND pp.beneficiary_order = l_first
                 AND y.party_id = pp.party_id
                 AND cp.claim_id (+) = p_claim_id
                 AND cp.party_role (+) = 'BEN'
                 AND cp.party_id (+) = pp.party_id)
    LOOP
      add_payee(p_claim_id, b.full_name, b.bank_code, b.bank_account, NVL(b.share_pct, 100), NULL, b.id_no);
      l_count := l_count + 1;
    END LOOP;

    IF l_count = 0 THEN
      FOR c IN (SELECT full_name, id_no FROM party WHERE party_id = l_claim.insured_id) LOOP
        add_payee(p_claim_id, c.full_name, NULL, NULL, 100, NULL, c.id_no);
      END LOOP;
    END IF;
  END payees_from_policy;

  FUNCTION payable_amount (p_claim_id IN NUMBER) RETURN NUMBER
  IS
    l_amt NUMBER;
  BEGIN
    SELECT NVL(c.assessed_amount, 0) - c.paid_amount
             - NVL((SELECT SUM(p.amount)
                      FROM payment_order p
                     WHERE p.claim_id = c.claim_id
                       AND p.status IN ('00', '10', '20')), 0)
      INTO l_amt
      FROM claim c
     WHERE c.claim_id = p_claim_id;
    RETURN GREATEST(l_amt, 0);
  EXCEPTION
    WHEN NO_DATA_FOUND THEN
      RETURN 0;
  END payable_amount;

  -- 按份额摊, 分角尾差给最后一人
  PROCEDURE distribute (p_claim_id IN NUMBER)
  IS
    l_amount NUMBER := payable_amount(p_claim_id);
    l_left   NUMBER := l_amount;
    l_rows   t_payee_list;
  BEGIN
    SELECT *
      BULK COLLECT INTO l_rows
      FROM claim_payee
     WHERE claim_id = p_claim_id
       AND pay_status = 'NW'
     ORDER BY share_pct, payee_id;
    IF l_rows.COUNT = 0 THEN
      RAISE e_no_payee;
    END IF;
    FOR i IN 1 .. l_rows.COUNT LOOP
      IF l_rows(i).share_pct IS NOT NULL THEN
        IF i = l_rows.COUNT THEN
          l_rows(i).share_amount := l_left;
        ELSE
          l_rows(i).share_amount := ROUND(l_amount * l_rows(i).share_pct / 100, 2);
        END IF;
      END IF;
      l_left := l_left - l_rows(i).share_amount;
    END LOOP;
    FORALL i IN 1 .. l_rows.COUNT
      UPDATE claim_payee SET share_amount = l_rows(i).share_amount WHERE payee_id = l_rows(i).payee_id;
  EXCEPTION
    WHEN e_no_payee THEN
      RAISE_APPLICATION_ERROR(-20360, '没有收款人');
  END distribute;

  FUNCTION late_interest (p_claim_id IN NUMBER, p_on IN DATE DEFAULT SYSDATE) RETURN NUMBER
  IS
    l_at  DATE;
    l_amt NUMBER;
  BEGIN
    SELECT MAX(approved_at), MAX(approved_total) KEEP (DENSE_RANK LAST ORDER BY round_no)
      INTO l_at, l_amt
      FROM claim_assessment
     WHERE claim_id = p_claim_id
       AND decision IN ('AP', 'PA');
    IF l_at IS NULL OR p_on <= l_at + c_legal_days THEN
      RETURN 0;
    END IF;
    RETURN ROUND(l_amt * 0.0435 / 365 * (TRUNC(p_on) - TRUNC(l_at) - c_legal_days), 2);
  END late_interest;

  FUNCTION request_for (p_claim IN claim%ROWTYPE, p_payee IN claim_payee%ROWTYPE, p_amount IN NUMBER) RETURN pkg_payment.t_payment_request
  IS
    l_req pkg_payment.t_payment_request;
  BEGIN
    l_req.business_type := 'CLM';
    l_req.business_ref  := p_claim.claim_no;
    l_req.claim_id      := p_claim.claim_id;
    l_req.policy_id     := p_claim.policy_id;
    l_req.payee_name    := p_payee.payee_name;
    l_req.bank_code     := p_payee.bank_code;
    l_req.account_no    := p_payee.account_no;
    l_req.currency      := p_claim.currency;
    l_req.amount        := p_amount;
    l_req.branch_code   := p_claim.branch_code;
    RETURN l_req;
  END request_for;

  PROCEDURE pay_claim (p_claim_id IN NUMBER)
  IS
    l_claim  claim%ROWTYPE := pkg_claim_reg.lock_claim(p_claim_id);
    l_extra  NUMBER;
    l_pay_id NUMBER;
    CURSOR c_payee IS
      SELECT *
        FROM claim_payee
       WHERE claim_id = p_claim_id
         AND pay_status = 'NW'
         AND share_amount > 0
         FOR UPDATE;
  BEGIN
    IF l_claim.status <> '50' THEN
      RAISE pkg_err.e_claim_status;
    END IF;
    IF ins_fin.pkg_collection.policy_open_amount(l_claim.policy_id, l_claim.loss_date) > 0 THEN
      pkg_claim_reg.log_event(p_claim_id, 'WARN', '出险前有欠费');
    END IF;

    distribute(p_claim_id);
    l_extra := late_interest(p_claim_id);

    FOR p IN c_payee LOOP
      l_pay_id := pkg_payment.create_payment(request_for(l_claim, p, p.share_amount + CASE WHEN c_payee%ROWCOUNT = 1 THEN l_extra ELSE 0 END));
      UPDATE claim_payee SET payment_id = l_pay_id, pay_status = 'PY' WHERE CURRENT OF c_payee;
    END LOOP;
    pkg_claim_reg.log_event(p_claim_id, 'PAY', '生成付款' || CASE WHEN l_extra > 0 THEN ', 含迟延利息 ' || l_extra END);
    ins_fin.pkg_reinsurance.cede_loss(p_claim_id, l_claim.assessed_amount);
  EXCEPTION
    WHEN pkg_err.e_claim_status THEN
      pkg_err.raise_error(pkg_err.c_claim_status, l_claim.claim_no, l_claim.status);
  END pay_claim;

  -- 预付赔款: 不超过估损的一半
  PROCEDURE pay_advance (p_claim_id IN NUMBER, p_amount IN NUMBER, p_reason IN VARCHAR2)
  IS
    l_claim claim%ROWTYPE := pkg_claim_reg.lock_claim(p_claim_id);
    l_payee claim_payee%ROWTYPE;
    l_id    NUMBER;
  BEGIN
    IF l_claim.status NOT IN ('20', '30', '40') THEN
      pkg_err.raise_error(pkg_err.c_claim_status, l_claim.claim_no, l_claim.status);
    ELSIF p_amount > l_claim.estimated_amount / 2 THEN
      pkg_err.raise_error(pkg_err.c_claim_over_limit, l_claim.claim_no, TO_CHAR(p_amount));
    END IF;
    SELECT *
      INTO l_payee
      FROM (SELECT * FROM claim_payee WHERE claim_id = p_claim_id ORDER BY share_pct DESC NULLS LAST)
     WHERE ROWNUM = 1;
    l_id := pkg_payment.create_payment(request_for(l_claim, l_payee, p_amount));
    pkg_claim_reg.log_event(p_claim_id, 'ADVANCE', p_reason || ' #' || l_id);
  EXCEPTION
    WHEN NO_DATA_FOUND THEN
      RAISE_APPLICATION_ERROR(-20360, '没有收款人');
  END pay_advance;

  PROCEDURE on_payment_done (p_payment_id IN NUMBER, p_success IN VARCHAR2, p_message IN VARCHAR2 DEFAULT NULL)
  IS
    l_claim_id claim.claim_id%TYPE;
    l_amount   NUMBER;
    l_open     PLS_INTEGER;
  BEGIN
    SELECT claim_id, amount INTO l_claim_id, l_amount FROM payment_order WHERE payment_id = p_payment_id;
    IF l_claim_id IS NULL THEN
      RETURN;
    END IF;

    UPDATE claim_payee
       SET pay_status = CASE p_success WHEN 'Y' THEN 'OK' ELSE 'NW' END,
           payment_id = CASE p_success WHEN 'Y' THEN payment_id END
     WHERE payment_id = p_payment_id;

    IF p_success = 'Y' THEN
      UPDATE claim SET paid_amount = paid_amount + l_amount WHERE claim_id = l_claim_id;
      pkg_claim_reserve.adjust(l_claim_id, 'CASE', -LEAST(l_amount, pkg_claim_reserve.balance(l_claim_id)), 'PAID');
      SELECT COUNT(*) INTO l_open FROM claim_payee WHERE claim_id = l_claim_id AND pay_status IN ('NW', 'PY');
      IF l_open = 0 THEN
        pkg_claim_reg.change_status(l_claim_id, '60', '全部付讫');
      END IF;
    ELSE
      pkg_claim_reg.create_task(l_claim_id, 'PAYFAIL', 1);
      pkg_claim_reg.log_event(l_claim_id, 'PAYFAIL', p_message);
    END IF;
  END on_payment_done;

  PROCEDURE sync_payments (p_updated OUT PLS_INTEGER)
  IS
  BEGIN
    p_updated := 0;
    FOR r IN (SELECT p.payment_id, p.status, p.bank_ret_msg
                FROM payment_order p
                JOIN claim_payee y ON y.payment_id = p.payment_id
               WHERE y.pay_status = 'PY'
                 AND p.status IN ('30', '50'))
    LOOP
      on_payment_done(r.payment_id, CASE r.status WHEN '30' THEN 'Y' ELSE 'N' END, r.bank_ret_msg);
      p_updated := p_updated + 1;
    END LOOP;
  END sync_payments;

  PROCEDURE auto_pay (p_limit IN NUMBER, p_paid OUT PLS_INTEGER)
  IS
  BEGIN
    p_paid := 0;
    FOR r IN (SELECT c.claim_id
                FROM claim c
               WHERE c.status = '50'
                 AND c.fraud_flag = 'N'
                 AND c.assessed_amount <= p_limit
                 AND EXISTS (SELECT 1 FROM claim_payee y WHERE y.claim_id = c.claim_id AND y.account_no IS NOT NULL)
               ORDER BY c.assessed_amount) LOOP
      BEGIN
        SAVEPOINT sp_auto;
        pay_claim(r.claim_id);
        p_paid := p_paid + 1;
        COMMIT;
      EXCEPTION
        WHEN pkg_err.e_resource_busy THEN
          ROLLBACK TO sp_auto;
        WHEN OTHERS THEN
          ROLLBACK TO sp_auto;
          pkg_log.error(c_module, pkg_err.current_error, r.claim_id);
      END;
    END LOOP;
  END auto_pay;
END pkg_claim_pay;
/
