-- 系统参数
INSERT INTO ins_core.sys_parameter (param_name, param_value, data_type, description) VALUES ('REF_CACHE_STAMP', '20190101000000', 'S', '参考数据缓存时间戳');
INSERT INTO ins_core.sys_parameter (param_name, param_value, data_type, description) VALUES ('QUOTE_VALID_DAYS', '30', 'N', '报价有效天数');
INSERT INTO ins_core.sys_parameter (param_name, param_value, data_type, description) VALUES ('UW_REFER_SCORE', '100', 'N', '转人工核保分数');
INSERT INTO ins_core.sys_parameter (param_name, param_value, data_type, description) VALUES ('UW_DECLINE_SCORE', '200', 'N', '自动拒保分数');
INSERT INTO ins_core.sys_parameter (param_name, param_value, data_type, description) VALUES ('RENEWAL_MAX_GROWTH', '0.3', 'N', '续保保费最大涨幅');
INSERT INTO ins_core.sys_parameter (param_name, param_value, data_type, description) VALUES ('SURRENDER_FEE_PCT', '5', 'N', '短期险退保手续费 %');
INSERT INTO ins_core.sys_parameter (param_name, param_value, data_type, description) VALUES ('REINSTATE_INTEREST', '0.05', 'N', '复效年利率');
INSERT INTO ins_core.sys_parameter (param_name, param_value, data_type, description) VALUES ('ENDO_SELF_LIMIT', '1000', 'N', '批改自审限额');
INSERT INTO ins_core.sys_parameter (param_name, param_value, data_type, description) VALUES ('DOC_MAX_BYTES', '10485760', 'N', '影像最大字节');
INSERT INTO ins_core.sys_parameter (param_name, param_value, data_type, description) VALUES ('DATA_KEY', 'change-me', 'S', '数据加密口令, 上线后修改');
INSERT INTO ins_core.sys_parameter (param_name, param_value, data_type, description) VALUES ('BATCH_CUTOVER', '2019-07-01', 'D', '新核心切换日');
INSERT INTO ins_core.sys_parameter (param_name, param_value, data_type, description) VALUES ('SMS_ENABLED', 'Y', 'B', '短信开关');

-- 编号规则
INSERT INTO ins_core.numbering_rule (rule_code, rule_name, prefix, seq_length, reset_cycle, with_branch, with_check) VALUES ('POLLF', '寿险保单号', 'PL', 7, 'Y', 'Y', 'N');
INSERT INTO ins_core.numbering_rule (rule_code, rule_name, prefix, seq_length, reset_cycle, with_branch, with_check) VALUES ('POLHL', '健康险保单号', 'PH', 7, 'Y', 'Y', 'N');
INSERT INTO ins_core.numbering_rule (rule_code, rule_name, prefix, seq_length, reset_cycle, with_branch, with_check) VALUES ('POLPC', '财产险保单号', 'PP', 7, 'Y', 'Y', 'N');
INSERT INTO ins_core.numbering_rule (rule_code, rule_name, prefix, seq_length, reset_cycle, with_branch, with_check) VALUES ('POLAC', '意外险保单号', 'PA', 7, 'Y', 'Y', 'N');
INSERT INTO ins_core.numbering_rule (rule_code, rule_name, prefix, seq_length, reset_cycle, with_branch, with_check) VALUES ('POLMT', '车险保单号', 'PM', 7, 'Y', 'Y', 'N');
INSERT INTO ins_core.numbering_rule (rule_code, rule_name, prefix, seq_length, reset_cycle, with_branch, with_check) VALUES ('PROP', '投保单号', 'T', 8, 'Y', 'Y', 'N');
INSERT INTO ins_core.numbering_rule (rule_code, rule_name, prefix, seq_length, reset_cycle, with_branch, with_check) VALUES ('QUOTE', '报价单号', 'Q', 8, 'D', 'N', 'N');
INSERT INTO ins_core.numbering_rule (rule_code, rule_name, prefix, seq_length, reset_cycle, with_branch, with_check) VALUES ('ENDO', '批单号', 'E', 6, 'Y', 'Y', 'N');
INSERT INTO ins_core.numbering_rule (rule_code, rule_name, prefix, seq_length, reset_cycle, with_branch, with_check) VALUES ('CLM', '赔案号', 'C', 7, 'Y', 'Y', 'N');
INSERT INTO ins_core.numbering_rule (rule_code, rule_name, prefix, seq_length, reset_cycle, with_branch, with_check) VALUES ('CLMHL', '医疗赔案号', 'CH', 7, 'Y', 'Y', 'N');
INSERT INTO ins_core.numbering_rule (rule_code, rule_name, prefix, seq_length, reset_cycle, with_branch, with_check) VALUES ('CLMMT', '车险赔案号', 'CM', 7, 'Y', 'Y', 'N');
INSERT INTO ins_core.numbering_rule (rule_code, rule_name, prefix, seq_length, reset_cycle, with_branch, with_check) VALUES ('RCPT', '收据号', 'R', 8, 'M', 'Y', 'Y');
INSERT INTO ins_core.numbering_rule (rule_code, rule_name, prefix, seq_length, reset_cycle, with_branch, with_check) VALUES ('VCHR', '凭证号', 'V', 6, 'M', 'Y', 'N');
INSERT INTO ins_core.numbering_rule (rule_code, rule_name, prefix, seq_length, reset_cycle, with_branch, with_check) VALUES ('PAY', '付款单号', 'Y', 8, 'D', 'N', 'Y');
INSERT INTO ins_core.numbering_rule (rule_code, rule_name, prefix, seq_length, reset_cycle, with_branch, with_check) VALUES ('INV', '发票申请号', 'I', 8, 'D', 'Y', 'N');

