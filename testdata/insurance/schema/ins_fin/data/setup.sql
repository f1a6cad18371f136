-- 银行、税率、批处理、通知模板、生命表
SET DEFINE OFF
INSERT INTO ins_fin.bank_code (bank_code, bank_name, short_name, file_format, max_lines) VALUES ('ICBC', '中国工商银行', 'ICBC', 'FIX', 5000);
INSERT INTO ins_fin.bank_code (bank_code, bank_name, short_name, file_format, max_lines) VALUES ('CCB', '中国建设银行', 'CCB', 'CSV', 2000);
INSERT INTO ins_fin.bank_code (bank_code, bank_name, short_name, file_format, max_lines) VALUES ('ABC', '中国农业银行', 'ABC', 'PIPE', 3000);
INSERT INTO ins_fin.bank_code (bank_code, bank_name, short_name, file_format, max_lines) VALUES ('BOC', '中国银行', 'BOC', 'CSV', 5000);
INSERT INTO ins_fin.bank_code (bank_code, bank_name, short_name, file_format, max_lines) VALUES ('CMB', '招商银行', 'CMB', 'PIPE', 10000);
INSERT INTO ins_fin.bank_code (bank_code, bank_name, short_name, file_format, max_lines) VALUES ('PSBC', '中国邮政储蓄银行', 'PSBC', 'FIX', 1000);
INSERT INTO ins_fin.bank_account (account_id, branch_code, bank_code, account_no, account_type, currency, gl_account) VALUES (1, '00000000', 'ICBC', '0200001009001234567', 'PY', 'CNY', '100201');
INSERT INTO ins_fin.bank_account (account_id, branch_code, bank_code, account_no, account_type, currency, gl_account) VALUES (2, '00000000', 'ICBC', '0200001009007654321', 'RC', 'CNY', '100202');
INSERT INTO ins_fin.bank_account (account_id, branch_code, bank_code, account_no, account_type, currency, gl_account) VALUES (3, '00000000', 'CCB', '11001018500056000001', 'PY', 'CNY', '100203');
INSERT INTO ins_fin.bank_account (account_id, branch_code, bank_code, account_no, account_type, currency, gl_account) VALUES (4, '00000000', 'CCB', '11001018500056000002', 'RC', 'CNY', '100204');
INSERT INTO ins_fin.bank_account (account_id, branch_code, bank_code, account_no, account_type, currency, gl_account) VALUES (5, '00000000', 'BOC', '778350000001', 'PY', 'USD', '100205');
INSERT INTO ins_fin.tax_rate (tax_code, product_code, valid_from, valid_to, rate, exempt_flag) VALUES ('VAT', '*', DATE '2016-05-01', NULL, 0.06, 'N');
INSERT INTO ins_fin.tax_rate (tax_code, product_code, valid_from, valid_to, rate, exempt_flag) VALUES ('STP', '*', DATE '2010-01-01', DATE '2022-06-30', 0.001, 'N');
INSERT INTO ins_fin.tax_rate (tax_code, product_code, valid_from, valid_to, rate, exempt_flag) VALUES ('STP', '*', DATE '2022-07-01', NULL, 0.001, 'N');
INSERT INTO ins_fin.tax_rate (tax_code, product_code, valid_from, valid_to, rate, exempt_flag) VALUES ('IIT', '*', DATE '2019-01-01', NULL, 0.2, 'N');
INSERT INTO ins_fin.batch_job (job_code, job_name, call_block, depends_on, restartable, max_minutes) VALUES ('DUNNING', '催缴批', 'pkg_collection.dunning_batch(:business_date);', NULL, 'Y', 90);
INSERT INTO ins_fin.batch_job (job_code, job_name, call_block, depends_on, restartable, max_minutes) VALUES ('PAY_DAILY', '付款送盘', 'pkg_payment.daily_run(:business_date);', 'DUNNING', 'Y', 60);
INSERT INTO ins_fin.batch_job (job_code, job_name, call_block, depends_on, restartable, max_minutes) VALUES ('RECON', '银企对账', 'pkg_bank_recon.reconcile_day(:business_date);', 'PAY_DAILY', 'N', 30);
INSERT INTO ins_fin.batch_job (job_code, job_name, call_block, depends_on, restartable, max_minutes) VALUES ('CLM_ADJ', '理赔自动理算', 'ins_claim.pkg_claim_batch.nightly(:business_date);', NULL, 'Y', 240);
INSERT INTO ins_fin.batch_job (job_code, job_name, call_block, depends_on, restartable, max_minutes) VALUES ('CESSION', '分保批', 'DECLARE n PLS_INTEGER; BEGIN pkg_reinsurance.cede_policies(SYSDATE - 1, SYSDATE, n); END;', 'RECON', 'Y', 120);
INSERT INTO ins_fin.notify_template (template_code, channel, subject, body) VALUES ('CLM_REG', 'SMS', NULL, '尊敬的${name},您的报案已受理,赔案号${claim_no},出险日期${loss_date}。');
INSERT INTO ins_fin.notify_template (template_code, channel, subject, body) VALUES ('CLM_DAILY', 'MAIL', '昨日报案统计', '各位领导:
${body}');
INSERT INTO ins_fin.notify_template (template_code, channel, subject, body) VALUES ('DUN1', 'SMS', NULL, '${name},您的保单${policy_no}应缴保费${amount}元,应缴日${due_date},请及时缴纳。');
INSERT INTO ins_fin.notify_template (template_code, channel, subject, body) VALUES ('DUN2', 'SMS', NULL, '${name},保单${policy_no}保费${amount}元自${due_date}起已逾期,请尽快缴费。');
INSERT INTO ins_fin.notify_template (template_code, channel, subject, body) VALUES ('DUN3', 'SMS', NULL, '【重要】${name},保单${policy_no}宽限期将满,未缴${amount}元(应缴日${due_date})将导致保单失效。');
UPDATE ins_fin.notify_template SET "COMMENT" = '监管要求文案, 勿改' WHERE template_code LIKE 'DUN_';
INSERT INTO ins_fin.act_mortality (table_code, gender, age, qx) VALUES ('CL2010', 'M', 0, 0.00039);
INSERT INTO ins_fin.act_mortality (table_code, gender, age, qx) VALUES ('CL2010', 'M', 5, 0.00041529);
INSERT INTO ins_fin.act_mortality (table_code, gender, age, qx) VALUES ('CL2010', 'M', 10, 0.00045658);
INSERT INTO ins_fin.act_mortality (table_code, gender, age, qx) VALUES ('CL2010', 'M', 15, 0.00052397);
INSERT INTO ins_fin.act_mortality (table_code, gender, age, qx) VALUES ('CL2010', 'M', 20, 0.00063397);
INSERT INTO ins_fin.act_mortality (table_code, gender, age, qx) VALUES ('CL2010', 'M', 25, 0.00081353);
INSERT INTO ins_fin.act_mortality (table_code, gender, age, qx) VALUES ('CL2010', 'M', 30, 0.00110663);
INSERT INTO ins_fin.act_mortality (table_code, gender, age, qx) VALUES ('CL2010', 'M', 35, 0.00158507);
INSERT INTO ins_fin.act_mortality (table_code, gender, age, qx) VALUES ('CL2010', 'M', 40, 0.00236602);
INSERT INTO ins_fin.act_mortality (table_code, gender, age, qx) VALUES ('CL2010', 'M', 45, 0.00364078);
INSERT INTO ins_fin.act_mortality (table_code, gender, age, qx) VALUES ('CL2010', 'M', 50, 0.00572159);
INSERT INTO ins_fin.act_mortality (table_code, gender, age, qx) VALUES ('CL2010', 'M', 55, 0.00911814);
INSERT INTO ins_fin.act_mortality (table_code, gender, age, qx) VALUES ('CL2010', 'M', 60, 0.01466237);
INSERT INTO ins_fin.act_mortality (table_code, gender, age, qx) VALUES ('CL2010', 'M', 65, 0.02371231);
INSERT INTO ins_fin.act_mortality (table_code, gender, age, qx) VALUES ('CL2010', 'M', 70, 0.03848468);
INSERT INTO ins_fin.act_mortality (table_code, gender, age, qx) VALUES ('CL2010', 'M', 75, 0.06259786);
INSERT INTO ins_fin.act_mortality (table_code, gender, age, qx) VALUES ('CL2010', 'M', 80, 0.10195819);
INSERT INTO ins_fin.act_mortality (table_code, gender, age, qx) VALUES ('CL2010', 'M', 85, 0.1662067);
INSERT INTO ins_fin.act_mortality (table_code, gender, age, qx) VALUES ('CL2010', 'M', 90, 0.27108059);
INSERT INTO ins_fin.act_mortality (table_code, gender, age, qx) VALUES ('CL2010', 'M', 95, 0.44226793);
INSERT INTO ins_fin.act_mortality (table_code, gender, age, qx) VALUES ('CL2010', 'M', 105, 1);
INSERT INTO ins_fin.act_mortality (table_code, gender, age, qx) VALUES ('CL2010', 'F', 0, 0.0002262);
INSERT INTO ins_fin.act_mortality (table_code, gender, age, qx) VALUES ('CL2010', 'F', 5, 0.00024087);
INSERT INTO ins_fin.act_mortality (table_code, gender, age, qx) VALUES ('CL2010', 'F', 10, 0.00026482);
INSERT INTO ins_fin.act_mortality (table_code, gender, age, qx) VALUES ('CL2010', 'F', 15, 0.0003039);
INSERT INTO ins_fin.act_mortality (table_code, gender, age, qx) VALUES ('CL2010', 'F', 20, 0.0003677);
INSERT INTO ins_fin.act_mortality (table_code, gender, age, qx) VALUES ('CL2010', 'F', 25, 0.00047185);
INSERT INTO ins_fin.act_mortality (table_code, gender, age, qx) VALUES ('CL2010', 'F', 30, 0.00064185);
INSERT INTO ins_fin.act_mortality (table_code, gender, age, qx) VALUES ('CL2010', 'F', 35, 0.00091934);
INSERT INTO ins_fin.act_mortality (table_code, gender, age, qx) VALUES ('CL2010', 'F', 40, 0.00137229);
INSERT INTO ins_fin.act_mortality (table_code, gender, age, qx) VALUES ('CL2010', 'F', 45, 0.00211165);
INSERT INTO ins_fin.act_mortality (table_code, gender, age, qx) VALUES ('CL2010', 'F', 50, 0.00331852);
INSERT INTO ins_fin.act_mortality (table_code, gender, age, qx) VALUES ('CL2010', 'F', 55, 0.00528852);
INSERT INTO ins_fin.act_mortality (table_code, gender, age, qx) VALUES ('CL2010', 'F', 60, 0.00850417);
INSERT INTO ins_fin.act_mortality (table_code, gender, age, qx) VALUES ('CL2010', 'F', 65, 0.01375314);
INSERT INTO ins_fin.act_mortality (table_code, gender, age, qx) VALUES ('CL2010', 'F', 70, 0.02232112);
INSERT INTO ins_fin.act_mortality (table_code, gender, age, qx) VALUES ('CL2010', 'F', 75, 0.03630676);
INSERT INTO ins_fin.act_mortality (table_code, gender, age, qx) VALUES ('CL2010', 'F', 80, 0.05913575);
INSERT INTO ins_fin.act_mortality (table_code, gender, age, qx) VALUES ('CL2010', 'F', 85, 0.09639989);
INSERT INTO ins_fin.act_mortality (table_code, gender, age, qx) VALUES ('CL2010', 'F', 90, 0.15722674);
INSERT INTO ins_fin.act_mortality (table_code, gender, age, qx) VALUES ('CL2010', 'F', 95, 0.2565154);
INSERT INTO ins_fin.act_mortality (table_code, gender, age, qx) VALUES ('CL2010', 'F', 105, 0.68313616);

-- 编号规则: 已存在则不动
MERGE INTO ins_core.numbering_rule t
USING (SELECT 'PAY' AS rule_code, '付款指令' AS rule_name, 'P' AS prefix, 8 AS seq_length FROM dual) s
   ON (t.rule_code = s.rule_code)
 WHEN NOT MATCHED THEN INSERT (rule_code, rule_name, prefix, seq_length) VALUES (s.rule_code, s.rule_name, s.prefix, s.seq_length);
COMMIT;
