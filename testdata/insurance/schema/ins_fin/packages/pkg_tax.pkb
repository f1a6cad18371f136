CREATE OR REPLACE PACKAGE BODY ins_fin.pkg_tax
AS
  FUNCTION rate_of (p_tax_code IN VARCHAR2, p_product IN VARCHAR2, p_on IN DATE) RETURN tax_rate.rate%TYPE RESULT_CACHE
  IS
    l_rate tax_rate.rate%TYPE;
  BEGIN
    SELECT rate
      INTO l_rate
      FROM (SELECT DECODE(exempt_flag, 'Y', 0, rate) AS rate
              FROM tax_rate
             WHERE tax_code = p_tax_code
               AND product_code IN (p_product, '*')
               AND p_on >= valid_from
               AND (valid_to IS NULL OR p_on < valid_to + 1)
             ORDER BY DECODE(product_code, '*', 1, 0), valid_from DESC)
     WHERE ROWNUM = 1;
    RETURN l_rate;
  EXCEPTION
    WHEN NO_DATA_FOUND THEN
      RETURN 0;
  END rate_of;

  PROCEDURE record_tax (p_tax_code IN VARCHAR2, p_branch IN VARCHAR2, p_base IN NUMBER, p_tax IN NUMBER, p_source IN VARCHAR2, p_source_id IN NUMBER, p_date IN DATE DEFAULT SYSDATE)
  IS
  BEGIN
    INSERT INTO tax_ledger (tax_code, period_code, branch_code, base_amount, tax_amount, source_type, source_id, entry_date)
    VALUES (p_tax_code, TO_CHAR(p_date, 'YYYYMM'), p_branch, p_base, p_tax, p_source, p_source_id, p_date);
  END record_tax;

  -- 劳务报酬预扣: 佣金/公估费
  FUNCTION withholding (p_income IN NUMBER, p_kind IN VARCHAR2 DEFAULT 'SERVICE') RETURN NUMBER DETERMINISTIC
  IS
    TYPE t_bracket IS RECORD (upto NUMBER, rate NUMBER, quick NUMBER);
    TYPE t_brackets IS TABLE OF t_bracket INDEX BY PLS_INTEGER;
    l_tab     t_brackets;
    l_taxable NUMBER;

    PROCEDURE add (p_upto NUMBER, p_rate NUMBER, p_quick NUMBER)
    IS
      n PLS_INTEGER := l_tab.COUNT + 1;
    BEGIN
      l_tab(n).upto  := p_upto;
      l_tab(n).rate  := p_rate;
      l_tab(n).quick := p_quick;
    END;
  BEGIN
    IF p_kind = 'SERVICE' THEN
      add(20000, 0.20, 0);
      add(50000, 0.30, 2000);
      add(NULL, 0.40, 7000);
    ELSE
      add(36000, 0.03, 0);
      add(144000, 0.10, 2520);
      add(300000, 0.20, 16920);
      add(420000, 0.25, 31920);
      add(660000, 0.30, 52920);
      add(960000, 0.35, 85920);
      add(NULL, 0.45, 181920);
    END IF;

    IF p_income <= 800 THEN
      RETURN 0;
    ELSIF p_income <= 4000 THEN
      l_taxable := p_income - 800;
    ELSE
      l_taxable := p_income * 0.8;
    END IF;

    FOR i IN 1 .. l_tab.COUNT LOOP
      IF l_tab(i).upto IS NULL OR l_taxable <= l_tab(i).upto THEN
        RETURN ROUND(l_taxable * l_tab(i).rate - l_tab(i).quick, 2);
      END IF;
    END LOOP;
    RETURN NULL;
  END withholding;

  -- 车险代收车船税
  PROCEDURE vessel_tax_of_period (p_period IN VARCHAR2)
  IS
  BEGIN
    DELETE FROM tax_ledger WHERE tax_code = 'VVT' AND period_code = p_period;

    INSERT INTO tax_ledger (tax_code, period_code, branch_code, base_amount, tax_amount, source_type, entry_date)
    SELECT 'VVT', p_period, p.branch_code, SUM(p.annual_premium), COUNT(*) * 420, 'POL', LAST_DAY(TO_DATE(p_period, 'YYYYMM'))
      FROM policy p
      JOIN product d USING (product_code)
     WHERE d.line_of_business = 'MT'
       AND p.issue_date >= TO_DATE(p_period, 'YYYYMM')
       AND p.issue_date < ADD_MONTHS(TO_DATE(p_period, 'YYYYMM'), 1)
     GROUP BY p.branch_code;
  END vessel_tax_of_period;

  PROCEDURE stamp_duty (p_period IN VARCHAR2, p_total OUT NUMBER)
  IS
    l_from DATE := TO_DATE(p_period || '01', 'YYYYMMDD');
    TYPE t_rows IS TABLE OF tax_ledger%ROWTYPE;
    l_rows t_rows := t_rows();
  BEGIN
    p_total := 0;
    FOR b IN (SELECT branch_code, SUM(annual_premium) AS prem
                FROM policy
               WHERE issue_date BETWEEN l_from AND LAST_DAY(l_from) + INTERVAL '23:59:59' HOUR TO SECOND
                 AND product_code IN (SELECT product_code FROM product WHERE line_of_business IN ('PC', 'MT'))
               GROUP BY branch_code)
    LOOP
      l_rows.EXTEND;
      l_rows(l_rows.LAST).branch_code := b.branch_code;
      l_rows(l_rows.LAST).base_amount := b.prem;
      l_rows(l_rows.LAST).tax_amount  := ROUND(b.prem * rate_of(c_stamp, '*', l_from), 1);
      p_total := p_total + l_rows(l_rows.LAST).tax_amount;
    END LOOP;

    FORALL i IN 1 .. l_rows.COUNT
      INSERT INTO tax_ledger (tax_code, period_code, branch_code, base_amount, tax_amount, source_type)
      VALUES ('STP', p_period, l_rows(i).branch_code, l_rows(i).base_amount, l_rows(i).tax_amount, 'POL');
  END stamp_duty;

  FUNCTION period_tax (p_tax_code IN VARCHAR2, p_period IN VARCHAR2, p_branch IN VARCHAR2 DEFAULT NULL) RETURN NUMBER
  IS
    l_sum NUMBER;
  BEGIN
    SELECT SUM(tax_amount)
      INTO l_sum
      FROM tax_ledger
     WHERE tax_code = p_tax_code
       AND period_code = p_period
       AND branch_code LIKE NVL(p_branch, '%');
    RETURN NVL(l_sum, 0);
  END period_tax;

  PROCEDURE tax_return (p_period IN VARCHAR2, p_cur OUT SYS_REFCURSOR)
  IS
  BEGIN
    OPEN p_cur FOR
      SELECT *
        FROM (SELECT branch_code, tax_code, tax_amount
                FROM tax_ledger
               WHERE period_code = p_period)
       PIVOT (SUM(tax_amount) AS amt FOR tax_code IN ('VAT' AS vat, 'IIT' AS iit, 'STP' AS stp, 'VVT' AS vvt))
       ORDER BY branch_code;
  END tax_return;

  PROCEDURE post_tax (p_period IN VARCHAR2)
  IS
    l_v NUMBER;
  BEGIN
    FOR r IN (SELECT branch_code, tax_code, SUM(tax_amount) AS amt
                FROM tax_ledger
               WHERE period_code = p_period
                 AND tax_code IN ('STP', 'VVT')
               GROUP BY branch_code, tax_code
              HAVING SUM(tax_amount) <> 0)
    LOOP
      l_v := pkg_gl.post_event(
               p_event  => CASE r.tax_code WHEN 'STP' THEN 'TAX_STP' ELSE 'TAX_VVT' END,
               p_source => 'TAX',
               p_ref    => r.tax_code || p_period,
               p_branch => r.branch_code,
               p_amount => r.amt,
               p_date   => LAST_DAY(TO_DATE(p_period, 'YYYYMM')));
    END LOOP;
  END post_tax;
END pkg_tax;
/
