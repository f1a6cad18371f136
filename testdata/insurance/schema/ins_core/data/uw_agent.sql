-- 核保规则
INSERT INTO ins_core.uw_rule (rule_code, rule_name, line_of_business, severity, condition_sql, action_code, action_value, score, seq_no) VALUES ('UW001', '黑名单', NULL, 'E', 'f.blacklist_hits > 0', 'DECLINE', NULL, 999, 1);
INSERT INTO ins_core.uw_rule (rule_code, rule_name, line_of_business, severity, condition_sql, action_code, action_value, score, seq_no) VALUES ('UW010', 'BMI 超标', 'LF', 'W', 'f.bmi > 32 OR f.bmi < 16', 'REFER', NULL, 60, 10);
INSERT INTO ins_core.uw_rule (rule_code, rule_name, line_of_business, severity, condition_sql, action_code, action_value, score, seq_no) VALUES ('UW011', 'BMI 偏高加费', 'HL', 'W', 'f.bmi BETWEEN 28 AND 32', 'LOAD', '25', 20, 11);
INSERT INTO ins_core.uw_rule (rule_code, rule_name, line_of_business, severity, condition_sql, action_code, action_value, score, seq_no) VALUES ('UW020', '保额超收入 20 倍', 'LF', 'W', 'f.annual_income > 0 AND f.sum_insured + f.inforce_si > f.annual_income * 20', 'REFER', NULL, 50, 20);
INSERT INTO ins_core.uw_rule (rule_code, rule_name, line_of_business, severity, condition_sql, action_code, action_value, score, seq_no) VALUES ('UW021', '累计保额过高', NULL, 'W', 'f.inforce_si + f.sum_insured > 5000000', 'REFER', NULL, 80, 21);
INSERT INTO ins_core.uw_rule (rule_code, rule_name, line_of_business, severity, condition_sql, action_code, action_value, score, seq_no) VALUES ('UW030', '健康告知阳性', 'HL', 'W', 'f.yes_answers >= 1', 'REFER', NULL, 40, 30);
INSERT INTO ins_core.uw_rule (rule_code, rule_name, line_of_business, severity, condition_sql, action_code, action_value, score, seq_no) VALUES ('UW031', '健康告知多项阳性', 'HL', 'E', 'f.yes_answers >= 4', 'DECLINE', NULL, 300, 31);
INSERT INTO ins_core.uw_rule (rule_code, rule_name, line_of_business, severity, condition_sql, action_code, action_value, score, seq_no) VALUES ('UW040', '高危职业意外险', 'AC', 'W', 'f.occupation_class IN (''5'', ''6'')', 'LOAD', '100', 30, 40);
INSERT INTO ins_core.uw_rule (rule_code, rule_name, line_of_business, severity, condition_sql, action_code, action_value, score, seq_no) VALUES ('UW050', '高龄体检', NULL, 'I', 'f.insured_age >= 55 AND f.line_of_business IN (''LF'', ''HL'')', 'EXAM', 'B', 30, 50);
INSERT INTO ins_core.uw_rule (rule_code, rule_name, line_of_business, severity, condition_sql, action_code, action_value, score, seq_no) VALUES ('UW060', '吸烟', 'LF', 'I', 'f.smoker_flag = ''Y''', 'NOTE', NULL, 10, 60);
INSERT INTO ins_core.uw_rule (rule_code, rule_name, line_of_business, severity, condition_sql, action_code, action_value, score, seq_no) VALUES ('UW070', '高风险客户', NULL, 'W', 'f.risk_level >= 4', 'REFER', NULL, 100, 70);

-- 职级
INSERT INTO ins_core.agent_rank_def (agent_rank, rank_name, rank_order, min_fyp, min_team_size, override_pct) VALUES ('A01', '见习业务员', 1, 0, 0, 0);
INSERT INTO ins_core.agent_rank_def (agent_rank, rank_name, rank_order, min_fyp, min_team_size, override_pct) VALUES ('A02', '业务员', 2, 9000, 0, 0);
INSERT INTO ins_core.agent_rank_def (agent_rank, rank_name, rank_order, min_fyp, min_team_size, override_pct) VALUES ('A03', '业务主任', 3, 24000, 3, 5);
INSERT INTO ins_core.agent_rank_def (agent_rank, rank_name, rank_order, min_fyp, min_team_size, override_pct) VALUES ('B01', '营业部经理', 4, 60000, 15, 8);
INSERT INTO ins_core.agent_rank_def (agent_rank, rank_name, rank_order, min_fyp, min_team_size, override_pct) VALUES ('C01', '区域总监', 5, 150000, 50, 10);

