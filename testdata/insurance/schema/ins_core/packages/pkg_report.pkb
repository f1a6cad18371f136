CREATE OR REPLACE PACKAGE BODY ins_core.pkg_report
AS
  c_module CONSTANT VARCHAR2(30) := 'PKG_REPORT';

  FUNCTION monthly_trend(p_from IN DATE, p_to IN DATE, p_branch_code IN VARCHAR2 DEFAULT NULL) RETURN t_month_tab PIPELINED
  IS
    l_row t_month_row;
    CURSOR c_trend IS
      WITH months AS
      (
        SELECT ADD_MONTHS(TRUNC(p_from, 'MM'), LEVEL - 1) AS m
          FROM dual
       CONNECT BY LEVEL <= MONTHS_BETWEEN(TRUNC(p_to, 'MM'), TRUNC(p_from, 'MM')) + 1
      ),
      facts AS
      (
        SELECT /*+ FULL(p) PARALLEL(p 4) */ TRUNC(issue_date, 'MM') AS m, COUNT(*) AS cnt, SUM(annual_premium) AS premium
          FROM policy p
         WHERE issue_date >= TRUNC(p_from, 'MM')
           AND issue_date < ADD_MONTHS(TRUNC(p_to, 'MM'), 1)
           AND (p_branch_code IS NULL OR branch_code LIKE RTRIM(p_branch_code, '0') || '%')
         GROUP BY TRUNC(issue_date, 'MM')
      )
      SELECT m.m AS month_start,
             NVL(f.cnt, 0) AS policy_count,
             NVL(f.premium, 0) AS premium,
             ROUND((f.premium / NULLIF(LAG(f.premium) OVER (ORDER BY m.m), 0) - 1) * 100, 2) AS growth_pct,
             ROUND(AVG(NVL(f.premium, 0)) OVER (ORDER BY m.m ROWS BETWEEN 2 PRECEDING AND CURRENT ROW), 2) AS moving_avg,
             SUM(NVL(f.premium, 0)) OVER (PARTITION BY TRUNC(m.m, 'YYYY') ORDER BY m.m
                                          RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS ytd
        FROM months m
        LEFT JOIN facts f ON f.m = m.m
       ORDER BY m.m;
  BEGIN
    FOR r IN c_trend LOOP
      l_row.month_start  := r.month_start;
      l_row.policy_count := r.policy_count;
      l_row.premium      := r.premium;
      l_row.growth_pct   := r.growth_pct;
      l_row.moving_avg   := r.moving_avg;
      l_row.ytd          := r.ytd;
      PIPE ROW (l_row);
    END LOOP;
    RETURN;
  END monthly_trend;

  FUNCTION branch_ranking(p_date IN DATE, p_level IN NUMBER DEFAULT 2) RETURN t_branch_stat_tab PIPELINED
  IS
  BEGIN
    FOR r IN (
      SELECT b.branch_code, b.branch_name, b.branch_level,
             SUM(s.new_count) AS cnt, SUM(s.new_premium) AS prem,
             RATIO_TO_REPORT(SUM(s.new_premium)) OVER () AS share_of_all
        FROM (SELECT CONNECT_BY_ROOT branch_code AS root_code, branch_code
                FROM branch
               START WITH branch_level = p_level
             CONNECT BY PRIOR branch_code = parent_code) t,
             branch b,
             policy_stat_daily s
       WHERE b.branch_code = t.root_code
         AND s.branch_code (+) = t.branch_code
         AND s.stat_date (+) >= TRUNC(p_date, 'YYYY')
         AND s.stat_date (+) <= p_date
       GROUP BY b.branch_code, b.branch_name, b.branch_level
       ORDER BY prem DESC NULLS LAST)
    LOOP
      PIPE ROW (t_branch_stat(r.branch_code, r.branch_name, r.branch_level, NVL(r.cnt, 0), NVL(r.prem, 0), ROUND(r.share_of_all * 100, 4)));
    END LOOP;
  END branch_ranking;

  -- 调用: SELECT * FROM TABLE(pkg_report.top_agents(CURSOR(SELECT agent_id, SUM(annual_premium) FROM policy GROUP BY agent_id), 5))
  FUNCTION top_agents(p_cur IN SYS_REFCURSOR, p_n IN PLS_INTEGER DEFAULT 10) RETURN t_string_tab PIPELINED
  IS
    TYPE t_pair IS RECORD (agent_id NUMBER, amount NUMBER);
    TYPE t_pairs IS TABLE OF t_pair INDEX BY PLS_INTEGER;
    l_top  t_pairs;
    l_pair t_pair;

    -- 插入排序, 只留前 N
    PROCEDURE insert_sorted
    IS
      i PLS_INTEGER := l_top.COUNT;
    BEGIN
      WHILE i >= 1 AND NVL(l_top(i).amount, 0) < NVL(l_pair.amount, 0) LOOP
        l_top(i + 1) := l_top(i);
        i := i - 1;
      END LOOP;
      l_top(i + 1) := l_pair;
      IF l_top.COUNT > p_n THEN
        l_top.DELETE(p_n + 1, l_top.LAST);
      END IF;
    END insert_sorted;
  BEGIN
    LOOP
      FETCH p_cur INTO l_pair;
      EXIT WHEN p_cur%NOTFOUND;
      insert_sorted;
    END LOOP;
    CLOSE p_cur;
    FOR i IN 1 .. l_top.COUNT LOOP
      PIPE ROW (i || '. ' || pkg_agent.agent_name(l_top(i).agent_id) || ' ' || TO_CHAR(l_top(i).amount, 'FM999G999G990D00'));
    END LOOP;
    RETURN;
  END top_agents;

  FUNCTION product_matrix(p_year IN NUMBER) RETURN SYS_REFCURSOR
  IS
    l_cur SYS_REFCURSOR;
  BEGIN
    OPEN l_cur FOR
      SELECT *
        FROM (SELECT d.product_name, TO_CHAR(p.issue_date, 'Q') AS q, p.annual_premium, p.policy_id
                FROM policy p
                JOIN product d ON d.product_code = p.product_code
               WHERE EXTRACT(YEAR FROM p.issue_date) = p_year)
       PIVOT (SUM(annual_premium) AS prem, COUNT(policy_id) AS cnt
              FOR q IN ('1' AS q1, '2' AS q2, '3' AS q3, '4' AS q4))
       ORDER BY product_name;
    RETURN l_cur;
  END product_matrix;

  FUNCTION dynamic_matrix(p_year IN NUMBER, p_dimension IN VARCHAR2) RETURN SYS_REFCURSOR
  IS
    l_cur  SYS_REFCURSOR;
    l_in   VARCHAR2(4000);
    l_expr VARCHAR2(30);
  BEGIN
    l_expr := CASE UPPER(p_dimension)
                WHEN 'CHANNEL' THEN 'channel'
                WHEN 'STATUS' THEN 'status'
                WHEN 'MODE' THEN 'pay_mode'
              END;
    IF l_expr IS NULL THEN
      pkg_err.raise_error(pkg_err.c_invalid_argument, p_dimension);
    END IF;
    EXECUTE IMMEDIATE
      'SELECT LISTAGG(DBMS_ASSERT.ENQUOTE_LITERAL(v) || '' AS "'' || v || ''"'', '','') WITHIN GROUP (ORDER BY v)'
      || ' FROM (SELECT DISTINCT ' || l_expr || ' v FROM policy WHERE ' || l_expr || ' IS NOT NULL)'
      INTO l_in;
    OPEN l_cur FOR
      'SELECT * FROM (SELECT branch_code, ' || l_expr || ' dim, annual_premium FROM policy'
      || ' WHERE issue_date >= :f AND issue_date < :t) PIVOT (SUM(annual_premium) FOR dim IN (' || NVL(l_in, '''-''') || ')) ORDER BY 1'
      USING TO_DATE(p_year || '-01-01', 'YYYY-MM-DD'), TO_DATE(p_year + 1 || '-01-01', 'YYYY-MM-DD');
    RETURN l_cur;
  END dynamic_matrix;

  -- 三年滚动预测: 最近两年平均增长外推
  FUNCTION forecast(p_years IN PLS_INTEGER DEFAULT 3) RETURN t_forecast_tab
  IS
    l_rows t_forecast_tab;
  BEGIN
    SELECT lob, yr, ROUND(prem, 2)
      BULK COLLECT INTO l_rows
      FROM (SELECT d.line_of_business AS lob,
                   EXTRACT(YEAR FROM p.issue_date) - EXTRACT(YEAR FROM SYSDATE) AS yr,
                   SUM(p.annual_premium) AS prem
              FROM policy p, product d
             WHERE p.product_code = d.product_code
               AND p.issue_date >= ADD_MONTHS(TRUNC(SYSDATE, 'YYYY'), -36)
             GROUP BY d.line_of_business, EXTRACT(YEAR FROM p.issue_date) - EXTRACT(YEAR FROM SYSDATE))
     MODEL
       PARTITION BY (lob)
       DIMENSION BY (yr)
       MEASURES (prem)
       RULES UPSERT SEQUENTIAL ORDER
       (
         prem[FOR yr FROM 1 TO 3 INCREMENT 1] =
           NVL(prem[CV() - 1], 0) * (1 + LEAST(0.3, NVL(prem[-1], 0) / NULLIF(NVL(prem[-2], 0), 0) - 1))
       )
     ORDER BY lob, yr;
    -- 多算的年份删掉
    FOR i IN REVERSE 1 .. l_rows.COUNT LOOP
      IF l_rows(i).year_no > p_years THEN
        l_rows.DELETE(i);
      END IF;
    END LOOP;
    RETURN l_rows;
  END forecast;

  -- 连续三个月以上失效件数上升的机构
  FUNCTION lapse_streaks(p_from IN DATE) RETURN SYS_REFCURSOR
  IS
    l_cur SYS_REFCURSOR;
  BEGIN
    OPEN l_cur FOR
      SELECT branch_code, first_month, last_month, months_up, peak
        FROM (SELECT branch_code, TRUNC(stat_date, 'MM') AS m, SUM(lapse_count) AS lapses
                FROM policy_stat_daily
               WHERE stat_date >= p_from
               GROUP BY branch_code, TRUNC(stat_date, 'MM'))
       MATCH_RECOGNIZE (
         PARTITION BY branch_code
         ORDER BY m
         MEASURES FIRST(m) AS first_month,
                  LAST(up.m) AS last_month,
                  COUNT(up.m) AS months_up,
                  LAST(up.lapses) AS peak
         ONE ROW PER MATCH
         AFTER MATCH SKIP PAST LAST ROW
         PATTERN (strt up{3,})
         DEFINE up AS up.lapses > PREV(up.lapses)
       )
       ORDER BY months_up DESC, branch_code;
    RETURN l_cur;
  END lapse_streaks;

  FUNCTION age_distribution(p_product_code IN VARCHAR2 DEFAULT NULL) RETURN SYS_REFCURSOR
  IS
    l_cur SYS_REFCURSOR;
  BEGIN
    OPEN l_cur FOR
      SELECT WIDTH_BUCKET(MONTHS_BETWEEN(p.effective_date, i.birth_date) / 12, 0, 80, 8) AS bucket,
             COUNT(*) AS cnt,
             ROUND(AVG(p.sum_insured)) AS avg_si,
             MEDIAN(p.annual_premium) AS median_premium,
             PERCENTILE_CONT(0.9) WITHIN GROUP (ORDER BY p.annual_premium) AS p90,
             STDDEV(p.annual_premium) AS sd,
             NTILE(4) OVER (ORDER BY COUNT(*)) AS quartile
        FROM policy p
       INNER JOIN party i ON i.party_id = p.insured_id
       WHERE p.product_code = COALESCE(p_product_code, p.product_code)
         AND i.birth_date IS NOT NULL
       GROUP BY WIDTH_BUCKET(MONTHS_BETWEEN(p.effective_date, i.birth_date) / 12, 0, 80, 8)
       ORDER BY 1;
    RETURN l_cur;
  END age_distribution;

  FUNCTION channel_mix(p_from IN DATE, p_to IN DATE) RETURN SYS_REFCURSOR
  IS
    l_cur SYS_REFCURSOR;
  BEGIN
    OPEN l_cur FOR
      SELECT DECODE(GROUPING(d.line_of_business), 1, '全部', d.line_of_business) AS lob,
             CASE GROUPING(p.channel) WHEN 1 THEN '全部' ELSE NVL(p.channel, '未知') END AS channel,
             COUNT(*) AS cnt,
             SUM(p.annual_premium) AS premium
        FROM policy p, product d
       WHERE d.product_code = p.product_code
         AND p.issue_date BETWEEN p_from AND p_to
       GROUP BY CUBE (d.line_of_business, p.channel)
       ORDER BY GROUPING(d.line_of_business), 1, GROUPING(p.channel), 4 DESC;
    RETURN l_cur;
  END channel_mix;

  FUNCTION large_policies(p_page IN PLS_INTEGER, p_size IN PLS_INTEGER) RETURN SYS_REFCURSOR
  IS
    l_cur SYS_REFCURSOR;
  BEGIN
    OPEN l_cur FOR
      SELECT /*+ FIRST_ROWS(20) */ *
        FROM (SELECT x.*, ROWNUM AS rn
                FROM (SELECT policy_no, product_code, sum_insured, annual_premium
                        FROM policy
                       WHERE status = 'IF'
                       ORDER BY sum_insured DESC, policy_id) x
               WHERE ROWNUM <= p_page * p_size)
       WHERE rn > (p_page - 1) * p_size;
    RETURN l_cur;
  END large_policies;

  PROCEDURE fill_daily(p_date IN DATE)
  IS
  BEGIN
    DELETE FROM report_row WHERE report_code LIKE 'DAILY%';
    INSERT FIRST
      WHEN new_premium >= 1000000 THEN
        INTO report_row (report_code, row_no, label, amount1, amount2) VALUES ('DAILY_A', rn, branch_name, new_count, new_premium)
      WHEN new_premium > 0 THEN
        INTO report_row (report_code, row_no, label, amount1, amount2) VALUES ('DAILY_B', rn, branch_name, new_count, new_premium)
      ELSE
        INTO report_row (report_code, row_no, label, text1) VALUES ('DAILY_Z', rn, branch_name, '零业绩')
    SELECT b.branch_name, ROW_NUMBER() OVER (ORDER BY b.branch_code) AS rn,
           NVL(SUM(s.new_count), 0) AS new_count, NVL(SUM(s.new_premium), 0) AS new_premium
      FROM branch b
      LEFT JOIN policy_stat_daily s ON s.branch_code = b.branch_code AND s.stat_date = p_date
     WHERE b.status = 'A'
     GROUP BY b.branch_code, b.branch_name;
    pkg_log.debug(c_module, 'daily report rows: ' || SQL%ROWCOUNT);
  END fill_daily;

  PROCEDURE export_csv(p_query IN VARCHAR2, p_file_name IN VARCHAR2, p_rows OUT PLS_INTEGER)
  IS
    l_cur   INTEGER := DBMS_SQL.OPEN_CURSOR;
    l_desc  DBMS_SQL.DESC_TAB2;
    l_cols  INTEGER;
    l_dummy INTEGER;
    l_text  VARCHAR2(4000);
    l_date  DATE;
    l_num   NUMBER;
    l_file  UTL_FILE.FILE_TYPE;
    l_line  VARCHAR2(32767);

    FUNCTION quoted(p_text VARCHAR2) RETURN VARCHAR2
    IS
    BEGIN
      IF INSTR(p_text, ',') > 0 OR INSTR(p_text, '"') > 0 THEN
        RETURN '"' || REPLACE(p_text, '"', '""') || '"';
      END IF;
      RETURN p_text;
    END quoted;
  BEGIN
    DBMS_SQL.PARSE(l_cur, p_query, DBMS_SQL.NATIVE);
    DBMS_SQL.DESCRIBE_COLUMNS2(l_cur, l_cols, l_desc);
    FOR i IN 1 .. l_cols LOOP
      CASE l_desc(i).col_type
        WHEN 2 THEN DBMS_SQL.DEFINE_COLUMN(l_cur, i, l_num);
        WHEN 12 THEN DBMS_SQL.DEFINE_COLUMN(l_cur, i, l_date);
        ELSE DBMS_SQL.DEFINE_COLUMN(l_cur, i, l_text, 4000);
      END CASE;
      l_line := l_line || CASE WHEN i > 1 THEN ',' END || l_desc(i).col_name;
    END LOOP;

    l_file := UTL_FILE.FOPEN('INS_EXPORT_DIR', p_file_name, 'w', 32767);
    UTL_FILE.PUT_LINE(l_file, l_line);
    l_dummy := DBMS_SQL.EXECUTE(l_cur);
    p_rows := 0;
    WHILE DBMS_SQL.FETCH_ROWS(l_cur) > 0 LOOP
      l_line := NULL;
      FOR i IN 1 .. l_cols LOOP
        IF l_desc(i).col_type = 2 THEN
          DBMS_SQL.COLUMN_VALUE(l_cur, i, l_num);
          l_text := TO_CHAR(l_num);
        ELSIF l_desc(i).col_type = 12 THEN
          DBMS_SQL.COLUMN_VALUE(l_cur, i, l_date);
          l_text := TO_CHAR(l_date, 'YYYY-MM-DD HH24:MI:SS');
        ELSE
          DBMS_SQL.COLUMN_VALUE(l_cur, i, l_text);
        END IF;
        l_line := l_line || CASE WHEN i > 1 THEN ',' END || quoted(l_text);
      END LOOP;
      UTL_FILE.PUT_LINE(l_file, l_line);
      p_rows := p_rows + 1;
    END LOOP;
    UTL_FILE.FCLOSE(l_file);
    DBMS_SQL.CLOSE_CURSOR(l_cur);
  EXCEPTION
    WHEN OTHERS THEN
      IF DBMS_SQL.IS_OPEN(l_cur) THEN
        DBMS_SQL.CLOSE_CURSOR(l_cur);
      END IF;
      IF UTL_FILE.IS_OPEN(l_file) THEN
        UTL_FILE.FCLOSE(l_file);
      END IF;
      pkg_err.reraise(c_module, p_file_name);
  END export_csv;

  PROCEDURE print_cursor(p_cur IN OUT SYS_REFCURSOR, p_max IN PLS_INTEGER DEFAULT 50)
  IS
    l_cur  INTEGER;
    l_cols INTEGER;
    l_desc DBMS_SQL.DESC_TAB;
    l_text VARCHAR2(4000);
    l_n    PLS_INTEGER := 0;
  BEGIN
    l_cur := DBMS_SQL.TO_CURSOR_NUMBER(p_cur);
    DBMS_SQL.DESCRIBE_COLUMNS(l_cur, l_cols, l_desc);
    FOR i IN 1 .. l_cols LOOP
      DBMS_SQL.DEFINE_COLUMN(l_cur, i, l_text, 4000);
    END LOOP;
    WHILE l_n < p_max AND DBMS_SQL.FETCH_ROWS(l_cur) > 0 LOOP
      l_n := l_n + 1;
      FOR i IN 1 .. l_cols LOOP
        DBMS_SQL.COLUMN_VALUE(l_cur, i, l_text);
        DBMS_OUTPUT.PUT(RPAD(NVL(l_text, '-'), 20));
      END LOOP;
      DBMS_OUTPUT.NEW_LINE;
    END LOOP;
    DBMS_SQL.CLOSE_CURSOR(l_cur);
  END print_cursor;

  FUNCTION html_table(p_cur IN SYS_REFCURSOR) RETURN CLOB
  IS
    l_ctx  DBMS_XMLGEN.CTXHANDLE;
    l_xml  XMLTYPE;
    l_html CLOB;
  BEGIN
    l_ctx := DBMS_XMLGEN.NEWCONTEXT(p_cur);
    DBMS_XMLGEN.SETNULLHANDLING(l_ctx, DBMS_XMLGEN.EMPTY_TAG);
    l_xml := DBMS_XMLGEN.GETXMLTYPE(l_ctx);
    DBMS_XMLGEN.CLOSECONTEXT(l_ctx);
    IF l_xml IS NULL THEN
      RETURN TO_CLOB('<p>无数据</p>');
    END IF;
    SELECT XMLTRANSFORM(l_xml, XMLTYPE(
             q'~<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"><xsl:template match="/ROWSET"><table><xsl:for-each select="ROW"><tr><xsl:for-each select="*"><td><xsl:value-of select="."/></td></xsl:for-each></tr></xsl:for-each></table></xsl:template></xsl:stylesheet>~')).getClobVal()
      INTO l_html
      FROM dual;
    RETURN l_html;
  END html_table;

  -- 前十大保单占比 (HHI 用)
  FUNCTION concentration(p_date IN DATE DEFAULT SYSDATE) RETURN NUMBER
  IS
    l_share NUMBER;
  BEGIN
    SELECT ROUND(SUM(CASE WHEN rk <= 10 THEN sum_insured END) / NULLIF(SUM(sum_insured), 0) * 100, 2)
      INTO l_share
      FROM (SELECT sum_insured, RANK() OVER (ORDER BY sum_insured DESC) AS rk
              FROM policy
             WHERE p_date BETWEEN effective_date AND NVL(expiry_date, p_date)
               AND status = 'IF');
    RETURN l_share;
  END concentration;
END pkg_report;
/
