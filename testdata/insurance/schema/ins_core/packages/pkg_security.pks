CREATE OR REPLACE PACKAGE ins_core.pkg_security
AS
  FUNCTION login(p_user_id IN VARCHAR2, p_password IN VARCHAR2) RETURN BOOLEAN;
  PROCEDURE logout;
  PROCEDURE create_user(p_user_id IN VARCHAR2, p_user_name IN VARCHAR2, p_branch_code IN VARCHAR2, p_password IN VARCHAR2);
  PROCEDURE set_password(p_user_id IN VARCHAR2, p_password IN VARCHAR2);
  PROCEDURE unlock_user(p_user_id IN VARCHAR2);
  PROCEDURE grant_role(p_user_id IN VARCHAR2, p_role_code IN VARCHAR2);
  PROCEDURE revoke_role(p_user_id IN VARCHAR2, p_role_code IN VARCHAR2);
  FUNCTION has_function(p_user_id IN VARCHAR2, p_function IN VARCHAR2) RETURN BOOLEAN;
  PROCEDURE require_function(p_function IN VARCHAR2);
  -- VPD
  FUNCTION branch_predicate(p_schema IN VARCHAR2, p_object IN VARCHAR2) RETURN VARCHAR2;
  FUNCTION encrypt(p_text IN VARCHAR2) RETURN RAW;
  FUNCTION decrypt(p_data IN RAW) RETURN VARCHAR2;
END pkg_security;
/
