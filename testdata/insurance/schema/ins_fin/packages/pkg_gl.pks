CREATE OR REPLACE PACKAGE ins_fin.pkg_gl
AS
  ------------------------------------------------------------------
  -- 总账记账引擎
  -- 用法: begin_voucher -> add_line* / add_event* -> post_voucher
  -- 当前凭证放在包状态里, 一个会话同时只能做一张凭证
  ------------------------------------------------------------------
  c_debit   CONSTANT CHAR(1) := 'D';
  c_credit  CONSTANT CHAR(1) := 'C';
  c_base    CONSTANT CHAR(3) := 'CNY';

  SUBTYPE t_account IS gl_account.account_code%TYPE;

  TYPE t_line_tab IS TABLE OF gl_voucher_line%ROWTYPE INDEX BY PLS_INTEGER;

  TYPE t_amounts IS RECORD (
    amount NUMBER(20,2) := 0,
    net    NUMBER(20,2) := 0,
    tax    NUMBER(20,2) := 0,
    fee    NUMBER(20,2) := 0
  );

  TYPE t_dims IS RECORD (
    line_of_business gl_voucher_line.line_of_business%TYPE,
    party_id         gl_voucher_line.party_id%TYPE,
    policy_no        gl_voucher_line.policy_no%TYPE,
    claim_no         gl_voucher_line.claim_no%TYPE
  );

  e_no_voucher     EXCEPTION;
  e_bad_account    EXCEPTION;
  e_no_rule        EXCEPTION;
  PRAGMA EXCEPTION_INIT(e_no_voucher, -20420);
  PRAGMA EXCEPTION_INIT(e_bad_account, -20421);
  PRAGMA EXCEPTION_INIT(e_no_rule, -20422);

  PROCEDURE begin_voucher (
    p_source  IN gl_voucher.source_module%TYPE,
    p_event   IN gl_voucher.event_code%TYPE,
    p_ref     IN gl_voucher.business_ref%TYPE,
    p_branch  IN gl_voucher.branch_code%TYPE,
    p_date    IN DATE DEFAULT SYSDATE);

  PROCEDURE add_line (
    p_account  IN t_account,
    p_dc       IN VARCHAR2,
    p_amount   IN NUMBER,
    p_currency IN VARCHAR2 DEFAULT c_base,
    p_summary  IN VARCHAR2 DEFAULT NULL);

  PROCEDURE add_line (
    p_account  IN t_account,
    p_dc       IN VARCHAR2,
    p_amount   IN NUMBER,
    p_currency IN VARCHAR2,
    p_dims     IN t_dims,
    p_summary  IN VARCHAR2 DEFAULT NULL);

  -- 按科目确定规则生成分录
  PROCEDURE add_event (
    p_event    IN VARCHAR2,
    p_amounts  IN t_amounts,
    p_currency IN VARCHAR2,
    p_dims     IN t_dims);

  FUNCTION  post_voucher RETURN gl_voucher.voucher_id%TYPE;
  PROCEDURE discard_voucher;

  -- one-call version
  FUNCTION  post_event (
    p_event    IN VARCHAR2,
    p_source   IN VARCHAR2,
    p_ref      IN VARCHAR2,
    p_branch   IN VARCHAR2,
    p_amount   IN NUMBER,
    p_currency IN VARCHAR2 DEFAULT c_base,
    p_lob      IN VARCHAR2 DEFAULT NULL,
    p_policy_no IN VARCHAR2 DEFAULT NULL,
    p_claim_no IN VARCHAR2 DEFAULT NULL,
    p_date     IN DATE DEFAULT SYSDATE,
    p_tax      IN NUMBER DEFAULT 0) RETURN NUMBER;

  FUNCTION  post_lines (p_lines IN t_posting_tab, p_source IN VARCHAR2, p_ref IN VARCHAR2, p_branch IN VARCHAR2, p_date IN DATE) RETURN NUMBER;
  FUNCTION  reverse_voucher (p_voucher_id IN NUMBER, p_date IN DATE DEFAULT NULL, p_reason IN VARCHAR2 DEFAULT NULL) RETURN NUMBER;

  FUNCTION  fx_rate (p_currency IN VARCHAR2, p_date IN DATE) RETURN NUMBER;
  FUNCTION  period_of (p_date IN DATE) RETURN VARCHAR2;
  FUNCTION  is_period_open (p_period IN VARCHAR2) RETURN BOOLEAN;
  FUNCTION  account_balance (p_account IN VARCHAR2, p_period IN VARCHAR2, p_branch IN VARCHAR2 DEFAULT NULL) RETURN NUMBER;
  FUNCTION  account_path (p_account IN VARCHAR2) RETURN VARCHAR2;
  PROCEDURE validate_account (p_account IN VARCHAR2);
  PROCEDURE rebuild_balances (p_period IN VARCHAR2);
  FUNCTION  line_count RETURN PLS_INTEGER;
  PROCEDURE reset_cache;
END pkg_gl;
/