-- 佣金规则
INSERT INTO ins_core.commission_rule (rule_id, product_code, line_of_business, channel, pay_term_from, pay_term_to, policy_year, commission_pct, valid_from) VALUES (1, NULL, 'LF', 'AG', 0, 9, 1, 15, DATE '2010-01-01');
INSERT INTO ins_core.commission_rule (rule_id, product_code, line_of_business, channel, pay_term_from, pay_term_to, policy_year, commission_pct, valid_from) VALUES (2, NULL, 'LF', 'AG', 10, 99, 1, 35, DATE '2010-01-01');
INSERT INTO ins_core.commission_rule (rule_id, product_code, line_of_business, channel, pay_term_from, pay_term_to, policy_year, commission_pct, valid_from) VALUES (3, NULL, 'LF', 'AG', 0, 99, 2, 10, DATE '2010-01-01');
INSERT INTO ins_core.commission_rule (rule_id, product_code, line_of_business, channel, pay_term_from, pay_term_to, policy_year, commission_pct, valid_from) VALUES (4, NULL, 'LF', 'AG', 0, 99, 3, 5, DATE '2010-01-01');
INSERT INTO ins_core.commission_rule (rule_id, product_code, line_of_business, channel, pay_term_from, pay_term_to, policy_year, commission_pct, valid_from) VALUES (5, NULL, 'HL', NULL, 0, 99, 1, 20, DATE '2010-01-01');
INSERT INTO ins_core.commission_rule (rule_id, product_code, line_of_business, channel, pay_term_from, pay_term_to, policy_year, commission_pct, valid_from) VALUES (6, NULL, 'HL', NULL, 0, 99, 2, 10, DATE '2010-01-01');
INSERT INTO ins_core.commission_rule (rule_id, product_code, line_of_business, channel, pay_term_from, pay_term_to, policy_year, commission_pct, valid_from) VALUES (7, NULL, 'AC', NULL, 0, 99, 1, 25, DATE '2010-01-01');
INSERT INTO ins_core.commission_rule (rule_id, product_code, line_of_business, channel, pay_term_from, pay_term_to, policy_year, commission_pct, valid_from) VALUES (8, NULL, 'PC', NULL, 0, 99, 1, 15, DATE '2010-01-01');
INSERT INTO ins_core.commission_rule (rule_id, product_code, line_of_business, channel, pay_term_from, pay_term_to, policy_year, commission_pct, valid_from) VALUES (9, NULL, 'MT', NULL, 0, 99, 1, 12, DATE '2010-01-01');
INSERT INTO ins_core.commission_rule (rule_id, product_code, line_of_business, channel, pay_term_from, pay_term_to, policy_year, commission_pct, valid_from) VALUES (10, 'MT001', NULL, NULL, 0, 99, 1, 4, DATE '2010-01-01');
INSERT INTO ins_core.commission_rule (rule_id, product_code, line_of_business, channel, pay_term_from, pay_term_to, policy_year, commission_pct, valid_from) VALUES (11, 'LF001', NULL, 'BK', 0, 99, 1, 8, DATE '2016-01-01');
INSERT INTO ins_core.commission_rule (rule_id, product_code, line_of_business, channel, pay_term_from, pay_term_to, policy_year, commission_pct, valid_from) VALUES (12, NULL, NULL, NULL, 0, 99, 1, 5, DATE '2010-01-01');

-- 角色
INSERT INTO ins_core.app_role (role_code, role_name, functions) VALUES ('ADMIN', '系统管理员', '*');
INSERT INTO ins_core.app_role (role_code, role_name, functions) VALUES ('UW', '核保员', 'UW_DECIDE,UW_ASSIGN');
INSERT INTO ins_core.app_role (role_code, role_name, functions) VALUES ('CS', '保全岗', 'ENDO_CREATE,ENDO_APPROVE');
INSERT INTO ins_core.app_role (role_code, role_name, functions) VALUES ('SALES', '销售支持', 'QUOTE,PROPOSAL');
INSERT INTO ins_core.app_role (role_code, role_name, functions) VALUES ('FIN', '财务岗', 'PAY_APPROVE,GL_POST');

-- 用户
INSERT INTO ins_core.app_user (user_id, user_name, branch_code, uw_level) VALUES ('ADMIN', '系统管理员', '00000000', 0);
INSERT INTO ins_core.app_user (user_id, user_name, branch_code, uw_level) VALUES ('ZHANGWEI', '张伟', '44000000', 3);
INSERT INTO ins_core.app_user (user_id, user_name, branch_code, uw_level) VALUES ('LINA', '李娜', '44010000', 2);
INSERT INTO ins_core.app_user (user_id, user_name, branch_code, uw_level) VALUES ('WANGFANG', '王芳', '31010000', 1);
INSERT INTO ins_core.app_user (user_id, user_name, branch_code, uw_level) VALUES ('CHENJING', '陈静', '00000000', 5);

INSERT INTO ins_core.app_user_role (user_id, role_code) VALUES ('ADMIN', 'ADMIN');
INSERT INTO ins_core.app_user_role (user_id, role_code) VALUES ('ZHANGWEI', 'UW');
INSERT INTO ins_core.app_user_role (user_id, role_code) VALUES ('LINA', 'UW');
INSERT INTO ins_core.app_user_role (user_id, role_code) VALUES ('WANGFANG', 'CS');
INSERT INTO ins_core.app_user_role (user_id, role_code) VALUES ('CHENJING', 'UW');
INSERT INTO ins_core.app_user_role (user_id, role_code) VALUES ('CHENJING', 'FIN');

