CREATE OR REPLACE PACKAGE ins_fin.pkg_bordereau
AUTHID CURRENT_USER
AS
  FUNCTION  quarter_of (p_date IN DATE) RETURN VARCHAR2 DETERMINISTIC;
  FUNCTION  build (p_treaty IN VARCHAR2, p_reinsurer IN VARCHAR2, p_quarter IN VARCHAR2) RETURN ri_bordereau.bordereau_id%TYPE;
  PROCEDURE build_all (p_quarter IN VARCHAR2, p_built OUT PLS_INTEGER);
  FUNCTION  rows_of (p_bordereau_id IN NUMBER) RETURN t_bordereau_tab PIPELINED;
  FUNCTION  rows_from (p_cur IN SYS_REFCURSOR) RETURN t_bordereau_tab PIPELINED;
  PROCEDURE write_content (p_bordereau_id IN NUMBER);
  PROCEDURE settle (p_bordereau_id IN NUMBER);
  FUNCTION  profit_commission (p_treaty IN VARCHAR2, p_year IN NUMBER) RETURN NUMBER;
  PROCEDURE statement (p_reinsurer IN VARCHAR2, p_quarter IN VARCHAR2, p_cur OUT SYS_REFCURSOR);
END pkg_bordereau;
/
