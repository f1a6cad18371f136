CREATE OR REPLACE PACKAGE ins_core.pkg_context
AS
  -- 应用上下文 INS_CTX 的唯一入口
  c_namespace CONSTANT VARCHAR2(30) := 'INS_CTX';

  PROCEDURE set_user(p_user_id IN VARCHAR2, p_branch_code IN VARCHAR2, p_client_id IN VARCHAR2 DEFAULT NULL);
  PROCEDURE set_attr(p_name IN VARCHAR2, p_value IN VARCHAR2);
  PROCEDURE clear_all;

  FUNCTION get_attr(p_name IN VARCHAR2) RETURN VARCHAR2;
  FUNCTION get_user RETURN VARCHAR2;
  FUNCTION get_branch RETURN branch.branch_code%TYPE;
  FUNCTION get_locale RETURN VARCHAR2;

  -- 营业日: 批处理跑批时可以与系统日期不同
  PROCEDURE set_business_date(p_date IN DATE);
  FUNCTION business_date RETURN DATE;

  PROCEDURE set_batch(p_on IN BOOLEAN);
  FUNCTION is_batch RETURN BOOLEAN;
END pkg_context;
/
