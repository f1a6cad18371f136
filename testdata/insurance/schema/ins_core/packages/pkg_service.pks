CREATE OR REPLACE PACKAGE ins_core.pkg_service
AS
  -- 客户服务: 新单回访, 投诉, 咨询
  FUNCTION open_request(p_party_id IN NUMBER, p_type IN VARCHAR2, p_content IN VARCHAR2, p_policy_id IN NUMBER DEFAULT NULL) RETURN service_request.request_id%TYPE;
  PROCEDURE create_callbacks(p_date IN DATE DEFAULT TRUNC(SYSDATE) - 1, p_created OUT PLS_INTEGER);
  PROCEDURE assign_requests(p_handlers IN t_string_tab);
  PROCEDURE close_request(p_request_id IN NUMBER, p_answer IN VARCHAR2);
  PROCEDURE raise_overdue;
  FUNCTION satisfaction(p_from IN DATE, p_to IN DATE) RETURN NUMBER;
END pkg_service;
/
