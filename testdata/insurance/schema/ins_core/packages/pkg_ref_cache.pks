CREATE OR REPLACE PACKAGE ins_core.pkg_ref_cache
AS
  /*  参考数据缓存: 会话级, 首次访问时装载, 之后全部走内存
      修改代码表后调用 refresh; 其他会话通过 SYS_PARAMETER 'REF_CACHE_STAMP' 感知  */
  SUBTYPE t_key IS VARCHAR2(60);

  TYPE t_code_rec IS RECORD
  (
    code_name    ref_code.code_name%TYPE,
    name_en      ref_code.name_en%TYPE,
    parent_value ref_code.parent_value%TYPE,
    sort_no      PLS_INTEGER := 0,
    is_active    BOOLEAN     := TRUE
  );

  TYPE t_code_map  IS TABLE OF t_code_rec INDEX BY ref_code.code_value%TYPE;
  TYPE t_type_map  IS TABLE OF t_code_map INDEX BY ref_code.code_type%TYPE;
  TYPE t_param_map IS TABLE OF sys_parameter%ROWTYPE INDEX BY sys_parameter.param_name%TYPE;

  -- 代码
  FUNCTION code_name(p_type IN ref_code.code_type%TYPE, p_value IN VARCHAR2, p_strict IN BOOLEAN DEFAULT FALSE) RETURN VARCHAR2;
  FUNCTION code_exists(p_type IN VARCHAR2, p_value IN VARCHAR2) RETURN BOOLEAN;
  FUNCTION code_of_name(p_type IN VARCHAR2, p_name IN VARCHAR2) RETURN VARCHAR2;
  FUNCTION codes(p_type IN VARCHAR2) RETURN t_string_tab;
  FUNCTION children(p_type IN VARCHAR2, p_parent IN VARCHAR2) RETURN t_string_tab;
  -- SQL 可用
  FUNCTION name_of(p_type IN VARCHAR2, p_value IN VARCHAR2) RETURN VARCHAR2 RESULT_CACHE;

  -- 参数, 按类型重载
  FUNCTION param(p_name IN VARCHAR2, p_default IN VARCHAR2 DEFAULT NULL) RETURN VARCHAR2;
  FUNCTION param_number(p_name IN VARCHAR2, p_default IN NUMBER DEFAULT NULL) RETURN NUMBER;
  FUNCTION param_date(p_name IN VARCHAR2, p_default IN DATE DEFAULT NULL) RETURN DATE;
  FUNCTION param_flag(p_name IN VARCHAR2) RETURN BOOLEAN;
  PROCEDURE set_param(p_name IN VARCHAR2, p_value IN VARCHAR2);
  PROCEDURE set_param(p_name IN VARCHAR2, p_value IN NUMBER);
  PROCEDURE set_param(p_name IN VARCHAR2, p_value IN DATE);

  -- 汇率
  FUNCTION exchange_rate(p_from IN VARCHAR2, p_to IN VARCHAR2, p_date IN DATE DEFAULT SYSDATE, p_type IN VARCHAR2 DEFAULT 'M') RETURN NUMBER;
  FUNCTION convert_amount(p_amount IN NUMBER, p_from IN VARCHAR2, p_to IN VARCHAR2, p_date IN DATE DEFAULT SYSDATE) RETURN NUMBER;

  -- 机构
  FUNCTION branch_name(p_branch_code IN VARCHAR2) RETURN VARCHAR2;
  FUNCTION branch_path(p_branch_code IN VARCHAR2) RETURN VARCHAR2;

  PROCEDURE refresh;
  PROCEDURE dump_stats;
END pkg_ref_cache;
/
