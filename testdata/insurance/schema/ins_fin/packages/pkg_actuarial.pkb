CREATE OR REPLACE PACKAGE BODY ins_fin.pkg_actuarial
AS
  c_table CONSTANT VARCHAR2(10) := 'CL2010';

  -- qx 缓存, 键 = 性别 || 年龄
  TYPE t_qx IS TABLE OF act_mortality.qx%TYPE INDEX BY VARCHAR2(5);
  g_qx t_qx;

  PROCEDURE load_mortality
  IS
  BEGIN
    IF g_qx.COUNT > 0 THEN
      RETURN;
    END IF;
    FOR r IN (SELECT gender, age, qx FROM act_mortality WHERE table_code = c_table) LOOP
      g_qx(r.gender || TO_CHAR(r.age, 'FM000')) := r.qx;
    END LOOP;
  END load_mortality;

  FUNCTION qx (p_gender IN VARCHAR2, p_age IN PLS_INTEGER) RETURN NUMBER
  IS
    l_key VARCHAR2(5) := NVL(p_gender, 'M') || TO_CHAR(LEAST(p_age, 105), 'FM000');
  BEGIN
    RETURN g_qx(l_key);
  EXCEPTION
    WHEN NO_DATA_FOUND THEN
      -- 表里缺的年龄按指数外推
      RETURN LEAST(1, 0.0002 * EXP(0.085 * p_age));
  END qx;

  FUNCTION start_run (p_type IN VARCHAR2, p_date IN DATE, p_params IN CLOB) RETURN NUMBER
  IS
    PRAGMA AUTONOMOUS_TRANSACTION;
    l_id NUMBER;
  BEGIN
    INSERT INTO act_reserve_run (run_id, run_type, valuation_date, parameters, status, started_at)
    VALUES (seq_fin_common.NEXTVAL, p_type, TRUNC(p_date), p_params, 'R', SYSTIMESTAMP)
    RETURNING run_id INTO l_id;
    COMMIT;
    RETURN l_id;
  END start_run;

  PROCEDURE end_run (p_run_id IN NUMBER, p_status IN VARCHAR2)
  IS
  BEGIN
    UPDATE act_reserve_run SET status = p_status, finished_at = LOCALTIMESTAMP WHERE run_id = p_run_id;
  END end_run;

  -- 未到期责任准备金: 1/365 法
  FUNCTION run_upr (p_date IN DATE) RETURN act_reserve_run.run_id%TYPE
  IS
    l_run act_reserve_run.run_id%TYPE;

    CURSOR c_src IS
      SELECT p.policy_id, c.coverage_code, c.net_premium, p.effective_date,
             NVL(p.expiry_date, ADD_MONTHS(p.effective_date, 12)) AS expiry_date,
             NVL(ri.pct, 0) AS ceded_pct
        FROM policy p
        JOIN policy_coverage c ON c.policy_id = p.policy_id AND c.status = 'A'
        LEFT JOIN (SELECT policy_id, SUM(ceded_sum) / NULLIF(MAX(gross_amount), 0) AS pct
                     FROM ri_cession
                    WHERE cession_type = 'PR'
                    GROUP BY policy_id) ri ON ri.policy_id = p.policy_id
       WHERE p.status = 'IF'
         AND p_date BETWEEN p.effective_date AND NVL(p.expiry_date, ADD_MONTHS(p.effective_date, 12));

    TYPE t_src IS TABLE OF c_src%ROWTYPE;
    TYPE t_out IS TABLE OF act_reserve%ROWTYPE INDEX BY PLS_INTEGER;
    l_src t_src;
    l_out t_out;
    l_share NUMBER;
    e_dml EXCEPTION;
    PRAGMA EXCEPTION_INIT(e_dml, -24381);
  BEGIN
    l_run := start_run('UPR', p_date, '{"method":"1/365"}');
    OPEN c_src;
    LOOP
      FETCH c_src BULK COLLECT INTO l_src LIMIT c_bulk;
      EXIT WHEN l_src.COUNT = 0;
      l_out.DELETE;
      FOR i IN 1 .. l_src.COUNT LOOP
        l_share := (l_src(i).expiry_date - p_date) / NULLIF(l_src(i).expiry_date - l_src(i).effective_date, 0);
        l_out(i).policy_id      := l_src(i).policy_id;
        l_out(i).coverage_code  := l_src(i).coverage_code;
        l_out(i).gross_reserve  := NVL(l_src(i).net_premium * l_share, 0);
        l_out(i).ceded_reserve  := l_out(i).gross_reserve * l_src(i).ceded_pct;
        l_out(i).exposure_days  := TO_BINARY_DOUBLE(l_src(i).expiry_date - p_date);
      END LOOP;
      BEGIN
        FORALL i IN 1 .. l_out.COUNT SAVE EXCEPTIONS
          INSERT INTO act_reserve (run_id, policy_id, coverage_code, reserve_type, valuation_date, gross_reserve, ceded_reserve, exposure_days)
          VALUES (l_run, l_out(i).policy_id, l_out(i).coverage_code, 'UPR', p_date, l_out(i).gross_reserve, l_out(i).ceded_reserve, l_out(i).exposure_days);
      EXCEPTION
        WHEN e_dml THEN
          FOR j IN 1 .. SQL%BULK_EXCEPTIONS.COUNT LOOP
            pkg_log.warn('PKG_ACTUARIAL', 'UPR ' || SQLERRM(-SQL%BULK_EXCEPTIONS(j).ERROR_CODE),
                         l_out(SQL%BULK_EXCEPTIONS(j).ERROR_INDEX).policy_id);
          END LOOP;
      END;
    END LOOP;
    CLOSE c_src;
    end_run(l_run, 'D');
    RETURN l_run;
  END run_upr;

  PROCEDURE build_triangle (p_run_id IN NUMBER, p_lob IN VARCHAR2, p_years IN PLS_INTEGER)
  IS
    l_base PLS_INTEGER;
  BEGIN
    SELECT EXTRACT(YEAR FROM valuation_date) - p_years + 1 INTO l_base FROM act_reserve_run WHERE run_id = p_run_id;

    INSERT INTO act_triangle (run_id, line_of_business, accident_year, dev_year, paid_cum)
    WITH paid AS (
      SELECT EXTRACT(YEAR FROM c.loss_date) AS ay,
             EXTRACT(YEAR FROM CAST(p.paid_at AS DATE)) - EXTRACT(YEAR FROM c.loss_date) AS dy,
             SUM(p.amount) AS amt
        FROM claim c
        JOIN payment_order p ON p.claim_id = c.claim_id AND p.status = '30'
       WHERE c.line_of_business = p_lob
         AND c.loss_date >= TO_DATE(l_base || '0101', 'YYYYMMDD')
       GROUP BY EXTRACT(YEAR FROM c.loss_date), EXTRACT(YEAR FROM CAST(p.paid_at AS DATE)) - EXTRACT(YEAR FROM c.loss_date)
    ),
    grid AS (
      SELECT l_base + a.n AS ay, d.n AS dy
        FROM (SELECT LEVEL - 1 AS n FROM dual CONNECT BY LEVEL <= p_years) a,
             (SELECT LEVEL - 1 AS n FROM dual CONNECT BY LEVEL <= p_years) d
       WHERE a.n + d.n < p_years
    )
    SELECT p_run_id, p_lob, g.ay, g.dy,
           SUM(NVL(p.amt, 0)) OVER (PARTITION BY g.ay ORDER BY g.dy)
      FROM grid g
      LEFT JOIN paid p ON p.ay = g.ay AND p.dy = g.dy;
  END build_triangle;

  -- 链梯法发展因子 (加权平均)
  FUNCTION dev_factors (p_run_id IN NUMBER, p_lob IN VARCHAR2) RETURN t_factor_tab
  IS
    l_tri     t_triangle;
    l_factors t_factor_tab;
    l_ay      PLS_INTEGER;
    l_num     NUMBER;
    l_den     NUMBER;
    l_max     PLS_INTEGER := 0;
  BEGIN
    FOR r IN (SELECT accident_year, dev_year, paid_cum FROM act_triangle WHERE run_id = p_run_id AND line_of_business = p_lob) LOOP
      l_tri(r.accident_year)(r.dev_year) := r.paid_cum;
      l_max := GREATEST(l_max, r.dev_year);
    END LOOP;

    FOR d IN 0 .. l_max - 1 LOOP
      l_num := 0;
      l_den := 0;
      l_ay  := l_tri.FIRST;
      WHILE l_ay IS NOT NULL LOOP
        IF l_tri(l_ay).EXISTS(d) AND l_tri(l_ay).EXISTS(d + 1) THEN
          l_num := l_num + l_tri(l_ay)(d + 1);
          l_den := l_den + l_tri(l_ay)(d);
        END IF;
        l_ay := l_tri.NEXT(l_ay);
      END LOOP;
      BEGIN
        l_factors(d) := l_num / l_den;
      EXCEPTION
        WHEN ZERO_DIVIDE THEN
          l_factors(d) := 1;
      END;
    END LOOP;
    RETURN l_factors;
  END dev_factors;

  FUNCTION run_ibnr (p_date IN DATE, p_lob IN VARCHAR2 DEFAULT NULL) RETURN act_reserve_run.run_id%TYPE
  IS
    l_run act_reserve_run.run_id%TYPE := start_run('IBNR', p_date, '{"method":"chain ladder","years":5}');
    l_f   t_factor_tab;
    l_cdf NUMBER;
  BEGIN
    FOR b IN (SELECT DISTINCT line_of_business AS lob FROM product WHERE line_of_business = NVL(p_lob, line_of_business)) LOOP
      build_triangle(l_run, b.lob, 5);
      l_f := dev_factors(l_run, b.lob);
      FOR t IN (SELECT ROWID AS rid, accident_year, dev_year, paid_cum
                  FROM act_triangle t1
                 WHERE run_id = l_run
                   AND line_of_business = b.lob
                   AND dev_year = (SELECT MAX(dev_year)
                                     FROM act_triangle t2
                                    WHERE t2.run_id = t1.run_id
                                      AND t2.line_of_business = t1.line_of_business
                                      AND t2.accident_year = t1.accident_year))
      LOOP
        l_cdf := 1;
        FOR d IN t.dev_year .. NVL(l_f.LAST, -1) LOOP
          l_cdf := l_cdf * l_f(d);
        END LOOP;
        UPDATE act_triangle SET dev_factor = l_cdf, ultimate = paid_cum * l_cdf WHERE ROWID = t.rid;
      END LOOP;
    END LOOP;
    end_run(l_run, 'D');
    COMMIT;
    RETURN l_run;
  EXCEPTION
    WHEN OTHERS THEN
      ROLLBACK;
      end_run(l_run, 'E');
      COMMIT;
      RAISE;
  END run_ibnr;

  -- 用 MODEL 子句补全三角形 (给精算部报表用)
  PROCEDURE project_model (p_run_id IN NUMBER, p_lob IN VARCHAR2, p_cur OUT SYS_REFCURSOR)
  IS
  BEGIN
    OPEN p_cur FOR
      SELECT accident_year, dev_year, ROUND(amt, 2) AS projected
        FROM act_triangle
       WHERE run_id = p_run_id
         AND line_of_business = p_lob
       MODEL
         PARTITION BY (line_of_business)
         DIMENSION BY (accident_year, dev_year)
         MEASURES (paid_cum AS amt, NVL(dev_factor, 1) AS f)
         RULES UPSERT SEQUENTIAL ORDER
         (
           f[ANY, ANY] ORDER BY accident_year, dev_year = NVL(f[CV(), CV()], 1),
           amt[FOR accident_year FROM 2018 TO 2022 INCREMENT 1, 4] =
             NVL(amt[CV(accident_year), 4], amt[CV(accident_year), 3] * 1.02)
         )
       ORDER BY accident_year, dev_year;
  END project_model;

  FUNCTION annuity_factor (p_age IN PLS_INTEGER, p_gender IN VARCHAR2, p_years IN PLS_INTEGER, p_interest IN NUMBER) RETURN NUMBER
  IS
    l_sum  NUMBER := 0;
    l_tpx  NUMBER := 1;
    l_v    NUMBER := 1 / (1 + p_interest);
  BEGIN
    load_mortality;
    FOR t IN 0 .. p_years - 1 LOOP
      l_sum := l_sum + POWER(l_v, t) * l_tpx;
      l_tpx := l_tpx * (1 - qx(p_gender, p_age + t));
    END LOOP;
    RETURN l_sum;
  END annuity_factor;

  FUNCTION assurance_factor (p_age IN PLS_INTEGER, p_gender IN VARCHAR2, p_years IN PLS_INTEGER, p_interest IN NUMBER) RETURN NUMBER
  IS
    l_sum NUMBER := 0;
    l_tpx NUMBER := 1;
  BEGIN
    load_mortality;
    FOR t IN 0 .. p_years - 1 LOOP
      l_sum := l_sum + (1 / (1 + p_interest)) ** (t + 1) * l_tpx * qx(p_gender, p_age + t);
      l_tpx := l_tpx * (1 - qx(p_gender, p_age + t));
    END LOOP;
    RETURN l_sum;
  END assurance_factor;

  FUNCTION net_premium (p_age IN PLS_INTEGER, p_gender IN VARCHAR2, p_years IN PLS_INTEGER, p_sum IN NUMBER, p_interest IN NUMBER DEFAULT 0.025) RETURN NUMBER
  IS
  BEGIN
    RETURN ROUND(p_sum * assurance_factor(p_age, p_gender, p_years, p_interest) / annuity_factor(p_age, p_gender, p_years, p_interest), 2);
  END net_premium;

  -- 寿险责任准备金: 前瞻法
  FUNCTION run_life (p_date IN DATE, p_interest IN NUMBER DEFAULT 0.025) RETURN act_reserve_run.run_id%TYPE
  IS
    l_run    act_reserve_run.run_id%TYPE;
    l_age    PLS_INTEGER;
    l_age0   PLS_INTEGER;
    l_left   PLS_INTEGER;
    l_term   PLS_INTEGER;
    l_prem   NUMBER;
    l_res    NUMBER;
  BEGIN
    l_run := start_run('LIFE', p_date, '{"interest":' || TO_CHAR(p_interest, 'FM0.0000') || '}');
    FOR r IN (SELECT p.policy_id, c.coverage_code, c.sum_insured, p.effective_date, p.expiry_date, y.birth_date, y.gender
                FROM policy p, policy_coverage c, party y, product d
               WHERE c.policy_id = p.policy_id
                 AND y.party_id = p.insured_id
                 AND d.product_code = p.product_code
                 AND d.line_of_business = 'LF'
                 AND p.status = 'IF'
                 AND c.status = 'A')
    LOOP
      BEGIN
        l_age0 := TRUNC(MONTHS_BETWEEN(r.effective_date, r.birth_date) / 12);
        l_age  := TRUNC(MONTHS_BETWEEN(p_date, r.birth_date) / 12);
        l_term := NVL(ROUND(MONTHS_BETWEEN(r.expiry_date, r.effective_date) / 12), 105 - l_age0);
        l_left := l_term - (l_age - l_age0);
        IF l_left <= 0 THEN
          CONTINUE;
        END IF;
        l_prem := net_premium(l_age0, r.gender, l_term, r.sum_insured, p_interest);
        l_res  := r.sum_insured * assurance_factor(l_age, r.gender, l_left, p_interest)
                - l_prem * annuity_factor(l_age, r.gender, l_left, p_interest);
        INSERT INTO act_reserve (run_id, policy_id, coverage_code, reserve_type, valuation_date, gross_reserve)
        VALUES (l_run, r.policy_id, r.coverage_code, 'LIFE', p_date, GREATEST(l_res, 0));
      EXCEPTION
        WHEN ZERO_DIVIDE THEN
          NULL;
        WHEN DUP_VAL_ON_INDEX THEN
          UPDATE act_reserve
             SET gross_reserve = gross_reserve + GREATEST(l_res, 0)
           WHERE run_id = l_run AND policy_id = r.policy_id AND coverage_code = r.coverage_code AND reserve_type = 'LIFE';
      END;
    END LOOP;
    end_run(l_run, 'D');
    RETURN l_run;
  END run_life;

  PROCEDURE post_run (p_run_id IN NUMBER)
  IS
    l_date DATE;
    l_type act_reserve_run.run_type%TYPE;
    l_v    NUMBER;
  BEGIN
    SELECT valuation_date, run_type INTO l_date, l_type FROM act_reserve_run WHERE run_id = p_run_id;
    FOR r IN (SELECT p.branch_code, d.line_of_business, ROUND(SUM(a.net_reserve), 2) AS amt
                FROM act_reserve a, policy p, product d
               WHERE a.run_id = p_run_id
                 AND p.policy_id = a.policy_id
                 AND d.product_code = p.product_code
               GROUP BY p.branch_code, d.line_of_business
              HAVING SUM(a.net_reserve) > 0)
    LOOP
      l_v := pkg_gl.post_event('RES_' || l_type, 'ACT', 'RUN' || p_run_id, r.branch_code, r.amt, 'CNY', r.line_of_business, p_date => l_date);
    END LOOP;
    end_run(p_run_id, 'P');
  END post_run;

  FUNCTION adequacy_test (p_run_id IN NUMBER) RETURN VARCHAR2
  IS
    l_booked NUMBER;
    l_best   NUMBER;
  BEGIN
    SELECT SUM(net_reserve) INTO l_booked FROM act_reserve WHERE run_id = p_run_id;
    SELECT SUM(ultimate - paid_cum)
      INTO l_best
      FROM act_triangle
     WHERE run_id = (SELECT MAX(run_id) FROM act_reserve_run WHERE run_type = 'IBNR' AND status IN ('D', 'P'))
       AND ultimate IS NOT NULL;
    RETURN CASE
             WHEN l_best IS NULL THEN 'NO DATA'
             WHEN NVL(l_booked, 0) >= l_best * 1.03 THEN 'ADEQUATE'
             WHEN NVL(l_booked, 0) >= l_best THEN 'MARGINAL'
             ELSE 'DEFICIENT'
           END;
  END adequacy_test;

  PROCEDURE compare_runs (p_old IN NUMBER, p_new IN NUMBER, p_cur OUT SYS_REFCURSOR)
  IS
  BEGIN
    OPEN p_cur FOR
      SELECT NVL(o.policy_id, n.policy_id) AS policy_id,
             o.gross_reserve AS old_reserve,
             n.gross_reserve AS new_reserve,
             NVL(n.gross_reserve, 0) - NVL(o.gross_reserve, 0) AS change_amount,
             NTILE(10) OVER (ORDER BY ABS(NVL(n.gross_reserve, 0) - NVL(o.gross_reserve, 0)) DESC) AS decile
        FROM (SELECT policy_id, SUM(gross_reserve) AS gross_reserve FROM act_reserve WHERE run_id = p_old GROUP BY policy_id) o
        FULL OUTER JOIN (SELECT policy_id, SUM(gross_reserve) AS gross_reserve FROM act_reserve WHERE run_id = p_new GROUP BY policy_id) n
          ON n.policy_id = o.policy_id
       ORDER BY decile, ABS(change_amount) DESC;
  END compare_runs;
END pkg_actuarial;
/
