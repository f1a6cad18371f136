CREATE OR REPLACE PACKAGE ins_core.pkg_util_date
AS
  FUNCTION is_business_day(p_date IN DATE) RETURN BOOLEAN;
  -- SQL 里用的版本, 返回 Y/N
  FUNCTION business_day_flag(p_date IN DATE) RETURN VARCHAR2 RESULT_CACHE;
  FUNCTION next_business_day(p_date IN DATE, p_include_self IN VARCHAR2 DEFAULT 'N') RETURN DATE;
  FUNCTION prev_business_day(p_date IN DATE) RETURN DATE;
  FUNCTION add_business_days(p_date IN DATE, p_days IN PLS_INTEGER) RETURN DATE;
  FUNCTION business_days_between(p_from IN DATE, p_to IN DATE) RETURN PLS_INTEGER;
  FUNCTION month_start(p_date IN DATE DEFAULT SYSDATE) RETURN DATE DETERMINISTIC;
  FUNCTION month_end(p_date IN DATE DEFAULT SYSDATE) RETURN DATE DETERMINISTIC;
  FUNCTION quarter_end(p_date IN DATE) RETURN DATE DETERMINISTIC;
  FUNCTION age_at(p_birth IN DATE, p_on IN DATE DEFAULT SYSDATE) RETURN PLS_INTEGER;
  FUNCTION days_in_year(p_date IN DATE) RETURN PLS_INTEGER DETERMINISTIC;
  FUNCTION overlap_days(p_from1 IN DATE, p_to1 IN DATE, p_from2 IN DATE, p_to2 IN DATE) RETURN NUMBER DETERMINISTIC;
  FUNCTION fiscal_year(p_date IN DATE) RETURN calendar_day.fiscal_year%TYPE;
  FUNCTION fiscal_period(p_date IN DATE) RETURN calendar_day.fiscal_period%TYPE;
  FUNCTION to_cn_date(p_date IN DATE) RETURN VARCHAR2 DETERMINISTIC;
  FUNCTION add_term(p_start IN DATE, p_term_type IN VARCHAR2, p_term_value IN NUMBER) RETURN DATE DETERMINISTIC;
  FUNCTION next_due_date(p_effective IN DATE, p_pay_mode IN VARCHAR2, p_after IN DATE) RETURN DATE;
  PROCEDURE build_calendar(p_year IN PLS_INTEGER);
END pkg_util_date;
/
