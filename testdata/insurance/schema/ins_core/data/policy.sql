-- 示例保单
INSERT INTO ins_core.policy (policy_id, policy_no, product_code, holder_id, insured_id, agent_id, branch_code, issue_date, effective_date, expiry_date, status, sum_insured, annual_premium, pay_mode, pay_term_years, next_due_date, channel, created_by) VALUES (10000000001, 'PL440120190000001', 'LF001', 100000001, 100000001, 1004, '44010001', DATE '2019-03-12', DATE '2019-03-13', NULL, 'IF', 500000, 9800, 'Y', 20, DATE '2025-03-13', 'AG', 'INIT');
INSERT INTO ins_core.policy (policy_id, policy_no, product_code, holder_id, insured_id, agent_id, branch_code, issue_date, effective_date, expiry_date, status, sum_insured, annual_premium, pay_mode, pay_term_years, next_due_date, channel, created_by) VALUES (10000000002, 'PH440120230000001', 'HL001', 100000002, 100000002, 1004, '44010001', DATE '2023-05-20', DATE '2023-05-21', DATE '2024-05-21', 'EX', 2000000, 680, 'Y', 1, NULL, 'AG', 'INIT');
INSERT INTO ins_core.policy (policy_id, policy_no, product_code, holder_id, insured_id, agent_id, branch_code, issue_date, effective_date, expiry_date, status, sum_insured, annual_premium, pay_mode, pay_term_years, next_due_date, channel, created_by) VALUES (10000000003, 'PH440120240000001', 'HL001', 100000002, 100000002, 1004, '44010001', DATE '2024-05-18', DATE '2024-05-21', DATE '2025-05-21', 'IF', 2000000, 730, 'Y', 1, DATE '2025-05-21', 'AG', 'INIT');
INSERT INTO ins_core.policy (policy_id, policy_no, product_code, holder_id, insured_id, agent_id, branch_code, issue_date, effective_date, expiry_date, status, sum_insured, annual_premium, pay_mode, pay_term_years, next_due_date, channel, created_by) VALUES (10000000004, 'PL310120200000001', 'LF002', 100000003, 100000003, 1007, '31010000', DATE '2020-08-01', DATE '2020-08-02', DATE '2040-08-02', 'IF', 1000000, 2100, 'Y', 20, DATE '2025-08-02', 'AG', 'INIT');
INSERT INTO ins_core.policy (policy_id, policy_no, product_code, holder_id, insured_id, agent_id, branch_code, issue_date, effective_date, expiry_date, status, sum_insured, annual_premium, pay_mode, pay_term_years, next_due_date, channel, created_by) VALUES (10000000005, 'PM440120240000001', 'MT002', 100000005, 100000005, 1003, '44010000', DATE '2024-01-15', DATE '2024-01-16', DATE '2025-01-16', 'IF', 300000, 3650, 'S', 1, NULL, 'AG', 'INIT');
INSERT INTO ins_core.policy (policy_id, policy_no, product_code, holder_id, insured_id, agent_id, branch_code, issue_date, effective_date, expiry_date, status, sum_insured, annual_premium, pay_mode, pay_term_years, next_due_date, channel, created_by) VALUES (10000000006, 'PA310120240000001', 'AC001', 100000006, 100000007, NULL, '31010000', DATE '2024-02-01', DATE '2024-02-02', DATE '2025-02-02', 'IF', 500000, 330, 'S', 1, NULL, 'ON', 'INIT');
INSERT INTO ins_core.policy (policy_id, policy_no, product_code, holder_id, insured_id, agent_id, branch_code, issue_date, effective_date, expiry_date, status, sum_insured, annual_premium, pay_mode, pay_term_years, next_due_date, channel, created_by) VALUES (10000000007, 'PP320520230000001', 'PC002', 100000101, 100000101, 1006, '32050000', DATE '2023-07-01', DATE '2023-07-01', DATE '2024-07-01', 'EX', 80000000, 68000, 'S', 1, NULL, 'AG', 'INIT');
INSERT INTO ins_core.policy (policy_id, policy_no, product_code, holder_id, insured_id, agent_id, branch_code, issue_date, effective_date, expiry_date, status, sum_insured, annual_premium, pay_mode, pay_term_years, next_due_date, channel, created_by) VALUES (10000000008, 'PL110120180000001', 'LF001', 100000008, 100000024, 1008, '11010000', DATE '2018-11-11', DATE '2018-11-12', NULL, 'LA', 300000, 5600, 'Y', 10, DATE '2023-11-12', 'AG', 'INIT');
INSERT INTO ins_core.policy (policy_id, policy_no, product_code, holder_id, insured_id, agent_id, branch_code, issue_date, effective_date, expiry_date, status, sum_insured, annual_premium, pay_mode, pay_term_years, next_due_date, channel, created_by) VALUES (10000000009, 'PH110120210000001', 'HL002', 100000009, 100000009, 1008, '11010000', DATE '2021-04-06', DATE '2021-04-07', NULL, 'IF', 500000, 8900, 'Y', 20, DATE '2025-04-07', 'AG', 'INIT');
INSERT INTO ins_core.policy (policy_id, policy_no, product_code, holder_id, insured_id, agent_id, branch_code, issue_date, effective_date, expiry_date, status, sum_insured, annual_premium, pay_mode, pay_term_years, next_due_date, channel, created_by) VALUES (10000000010, 'PL440120160000001', 'LF900', 100000004, 100000004, 1002, '44010000', DATE '2016-06-01', DATE '2016-06-02', DATE '2026-06-02', 'IF', 100000, 9100, 'Y', 10, DATE '2025-06-02', 'AG', 'INIT');

