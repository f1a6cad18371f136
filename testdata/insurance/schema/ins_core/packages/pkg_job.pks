CREATE OR REPLACE PACKAGE ins_core.pkg_job
AS
  PROCEDURE nightly;
  PROCEDURE month_end(p_month IN DATE DEFAULT ADD_MONTHS(TRUNC(SYSDATE, 'MM'), -1));
  FUNCTION last_success(p_job_name IN VARCHAR2) RETURN DATE;
  PROCEDURE submit_async(p_plsql IN VARCHAR2, p_job_no OUT NUMBER);
  PROCEDURE gather_stats(p_table IN VARCHAR2 DEFAULT NULL);
END pkg_job;
/
