CREATE OR REPLACE VIEW ins_core.v_policy_summary AS
SELECT p.policy_id, p.policy_no, p.product_code, d.product_name, d.line_of_business,
       h.full_name AS holder_name, i.full_name AS insured_name, p.branch_code, b.branch_name,
       a.agent_code, p.issue_date, p.effective_date, p.expiry_date, p.status, p.sum_insured, p.annual_premium,
       p.pay_mode, p.next_due_date, p.version_no
  FROM policy p, product d, party h, party i, branch b, agent a
 WHERE d.product_code = p.product_code
   AND h.party_id = p.holder_id
   AND i.party_id = p.insured_id
   AND b.branch_code = p.branch_code
   AND a.agent_id (+) = p.agent_id;

-- 核保规则引擎的事实视图; UW_RULE.CONDITION_SQL 只能引用这些列
CREATE OR REPLACE VIEW ins_core.v_uw_facts AS
SELECT r.proposal_id,
       r.product_code,
       d.line_of_business,
       r.channel,
       TRUNC(MONTHS_BETWEEN(NVL(r.effective_date, SYSDATE), i.birth_date) / 12) AS insured_age,
       i.gender,
       i.risk_level,
       r.sum_insured,
       r.total_premium,
       r.annual_income,
       r.bmi,
       r.smoker_flag,
       r.occupation,
       oc.parent_value AS occupation_class,
       (SELECT NVL(SUM(k.sum_insured), 0) FROM policy k WHERE k.insured_id = r.insured_id AND k.status IN ('IF', 'PP')) AS inforce_si,
       (SELECT COUNT(*) FROM uw_health_answer q WHERE q.proposal_id = r.proposal_id AND q.answer_flag = 'Y') AS yes_answers,
       (SELECT COUNT(*) FROM party_blacklist bl WHERE bl.id_type = h.id_type AND bl.id_no = h.id_no AND bl.removed_on IS NULL) AS blacklist_hits,
       CASE WHEN r.holder_id = r.insured_id THEN 'Y' ELSE 'N' END AS self_insured,
       '年龄' || TRUNC(MONTHS_BETWEEN(NVL(r.effective_date, SYSDATE), i.birth_date) / 12)
         || ' 保额' || r.sum_insured || ' BMI' || r.bmi AS fact_text
  FROM proposal r
  JOIN product d ON d.product_code = r.product_code
  JOIN party i ON i.party_id = r.insured_id
  JOIN party h ON h.party_id = r.holder_id
  LEFT JOIN ref_code oc ON oc.code_type = 'OCCUPATION' AND oc.code_value = r.occupation;

CREATE OR REPLACE VIEW ins_core.v_branch_tree AS
SELECT branch_code, parent_code, branch_name, branch_level, status,
       LEVEL AS depth,
       SYS_CONNECT_BY_PATH(NVL(short_name, branch_name), ' / ') AS full_path,
       CONNECT_BY_ROOT branch_code AS root_code,
       CONNECT_BY_ISLEAF AS is_leaf
  FROM branch
 START WITH parent_code IS NULL
CONNECT BY NOCYCLE PRIOR branch_code = parent_code
 ORDER SIBLINGS BY branch_code;

CREATE OR REPLACE VIEW ins_core.v_agent_tree (agent_id, agent_code, agent_name, manager_id, depth, path, top_manager) AS
SELECT a.agent_id, a.agent_code, p.full_name, a.manager_id, LEVEL, SYS_CONNECT_BY_PATH(a.agent_code, '/'), CONNECT_BY_ROOT a.agent_code
  FROM agent a, party p
 WHERE p.party_id = a.party_id
 START WITH a.manager_id IS NULL
CONNECT BY PRIOR a.agent_id = a.manager_id;

CREATE OR REPLACE FORCE VIEW ins_core.v_party_current AS
SELECT p.party_id, p.full_name, pkg_party.masked_id(p.id_no) AS id_no, pkg_party.masked_mobile(p.mobile) AS mobile,
       t.address.full_text() AS home_address, c.do_not_call
  FROM party p, party_address t, party_contact c
 WHERE t.party_id (+) = p.party_id
   AND t.addr_type (+) = 'HM'
   AND t.valid_to (+) IS NULL
   AND c.party_id (+) = p.party_id
   AND p.status = 'A'
  WITH READ ONLY;

CREATE OR REPLACE VIEW ins_core.v_policy_beneficiary AS
SELECT pp.policy_id, pp.party_id, p.full_name, pp.relation_code, pp.share_pct, pp.beneficiary_order
  FROM policy_party pp
  JOIN party p ON p.party_id = pp.party_id
 WHERE pp.role_code = 'BE'
   AND pp.end_date IS NULL;

CREATE OR REPLACE VIEW ins_core.v_due_soon AS
SELECT policy_id, policy_no, holder_id, next_due_date, annual_premium,
       next_due_date - TRUNC(SYSDATE) AS days_left,
       CASE
         WHEN next_due_date < TRUNC(SYSDATE) THEN '宽限期'
         WHEN next_due_date - TRUNC(SYSDATE) <= 7 THEN '7天内'
         ELSE '30天内'
       END AS bucket
  FROM policy
 WHERE status = 'IF'
   AND next_due_date BETWEEN TRUNC(SYSDATE) - 60 AND TRUNC(SYSDATE) + 30;