-- 保单险种
INSERT INTO ins_core.policy_coverage (policy_id, coverage_seq, coverage_code, sum_insured, premium, deductible, start_date, end_date) VALUES (10000000001, 1, 'LF001D', 500000, 4900.0, 0, DATE '2019-03-13', NULL);
INSERT INTO ins_core.policy_coverage (policy_id, coverage_seq, coverage_code, sum_insured, premium, deductible, start_date, end_date) VALUES (10000000001, 2, 'LF001T', 500000, 4900.0, 0, DATE '2019-03-13', NULL);
INSERT INTO ins_core.policy_coverage (policy_id, coverage_seq, coverage_code, sum_insured, premium, deductible, start_date, end_date) VALUES (10000000002, 1, 'HL001M', 2000000, 340.0, 10000, DATE '2023-05-21', DATE '2024-05-21');
INSERT INTO ins_core.policy_coverage (policy_id, coverage_seq, coverage_code, sum_insured, premium, deductible, start_date, end_date) VALUES (10000000002, 2, 'HL001O', 1000000.0, 340.0, 10000, DATE '2023-05-21', DATE '2024-05-21');
INSERT INTO ins_core.policy_coverage (policy_id, coverage_seq, coverage_code, sum_insured, premium, deductible, start_date, end_date) VALUES (10000000003, 1, 'HL001M', 2000000, 365.0, 10000, DATE '2024-05-21', DATE '2025-05-21');
INSERT INTO ins_core.policy_coverage (policy_id, coverage_seq, coverage_code, sum_insured, premium, deductible, start_date, end_date) VALUES (10000000003, 2, 'HL001O', 1000000.0, 365.0, 10000, DATE '2024-05-21', DATE '2025-05-21');
INSERT INTO ins_core.policy_coverage (policy_id, coverage_seq, coverage_code, sum_insured, premium, deductible, start_date, end_date) VALUES (10000000004, 1, 'LF002D', 1000000, 2100.0, 0, DATE '2020-08-02', DATE '2040-08-02');
INSERT INTO ins_core.policy_coverage (policy_id, coverage_seq, coverage_code, sum_insured, premium, deductible, start_date, end_date) VALUES (10000000005, 1, 'MT002V', 300000, 1825.0, 0, DATE '2024-01-16', DATE '2025-01-16');
INSERT INTO ins_core.policy_coverage (policy_id, coverage_seq, coverage_code, sum_insured, premium, deductible, start_date, end_date) VALUES (10000000005, 2, 'MT002T', 300000, 1825.0, 0, DATE '2024-01-16', DATE '2025-01-16');
INSERT INTO ins_core.policy_coverage (policy_id, coverage_seq, coverage_code, sum_insured, premium, deductible, start_date, end_date) VALUES (10000000006, 1, 'AC001D', 500000, 330.0, 0, DATE '2024-02-02', DATE '2025-02-02');
INSERT INTO ins_core.policy_coverage (policy_id, coverage_seq, coverage_code, sum_insured, premium, deductible, start_date, end_date) VALUES (10000000007, 1, 'PC002A', 80000000, 68000.0, 5000, DATE '2023-07-01', DATE '2024-07-01');
INSERT INTO ins_core.policy_coverage (policy_id, coverage_seq, coverage_code, sum_insured, premium, deductible, start_date, end_date) VALUES (10000000008, 1, 'LF001D', 300000, 2800.0, 0, DATE '2018-11-12', NULL);
INSERT INTO ins_core.policy_coverage (policy_id, coverage_seq, coverage_code, sum_insured, premium, deductible, start_date, end_date) VALUES (10000000008, 2, 'LF001T', 300000, 2800.0, 0, DATE '2018-11-12', NULL);
INSERT INTO ins_core.policy_coverage (policy_id, coverage_seq, coverage_code, sum_insured, premium, deductible, start_date, end_date) VALUES (10000000009, 1, 'HL002C', 500000, 8900.0, 0, DATE '2021-04-07', NULL);
INSERT INTO ins_core.policy_coverage (policy_id, coverage_seq, coverage_code, sum_insured, premium, deductible, start_date, end_date) VALUES (10000000010, 1, 'LF900E', 100000, 9100.0, 0, DATE '2016-06-02', DATE '2026-06-02');