-- 汇率 (外管局中间价)
INSERT INTO ins_core.exchange_rate (from_currency, to_currency, rate_date, rate, rate_type) VALUES ('USD', 'CNY', DATE '2023-01-03', 6.9475, 'M');
INSERT INTO ins_core.exchange_rate (from_currency, to_currency, rate_date, rate, rate_type) VALUES ('HKD', 'CNY', DATE '2023-01-03', 0.89019, 'M');
INSERT INTO ins_core.exchange_rate (from_currency, to_currency, rate_date, rate, rate_type) VALUES ('EUR', 'CNY', DATE '2023-01-03', 7.4017, 'M');
INSERT INTO ins_core.exchange_rate (from_currency, to_currency, rate_date, rate, rate_type) VALUES ('JPY', 'CNY', DATE '2023-01-03', 0.053155, 'M');
INSERT INTO ins_core.exchange_rate (from_currency, to_currency, rate_date, rate, rate_type) VALUES ('USD', 'CNY', DATE '2023-06-30', 7.2258, 'M');
INSERT INTO ins_core.exchange_rate (from_currency, to_currency, rate_date, rate, rate_type) VALUES ('HKD', 'CNY', DATE '2023-06-30', 0.92198, 'M');
INSERT INTO ins_core.exchange_rate (from_currency, to_currency, rate_date, rate, rate_type) VALUES ('EUR', 'CNY', DATE '2023-06-30', 7.8771, 'M');
INSERT INTO ins_core.exchange_rate (from_currency, to_currency, rate_date, rate, rate_type) VALUES ('JPY', 'CNY', DATE '2023-06-30', 0.050094, 'M');
INSERT INTO ins_core.exchange_rate (from_currency, to_currency, rate_date, rate, rate_type) VALUES ('USD', 'CNY', DATE '2023-12-29', 7.0827, 'M');
INSERT INTO ins_core.exchange_rate (from_currency, to_currency, rate_date, rate, rate_type) VALUES ('HKD', 'CNY', DATE '2023-12-29', 0.90622, 'M');
INSERT INTO ins_core.exchange_rate (from_currency, to_currency, rate_date, rate, rate_type) VALUES ('EUR', 'CNY', DATE '2023-12-29', 7.8592, 'M');
INSERT INTO ins_core.exchange_rate (from_currency, to_currency, rate_date, rate, rate_type) VALUES ('JPY', 'CNY', DATE '2023-12-29', 0.050213, 'M');
INSERT INTO ins_core.exchange_rate (from_currency, to_currency, rate_date, rate, rate_type) VALUES ('USD', 'CNY', DATE '2024-06-28', 7.1268, 'M');
INSERT INTO ins_core.exchange_rate (from_currency, to_currency, rate_date, rate, rate_type) VALUES ('HKD', 'CNY', DATE '2024-06-28', 0.91268, 'M');
INSERT INTO ins_core.exchange_rate (from_currency, to_currency, rate_date, rate, rate_type) VALUES ('EUR', 'CNY', DATE '2024-06-28', 7.6617, 'M');
INSERT INTO ins_core.exchange_rate (from_currency, to_currency, rate_date, rate, rate_type) VALUES ('JPY', 'CNY', DATE '2024-06-28', 0.044738, 'M');

