CREATE OR REPLACE PACKAGE ins_core.pkg_policy
AS
  -- 保单: 出单, 查询, 状态, 版本
  SUBTYPE t_policy_id IS policy.policy_id%TYPE;

  TYPE t_beneficiary IS RECORD
  (
    party_id  party.party_id%TYPE,
    relation  policy_party.relation_code%TYPE,
    share_pct policy_party.share_pct%TYPE,
    order_no  policy_party.beneficiary_order%TYPE := 1
  );
  TYPE t_beneficiary_tab IS TABLE OF t_beneficiary INDEX BY PLS_INTEGER;
  TYPE t_coverage_tab IS TABLE OF policy_coverage%ROWTYPE;

  TYPE t_policy_full IS RECORD
  (
    head          policy%ROWTYPE,
    holder        party%ROWTYPE,
    insured       party%ROWTYPE,
    coverages     t_coverage_tab,
    beneficiaries t_beneficiary_tab
  );

  -- 出单
  FUNCTION issue_from_proposal(p_proposal_id IN proposal.proposal_id%TYPE, p_issue_date IN DATE DEFAULT SYSDATE) RETURN t_policy_id;
  FUNCTION issue_direct(p_product_code IN VARCHAR2, p_holder_id IN NUMBER, p_insured_id IN NUMBER, p_sum_insured IN NUMBER,
                        p_effective IN DATE, p_branch_code IN VARCHAR2, p_agent_id IN NUMBER DEFAULT NULL,
                        p_pay_mode IN VARCHAR2 DEFAULT 'Y') RETURN VARCHAR2;
  PROCEDURE activate(p_policy_id IN t_policy_id, p_paid_to IN DATE DEFAULT NULL);

  -- 查询
  FUNCTION get_policy(p_policy_id IN t_policy_id) RETURN policy%ROWTYPE;
  FUNCTION get_policy(p_policy_no IN policy.policy_no%TYPE) RETURN policy%ROWTYPE;
  FUNCTION get_full(p_policy_id IN t_policy_id) RETURN t_policy_full;
  FUNCTION policy_id_of(p_policy_no IN VARCHAR2) RETURN t_policy_id;
  FUNCTION find_policies(p_holder_name IN VARCHAR2 DEFAULT NULL, p_id_no IN VARCHAR2 DEFAULT NULL, p_mobile IN VARCHAR2 DEFAULT NULL,
                         p_status IN VARCHAR2 DEFAULT NULL, p_from IN DATE DEFAULT NULL, p_to IN DATE DEFAULT NULL,
                         p_order_by IN VARCHAR2 DEFAULT 'ISSUE_DATE DESC', p_max IN PLS_INTEGER DEFAULT 100) RETURN SYS_REFCURSOR;
  FUNCTION party_policies(p_party_id IN NUMBER) RETURN t_policy_brief_tab PIPELINED;
  FUNCTION is_in_force(p_policy_id IN t_policy_id, p_on IN DATE DEFAULT SYSDATE) RETURN BOOLEAN;
  FUNCTION in_force_flag(p_policy_id IN t_policy_id, p_on IN DATE DEFAULT SYSDATE) RETURN VARCHAR2;
  FUNCTION coverage_si(p_policy_id IN t_policy_id, p_coverage_code IN VARCHAR2, p_on IN DATE DEFAULT SYSDATE) RETURN NUMBER;
  FUNCTION policy_year(p_policy_id IN t_policy_id, p_on IN DATE DEFAULT SYSDATE) RETURN PLS_INTEGER;
  FUNCTION beneficiaries_text(p_policy_id IN t_policy_id) RETURN VARCHAR2;

  -- 维护
  PROCEDURE lock_policy(p_policy_id IN t_policy_id, p_version_no IN NUMBER DEFAULT NULL);
  PROCEDURE change_status(p_policy_id IN t_policy_id, p_status IN policy.status%TYPE, p_reason IN VARCHAR2 DEFAULT NULL);
  PROCEDURE set_beneficiaries(p_policy_id IN t_policy_id, p_list IN t_beneficiary_tab);
  PROCEDURE append_remark(p_policy_id IN t_policy_id, p_text IN VARCHAR2);
  PROCEDURE save_history(p_policy_id IN t_policy_id, p_change_type IN VARCHAR2);
  FUNCTION history_xml(p_policy_id IN t_policy_id, p_version_no IN NUMBER) RETURN XMLTYPE;
  FUNCTION as_of(p_policy_id IN t_policy_id, p_minutes_ago IN NUMBER) RETURN policy%ROWTYPE;

  -- 金额
  FUNCTION surrender_value(p_policy_id IN t_policy_id, p_on IN DATE DEFAULT SYSDATE) RETURN NUMBER;
  FUNCTION unearned_premium(p_policy_id IN t_policy_id, p_on IN DATE DEFAULT SYSDATE) RETURN NUMBER;
  FUNCTION outstanding_premium(p_policy_id IN t_policy_id, p_on IN DATE DEFAULT SYSDATE) RETURN NUMBER;
  PROCEDURE register_payment(p_policy_id IN t_policy_id, p_amount IN NUMBER, p_pay_date IN DATE DEFAULT SYSDATE);

  -- 批处理
  PROCEDURE lapse_overdue(p_on IN DATE DEFAULT SYSDATE, p_lapsed OUT PLS_INTEGER);
  PROCEDURE expire_and_mature(p_on IN DATE DEFAULT SYSDATE);
  PROCEDURE refresh_daily_stats(p_date IN DATE DEFAULT TRUNC(SYSDATE) - 1);

  -- 标的
  PROCEDURE add_vehicle(p_policy_id IN t_policy_id, p_vehicle IN t_risk_vehicle);
  PROCEDURE add_building(p_policy_id IN t_policy_id, p_building IN t_risk_building);
  FUNCTION describe_objects(p_policy_id IN t_policy_id) RETURN t_string_tab;
END pkg_policy;
/
