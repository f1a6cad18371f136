CREATE OR REPLACE PACKAGE BODY ins_core.pkg_err
AS
  TYPE t_messages IS TABLE OF VARCHAR2(400) INDEX BY PLS_INTEGER;
  g_messages t_messages;

  FUNCTION message_of(p_code IN PLS_INTEGER) RETURN VARCHAR2
  IS
  BEGIN
    IF g_messages.EXISTS(p_code) THEN
      RETURN g_messages(p_code);
    END IF;
    RETURN 'error ' || p_code;
  END message_of;

  PROCEDURE raise_error(p_code IN PLS_INTEGER,
                        p_arg1 IN VARCHAR2 DEFAULT NULL,
                        p_arg2 IN VARCHAR2 DEFAULT NULL,
                        p_arg3 IN VARCHAR2 DEFAULT NULL)
  IS
    l_text VARCHAR2(2000);
  BEGIN
    l_text := message_of(p_code);
    l_text := REPLACE(l_text, '%1', p_arg1);
    l_text := REPLACE(l_text, '%2', p_arg2);
    l_text := REPLACE(l_text, '%3', p_arg3);
    RAISE_APPLICATION_ERROR(p_code, l_text);
  END raise_error;

  PROCEDURE raise_if(p_condition IN BOOLEAN,
                     p_code      IN PLS_INTEGER,
                     p_arg1      IN VARCHAR2 DEFAULT NULL)
  IS
  BEGIN
    IF p_condition THEN
      raise_error(p_code, p_arg1);
    END IF;
  END raise_if;

  FUNCTION current_error RETURN VARCHAR2
  IS
  BEGIN
    RETURN SUBSTRB(DBMS_UTILITY.FORMAT_ERROR_STACK
                   || CHR(10)
                   || DBMS_UTILITY.FORMAT_ERROR_BACKTRACE, 1, 4000);
  END current_error;

  FUNCTION is_business_error(p_sqlcode IN PLS_INTEGER) RETURN BOOLEAN
  IS
  BEGIN
    RETURN p_sqlcode BETWEEN -20999 AND -20000;
  END is_business_error;

  PROCEDURE reraise(p_module IN VARCHAR2, p_ref_id IN VARCHAR2 DEFAULT NULL)
  IS
    l_code PLS_INTEGER    := SQLCODE;
    l_text VARCHAR2(2000) := SUBSTR(SQLERRM, 1, 1500);
  BEGIN
    IF NOT is_business_error(l_code) THEN
      pkg_log.error(p_module, current_error, p_ref_id);
      RAISE_APPLICATION_ERROR(-20999, '[' || p_module || '] ' || l_text, TRUE);
    ELSE
      pkg_log.warn(p_module, l_text, p_ref_id);
      -- strip the leading "ORA-20xxx: " so that it does not pile up
      RAISE_APPLICATION_ERROR(l_code, REGEXP_REPLACE(l_text, '^ORA-\d{5}: '), TRUE);
    END IF;
  END reraise;

BEGIN
  g_messages(c_invalid_argument)   := '参数无效: %1';
  g_messages(c_party_not_found)    := '客户不存在: %1';
  g_messages(c_party_duplicate)    := '客户重复: 证件 %1 已登记为客户 %2';
  g_messages(c_party_blacklisted)  := '客户 %1 在黑名单中';
  g_messages(c_invalid_id_no)      := '证件号码不合法: %1';
  g_messages(c_branch_not_found)   := '机构不存在或已撤销: %1';
  g_messages(c_code_not_found)     := '代码不存在: %1/%2';
  g_messages(c_product_not_found)  := '产品不存在: %1';
  g_messages(c_product_withdrawn)  := '产品 %1 已停售 (%2)';
  g_messages(c_coverage_not_found) := '险种责任不存在: %1';
  g_messages(c_rate_not_found)     := '费率不存在: 产品 %1 键 %2';
  g_messages(c_formula_error)      := '公式 %1 计算错误: %2';
  g_messages(c_age_out_of_range)   := '投保年龄 %1 超出范围 %2-%3';
  g_messages(c_si_out_of_range)    := '保额 %1 超出范围 %2-%3';
  g_messages(c_policy_not_found)   := '保单不存在: %1';
  g_messages(c_policy_status)      := '保单 %1 状态 %2 不允许此操作';
  g_messages(c_policy_version)     := '保单 %1 已被他人修改';
  g_messages(c_uw_declined)        := '核保拒保: %1';
  g_messages(c_uw_pending)         := '核保未完成: %1';
  g_messages(c_agent_not_found)    := '代理人不存在: %1';
  g_messages(c_agent_cycle)        := '代理人 %1 的上级关系成环';
  g_messages(c_benef_share)        := '受益比例合计应为100%, 实际 %1';
  g_messages(c_claim_not_found)    := '赔案不存在: %1';
  g_messages(c_claim_status)       := '赔案 %1 状态 %2 不允许此操作';
  g_messages(c_claim_over_limit)   := '赔付金额 %1 超过限额 %2';
  g_messages(c_period_closed)      := '会计期间 %1 已关闭';
  g_messages(c_unbalanced)         := '凭证 %1 借贷不平, 差额 %2';
  g_messages(c_payment_failed)     := '支付失败: %1';
  g_messages(c_treaty_not_found)   := '再保合约不存在: %1';
  g_messages(c_resource_busy)      := '记录正被他人处理: %1';
  g_messages(c_not_authorised)     := '没有权限: %1';
  g_messages(c_parameter_missing)  := '系统参数未配置: %1';
  g_messages(c_import_failed)      := '导入失败: %1';
END pkg_err;
/
