CREATE OR REPLACE PACKAGE ins_claim.pkg_claim_reserve
AS
  -- 未决赔款准备金
  TYPE t_balance IS TABLE OF NUMBER INDEX BY VARCHAR2(4);

  PROCEDURE set_initial (p_claim_id IN NUMBER);
  PROCEDURE set_reserve (p_claim_id IN NUMBER, p_type IN claim_reserve_mv.reserve_type%TYPE, p_amount IN NUMBER, p_reason IN VARCHAR2, p_item_id IN NUMBER DEFAULT NULL);
  PROCEDURE adjust (p_claim_id IN NUMBER, p_type IN VARCHAR2, p_change IN NUMBER, p_reason IN VARCHAR2);
  PROCEDURE release_all (p_claim_id IN NUMBER, p_reason IN VARCHAR2);
  FUNCTION  balance (p_claim_id IN NUMBER, p_type IN VARCHAR2 DEFAULT 'CASE', p_on IN DATE DEFAULT NULL) RETURN NUMBER;
  FUNCTION  balances (p_claim_id IN NUMBER) RETURN t_balance;
  FUNCTION  average_cost (p_lob IN VARCHAR2, p_cause IN VARCHAR2, p_months IN PLS_INTEGER DEFAULT 24) RETURN NUMBER RESULT_CACHE;
  PROCEDURE post_movements (p_until IN DATE, p_vouchers OUT PLS_INTEGER);
  PROCEDURE revalue_stale (p_days IN PLS_INTEGER DEFAULT 90, p_changed OUT PLS_INTEGER);
  PROCEDURE reserve_as_of (p_on IN DATE, p_cur OUT SYS_REFCURSOR);
  FUNCTION  reserve_yesterday (p_claim_id IN NUMBER) RETURN NUMBER;
END pkg_claim_reserve;
/
