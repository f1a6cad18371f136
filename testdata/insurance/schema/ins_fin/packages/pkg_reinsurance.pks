CREATE OR REPLACE PACKAGE ins_fin.pkg_reinsurance
AS
  -------------------------------------------------------------------
  -- 再保分出: 成数 QS / 溢额 SP / 超赔 XL / 临分 FAC
  -------------------------------------------------------------------
  TYPE t_share IS RECORD (
    reinsurer_code ri_participant.reinsurer_code%TYPE,
    share_pct      ri_participant.share_pct%TYPE,
    amount         NUMBER(20,2)
  );
  TYPE t_share_tab IS TABLE OF t_share INDEX BY PLS_INTEGER;

  TYPE t_layer_result IS RECORD (
    layer_no  ri_treaty_layer.layer_no%TYPE,
    ceded     NUMBER(20,2),
    reinst_premium NUMBER(18,2),
    shares    t_share_tab
  );
  TYPE t_layer_tab IS TABLE OF t_layer_result INDEX BY PLS_INTEGER;

  TYPE t_cession_cur IS REF CURSOR RETURN ri_cession%ROWTYPE;

  FUNCTION  find_treaty (p_lob IN VARCHAR2, p_type IN VARCHAR2, p_on IN DATE) RETURN ri_treaty%ROWTYPE;
  PROCEDURE cede_policy (p_policy_id IN policy.policy_id%TYPE);
  PROCEDURE cede_policies (p_from IN DATE, p_to IN DATE, p_count OUT PLS_INTEGER);
  PROCEDURE cede_loss (p_claim_id IN NUMBER, p_amount IN NUMBER, p_date IN DATE DEFAULT SYSDATE);
  FUNCTION  quota_share (p_sum IN NUMBER, p_pct IN NUMBER) RETURN NUMBER DETERMINISTIC;
  FUNCTION  surplus (p_sum IN NUMBER, p_retention IN NUMBER, p_lines IN NUMBER) RETURN NUMBER DETERMINISTIC;
  FUNCTION  excess_of_loss (p_treaty IN VARCHAR2, p_loss IN NUMBER) RETURN t_layer_tab;
  PROCEDURE offer_fac (p_policy_id IN NUMBER, p_excess IN NUMBER, p_fac_id OUT NUMBER);
  PROCEDURE accept_fac (p_fac_id IN NUMBER, p_reinsurer IN VARCHAR2, p_pct IN NUMBER, p_rate IN NUMBER);
  PROCEDURE reverse_cessions (p_policy_id IN NUMBER, p_date IN DATE DEFAULT SYSDATE);
  FUNCTION  net_retention (p_policy_id IN NUMBER) RETURN NUMBER;
  FUNCTION  accumulated_event_loss (p_cat_code IN VARCHAR2) RETURN NUMBER;
  PROCEDURE check_participants (p_treaty IN VARCHAR2);
  PROCEDURE open_cessions (p_policy_id IN NUMBER, p_cur OUT t_cession_cur);
  PROCEDURE renew_treaties (p_from_year IN PLS_INTEGER, p_to_year IN PLS_INTEGER);
END pkg_reinsurance;
/
