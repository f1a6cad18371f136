CREATE OR REPLACE PACKAGE BODY ins_claim.pkg_med_bill
AS
  c_module CONSTANT VARCHAR2(20) := 'PKG_MED_BILL';

  TYPE t_items IS TABLE OF medical_bill_item%ROWTYPE INDEX BY PLS_INTEGER;

  FUNCTION find_duplicate_bill (p_hospital IN VARCHAR2, p_bill_no IN VARCHAR2) RETURN NUMBER
  IS
    l_id medical_bill.bill_id%TYPE;
  BEGIN
    SELECT bill_id
      INTO l_id
      FROM medical_bill
     WHERE hospital_code = p_hospital
       AND bill_no = p_bill_no
       AND bill_status <> '90';
    RETURN l_id;
  EXCEPTION
    WHEN NO_DATA_FOUND THEN RETURN NULL;
    WHEN TOO_MANY_ROWS THEN RETURN -1;
  END find_duplicate_bill;

  FUNCTION diag_allowed (p_prefixes IN VARCHAR2, p_icd IN VARCHAR2) RETURN VARCHAR2 DETERMINISTIC
  IS
    l_rest VARCHAR2(210) := p_prefixes || ',';
    l_one  VARCHAR2(20);
  BEGIN
    IF p_prefixes IS NULL THEN
      RETURN 'Y';
    END IF;
    WHILE LENGTH(l_rest) > 0 LOOP
      l_one  := TRIM(SUBSTR(l_rest, 1, INSTR(l_rest, ',') - 1));
      l_rest := SUBSTR(l_rest, INSTR(l_rest, ',') + 1);
      IF p_icd LIKE l_one || '%' THEN
        RETURN 'Y';
      END IF;
    END LOOP;
    RETURN 'N';
  END diag_allowed;

  FUNCTION enter_bill (p_claim_id IN NUMBER, p_bill_no IN VARCHAR2, p_hospital IN VARCHAR2, p_visit IN VARCHAR2, p_bill_date IN DATE,
                       p_total IN NUMBER, p_icd IN VARCHAR2, p_lines IN t_bill_line_tab, p_admit IN DATE DEFAULT NULL, p_discharge IN DATE DEFAULT NULL) RETURN NUMBER
  IS
    l_id     medical_bill.bill_id%TYPE;
    l_claim  claim%ROWTYPE := pkg_claim_reg.get_claim(p_claim_id);
    l_black  hospital.blacklist_flag%TYPE;
    l_dup    NUMBER;
    l_sum    NUMBER;
  BEGIN
    SELECT blacklist_flag INTO l_black FROM hospital WHERE hospital_code = p_hospital;
    IF l_black = 'Y' THEN
      RAISE_APPLICATION_ERROR(-20340, '医院在黑名单: ' || p_hospital);
    END IF;

    l_dup := find_duplicate_bill(p_hospital, p_bill_no);
    IF l_dup IS NOT NULL THEN
      RAISE_APPLICATION_ERROR(-20341, '账单已录入, bill_id=' || l_dup);
    END IF;

    SELECT SUM(ROUND(t.quantity * t.unit_price, 2)) INTO l_sum FROM TABLE(CAST(p_lines AS t_bill_line_tab)) t;
    IF ABS(NVL(l_sum, 0) - p_total) > 1 THEN
      RAISE_APPLICATION_ERROR(-20342, '明细合计 ' || l_sum || ' 与总额 ' || p_total || ' 不符');
    END IF;

    INSERT INTO medical_bill (bill_id, claim_id, bill_no, hospital_code, insured_id, visit_type, admit_date, discharge_date, bill_date, main_icd, total_amount)
    VALUES (seq_medical_bill_id.NEXTVAL, p_claim_id, p_bill_no, p_hospital, l_claim.insured_id, p_visit, p_admit, p_discharge, p_bill_date, p_icd, p_total)
    RETURNING bill_id INTO l_id;

    INSERT INTO medical_bill_item (bill_item_id, bill_id, line_no, item_type, item_code, item_name, quantity, unit_price, service_date)
    SELECT seq_medical_item_id.NEXTVAL, l_id, ROWNUM, t.item_type, t.item_code, t.item_name, t.quantity, t.unit_price, NVL(t.service_date, p_bill_date)
      FROM TABLE(p_lines) t;

    price_items(l_id);
    RETURN l_id;
  EXCEPTION
    WHEN NO_DATA_FOUND THEN
      RAISE_APPLICATION_ERROR(-20343, '医院不存在: ' || p_hospital);
  END enter_bill;

  -- 目录匹配:类别, 自付比例, 超限价
  PROCEDURE price_items (p_bill_id IN NUMBER)
  IS
  BEGIN
    MERGE INTO medical_bill_item t
    USING (SELECT i.bill_item_id,
                  NVL(COALESCE(d.si_class, c.si_class), 'C') AS si_class,
                  COALESCE(d.self_pay_ratio, c.self_pay_ratio, 1) AS ratio,
                  COALESCE(d.ceiling_price, c.ceiling_price) AS ceiling,
                  NVL(c.item_category, DECODE(i.item_type, 'D', 'DRUG', 'OTH')) AS category
             FROM medical_bill_item i
             LEFT JOIN drug_catalog d
               ON i.item_type = 'D' AND d.drug_code = i.item_code AND i.service_date BETWEEN d.valid_from AND d.valid_to
             LEFT JOIN treatment_catalog c
               ON i.item_type = 'T' AND c.item_code = i.item_code
            WHERE i.bill_id = p_bill_id) s
       ON (t.bill_item_id = s.bill_item_id)
     WHEN MATCHED THEN
       UPDATE SET t.si_class       = s.si_class,
                  t.self_pay_ratio = CASE s.si_class WHEN 'A' THEN 0 WHEN 'C' THEN 1 ELSE s.ratio END,
                  t.over_ceiling   = CASE WHEN s.ceiling < t.unit_price THEN ROUND((t.unit_price - s.ceiling) * t.quantity, 2) ELSE 0 END,
                  t.category       = s.category;
    UPDATE medical_bill SET bill_status = '10' WHERE bill_id = p_bill_id AND bill_status = '00';
  END price_items;

  PROCEDURE deny_items (p_bill_id IN NUMBER, p_denied OUT PLS_INTEGER)
  IS
    l_bill  medical_bill%ROWTYPE;
    CURSOR c_items IS
      SELECT i.*
        FROM medical_bill_item i
       WHERE i.bill_id = p_bill_id
         FOR UPDATE OF i.deny_code;
    TYPE t_seen IS TABLE OF PLS_INTEGER INDEX BY VARCHAR2(60);
    l_seen  t_seen;
    l_key   VARCHAR2(60);
    l_deny  medical_bill_item.deny_code%TYPE;
    l_pref  drug_catalog.need_diag_prefix%TYPE;
  BEGIN
    p_denied := 0;
    SELECT * INTO l_bill FROM medical_bill WHERE bill_id = p_bill_id;

    FOR r IN c_items LOOP
      l_deny := NULL;
      l_key  := r.item_code || '@' || TO_CHAR(r.service_date, 'YYYYMMDD') || '@' || r.unit_price;

      IF r.si_class = 'C' THEN
        l_deny := c_deny_catalog;
      ELSIF l_bill.visit_type = 'IP' AND r.service_date NOT BETWEEN TRUNC(l_bill.admit_date) AND NVL(l_bill.discharge_date, SYSDATE) THEN
        l_deny := c_deny_date;
      ELSIF l_seen.EXISTS(l_key) AND r.category IN ('BED', 'NUR') THEN
        l_deny := c_deny_dup;
      ELSIF r.item_type = 'D' THEN
        SELECT MAX(need_diag_prefix)
          INTO l_pref
          FROM drug_catalog
         WHERE drug_code = r.item_code
           AND r.service_date BETWEEN valid_from AND valid_to;
        IF diag_allowed(l_pref, l_bill.main_icd) = 'N' THEN
          l_deny := c_deny_diag;
        END IF;
      END IF;
      l_seen(l_key) := r.line_no;

      IF l_deny IS NOT NULL THEN
        UPDATE medical_bill_item
           SET deny_code = l_deny, excluded_amount = r.line_amount, covered_amount = 0
         WHERE CURRENT OF c_items;
        p_denied := p_denied + 1;
      ELSE
        UPDATE medical_bill_item
           SET deny_code = NULL, excluded_amount = NVL(over_ceiling, 0), covered_amount = r.line_amount - NVL(over_ceiling, 0)
         WHERE CURRENT OF c_items;
      END IF;
    END LOOP;
  END deny_items;

  PROCEDURE adjudicate (p_bill_id IN NUMBER)
  IS
    l_denied  PLS_INTEGER;
    l_split   pkg_si_split.t_split;
    l_covered NUMBER;
    l_status  medical_bill.bill_status%TYPE;
  BEGIN
    SELECT bill_status INTO l_status FROM medical_bill WHERE bill_id = p_bill_id FOR UPDATE NOWAIT;
    IF l_status IN ('40', '90') THEN
      RETURN;
    END IF;
    deny_items(p_bill_id, l_denied);
    IF l_status < '20' THEN
      l_split := pkg_si_split.split_bill(p_bill_id);
      pkg_si_split.save_split(p_bill_id, l_split);
    END IF;
    l_covered := covered_of(p_bill_id);
    UPDATE medical_bill
       SET covered_amount = l_covered,
           payable_amount = GREATEST(l_covered - NVL(si_fund_amount, 0) - NVL(si_account_amount, 0), 0),
           bill_status    = '30',
           updated_at     = SYSTIMESTAMP
     WHERE bill_id = p_bill_id;
    IF l_denied > 10 THEN
      pkg_log.info(c_module, '拒付 ' || l_denied || ' 行', p_bill_id);
    END IF;
  END adjudicate;

  PROCEDURE adjudicate_claim (p_claim_id IN NUMBER)
  IS
    TYPE t_bill_ids IS TABLE OF medical_bill.bill_id%TYPE;
    l_ids   t_bill_ids;
    l_total NUMBER;
  BEGIN
    SELECT bill_id
      BULK COLLECT INTO l_ids
      FROM medical_bill
     WHERE claim_id = p_claim_id
       AND bill_status <> '90'
     ORDER BY bill_date;

    IF l_ids IS EMPTY THEN
      RETURN;
    END IF;

    FOR i IN REVERSE 1 .. l_ids.COUNT LOOP
      adjudicate(l_ids(i));
    END LOOP;

    SELECT SUM(payable_amount) INTO l_total FROM medical_bill WHERE claim_id = p_claim_id AND bill_status = '30';

    -- 医疗责任只有一条时直接回写
    UPDATE claim_item
       SET covered_amount = l_total
     WHERE claim_id = p_claim_id
       AND loss_type = 'MED'
       AND 1 = (SELECT COUNT(*) FROM claim_item WHERE claim_id = p_claim_id AND loss_type = 'MED');
  END adjudicate_claim;

  PROCEDURE void_bill (p_bill_id IN NUMBER)
  IS
    l_settle medical_bill.settlement_id%TYPE;
  BEGIN
    UPDATE medical_bill
       SET bill_status = '90'
     WHERE bill_id = p_bill_id
       AND bill_status <> '40'
    RETURNING settlement_id INTO l_settle;
    IF SQL%ROWCOUNT = 0 THEN
      RAISE_APPLICATION_ERROR(-20344, '账单不存在或已结算');
    ELSIF l_settle IS NOT NULL THEN
      DELETE FROM hospital_settlement_line WHERE settlement_id = l_settle AND bill_id = p_bill_id;
    END IF;
    pkg_audit.log_action('MED', 'VOID', 'MEDICAL_BILL', p_bill_id);
  END void_bill;

  PROCEDURE open_items (p_bill_id IN NUMBER, p_cur IN OUT t_item_cur)
  IS
  BEGIN
    OPEN p_cur FOR SELECT * FROM medical_bill_item WHERE bill_id = p_bill_id ORDER BY line_no;
  END open_items;

  FUNCTION covered_of (p_bill_id IN NUMBER) RETURN NUMBER
  IS
    l_cur   t_item_cur;
    l_row   medical_bill_item%ROWTYPE;
    l_total NUMBER := 0;
  BEGIN
    open_items(p_bill_id, l_cur);
    LOOP
      FETCH l_cur INTO l_row;
      EXIT WHEN l_cur%NOTFOUND;
      l_total := l_total + NVL(l_row.covered_amount, 0);
    END LOOP;
    CLOSE l_cur;
    RETURN l_total;
  END covered_of;

  -- 从直付平台的暂存表装载一个月 (暂存表名按月份, 只能动态)
  PROCEDURE load_partition (p_month IN VARCHAR2, p_loaded OUT NUMBER)
  IS
    l_table VARCHAR2(61) := DBMS_ASSERT.SIMPLE_SQL_NAME('STG_BILL_' || p_month);
    l_cnt   NUMBER;
    l_ids   t_number_tab;
  BEGIN
    SELECT COUNT(*) INTO l_cnt FROM user_tables WHERE table_name = l_table;
    IF l_cnt = 0 THEN
      p_loaded := 0;
      RETURN;
    END IF;
    EXECUTE IMMEDIATE
      'INSERT /*+ APPEND PARALLEL(b 4) */ INTO medical_bill b (bill_id, claim_id, bill_no, hospital_code, insured_id, visit_type, bill_date, total_amount, source_system)
       SELECT seq_medical_bill_id.NEXTVAL, claim_id, bill_no, hospital_code, insured_id, visit_type, bill_date, total_amount, :src FROM ' || l_table ||
      ' WHERE hospital_code IS NOT NULL'
      USING 'DIRECT';
    p_loaded := SQL%ROWCOUNT;
    COMMIT;

    EXECUTE IMMEDIATE 'SELECT claim_id FROM ' || l_table || ' WHERE hospital_code IS NULL' BULK COLLECT INTO l_ids;
    IF l_ids.COUNT > 0 THEN
      pkg_log.warn(c_module, l_ids.COUNT || ' rows without hospital in ' || l_table);
    END IF;

    EXECUTE IMMEDIATE 'DELETE FROM ' || l_table || ' WHERE hospital_code IS NOT NULL RETURNING claim_id INTO :ids'
      RETURNING BULK COLLECT INTO l_ids;
    EXECUTE IMMEDIATE 'BEGIN DBMS_STATS.GATHER_TABLE_STATS(USER, ''MEDICAL_BILL'', estimate_percent => 1); END;';
  END load_partition;

  FUNCTION category_summary (p_bill_id IN NUMBER) RETURN SYS_REFCURSOR
  IS
    l_cur SYS_REFCURSOR;
  BEGIN
    OPEN l_cur FOR
      SELECT *
        FROM (SELECT category, line_amount, NVL(si_class, 'C') AS si_class FROM medical_bill_item WHERE bill_id = p_bill_id)
       PIVOT (SUM(line_amount) FOR si_class IN ('A' AS class_a, 'B' AS class_b, 'C' AS class_c))
       ORDER BY category;
    RETURN l_cur;
  END category_summary;
END pkg_med_bill;
/
