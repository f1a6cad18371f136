CREATE OR REPLACE PACKAGE BODY ins_claim.pkg_si_split
AS
  FUNCTION rule_for (p_province IN VARCHAR2, p_si_type IN VARCHAR2, p_level IN VARCHAR2, p_year IN NUMBER) RETURN si_policy_rule%ROWTYPE
  IS
    l_row si_policy_rule%ROWTYPE;
  BEGIN
    SELECT x.province_code, x.si_type, x.hospital_level, x.rule_year, x.start_line, x.cap_line, x.reimburse_ratio, x.retiree_bonus
      INTO l_row
      FROM (SELECT r.*,
                   ROW_NUMBER() OVER (ORDER BY DECODE(r.province_code, p_province, 0, 1),
                                               DECODE(r.hospital_level, p_level, 0, 1),
                                               r.rule_year DESC) AS rn
              FROM si_policy_rule r
             WHERE r.province_code IN (p_province, '000000')
               AND r.si_type = p_si_type
               AND r.hospital_level IN (p_level, '**')
               AND r.rule_year <= p_year) x
     WHERE x.rn = 1;
    RETURN l_row;
  EXCEPTION
    WHEN NO_DATA_FOUND THEN
      RAISE_APPLICATION_ERROR(-20330, '没有社保规则 ' || p_province || '/' || p_si_type || '/' || p_level || '/' || p_year);
  END rule_for;

  FUNCTION year_to_date (p_insured_id IN NUMBER, p_year IN NUMBER) RETURN NUMBER
  IS
    l_sum NUMBER;
  BEGIN
    SELECT NVL(SUM(s.fund_pay), 0)
      INTO l_sum
      FROM si_settlement s, medical_bill b
     WHERE b.bill_id = s.bill_id
       AND b.insured_id = p_insured_id
       AND TO_CHAR(b.bill_date, 'YYYY') = p_year;     -- 隐式转换, 老代码
    RETURN l_sum;
  END year_to_date;

  FUNCTION check_total (p_split IN t_split, p_total IN NUMBER) RETURN BOOLEAN
  IS
  BEGIN
    RETURN ABS(p_split.fund_pay + p_split.serious_pay + p_split.account_pay + p_split.self_pay + p_split.own_expense - p_total) < 0.05;
  END check_total;

  FUNCTION split_bill (p_bill_id IN NUMBER, p_si_type IN VARCHAR2 DEFAULT 'UEBM') RETURN t_split
  IS
    l_bill  medical_bill%ROWTYPE;
    l_hosp  hospital%ROWTYPE;
    l_rule  si_policy_rule%ROWTYPE;
    l_birth DATE;
    l_out   t_split;
    l_ratio NUMBER;
    l_room  NUMBER;
    l_visits PLS_INTEGER;
    l_class_b NUMBER;
  BEGIN
    SELECT * INTO l_bill FROM medical_bill WHERE bill_id = p_bill_id;
    SELECT * INTO l_hosp FROM hospital WHERE hospital_code = l_bill.hospital_code;
    SELECT birth_date INTO l_birth FROM party WHERE party_id = l_bill.insured_id;
    l_rule := rule_for(l_hosp.province_code, p_si_type, l_hosp.hospital_level, EXTRACT(YEAR FROM l_bill.bill_date));

    SELECT NVL(SUM(CASE i.si_class WHEN 'C' THEN i.line_amount ELSE NVL(i.over_ceiling, 0) END), 0),
           NVL(SUM(CASE WHEN i.si_class = 'B' THEN (i.line_amount - NVL(i.over_ceiling, 0)) * NVL(i.self_pay_ratio, 0) END), 0),
           NVL(SUM(CASE WHEN i.si_class IN ('A', 'B')
                        THEN (i.line_amount - NVL(i.over_ceiling, 0)) * (1 - NVL(i.self_pay_ratio, 0)) END), 0)
      INTO l_out.own_expense, l_class_b, l_out.in_scope
      FROM medical_bill_item i
     WHERE i.bill_id = p_bill_id;

    -- 同年第二次住院起付线减半, 第三次起免
    SELECT COUNT(*)
      INTO l_visits
      FROM medical_bill
     WHERE insured_id = l_bill.insured_id
       AND visit_type = 'IP'
       AND bill_date >= TRUNC(l_bill.bill_date, 'YYYY')
       AND bill_date < l_bill.bill_date;
    l_out.start_line := CASE
                          WHEN l_visits = 0 THEN l_rule.start_line
                          WHEN l_visits = 1 THEN l_rule.start_line / 2
                          ELSE 0
                        END;

    l_ratio := l_rule.reimburse_ratio;
    IF pkg_util_date.age_at(l_birth, l_bill.bill_date) >= 60 THEN
      l_ratio := LEAST(l_ratio + NVL(l_rule.retiree_bonus, 0), 1);
    END IF;

    l_out.fund_pay := ROUND(GREATEST(l_out.in_scope - l_out.start_line, 0) * l_ratio, 2);
    l_room := GREATEST(NVL(l_rule.cap_line, 9e9) - year_to_date(l_bill.insured_id, EXTRACT(YEAR FROM l_bill.bill_date)), 0);
    IF l_out.fund_pay > l_room THEN
      -- 封顶线以上走大病, 60%
      l_out.serious_pay := ROUND((l_out.fund_pay - l_room) * 0.6, 2);
      l_out.fund_pay    := l_room;
    END IF;
    l_out.self_pay := ROUND(l_class_b + l_out.in_scope - l_out.fund_pay - l_out.serious_pay - l_out.account_pay, 2);
    RETURN l_out;
  END split_bill;

  PROCEDURE save_split (p_bill_id IN NUMBER, p_split IN t_split, p_mode IN VARCHAR2 DEFAULT 'S', p_si_type IN VARCHAR2 DEFAULT 'UEBM')
  IS
    l_prov hospital.province_code%TYPE;
  BEGIN
    SELECT h.province_code
      INTO l_prov
      FROM medical_bill b INNER JOIN hospital h ON h.hospital_code = b.hospital_code
     WHERE b.bill_id = p_bill_id;

    DELETE FROM si_settlement WHERE bill_id = p_bill_id AND calc_mode = 'S';
    INSERT INTO si_settlement (si_settle_id, bill_id, si_type, province_code, settle_no, settle_time, in_scope_amount, start_line,
                               fund_pay, serious_ill_pay, account_pay, cash_pay, calc_mode)
    VALUES (seq_settlement_id.NEXTVAL, p_bill_id, p_si_type, l_prov, 'SIM' || p_bill_id, SYSDATE, p_split.in_scope, p_split.start_line,
            p_split.fund_pay, p_split.serious_pay, p_split.account_pay, p_split.self_pay + p_split.own_expense, p_mode);

    UPDATE medical_bill
       SET si_fund_amount    = p_split.fund_pay + p_split.serious_pay,
           si_account_amount = p_split.account_pay,
           self_pay_amount   = p_split.self_pay,
           own_expense       = p_split.own_expense,
           bill_status       = '20',
           updated_at        = SYSTIMESTAMP
     WHERE bill_id = p_bill_id;
  END save_split;

  -- 解析社保平台回传的 XML 结算单
  PROCEDURE import_settlement (p_msg_id IN VARCHAR2, p_settle_id OUT NUMBER)
  IS
    l_xml  XMLTYPE;
    l_prov VARCHAR2(6);
  BEGIN
    SELECT body INTO l_xml FROM claim_xml_msg WHERE msg_id = p_msg_id AND processed_at IS NULL;

    FOR r IN (SELECT x.bill_no, x.settle_no, x.in_scope, x.start_line, x.fund, x.serious, x.account_amt, x.cash, b.bill_id, h.province_code
                FROM XMLTABLE('/SettleList/Settle' PASSING l_xml
                       COLUMNS bill_no     VARCHAR2(40) PATH 'BillNo',
                               settle_no   VARCHAR2(40) PATH '@no',
                               in_scope    NUMBER       PATH 'InScope',
                               start_line  NUMBER       PATH 'StartLine',
                               fund        NUMBER       PATH 'Fund',
                               serious     NUMBER       PATH 'Serious' DEFAULT 0,
                               account_amt NUMBER       PATH 'Account',
                               cash        NUMBER       PATH 'Cash') x,
                     medical_bill b,
                     hospital h
               WHERE b.bill_no = x.bill_no
                 AND h.hospital_code = b.hospital_code)
    LOOP
      INSERT INTO si_settlement (si_settle_id, bill_id, si_type, province_code, settle_no, settle_time, in_scope_amount, start_line,
                                 fund_pay, serious_ill_pay, account_pay, cash_pay, calc_mode)
      VALUES (seq_settlement_id.NEXTVAL, r.bill_id, 'UEBM', r.province_code, r.settle_no, SYSDATE, r.in_scope, r.start_line,
              r.fund, r.serious, r.account_amt, r.cash, 'R')
      RETURNING si_settle_id INTO p_settle_id;

      UPDATE medical_bill
         SET si_fund_amount = r.fund + r.serious, si_account_amount = r.account_amt, bill_status = '20'
       WHERE bill_id = r.bill_id;
    END LOOP;
    UPDATE claim_xml_msg SET processed_at = SYSTIMESTAMP, process_code = NVL2(p_settle_id, 'OK', 'EMPTY') WHERE msg_id = p_msg_id;
  END import_settlement;

  PROCEDURE split_claim (p_claim_id IN NUMBER)
  IS
    l_split t_split;
    l_total NUMBER;
  BEGIN
    FOR b IN (SELECT bill_id, total_amount
                FROM medical_bill
               WHERE claim_id = p_claim_id
                 AND bill_status IN ('00', '10')
               ORDER BY bill_date) LOOP
      l_split := split_bill(b.bill_id);
      IF NOT check_total(l_split, b.total_amount) THEN
        SELECT SUM(line_amount) INTO l_total FROM medical_bill_item WHERE bill_id = b.bill_id;
        pkg_log.warn('PKG_SI_SPLIT', '账单合计不符 ' || b.total_amount || '/' || l_total, b.bill_id);
      END IF;
      save_split(b.bill_id, l_split);
    END LOOP;
  END split_claim;
END pkg_si_split;
/