CREATE OR REPLACE VIEW ins_core.v_agent_ranking AS
SELECT agent_id, branch_code, m AS month_start, premium,
       RANK() OVER (PARTITION BY branch_code, m ORDER BY premium DESC) AS branch_rank,
       DENSE_RANK() OVER (PARTITION BY m ORDER BY premium DESC NULLS LAST) AS company_rank,
       premium - LAG(premium, 1, 0) OVER (PARTITION BY agent_id ORDER BY m) AS change_amount,
       ROUND(CUME_DIST() OVER (PARTITION BY m ORDER BY premium), 4) AS cume
  FROM (SELECT agent_id, branch_code, TRUNC(issue_date, 'MM') AS m, SUM(annual_premium) AS premium
          FROM policy
         WHERE agent_id IS NOT NULL
         GROUP BY agent_id, branch_code, TRUNC(issue_date, 'MM'));

CREATE OR REPLACE VIEW ins_core.v_code_list AS
SELECT code_type, LISTAGG(code_value || '=' || code_name, ';') WITHIN GROUP (ORDER BY sort_no) AS codes, COUNT(*) AS code_count
  FROM ref_code
 WHERE active_flag = 'Y'
 GROUP BY code_type
HAVING COUNT(*) < 50;

CREATE OR REPLACE VIEW ins_core.v_latest_rate AS
SELECT from_currency, to_currency, rate_type,
       MAX(rate_date) AS rate_date,
       MAX(rate) KEEP (DENSE_RANK LAST ORDER BY rate_date) AS rate
  FROM exchange_rate
 GROUP BY from_currency, to_currency, rate_type;

CREATE OR REPLACE VIEW ins_core.v_product_attribute AS
SELECT p.product_code, p.product_name, j.fixed_premium, j.sales_region, j.tags
  FROM product p,
       JSON_TABLE(p.attributes, '$'
         COLUMNS (fixed_premium NUMBER PATH '$.fixedPremium',
                  sales_region VARCHAR2(100) PATH '$.region',
                  tags VARCHAR2(400) FORMAT JSON PATH '$.tags')) j;

CREATE OR REPLACE VIEW ins_core.v_vehicle AS
SELECT o.object_id, o.policy_id,
       TREAT(o.risk AS t_risk_vehicle).plate_no AS plate_no,
       TREAT(o.risk AS t_risk_vehicle).vin AS vin,
       TREAT(o.risk AS t_risk_vehicle).actual_value(SYSDATE) AS actual_value
  FROM insured_object o
 WHERE o.risk IS OF (ONLY t_risk_vehicle)
   AND o.removed_on IS NULL;

CREATE OR REPLACE VIEW ins_core.v_uw_workload AS
SELECT NVL(c.assigned_to, '(未分配)') AS underwriter,
       COUNT(*) AS open_cases,
       COUNT(CASE WHEN SYSTIMESTAMP > c.opened_at + c.sla_hours THEN 1 END) AS overdue,
       MIN(c.opened_at) AS oldest,
       f_join_cn(r.product_code) AS products
  FROM uw_case c
  JOIN proposal r ON r.proposal_id = c.proposal_id
 WHERE c.status IN ('O', 'A', 'E')
 GROUP BY NVL(c.assigned_to, '(未分配)');

CREATE OR REPLACE VIEW ins_core.v_orphan_policy AS
SELECT p.policy_id, p.policy_no, p.agent_id, a.leave_date
  FROM policy p
  LEFT OUTER JOIN agent a ON a.agent_id = p.agent_id
 WHERE p.status = 'IF'
   AND (a.agent_id IS NULL OR a.status = 'L')
UNION ALL
SELECT p.policy_id, p.policy_no, NULL, NULL
  FROM policy p
 WHERE p.status = 'IF' AND p.agent_id IS NULL AND p.channel = 'AG'
MINUS
SELECT p.policy_id, p.policy_no, p.agent_id, a.leave_date
  FROM policy p, agent a
 WHERE a.agent_id = p.agent_id AND a.leave_date > SYSDATE;

CREATE OR REPLACE VIEW ins_core.v_old_policy AS
SELECT cont_no, appnt_name, risk_code, sign_date, amnt, prem, state FROM lc_cont@oldcore;

CREATE OR REPLACE VIEW ins_core.v_contact_tag AS
SELECT c.party_id, t.COLUMN_VALUE AS tag
  FROM party_contact c, TABLE(c.tags) (+) t;

CREATE OR REPLACE VIEW ins_core.v_endorsement_open AS
SELECT e.endorsement_id, e.endorsement_no, e.policy_id, e.endorse_type, e.status, e.premium_change
  FROM endorsement e
 WHERE e.status IN ('N', 'A')
  WITH CHECK OPTION CONSTRAINT ck_v_endorsement_open;

CREATE OR REPLACE VIEW ins_core.v_policy_objects OF ins_core.t_policy_brief
  WITH OBJECT IDENTIFIER (policy_no) AS
SELECT p.policy_no, d.product_name, h.full_name, p.status, p.effective_date, p.expiry_date, p.annual_premium,
       p.expiry_date - TRUNC(SYSDATE)
  FROM policy p
  JOIN product d ON d.product_code = p.product_code
  JOIN party h ON h.party_id = p.holder_id;

COMMENT ON TABLE ins_core.v_policy_summary IS '保单综合查询';
