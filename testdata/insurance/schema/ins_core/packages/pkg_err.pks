CREATE OR REPLACE PACKAGE ins_core.pkg_err
AS
  /* 错误码分段:
       -20001..-20099 客户/基础    -20100..-20199 产品/费率
       -20200..-20299 保单/核保    -20300..-20399 理赔
       -20400..-20499 财务/再保    -20900..-20999 系统            */
  c_invalid_argument     CONSTANT PLS_INTEGER := -20001;
  c_party_not_found      CONSTANT PLS_INTEGER := -20002;
  c_party_duplicate      CONSTANT PLS_INTEGER := -20003;
  c_party_blacklisted    CONSTANT PLS_INTEGER := -20004;
  c_invalid_id_no        CONSTANT PLS_INTEGER := -20005;
  c_branch_not_found     CONSTANT PLS_INTEGER := -20010;
  c_code_not_found       CONSTANT PLS_INTEGER := -20011;
  c_product_not_found    CONSTANT PLS_INTEGER := -20100;
  c_product_withdrawn    CONSTANT PLS_INTEGER := -20101;
  c_coverage_not_found   CONSTANT PLS_INTEGER := -20102;
  c_rate_not_found       CONSTANT PLS_INTEGER := -20110;
  c_formula_error        CONSTANT PLS_INTEGER := -20111;
  c_age_out_of_range     CONSTANT PLS_INTEGER := -20112;
  c_si_out_of_range      CONSTANT PLS_INTEGER := -20113;
  c_policy_not_found     CONSTANT PLS_INTEGER := -20200;
  c_policy_status        CONSTANT PLS_INTEGER := -20201;
  c_policy_version       CONSTANT PLS_INTEGER := -20202;
  c_uw_declined          CONSTANT PLS_INTEGER := -20210;
  c_uw_pending           CONSTANT PLS_INTEGER := -20211;
  c_agent_not_found      CONSTANT PLS_INTEGER := -20220;
  c_agent_cycle          CONSTANT PLS_INTEGER := -20221;
  c_benef_share          CONSTANT PLS_INTEGER := -20230;
  c_claim_not_found      CONSTANT PLS_INTEGER := -20300;
  c_claim_status         CONSTANT PLS_INTEGER := -20301;
  c_claim_over_limit     CONSTANT PLS_INTEGER := -20302;
  c_period_closed        CONSTANT PLS_INTEGER := -20400;
  c_unbalanced           CONSTANT PLS_INTEGER := -20401;
  c_payment_failed       CONSTANT PLS_INTEGER := -20402;
  c_treaty_not_found     CONSTANT PLS_INTEGER := -20410;
  c_resource_busy        CONSTANT PLS_INTEGER := -20900;
  c_not_authorised       CONSTANT PLS_INTEGER := -20901;
  c_parameter_missing    CONSTANT PLS_INTEGER := -20902;
  c_import_failed        CONSTANT PLS_INTEGER := -20903;

  e_invalid_argument     EXCEPTION;
  e_party_not_found      EXCEPTION;
  e_party_duplicate      EXCEPTION;
  e_party_blacklisted    EXCEPTION;
  e_invalid_id_no        EXCEPTION;
  e_branch_not_found     EXCEPTION;
  e_code_not_found       EXCEPTION;
  e_product_not_found    EXCEPTION;
  e_product_withdrawn    EXCEPTION;
  e_coverage_not_found   EXCEPTION;
  e_rate_not_found       EXCEPTION;
  e_formula_error        EXCEPTION;
  e_age_out_of_range     EXCEPTION;
  e_si_out_of_range      EXCEPTION;
  e_policy_not_found     EXCEPTION;
  e_policy_status        EXCEPTION;
  e_policy_version       EXCEPTION;
  e_uw_declined          EXCEPTION;
  e_uw_pending           EXCEPTION;
  e_agent_not_found      EXCEPTION;
  e_agent_cycle          EXCEPTION;
  e_benef_share          EXCEPTION;
  e_claim_not_found      EXCEPTION;
  e_claim_status         EXCEPTION;
  e_claim_over_limit     EXCEPTION;
  e_period_closed        EXCEPTION;
  e_unbalanced           EXCEPTION;
  e_payment_failed       EXCEPTION;
  e_treaty_not_found     EXCEPTION;
  e_resource_busy        EXCEPTION;
  e_not_authorised       EXCEPTION;
  e_parameter_missing    EXCEPTION;
  e_import_failed        EXCEPTION;
  -- Oracle 自带错误
  e_row_locked           EXCEPTION;
  e_bulk_errors          EXCEPTION;
  e_child_found          EXCEPTION;
  e_parent_missing       EXCEPTION;
  e_snapshot_too_old     EXCEPTION;

  PRAGMA EXCEPTION_INIT(e_invalid_argument,   -20001);
  PRAGMA EXCEPTION_INIT(e_party_not_found,    -20002);
  PRAGMA EXCEPTION_INIT(e_party_duplicate,    -20003);
  PRAGMA EXCEPTION_INIT(e_party_blacklisted,  -20004);
  PRAGMA EXCEPTION_INIT(e_invalid_id_no,      -20005);
  PRAGMA EXCEPTION_INIT(e_branch_not_found,   -20010);
  PRAGMA EXCEPTION_INIT(e_code_not_found,     -20011);
  PRAGMA EXCEPTION_INIT(e_product_not_found,  -20100);
  PRAGMA EXCEPTION_INIT(e_product_withdrawn,  -20101);
  PRAGMA EXCEPTION_INIT(e_coverage_not_found, -20102);
  PRAGMA EXCEPTION_INIT(e_rate_not_found,     -20110);
  PRAGMA EXCEPTION_INIT(e_formula_error,      -20111);
  PRAGMA EXCEPTION_INIT(e_age_out_of_range,   -20112);
  PRAGMA EXCEPTION_INIT(e_si_out_of_range,    -20113);
  PRAGMA EXCEPTION_INIT(e_policy_not_found,   -20200);
  PRAGMA EXCEPTION_INIT(e_policy_status,      -20201);
  PRAGMA EXCEPTION_INIT(e_policy_version,     -20202);
  PRAGMA EXCEPTION_INIT(e_uw_declined,        -20210);
  PRAGMA EXCEPTION_INIT(e_uw_pending,         -20211);
  PRAGMA EXCEPTION_INIT(e_agent_not_found,    -20220);
  PRAGMA EXCEPTION_INIT(e_agent_cycle,        -20221);
  PRAGMA EXCEPTION_INIT(e_benef_share,        -20230);
  PRAGMA EXCEPTION_INIT(e_claim_not_found,    -20300);
  PRAGMA EXCEPTION_INIT(e_claim_status,       -20301);
  PRAGMA EXCEPTION_INIT(e_claim_over_limit,   -20302);
  PRAGMA EXCEPTION_INIT(e_period_closed,      -20400);
  PRAGMA EXCEPTION_INIT(e_unbalanced,         -20401);
  PRAGMA EXCEPTION_INIT(e_payment_failed,     -20402);
  PRAGMA EXCEPTION_INIT(e_treaty_not_found,   -20410);
  PRAGMA EXCEPTION_INIT(e_resource_busy,      -20900);
  PRAGMA EXCEPTION_INIT(e_not_authorised,     -20901);
  PRAGMA EXCEPTION_INIT(e_parameter_missing,  -20902);
  PRAGMA EXCEPTION_INIT(e_import_failed,      -20903);
  PRAGMA EXCEPTION_INIT(e_row_locked,         -54);
  PRAGMA EXCEPTION_INIT(e_bulk_errors,        -24381);
  PRAGMA EXCEPTION_INIT(e_child_found,        -2292);
  PRAGMA EXCEPTION_INIT(e_parent_missing,     -2291);
  PRAGMA EXCEPTION_INIT(e_snapshot_too_old,   -1555);

  -- %1 %2 %3 in the message are replaced by the arguments
  PROCEDURE raise_error(p_code IN PLS_INTEGER,
                        p_arg1 IN VARCHAR2 DEFAULT NULL,
                        p_arg2 IN VARCHAR2 DEFAULT NULL,
                        p_arg3 IN VARCHAR2 DEFAULT NULL);

  PROCEDURE raise_if(p_condition IN BOOLEAN,
                     p_code      IN PLS_INTEGER,
                     p_arg1      IN VARCHAR2 DEFAULT NULL);

  FUNCTION message_of(p_code IN PLS_INTEGER) RETURN VARCHAR2;

  -- full text of the current exception with backtrace, at most 4000 bytes
  FUNCTION current_error RETURN VARCHAR2;

  -- TRUE when the error is one of ours (-20999..-20000)
  FUNCTION is_business_error(p_sqlcode IN PLS_INTEGER) RETURN BOOLEAN;

  -- re-raise keeping the original code
  PROCEDURE reraise(p_module IN VARCHAR2, p_ref_id IN VARCHAR2 DEFAULT NULL);
END pkg_err;
/