-- 关系人
INSERT INTO ins_core.policy_party (policy_id, party_id, role_code, relation_code, share_pct, beneficiary_order) VALUES (10000000001, 100000001, 'HO', NULL, NULL, NULL);
INSERT INTO ins_core.policy_party (policy_id, party_id, role_code, relation_code, share_pct, beneficiary_order) VALUES (10000000001, 100000001, 'IN', '00', NULL, NULL);
INSERT INTO ins_core.policy_party (policy_id, party_id, role_code, relation_code, share_pct, beneficiary_order) VALUES (10000000002, 100000002, 'HO', NULL, NULL, NULL);
INSERT INTO ins_core.policy_party (policy_id, party_id, role_code, relation_code, share_pct, beneficiary_order) VALUES (10000000002, 100000002, 'IN', '00', NULL, NULL);
INSERT INTO ins_core.policy_party (policy_id, party_id, role_code, relation_code, share_pct, beneficiary_order) VALUES (10000000003, 100000002, 'HO', NULL, NULL, NULL);
INSERT INTO ins_core.policy_party (policy_id, party_id, role_code, relation_code, share_pct, beneficiary_order) VALUES (10000000003, 100000002, 'IN', '00', NULL, NULL);
INSERT INTO ins_core.policy_party (policy_id, party_id, role_code, relation_code, share_pct, beneficiary_order) VALUES (10000000004, 100000003, 'HO', NULL, NULL, NULL);
INSERT INTO ins_core.policy_party (policy_id, party_id, role_code, relation_code, share_pct, beneficiary_order) VALUES (10000000004, 100000003, 'IN', '00', NULL, NULL);
INSERT INTO ins_core.policy_party (policy_id, party_id, role_code, relation_code, share_pct, beneficiary_order) VALUES (10000000005, 100000005, 'HO', NULL, NULL, NULL);
INSERT INTO ins_core.policy_party (policy_id, party_id, role_code, relation_code, share_pct, beneficiary_order) VALUES (10000000005, 100000005, 'IN', '00', NULL, NULL);
INSERT INTO ins_core.policy_party (policy_id, party_id, role_code, relation_code, share_pct, beneficiary_order) VALUES (10000000006, 100000006, 'HO', NULL, NULL, NULL);
INSERT INTO ins_core.policy_party (policy_id, party_id, role_code, relation_code, share_pct, beneficiary_order) VALUES (10000000006, 100000007, 'IN', '03', NULL, NULL);
INSERT INTO ins_core.policy_party (policy_id, party_id, role_code, relation_code, share_pct, beneficiary_order) VALUES (10000000007, 100000101, 'HO', NULL, NULL, NULL);
INSERT INTO ins_core.policy_party (policy_id, party_id, role_code, relation_code, share_pct, beneficiary_order) VALUES (10000000007, 100000101, 'IN', '00', NULL, NULL);
INSERT INTO ins_core.policy_party (policy_id, party_id, role_code, relation_code, share_pct, beneficiary_order) VALUES (10000000008, 100000008, 'HO', NULL, NULL, NULL);
INSERT INTO ins_core.policy_party (policy_id, party_id, role_code, relation_code, share_pct, beneficiary_order) VALUES (10000000008, 100000024, 'IN', '03', NULL, NULL);
INSERT INTO ins_core.policy_party (policy_id, party_id, role_code, relation_code, share_pct, beneficiary_order) VALUES (10000000009, 100000009, 'HO', NULL, NULL, NULL);
INSERT INTO ins_core.policy_party (policy_id, party_id, role_code, relation_code, share_pct, beneficiary_order) VALUES (10000000009, 100000009, 'IN', '00', NULL, NULL);
INSERT INTO ins_core.policy_party (policy_id, party_id, role_code, relation_code, share_pct, beneficiary_order) VALUES (10000000010, 100000004, 'HO', NULL, NULL, NULL);
INSERT INTO ins_core.policy_party (policy_id, party_id, role_code, relation_code, share_pct, beneficiary_order) VALUES (10000000010, 100000004, 'IN', '00', NULL, NULL);
INSERT INTO ins_core.policy_party (policy_id, party_id, role_code, relation_code, share_pct, beneficiary_order) VALUES (10000000001, 100000002, 'BE', '01', 60, 1);
INSERT INTO ins_core.policy_party (policy_id, party_id, role_code, relation_code, share_pct, beneficiary_order) VALUES (10000000001, 100000024, 'BE', '03', 40, 1);
INSERT INTO ins_core.policy_party (policy_id, party_id, role_code, relation_code, share_pct, beneficiary_order) VALUES (10000000009, 100000010, 'BE', '01', 100, 1);