-- 节假日
INSERT INTO ins_core.calendar_day (cal_date, is_business_day, holiday_name, fiscal_year, fiscal_period) VALUES (DATE '2024-01-01', 'N', '元旦', 2024, 1);
INSERT INTO ins_core.calendar_day (cal_date, is_business_day, holiday_name, fiscal_year, fiscal_period) VALUES (DATE '2024-02-10', 'N', '春节', 2024, 2);
INSERT INTO ins_core.calendar_day (cal_date, is_business_day, holiday_name, fiscal_year, fiscal_period) VALUES (DATE '2024-02-12', 'N', '春节', 2024, 2);
INSERT INTO ins_core.calendar_day (cal_date, is_business_day, holiday_name, fiscal_year, fiscal_period) VALUES (DATE '2024-02-13', 'N', '春节', 2024, 2);
INSERT INTO ins_core.calendar_day (cal_date, is_business_day, holiday_name, fiscal_year, fiscal_period) VALUES (DATE '2024-02-14', 'N', '春节', 2024, 2);
INSERT INTO ins_core.calendar_day (cal_date, is_business_day, holiday_name, fiscal_year, fiscal_period) VALUES (DATE '2024-02-15', 'N', '春节', 2024, 2);
INSERT INTO ins_core.calendar_day (cal_date, is_business_day, holiday_name, fiscal_year, fiscal_period) VALUES (DATE '2024-02-16', 'N', '春节', 2024, 2);
INSERT INTO ins_core.calendar_day (cal_date, is_business_day, holiday_name, fiscal_year, fiscal_period) VALUES (DATE '2024-04-04', 'N', '清明节', 2024, 4);
INSERT INTO ins_core.calendar_day (cal_date, is_business_day, holiday_name, fiscal_year, fiscal_period) VALUES (DATE '2024-04-05', 'N', '清明节', 2024, 4);
INSERT INTO ins_core.calendar_day (cal_date, is_business_day, holiday_name, fiscal_year, fiscal_period) VALUES (DATE '2024-05-01', 'N', '劳动节', 2024, 5);
INSERT INTO ins_core.calendar_day (cal_date, is_business_day, holiday_name, fiscal_year, fiscal_period) VALUES (DATE '2024-05-02', 'N', '劳动节', 2024, 5);
INSERT INTO ins_core.calendar_day (cal_date, is_business_day, holiday_name, fiscal_year, fiscal_period) VALUES (DATE '2024-05-03', 'N', '劳动节', 2024, 5);
INSERT INTO ins_core.calendar_day (cal_date, is_business_day, holiday_name, fiscal_year, fiscal_period) VALUES (DATE '2024-06-10', 'N', '端午节', 2024, 6);
INSERT INTO ins_core.calendar_day (cal_date, is_business_day, holiday_name, fiscal_year, fiscal_period) VALUES (DATE '2024-09-16', 'N', '中秋节', 2024, 9);
INSERT INTO ins_core.calendar_day (cal_date, is_business_day, holiday_name, fiscal_year, fiscal_period) VALUES (DATE '2024-09-17', 'N', '中秋节', 2024, 9);
INSERT INTO ins_core.calendar_day (cal_date, is_business_day, holiday_name, fiscal_year, fiscal_period) VALUES (DATE '2024-10-01', 'N', '国庆节', 2024, 10);
INSERT INTO ins_core.calendar_day (cal_date, is_business_day, holiday_name, fiscal_year, fiscal_period) VALUES (DATE '2024-10-02', 'N', '国庆节', 2024, 10);
INSERT INTO ins_core.calendar_day (cal_date, is_business_day, holiday_name, fiscal_year, fiscal_period) VALUES (DATE '2024-10-03', 'N', '国庆节', 2024, 10);
INSERT INTO ins_core.calendar_day (cal_date, is_business_day, holiday_name, fiscal_year, fiscal_period) VALUES (DATE '2024-10-04', 'N', '国庆节', 2024, 10);
INSERT INTO ins_core.calendar_day (cal_date, is_business_day, holiday_name, fiscal_year, fiscal_period) VALUES (DATE '2024-10-07', 'N', '国庆节', 2024, 10);
INSERT INTO ins_core.calendar_day (cal_date, is_business_day, holiday_name, fiscal_year, fiscal_period) VALUES (DATE '2024-02-04', 'Y', '春节调休上班', 2024, 2);
INSERT INTO ins_core.calendar_day (cal_date, is_business_day, holiday_name, fiscal_year, fiscal_period) VALUES (DATE '2024-02-18', 'Y', '春节调休上班', 2024, 2);
INSERT INTO ins_core.calendar_day (cal_date, is_business_day, holiday_name, fiscal_year, fiscal_period) VALUES (DATE '2024-04-07', 'Y', '清明调休上班', 2024, 4);
INSERT INTO ins_core.calendar_day (cal_date, is_business_day, holiday_name, fiscal_year, fiscal_period) VALUES (DATE '2024-04-28', 'Y', '劳动节调休上班', 2024, 4);
INSERT INTO ins_core.calendar_day (cal_date, is_business_day, holiday_name, fiscal_year, fiscal_period) VALUES (DATE '2024-05-11', 'Y', '劳动节调休上班', 2024, 5);
INSERT INTO ins_core.calendar_day (cal_date, is_business_day, holiday_name, fiscal_year, fiscal_period) VALUES (DATE '2024-09-14', 'Y', '中秋调休上班', 2024, 9);
INSERT INTO ins_core.calendar_day (cal_date, is_business_day, holiday_name, fiscal_year, fiscal_period) VALUES (DATE '2024-09-29', 'Y', '国庆调休上班', 2024, 9);
INSERT INTO ins_core.calendar_day (cal_date, is_business_day, holiday_name, fiscal_year, fiscal_period) VALUES (DATE '2024-10-12', 'Y', '国庆调休上班', 2024, 10);

