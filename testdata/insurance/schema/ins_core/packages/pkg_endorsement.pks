CREATE OR REPLACE PACKAGE ins_core.pkg_endorsement
AS
  -- 保全/批改
  TYPE t_change IS RECORD
  (
    table_name  endorsement_item.table_name%TYPE,
    column_name endorsement_item.column_name%TYPE,
    row_key     endorsement_item.row_key%TYPE,
    old_value   endorsement_item.old_value%TYPE,
    new_value   endorsement_item.new_value%TYPE
  );
  TYPE t_change_tab IS TABLE OF t_change;

  FUNCTION open_endorsement(p_policy_id IN policy.policy_id%TYPE, p_type IN endorsement.endorse_type%TYPE,
                            p_effective IN DATE DEFAULT TRUNC(SYSDATE), p_reason IN VARCHAR2 DEFAULT NULL) RETURN endorsement.endorsement_id%TYPE;
  PROCEDURE add_change(p_endorsement_id IN NUMBER, p_table IN VARCHAR2, p_column IN VARCHAR2, p_row_key IN VARCHAR2, p_new_value IN VARCHAR2);
  PROCEDURE add_change(p_endorsement_id IN NUMBER, p_change IN t_change);
  FUNCTION changes(p_endorsement_id IN NUMBER) RETURN t_change_tab;
  FUNCTION calculate_premium_change(p_endorsement_id IN NUMBER) RETURN NUMBER;
  PROCEDURE approve(p_endorsement_id IN NUMBER);
  PROCEDURE reject(p_endorsement_id IN NUMBER, p_reason IN VARCHAR2);
  PROCEDURE apply_changes(p_endorsement_id IN NUMBER);
  PROCEDURE revert(p_endorsement_id IN NUMBER);

  -- 常用批改的快捷入口
  FUNCTION change_sum_insured(p_policy_id IN NUMBER, p_new_si IN NUMBER, p_effective IN DATE DEFAULT TRUNC(SYSDATE)) RETURN NUMBER;
  FUNCTION change_pay_mode(p_policy_id IN NUMBER, p_new_mode IN VARCHAR2) RETURN NUMBER;
  FUNCTION change_agent(p_policy_id IN NUMBER, p_new_agent IN NUMBER) RETURN NUMBER;
  FUNCTION surrender(p_policy_id IN NUMBER, p_reason IN VARCHAR2, p_refund OUT NUMBER) RETURN NUMBER;
  FUNCTION cancel_in_cooling_off(p_policy_id IN NUMBER) RETURN NUMBER;
  FUNCTION reinstate(p_policy_id IN NUMBER, p_paid IN NUMBER) RETURN NUMBER;
  PROCEDURE add_rider(p_policy_id IN NUMBER, p_coverage_code IN VARCHAR2, p_sum_insured IN NUMBER);
  FUNCTION reinstatement_cost(p_policy_id IN NUMBER, p_on IN DATE DEFAULT SYSDATE) RETURN NUMBER;
  FUNCTION pending(p_branch_code IN VARCHAR2) RETURN SYS_REFCURSOR;
  PROCEDURE apply_due(p_on IN DATE DEFAULT TRUNC(SYSDATE), p_applied OUT PLS_INTEGER, p_failed OUT PLS_INTEGER);
END pkg_endorsement;
/
