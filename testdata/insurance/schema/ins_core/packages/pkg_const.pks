CREATE OR REPLACE PACKAGE ins_core.pkg_const
AS
  -- 全局常量, 无包体 (2011 / W. Zhang)
  c_yes            CONSTANT CHAR(1) := 'Y';
  c_no             CONSTANT CHAR(1) := 'N';
  c_base_currency  CONSTANT CHAR(3) := 'CNY';
  c_head_office    CONSTANT branch.branch_code%TYPE := '00000000';
  c_far_future     CONSTANT DATE := DATE '9999-12-31';
  c_epoch          CONSTANT DATE := DATE '1900-01-01';
  c_batch_size     CONSTANT PLS_INTEGER := 500;
  c_max_amount     CONSTANT NUMBER := 9999999999999999.99;
  c_date_mask      CONSTANT VARCHAR2(10) := 'YYYY-MM-DD';
  c_ts_mask        CONSTANT VARCHAR2(30) := 'YYYY-MM-DD HH24:MI:SS';

  -- 业务线
  c_lob_life       CONSTANT product.line_of_business%TYPE := 'LF';
  c_lob_health     CONSTANT product.line_of_business%TYPE := 'HL';
  c_lob_property   CONSTANT product.line_of_business%TYPE := 'PC';
  c_lob_accident   CONSTANT product.line_of_business%TYPE := 'AC';
  c_lob_motor      CONSTANT product.line_of_business%TYPE := 'MT';

  -- 保单状态
  c_pol_pending    CONSTANT policy.status%TYPE := 'PP';
  c_pol_inforce    CONSTANT policy.status%TYPE := 'IF';
  c_pol_lapsed     CONSTANT policy.status%TYPE := 'LA';
  c_pol_surrender  CONSTANT policy.status%TYPE := 'SU';
  c_pol_matured    CONSTANT policy.status%TYPE := 'MA';
  c_pol_cancelled  CONSTANT policy.status%TYPE := 'CA';
  c_pol_expired    CONSTANT policy.status%TYPE := 'EX';
  c_pol_death      CONSTANT policy.status%TYPE := 'DC';

  -- 关系人角色
  c_role_holder    CONSTANT policy_party.role_code%TYPE := 'HO';
  c_role_insured   CONSTANT policy_party.role_code%TYPE := 'IN';
  c_role_benef     CONSTANT policy_party.role_code%TYPE := 'BE';
  c_role_payer     CONSTANT policy_party.role_code%TYPE := 'PY';

  -- 缴费方式
  c_mode_yearly    CONSTANT policy.pay_mode%TYPE := 'Y';
  c_mode_half      CONSTANT policy.pay_mode%TYPE := 'H';
  c_mode_quarter   CONSTANT policy.pay_mode%TYPE := 'Q';
  c_mode_month     CONSTANT policy.pay_mode%TYPE := 'M';
  c_mode_single    CONSTANT policy.pay_mode%TYPE := 'S';

  -- 渠道
  c_ch_agent       CONSTANT VARCHAR2(2) := 'AG';
  c_ch_bank        CONSTANT VARCHAR2(2) := 'BK';
  c_ch_online      CONSTANT VARCHAR2(2) := 'ON';
  c_ch_broker      CONSTANT VARCHAR2(2) := 'BR';
  c_ch_direct      CONSTANT VARCHAR2(2) := 'DR';

  SUBTYPE t_amount IS NUMBER(18,2);
  SUBTYPE t_pct    IS NUMBER(9,6);
  SUBTYPE t_flag   IS CHAR(1);
END pkg_const;
/
