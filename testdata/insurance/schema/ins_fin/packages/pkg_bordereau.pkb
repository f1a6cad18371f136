CREATE OR REPLACE PACKAGE BODY ins_fin.pkg_bordereau
AS
  FUNCTION quarter_of (p_date IN DATE) RETURN VARCHAR2 DETERMINISTIC
  IS
  BEGIN
    RETURN TO_CHAR(p_date, 'YYYY"Q"Q');
  END quarter_of;

  PROCEDURE quarter_range (p_quarter IN VARCHAR2, p_from OUT DATE, p_to OUT DATE)
  IS
  BEGIN
    p_from := ADD_MONTHS(TO_DATE(SUBSTR(p_quarter, 1, 4) || '0101', 'YYYYMMDD'), (SUBSTR(p_quarter, 6, 1) - 1) * 3);
    p_to   := ADD_MONTHS(p_from, 3) - 1 / 86400;
  END quarter_range;

  FUNCTION build (p_treaty IN VARCHAR2, p_reinsurer IN VARCHAR2, p_quarter IN VARCHAR2) RETURN ri_bordereau.bordereau_id%TYPE
  IS
    l_id   ri_bordereau.bordereau_id%TYPE;
    l_from DATE;
    l_to   DATE;
    l_prem NUMBER;
    l_comm NUMBER;
    l_loss NUMBER;
  BEGIN
    quarter_range(p_quarter, l_from, l_to);

    SELECT NVL(SUM(ceded_premium), 0), NVL(SUM(ceded_commission), 0), NVL(SUM(ceded_loss), 0)
      INTO l_prem, l_comm, l_loss
      FROM ins_fin.ri_cession
     WHERE treaty_code = p_treaty
       AND reinsurer_code = p_reinsurer
       AND cession_date BETWEEN l_from AND l_to
       AND bordereau_id IS NULL;

    IF l_prem = 0 AND l_loss = 0 THEN
      RETURN NULL;
    END IF;

    INSERT INTO ins_fin.ri_bordereau (bordereau_id, treaty_code, reinsurer_code, quarter_code, premium_amount, commission_amount, loss_amount)
    VALUES (ins_fin.seq_fin_common.NEXTVAL, p_treaty, p_reinsurer, p_quarter, l_prem, l_comm, l_loss)
    RETURNING bordereau_id INTO l_id;

    UPDATE /*+ INDEX(c ix_ri_cession_treaty) */ ins_fin.ri_cession c
       SET c.bordereau_id = l_id, c.status = 'BD'
     WHERE c.treaty_code = p_treaty
       AND c.reinsurer_code = p_reinsurer
       AND c.cession_date BETWEEN l_from AND l_to
       AND c.bordereau_id IS NULL;
    RETURN l_id;
  EXCEPTION
    WHEN DUP_VAL_ON_INDEX THEN
      SELECT bordereau_id
        INTO l_id
        FROM ins_fin.ri_bordereau
       WHERE treaty_code = p_treaty AND reinsurer_code = p_reinsurer AND quarter_code = p_quarter;
      RETURN l_id;
  END build;

  PROCEDURE build_all (p_quarter IN VARCHAR2, p_built OUT PLS_INTEGER)
  IS
    l_id NUMBER;
  BEGIN
    p_built := 0;
    FOR r IN (SELECT DISTINCT p.treaty_code, p.reinsurer_code
                FROM ins_fin.ri_participant p
                JOIN ins_fin.ri_treaty t ON t.treaty_code = p.treaty_code
               WHERE t.status = 'AC') LOOP
      l_id := build(r.treaty_code, r.reinsurer_code, p_quarter);
      IF l_id IS NOT NULL THEN
        write_content(l_id);
        p_built := p_built + 1;
      END IF;
    END LOOP;
  END build_all;

  FUNCTION rows_of (p_bordereau_id IN NUMBER) RETURN t_bordereau_tab PIPELINED
  IS
    n PLS_INTEGER := 0;
  BEGIN
    FOR c IN (SELECT c.policy_no, y.full_name, c.cession_type, c.gross_amount, c.ceded_pct,
                     c.ceded_premium, c.ceded_commission, c.ceded_loss
                FROM ins_fin.ri_cession c,
                     ins_core.policy p,
                     ins_core.party y
               WHERE c.bordereau_id = p_bordereau_id
                 AND p.policy_id (+) = c.policy_id
                 AND y.party_id (+) = p.insured_id
               ORDER BY c.policy_no, c.cession_id)
    LOOP
      n := n + 1;
      PIPE ROW (t_bordereau_row(n, c.policy_no, c.full_name, c.cession_type, c.gross_amount, c.ceded_pct, c.ceded_premium, c.ceded_commission, c.ceded_loss));
    END LOOP;
    RETURN;
  END rows_of;

  -- 流式转换: 上游给任意 (policy_no, type, gross, pct, premium, loss) 游标
  FUNCTION rows_from (p_cur IN SYS_REFCURSOR) RETURN t_bordereau_tab PIPELINED
  IS
    TYPE t_in IS RECORD (policy_no VARCHAR2(20), ctype VARCHAR2(2), gross NUMBER, pct NUMBER, premium NUMBER, loss NUMBER);
    TYPE t_in_tab IS TABLE OF t_in;
    l_buf t_in_tab;
    n     PLS_INTEGER := 0;
  BEGIN
    LOOP
      FETCH p_cur BULK COLLECT INTO l_buf LIMIT 100;
      FOR i IN 1 .. l_buf.COUNT LOOP
        n := n + 1;
        PIPE ROW (t_bordereau_row(n, l_buf(i).policy_no, NULL, l_buf(i).ctype, l_buf(i).gross, l_buf(i).pct, l_buf(i).premium, NULL, l_buf(i).loss));
      END LOOP;
      EXIT WHEN p_cur%NOTFOUND;
    END LOOP;
    CLOSE p_cur;
    RETURN;
  END rows_from;

  PROCEDURE write_content (p_bordereau_id IN NUMBER)
  IS
    l_clob CLOB;
    l_line VARCHAR2(1000);
  BEGIN
    UPDATE ins_fin.ri_bordereau
       SET content = EMPTY_CLOB()
     WHERE bordereau_id = p_bordereau_id
    RETURNING content INTO l_clob;

    DBMS_LOB.OPEN(l_clob, DBMS_LOB.LOB_READWRITE);
    l_line := '序号,保单号,被保险人,类型,保额,比例,分出保费,手续费,摊回赔款' || CHR(10);
    DBMS_LOB.WRITEAPPEND(l_clob, LENGTH(l_line), l_line);
    FOR r IN (SELECT * FROM TABLE(pkg_bordereau.rows_of(p_bordereau_id)) ORDER BY line_no) LOOP
      l_line := r.line_no || ',' || r.policy_no || ',"' || r.insured_name || '",' || r.cession_type || ',' ||
                TO_CHAR(r.gross_amount, 'FM999999999990.00') || ',' || TO_CHAR(r.share_pct, 'FM990.000000') || ',' ||
                NVL(TO_CHAR(r.ceded_premium, 'FM999999990.00'), '') || ',' || r.commission || ',' || r.ceded_loss || CHR(10);
      DBMS_LOB.WRITEAPPEND(l_clob, LENGTH(l_line), l_line);
    END LOOP;
    DBMS_LOB.CLOSE(l_clob);
  END write_content;

  PROCEDURE settle (p_bordereau_id IN NUMBER)
  IS
    l_b   ins_fin.ri_bordereau%ROWTYPE;
    l_r   ins_fin.ri_reinsurer%ROWTYPE;
    l_req pkg_payment.t_payment_request;
    l_pay NUMBER;
  BEGIN
    SELECT * INTO l_b FROM ins_fin.ri_bordereau WHERE bordereau_id = p_bordereau_id FOR UPDATE;
    SELECT * INTO l_r FROM ins_fin.ri_reinsurer WHERE reinsurer_code = l_b.reinsurer_code;

    IF l_b.balance_amount > 0 THEN
      l_req.business_type := 'RIP';
      l_req.business_ref  := l_b.treaty_code || '/' || l_b.quarter_code;
      l_req.payee_name    := l_r.reinsurer_name;
      l_req.bank_code     := l_r.bank_code;
      l_req.account_no    := l_r.account_no;
      l_req.amount        := l_b.balance_amount;
      l_req.branch_code   := pkg_const.c_head_office;
      l_pay := pkg_payment.create_payment(l_req);
    END IF;
    UPDATE ins_fin.ri_bordereau SET status = NVL2(l_pay, 'ST', 'RC') WHERE bordereau_id = p_bordereau_id;
  END settle;

  -- 纯益手续费: (保费 - 手续费 - 赔款 - 5% 管理费) × 比例, 亏损滚转
  FUNCTION profit_commission (p_treaty IN VARCHAR2, p_year IN NUMBER) RETURN NUMBER
  IS
    l_profit NUMBER;
    l_pct    NUMBER;
  BEGIN
    SELECT profit_comm_pct INTO l_pct FROM ins_fin.ri_treaty WHERE treaty_code = p_treaty;

    WITH yearly (uw_year, result) AS (
      SELECT TO_NUMBER(SUBSTR(quarter_code, 1, 4)),
             SUM(premium_amount) * 0.95 - SUM(commission_amount) - SUM(loss_amount)
        FROM ins_fin.ri_bordereau
       WHERE treaty_code = p_treaty
       GROUP BY TO_NUMBER(SUBSTR(quarter_code, 1, 4))
    ),
    rolled (uw_year, carried) AS (
      SELECT uw_year, result
        FROM yearly
       WHERE uw_year = (SELECT MIN(uw_year) FROM yearly)
      UNION ALL
      SELECT y.uw_year, y.result + LEAST(r.carried, 0)
        FROM rolled r
        JOIN yearly y ON y.uw_year = r.uw_year + 1
    )
    SELECT MAX(carried) INTO l_profit FROM rolled WHERE uw_year = p_year;

    RETURN GREATEST(NVL(l_profit, 0), 0) * l_pct / 100;
  END profit_commission;

  PROCEDURE statement (p_reinsurer IN VARCHAR2, p_quarter IN VARCHAR2, p_cur OUT SYS_REFCURSOR)
  IS
  BEGIN
    OPEN p_cur FOR
      SELECT DECODE(GROUPING(treaty_code), 1, '合计', treaty_code) AS treaty,
             kind,
             SUM(amount) AS amount
        FROM (SELECT treaty_code, kind, amount
                FROM ins_fin.ri_bordereau
              UNPIVOT EXCLUDE NULLS (amount FOR kind IN (premium_amount AS '保费', commission_amount AS '手续费', loss_amount AS '赔款'))
               WHERE reinsurer_code = p_reinsurer
                 AND quarter_code = p_quarter)
       GROUP BY ROLLUP (treaty_code), kind
       ORDER BY GROUPING(treaty_code), treaty_code, kind;
  END statement;
END pkg_bordereau;
/