-- 已用流水
INSERT INTO ins_core.numbering_counter (rule_code, branch_code, period_key, last_value) VALUES ('POLAC', '31010000', '2024', 1);
INSERT INTO ins_core.numbering_counter (rule_code, branch_code, period_key, last_value) VALUES ('POLHL', '11010000', '2021', 1);
INSERT INTO ins_core.numbering_counter (rule_code, branch_code, period_key, last_value) VALUES ('POLHL', '44010000', '2023', 1);
INSERT INTO ins_core.numbering_counter (rule_code, branch_code, period_key, last_value) VALUES ('POLHL', '44010000', '2024', 1);
INSERT INTO ins_core.numbering_counter (rule_code, branch_code, period_key, last_value) VALUES ('POLLF', '11010000', '2018', 1);
INSERT INTO ins_core.numbering_counter (rule_code, branch_code, period_key, last_value) VALUES ('POLLF', '31010000', '2020', 1);
INSERT INTO ins_core.numbering_counter (rule_code, branch_code, period_key, last_value) VALUES ('POLLF', '44010000', '2016', 1);
INSERT INTO ins_core.numbering_counter (rule_code, branch_code, period_key, last_value) VALUES ('POLLF', '44010000', '2019', 1);
INSERT INTO ins_core.numbering_counter (rule_code, branch_code, period_key, last_value) VALUES ('POLMT', '44010000', '2024', 1);
INSERT INTO ins_core.numbering_counter (rule_code, branch_code, period_key, last_value) VALUES ('POLPC', '32050000', '2023', 1);

INSERT INTO ins_core.insured_object (policy_id, object_type, risk, sum_insured)
VALUES (10000000005, 'VH', ins_core.t_risk_vehicle('大众帕萨特 2.0T', 218900, '粤A·8K326', 'LSVCH6A40MN012345', 'DKX123456', 'SVW7203', 5, DATE '2021-03-08', '01'), 170000);
INSERT INTO ins_core.insured_object (policy_id, object_type, risk, sum_insured)
VALUES (10000000007, 'BD', ins_core.t_risk_building('昆山一号厂房', 60000000, ins_core.t_address('江苏省', '苏州市', '昆山市', '前进东路999号', '215300'), 2009, 23800, '01', 'Y'), 60000000);

INSERT ALL
  INTO ins_core.sms_outbox (mobile, content, ref_id) VALUES ('13510023417', '【安禾保险】您的保单 PL440120190000001 已生效。', 'INIT1')
  INTO ins_core.sms_outbox (mobile, content, ref_id) VALUES ('13610757928', '【安禾保险】续保成功。', 'INIT2')
SELECT * FROM dual;

COMMIT;
