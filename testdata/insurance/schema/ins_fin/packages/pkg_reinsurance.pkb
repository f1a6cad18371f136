CREATE OR REPLACE PACKAGE BODY ins_fin.pkg_reinsurance
AS
  c_module CONSTANT VARCHAR2(20) := 'PKG_REINSURANCE';

  SUBTYPE t_pct IS NUMBER(9,6);

  CURSOR c_participants (cp_treaty VARCHAR2, cp_layer NUMBER) IS
    SELECT p.reinsurer_code, p.share_pct, r.reinsurer_name, r.rating
      FROM ri_participant p, ri_reinsurer r
     WHERE r.reinsurer_code = p.reinsurer_code
       AND p.treaty_code = cp_treaty
       AND p.layer_no = cp_layer
     ORDER BY p.lead_flag DESC, p.share_pct DESC;

  FUNCTION quota_share (p_sum IN NUMBER, p_pct IN NUMBER) RETURN NUMBER DETERMINISTIC
  IS
  BEGIN
    RETURN ROUND(p_sum * p_pct / 100, 2);
  END quota_share;

  FUNCTION surplus (p_sum IN NUMBER, p_retention IN NUMBER, p_lines IN NUMBER) RETURN NUMBER DETERMINISTIC
  IS
  BEGIN
    IF p_sum <= p_retention THEN
      RETURN 0;
    END IF;
    -- 溢额最多 p_lines 线
    RETURN LEAST(p_sum - p_retention, p_retention * p_lines);
  END surplus;

  FUNCTION find_treaty (p_lob IN VARCHAR2, p_type IN VARCHAR2, p_on IN DATE) RETURN ri_treaty%ROWTYPE
  IS
    l_row ri_treaty%ROWTYPE;
  BEGIN
    SELECT *
      INTO l_row
      FROM ri_treaty
     WHERE line_of_business = p_lob
       AND treaty_type = p_type
       AND p_on BETWEEN effective_date AND expiry_date
       AND status = 'AC'
     ORDER BY priority_no
     FETCH FIRST 1 ROW ONLY;
    RETURN l_row;
  EXCEPTION
    WHEN NO_DATA_FOUND THEN
      RETURN NULL;
  END find_treaty;

  PROCEDURE split_shares (p_treaty IN VARCHAR2, p_layer IN NUMBER, p_amount IN NUMBER, p_shares OUT NOCOPY t_share_tab)
  IS
    l_left NUMBER := p_amount;
    n      PLS_INTEGER := 0;
  BEGIN
    p_shares.DELETE;
    FOR r IN c_participants(p_treaty, p_layer) LOOP
      n := n + 1;
      p_shares(n).reinsurer_code := r.reinsurer_code;
      p_shares(n).share_pct := r.share_pct;
      p_shares(n).amount := ROUND(p_amount * r.share_pct / 100, 2);
      l_left := l_left - p_shares(n).amount;
    END LOOP;
    IF n = 0 THEN
      pkg_err.raise_error(pkg_err.c_treaty_not_found, p_treaty, '没有参与人, layer ' || p_layer);
    END IF;
    -- 尾差归首席
    IF ABS(l_left) < 1 THEN
      p_shares(1).amount := p_shares(1).amount + l_left;
    END IF;
  END split_shares;

  PROCEDURE insert_cessions (
    p_type    IN VARCHAR2,
    p_treaty  IN ri_treaty%ROWTYPE,
    p_layer   IN NUMBER,
    p_policy  IN policy%ROWTYPE,
    p_claim   IN NUMBER,
    p_gross   IN NUMBER,
    p_ceded_sum IN NUMBER,
    p_date    IN DATE)
  IS
    l_pct    t_pct;
    l_base   NUMBER;
    l_shares t_share_tab;
    TYPE t_rows IS TABLE OF ri_cession%ROWTYPE INDEX BY PLS_INTEGER;
    l_rows   t_rows;
  BEGIN
    IF NVL(p_ceded_sum, 0) <= 0 THEN
      RETURN;
    END IF;
    l_pct  := p_ceded_sum / NULLIF(p_gross, 0);
    l_base := CASE p_type WHEN 'PR' THEN p_policy.annual_premium * l_pct ELSE p_ceded_sum END;
    split_shares(p_treaty.treaty_code, p_layer, l_base, l_shares);

    FOR i IN 1 .. l_shares.COUNT LOOP
      l_rows(i).cession_id     := seq_cession_id.NEXTVAL;
      l_rows(i).cession_type   := p_type;
      l_rows(i).treaty_code    := p_treaty.treaty_code;
      l_rows(i).layer_no       := p_layer;
      l_rows(i).policy_id      := p_policy.policy_id;
      l_rows(i).policy_no      := p_policy.policy_no;
      l_rows(i).claim_id       := p_claim;
      l_rows(i).reinsurer_code := l_shares(i).reinsurer_code;
      l_rows(i).cession_date   := TRUNC(p_date);
      l_rows(i).currency       := p_policy.currency;
      l_rows(i).gross_amount   := p_gross;
      l_rows(i).ceded_pct      := l_pct * l_shares(i).share_pct;
      l_rows(i).ceded_sum      := CASE WHEN p_type = 'PR' THEN ROUND(p_ceded_sum * l_shares(i).share_pct / 100, 2) ELSE 0 END;
      l_rows(i).ceded_premium  := CASE WHEN p_type = 'PR' THEN l_shares(i).amount ELSE 0 END;
      l_rows(i).ceded_commission := CASE WHEN p_type = 'PR' THEN ROUND(l_shares(i).amount * p_treaty.commission_pct / 100, 2) ELSE 0 END;
      l_rows(i).ceded_loss     := CASE WHEN p_type = 'LS' THEN l_shares(i).amount ELSE 0 END;
      l_rows(i).status         := 'NW';
      l_rows(i).created_at     := SYSDATE;
    END LOOP;

    FORALL i IN 1 .. l_rows.COUNT
      INSERT INTO ri_cession VALUES l_rows(i);
  END insert_cessions;

  PROCEDURE cede_policy (p_policy_id IN policy.policy_id%TYPE)
  IS
    l_pol   policy%ROWTYPE;
    l_lob   product.line_of_business%TYPE;
    l_qs    ri_treaty%ROWTYPE;
    l_sp    ri_treaty%ROWTYPE;
    l_net   NUMBER;
    l_ceded NUMBER;
    l_fac   NUMBER;
  BEGIN
    SELECT * INTO l_pol FROM policy WHERE policy_id = p_policy_id;
    SELECT line_of_business INTO l_lob FROM product WHERE product_code = l_pol.product_code;

    DELETE FROM ri_cession
     WHERE policy_id = p_policy_id
       AND cession_type = 'PR'
       AND bordereau_id IS NULL;

    l_net := l_pol.sum_insured;

    -- 1. 成数优先
    l_qs := find_treaty(l_lob, 'QS', l_pol.effective_date);
    IF l_qs.treaty_code IS NOT NULL THEN
      l_ceded := quota_share(l_net, l_qs.quota_pct);
      insert_cessions('PR', l_qs, 0, l_pol, NULL, l_pol.sum_insured, l_ceded, l_pol.issue_date);
      l_net := l_net - l_ceded;
    END IF;

    -- 2. 溢额
    l_sp := find_treaty(l_lob, 'SP', l_pol.effective_date);
    IF l_sp.treaty_code IS NOT NULL THEN
      l_ceded := surplus(l_net, l_sp.retention_amount, l_sp.surplus_lines);
      insert_cessions('PR', l_sp, 0, l_pol, NULL, l_pol.sum_insured, l_ceded, l_pol.issue_date);
      l_net := l_net - l_ceded;
      -- 3. 超出合约容量转临分
      IF l_net > l_sp.retention_amount THEN
        offer_fac(p_policy_id, l_net - l_sp.retention_amount, l_fac);
        pkg_log.info(c_module, '临分要约 ' || l_fac, l_pol.policy_no);
      END IF;
    END IF;
  EXCEPTION
    WHEN NO_DATA_FOUND THEN
      pkg_err.raise_error(pkg_err.c_policy_not_found, TO_CHAR(p_policy_id));
  END cede_policy;

  PROCEDURE cede_policies (p_from IN DATE, p_to IN DATE, p_count OUT PLS_INTEGER)
  IS
    CURSOR c_pol IS
      SELECT p.policy_id
        FROM policy p
       WHERE p.issue_date >= p_from
         AND p.issue_date < p_to + 1
         AND p.status = 'IF'
         AND NOT EXISTS (SELECT 1 FROM ri_cession c WHERE c.policy_id = p.policy_id AND c.cession_type = 'PR');
    TYPE t_ids IS TABLE OF policy.policy_id%TYPE;
    l_ids t_ids;
  BEGIN
    p_count := 0;
    OPEN c_pol;
    LOOP
      FETCH c_pol BULK COLLECT INTO l_ids LIMIT 200;
      FOR i IN 1 .. l_ids.COUNT LOOP
        SAVEPOINT sp_pol;
        BEGIN
          cede_policy(l_ids(i));
          p_count := p_count + 1;
        EXCEPTION
          WHEN pkg_err.e_treaty_not_found THEN
            ROLLBACK TO sp_pol;
            pkg_log.warn(c_module, SQLERRM, l_ids(i));
        END;
      END LOOP;
      COMMIT;
      EXIT WHEN c_pol%NOTFOUND;
    END LOOP;
    CLOSE c_pol;
  END cede_policies;

  FUNCTION excess_of_loss (p_treaty IN VARCHAR2, p_loss IN NUMBER) RETURN t_layer_tab
  IS
    l_result t_layer_tab;
    l_in     NUMBER;
    n        PLS_INTEGER := 0;
  BEGIN
    FOR l IN (SELECT *
                FROM ri_treaty_layer
               WHERE treaty_code = p_treaty
               ORDER BY attachment)
    LOOP
      l_in := LEAST(GREATEST(p_loss - l.attachment, 0), l.layer_limit);
      EXIT WHEN l_in = 0;
      -- 剩余层容量 = 限额 × (1 + 恢复次数) - 已用
      l_in := LEAST(l_in, GREATEST(l.layer_limit * (1 + NVL(l.reinstatements, 0)) - NVL(l.used_amount, 0), 0));
      n := n + 1;
      l_result(n).layer_no := l.layer_no;
      l_result(n).ceded    := l_in;
      l_result(n).reinst_premium := CASE
                                      WHEN l.reinstatements > 0 AND l.layer_limit > 0
                                      THEN ROUND(l_in / l.layer_limit * l.min_deposit_premium * l.reinst_pct / 100, 2)
                                      ELSE 0
                                    END;
      split_shares(p_treaty, l.layer_no, l_in, l_result(n).shares);
    END LOOP;
    RETURN l_result;
  END excess_of_loss;

  PROCEDURE cede_loss (p_claim_id IN NUMBER, p_amount IN NUMBER, p_date IN DATE DEFAULT SYSDATE)
  IS
    l_claim  claim%ROWTYPE;
    l_pol    policy%ROWTYPE;
    l_net    NUMBER := p_amount;
    l_xl     ri_treaty%ROWTYPE;
    l_layers t_layer_tab;
    l_treaty ri_treaty%ROWTYPE;
    l_part   NUMBER;
  BEGIN
    SELECT * INTO l_claim FROM claim WHERE claim_id = p_claim_id;
    SELECT * INTO l_pol FROM policy WHERE policy_id = l_claim.policy_id;

    -- 比例合约按承保分出比例摊回
    FOR c IN (SELECT treaty_code, SUM(ceded_sum) / NULLIF(MAX(gross_amount), 0) AS pct
                FROM ri_cession
               WHERE policy_id = l_pol.policy_id
                 AND cession_type = 'PR'
                 AND treaty_code IS NOT NULL
               GROUP BY treaty_code)
    LOOP
      SELECT * INTO l_treaty FROM ri_treaty WHERE treaty_code = c.treaty_code;
      l_part := ROUND(p_amount * NVL(c.pct, 0), 2);
      insert_cessions('LS', l_treaty, 0, l_pol, p_claim_id, p_amount, l_part, p_date);
      l_net := l_net - l_part;
    END LOOP;

    -- 净自留进超赔
    l_xl := find_treaty(l_claim.line_of_business, 'XL', l_claim.loss_date);
    IF l_xl.treaty_code IS NOT NULL AND l_net > 0 THEN
      l_layers := excess_of_loss(l_xl.treaty_code, l_net);
      FOR i IN 1 .. l_layers.COUNT LOOP
        insert_cessions('LS', l_xl, l_layers(i).layer_no, l_pol, p_claim_id, p_amount, l_layers(i).ceded, p_date);
        UPDATE ri_treaty_layer
           SET used_amount = NVL(used_amount, 0) + l_layers(i).ceded
         WHERE treaty_code = l_xl.treaty_code
           AND layer_no = l_layers(i).layer_no;
        IF l_layers(i).reinst_premium > 0 THEN
          INSERT INTO ri_cession (cession_id, cession_type, treaty_code, layer_no, policy_id, policy_no, claim_id, cession_date, currency, gross_amount, ceded_premium)
          VALUES (seq_cession_id.NEXTVAL, 'AD', l_xl.treaty_code, l_layers(i).layer_no, l_pol.policy_id, l_pol.policy_no,
                  p_claim_id, p_date, l_pol.currency, p_amount, l_layers(i).reinst_premium);
        END IF;
      END LOOP;
    END IF;
  END cede_loss;

  PROCEDURE offer_fac (p_policy_id IN NUMBER, p_excess IN NUMBER, p_fac_id OUT NUMBER)
  IS
  BEGIN
    INSERT INTO ri_fac_offer (fac_id, policy_id, offered_sum, slip_xml)
    VALUES (seq_fin_common.NEXTVAL, p_policy_id, p_excess,
            XMLTYPE('<slip><policy>' || p_policy_id || '</policy><sum>' || TO_CHAR(p_excess, 'FM9999999999990.00') || '</sum></slip>'))
    RETURNING fac_id INTO p_fac_id;
  END offer_fac;

  PROCEDURE accept_fac (p_fac_id IN NUMBER, p_reinsurer IN VARCHAR2, p_pct IN NUMBER, p_rate IN NUMBER)
  IS
    l_offer ri_fac_offer%ROWTYPE;
    l_pol   policy%ROWTYPE;
    l_comm  NUMBER := 15;
  BEGIN
    UPDATE ri_fac_offer
       SET reinsurer_code = p_reinsurer,
           accepted_pct   = p_pct,
           premium_rate   = p_rate,
           commission_pct = l_comm,
           status         = 'AC'
     WHERE fac_id = p_fac_id
       AND status = 'OF';
    IF SQL%ROWCOUNT = 0 THEN
      RAISE_APPLICATION_ERROR(-20415, '临分要约不存在或已处理');
    END IF;
    SELECT * INTO l_offer FROM ri_fac_offer WHERE fac_id = p_fac_id;
    SELECT * INTO l_pol FROM policy WHERE policy_id = l_offer.policy_id;

    INSERT INTO ri_cession (cession_id, cession_type, fac_id, policy_id, policy_no, reinsurer_code, cession_date, currency,
                            gross_amount, ceded_pct, ceded_sum, ceded_premium, ceded_commission)
    VALUES (seq_cession_id.NEXTVAL, 'PR', p_fac_id, l_pol.policy_id, l_pol.policy_no, p_reinsurer, TRUNC(SYSDATE), l_pol.currency,
            l_pol.sum_insured, p_pct, l_offer.offered_sum * p_pct / 100,
            ROUND(l_offer.offered_sum * p_pct / 100 * p_rate, 2),
            ROUND(l_offer.offered_sum * p_pct / 100 * p_rate * l_comm / 100, 2));
  END accept_fac;

  PROCEDURE reverse_cessions (p_policy_id IN NUMBER, p_date IN DATE DEFAULT SYSDATE)
  IS
  BEGIN
    -- 未进账单的直接删, 已进账单的冲回
    DELETE ri_cession WHERE policy_id = p_policy_id AND bordereau_id IS NULL;

    INSERT INTO ri_cession (cession_id, cession_type, treaty_code, layer_no, fac_id, policy_id, policy_no, claim_id, reinsurer_code,
                            cession_date, currency, gross_amount, ceded_pct, ceded_sum, ceded_premium, ceded_commission, ceded_loss)
    SELECT seq_cession_id.NEXTVAL, 'RV', treaty_code, layer_no, fac_id, policy_id, policy_no, claim_id, reinsurer_code,
           p_date, currency, -gross_amount, ceded_pct, -ceded_sum, -ceded_premium, -ceded_commission, -ceded_loss
      FROM ri_cession
     WHERE policy_id = p_policy_id
       AND cession_type <> 'RV'
       AND bordereau_id IS NOT NULL;
  END reverse_cessions;

  FUNCTION net_retention (p_policy_id IN NUMBER) RETURN NUMBER
  IS
    l_net NUMBER;
  BEGIN
    SELECT p.sum_insured - NVL((SELECT SUM(c.ceded_sum)
                                  FROM ri_cession c
                                 WHERE c.policy_id = p.policy_id
                                   AND c.cession_type IN ('PR', 'RV')), 0)
      INTO l_net
      FROM policy p
     WHERE p.policy_id = p_policy_id;
    RETURN l_net;
  END net_retention;

  FUNCTION accumulated_event_loss (p_cat_code IN VARCHAR2) RETURN NUMBER
  IS
    l_total NUMBER := 0;
    CURSOR c_cat IS
      SELECT currency, SUM(NVL(assessed_amount, estimated_amount)) amt
        FROM claim
       WHERE catastrophe_code = p_cat_code
         AND status NOT IN ('80', '90')
       GROUP BY currency;
    l_row c_cat%ROWTYPE;
  BEGIN
    OPEN c_cat;
    FETCH c_cat INTO l_row;
    WHILE c_cat%FOUND LOOP
      l_total := l_total + pkg_fx_reval.convert_amount(l_row.amt, l_row.currency, 'CNY', SYSDATE);
      FETCH c_cat INTO l_row;
    END LOOP;
    CLOSE c_cat;
    RETURN l_total;
  END accumulated_event_loss;

  PROCEDURE check_participants (p_treaty IN VARCHAR2)
  IS
  BEGIN
    FOR r IN (SELECT layer_no, SUM(share_pct) AS total, COUNT(*) AS n,
                     MAX(reinsurer_code) KEEP (DENSE_RANK FIRST ORDER BY share_pct DESC) AS biggest
                FROM ri_participant
               WHERE treaty_code = p_treaty
               GROUP BY layer_no)
    LOOP
      IF r.total NOT BETWEEN 99.9999 AND 100.0001 THEN
        RAISE_APPLICATION_ERROR(-20416,
          p_treaty || ' layer ' || r.layer_no || ': ' || r.total || '% (' || r.n || ' participants, ' || r.biggest || ')');
      END IF;
    END LOOP;
  END check_participants;

  PROCEDURE open_cessions (p_policy_id IN NUMBER, p_cur OUT t_cession_cur)
  IS
  BEGIN
    OPEN p_cur FOR SELECT * FROM ri_cession WHERE policy_id = p_policy_id ORDER BY cession_date, cession_id;
  END open_cessions;

  -- 年度续转: 合约, 层, 参与人一起复制
  PROCEDURE renew_treaties (p_from_year IN PLS_INTEGER, p_to_year IN PLS_INTEGER)
  IS
    l_shift PLS_INTEGER := (p_to_year - p_from_year) * 12;
  BEGIN
    INSERT INTO ri_treaty (treaty_code, treaty_name, treaty_type, line_of_business, underwriting_year, effective_date, expiry_date,
                           currency, retention_amount, quota_pct, surplus_lines, event_limit, commission_pct, profit_comm_pct, priority_no, status)
    SELECT REPLACE(treaty_code, TO_CHAR(p_from_year), TO_CHAR(p_to_year)), treaty_name, treaty_type, line_of_business, p_to_year,
           ADD_MONTHS(effective_date, l_shift), ADD_MONTHS(expiry_date, l_shift),
           currency, retention_amount, quota_pct, surplus_lines, event_limit, commission_pct, profit_comm_pct, priority_no, 'DR'
      FROM ri_treaty
     WHERE underwriting_year = p_from_year;

    INSERT ALL
      WHEN rn = 1 THEN
        INTO ri_treaty_layer (treaty_code, layer_no, layer_limit, attachment, reinstatements, reinst_pct, min_deposit_premium, rate_on_line)
        VALUES (new_code, layer_no, layer_limit, attachment, reinstatements, reinst_pct, min_deposit_premium, rate_on_line)
      WHEN reinsurer_code IS NOT NULL THEN
        INTO ri_participant (treaty_code, layer_no, reinsurer_code, share_pct, lead_flag)
        VALUES (new_code, layer_no, reinsurer_code, share_pct, lead_flag)
    SELECT REPLACE(l.treaty_code, TO_CHAR(p_from_year), TO_CHAR(p_to_year)) AS new_code,
           l.layer_no, l.layer_limit, l.attachment, l.reinstatements, l.reinst_pct, l.min_deposit_premium, l.rate_on_line,
           p.reinsurer_code, p.share_pct, p.lead_flag,
           ROW_NUMBER() OVER (PARTITION BY l.treaty_code, l.layer_no ORDER BY p.share_pct DESC) AS rn
      FROM ri_treaty_layer l
      JOIN ri_treaty t ON t.treaty_code = l.treaty_code
      LEFT JOIN ri_participant p ON p.treaty_code = l.treaty_code AND p.layer_no = l.layer_no
     WHERE t.underwriting_year = p_from_year;
  END renew_treaties;

END pkg_reinsurance;
/
