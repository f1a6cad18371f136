CREATE OR REPLACE PACKAGE BODY ins_core.pkg_util_date
AS
  c_weekend CONSTANT VARCHAR2(20) := 'SAT,SUN';

  FUNCTION business_day_flag(p_date IN DATE) RETURN VARCHAR2
  RESULT_CACHE
  IS
    l_flag calendar_day.is_business_day%TYPE;
  BEGIN
    SELECT is_business_day
      INTO l_flag
      FROM calendar_day
     WHERE cal_date = TRUNC(p_date);
    RETURN l_flag;
  EXCEPTION
    WHEN NO_DATA_FOUND THEN
      -- 日历未维护时按周末判断
      RETURN CASE
               WHEN INSTR(c_weekend, TO_CHAR(p_date, 'DY', 'NLS_DATE_LANGUAGE=AMERICAN')) > 0 THEN 'N'
               ELSE 'Y'
             END;
  END business_day_flag;

  FUNCTION is_business_day(p_date IN DATE) RETURN BOOLEAN
  IS
  BEGIN
    RETURN business_day_flag(TRUNC(p_date)) = 'Y';
  END is_business_day;

  FUNCTION next_business_day(p_date IN DATE, p_include_self IN VARCHAR2 DEFAULT 'N') RETURN DATE
  IS
    l_date DATE := TRUNC(p_date);
  BEGIN
    IF p_include_self = 'N' THEN
      l_date := l_date + 1;
    END IF;
    WHILE NOT is_business_day(l_date)
    LOOP
      l_date := l_date + 1;
    END LOOP;
    RETURN l_date;
  END next_business_day;

  FUNCTION prev_business_day(p_date IN DATE) RETURN DATE
  IS
    l_date DATE := TRUNC(p_date);
  BEGIN
    LOOP
      l_date := l_date - 1;
      EXIT WHEN is_business_day(l_date);
    END LOOP;
    RETURN l_date;
  END prev_business_day;

  FUNCTION add_business_days(p_date IN DATE, p_days IN PLS_INTEGER) RETURN DATE
  IS
    l_date DATE        := TRUNC(p_date);
    l_left PLS_INTEGER := ABS(p_days);
    l_step PLS_INTEGER := SIGN(p_days);
  BEGIN
    WHILE l_left > 0 LOOP
      l_date := l_date + l_step;
      CONTINUE WHEN NOT is_business_day(l_date);
      l_left := l_left - 1;
    END LOOP;
    RETURN l_date;
  END add_business_days;

  FUNCTION business_days_between(p_from IN DATE, p_to IN DATE) RETURN PLS_INTEGER
  IS
    l_count PLS_INTEGER;
  BEGIN
    IF p_to < p_from THEN
      RETURN -business_days_between(p_to, p_from);
    END IF;
    SELECT COUNT(*)
      INTO l_count
      FROM calendar_day
     WHERE cal_date > TRUNC(p_from)
       AND cal_date <= TRUNC(p_to)
       AND is_business_day = 'Y';
    RETURN l_count;
  END business_days_between;

  FUNCTION month_start(p_date IN DATE DEFAULT SYSDATE) RETURN DATE DETERMINISTIC
  IS
  BEGIN
    RETURN TRUNC(p_date, 'MM');
  END month_start;

  FUNCTION month_end(p_date IN DATE DEFAULT SYSDATE) RETURN DATE DETERMINISTIC
  IS
  BEGIN
    RETURN TRUNC(LAST_DAY(p_date));
  END month_end;

  FUNCTION quarter_end(p_date IN DATE) RETURN DATE DETERMINISTIC
  IS
  BEGIN
    RETURN ADD_MONTHS(TRUNC(p_date, 'Q'), 3) - 1;
  END quarter_end;

  FUNCTION age_at(p_birth IN DATE, p_on IN DATE DEFAULT SYSDATE) RETURN PLS_INTEGER
  IS
  BEGIN
    IF p_birth IS NULL OR p_birth > p_on THEN
      RETURN NULL;
    END IF;
    -- 周岁
    RETURN FLOOR(MONTHS_BETWEEN(TRUNC(p_on), TRUNC(p_birth)) / 12);
  END age_at;

  FUNCTION days_in_year(p_date IN DATE) RETURN PLS_INTEGER DETERMINISTIC
  IS
  BEGIN
    RETURN ADD_MONTHS(TRUNC(p_date, 'YYYY'), 12) - TRUNC(p_date, 'YYYY');
  END days_in_year;

  FUNCTION overlap_days(p_from1 IN DATE, p_to1 IN DATE, p_from2 IN DATE, p_to2 IN DATE)
    RETURN NUMBER DETERMINISTIC
  IS
  BEGIN
    RETURN GREATEST(0, LEAST(NVL(p_to1, pkg_const.c_far_future), NVL(p_to2, pkg_const.c_far_future))
                       - GREATEST(p_from1, p_from2) + 1);
  END overlap_days;

  FUNCTION fiscal_year(p_date IN DATE) RETURN calendar_day.fiscal_year%TYPE
  IS
    l_year calendar_day.fiscal_year%TYPE;
  BEGIN
    SELECT MAX(fiscal_year) INTO l_year FROM calendar_day WHERE cal_date = TRUNC(p_date);
    RETURN NVL(l_year, EXTRACT(YEAR FROM p_date));
  END fiscal_year;

  FUNCTION fiscal_period(p_date IN DATE) RETURN calendar_day.fiscal_period%TYPE
  IS
    l_period calendar_day.fiscal_period%TYPE;
  BEGIN
    SELECT MAX(fiscal_period) INTO l_period FROM calendar_day WHERE cal_date = TRUNC(p_date);
    RETURN NVL(l_period, TO_NUMBER(TO_CHAR(p_date, 'MM')));
  END fiscal_period;

  FUNCTION to_cn_date(p_date IN DATE) RETURN VARCHAR2 DETERMINISTIC
  IS
  BEGIN
    RETURN TO_CHAR(p_date, 'YYYY"年"FMMM"月"DD"日"');
  END to_cn_date;

  FUNCTION add_term(p_start IN DATE, p_term_type IN VARCHAR2, p_term_value IN NUMBER)
    RETURN DATE DETERMINISTIC
  IS
  BEGIN
    RETURN CASE p_term_type
             WHEN 'Y' THEN ADD_MONTHS(p_start, 12 * p_term_value)
             WHEN 'M' THEN ADD_MONTHS(p_start, p_term_value)
             WHEN 'D' THEN p_start + p_term_value
             WHEN 'L' THEN NULL
             ELSE ADD_MONTHS(p_start, 12)
           END;
  END add_term;

  FUNCTION next_due_date(p_effective IN DATE, p_pay_mode IN VARCHAR2, p_after IN DATE) RETURN DATE
  IS
    l_months PLS_INTEGER;
    l_n      PLS_INTEGER;
  BEGIN
    l_months := CASE p_pay_mode WHEN 'M' THEN 1 WHEN 'Q' THEN 3 WHEN 'H' THEN 6 WHEN 'Y' THEN 12 END;
    IF l_months IS NULL THEN
      RETURN NULL;   -- 趸缴
    END IF;
    l_n := GREATEST(FLOOR(MONTHS_BETWEEN(p_after, p_effective) / l_months) + 1, 1);
    RETURN ADD_MONTHS(p_effective, l_n * l_months);
  END next_due_date;

  PROCEDURE build_calendar(p_year IN PLS_INTEGER)
  IS
    l_first DATE := TO_DATE(p_year || '0101', 'YYYYMMDD');
  BEGIN
    MERGE INTO calendar_day c
    USING (SELECT l_first + LEVEL - 1 AS d
             FROM dual
          CONNECT BY LEVEL <= ADD_MONTHS(l_first, 12) - l_first) s
       ON (c.cal_date = s.d)
     WHEN MATCHED THEN UPDATE
      SET c.fiscal_year = p_year
     WHEN NOT MATCHED THEN INSERT (cal_date, is_business_day, fiscal_year, fiscal_period)
   VALUES (s.d,
           CASE WHEN TO_CHAR(s.d, 'DY', 'NLS_DATE_LANGUAGE=AMERICAN') IN ('SAT', 'SUN') THEN 'N' ELSE 'Y' END,
           p_year,
           EXTRACT(MONTH FROM s.d));
    pkg_log.info('PKG_UTIL_DATE', 'calendar ' || p_year || ': ' || SQL%ROWCOUNT || ' rows');
  END build_calendar;
END pkg_util_date;
/
