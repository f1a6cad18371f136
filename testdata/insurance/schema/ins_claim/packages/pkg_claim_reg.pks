CREATE OR REPLACE PACKAGE ins_claim.pkg_claim_reg
AS
  -- 报案登记与立案
  c_st_reported  CONSTANT claim.status%TYPE := '10';
  c_st_accepted  CONSTANT claim.status%TYPE := '20';
  c_st_survey    CONSTANT claim.status%TYPE := '30';
  c_st_assessed  CONSTANT claim.status%TYPE := '40';
  c_st_approved  CONSTANT claim.status%TYPE := '50';
  c_st_paid      CONSTANT claim.status%TYPE := '60';
  c_st_closed    CONSTANT claim.status%TYPE := '70';
  c_st_rejected  CONSTANT claim.status%TYPE := '80';
  c_st_withdrawn CONSTANT claim.status%TYPE := '90';

  TYPE t_report IS RECORD (
    policy_no    policy.policy_no%TYPE,
    loss_date    claim.loss_date%TYPE,
    loss_cause   claim.loss_cause%TYPE,
    loss_place   claim.loss_place%TYPE,
    reporter     party.full_name%TYPE,
    mobile       party.mobile%TYPE,
    estimate     claim.estimated_amount%TYPE DEFAULT 0,
    cat_code     claim.catastrophe_code%TYPE
  );
  TYPE t_item IS RECORD (
    coverage_code claim_item.coverage_code%TYPE,
    loss_type     claim_item.loss_type%TYPE,
    amount        claim_item.claimed_amount%TYPE
  );
  TYPE t_item_list IS TABLE OF t_item;

  FUNCTION  register (p_report IN t_report) RETURN claim.claim_id%TYPE;
  FUNCTION  register (p_policy_no IN VARCHAR2, p_loss_date IN DATE, p_estimate IN NUMBER, p_cause IN VARCHAR2 DEFAULT 'OTHER') RETURN VARCHAR2;
  PROCEDURE add_items (p_claim_id IN NUMBER, p_items IN t_item_list);
  PROCEDURE add_party (p_claim_id IN NUMBER, p_role IN VARCHAR2, p_name IN VARCHAR2, p_party_id IN NUMBER DEFAULT NULL, p_id_no IN VARCHAR2 DEFAULT NULL);
  PROCEDURE accept_claim (p_claim_id IN NUMBER);
  PROCEDURE withdraw (p_claim_id IN NUMBER, p_reason IN VARCHAR2);
  PROCEDURE reopen (p_claim_id IN NUMBER, p_reason IN VARCHAR2);
  PROCEDURE close_claim (p_claim_id IN NUMBER, p_reason IN VARCHAR2 DEFAULT 'NORM');
  PROCEDURE change_status (p_claim_id IN NUMBER, p_new IN claim.status%TYPE, p_detail IN VARCHAR2 DEFAULT NULL);
  PROCEDURE log_event (p_claim_id IN NUMBER, p_type IN VARCHAR2, p_detail IN VARCHAR2, p_old IN VARCHAR2 DEFAULT NULL, p_new IN VARCHAR2 DEFAULT NULL, p_payload IN CLOB DEFAULT NULL);
  FUNCTION  get_claim (p_claim_id IN NUMBER) RETURN claim%ROWTYPE;
  FUNCTION  lock_claim (p_claim_id IN NUMBER, p_wait IN BOOLEAN DEFAULT FALSE) RETURN claim%ROWTYPE;
  FUNCTION  id_of (p_claim_no IN VARCHAR2) RETURN claim.claim_id%TYPE;
  FUNCTION  can_move (p_from IN VARCHAR2, p_to IN VARCHAR2) RETURN BOOLEAN;
  PROCEDURE assign_handler (p_claim_id IN NUMBER, p_handler IN VARCHAR2 DEFAULT NULL);
  PROCEDURE create_task (p_claim_id IN NUMBER, p_type IN VARCHAR2, p_days IN NUMBER DEFAULT 3, p_assignee IN VARCHAR2 DEFAULT NULL);
  FUNCTION  find_similar (p_policy_id IN NUMBER, p_loss_date IN DATE, p_days IN PLS_INTEGER DEFAULT 2) RETURN t_number_tab;
  PROCEDURE import_external (p_loaded OUT PLS_INTEGER, p_rejected OUT PLS_INTEGER);
  PROCEDURE merge_claims (p_keep IN NUMBER, p_drop IN NUMBER);
END pkg_claim_reg;
/
