-- 产品
INSERT INTO ins_core.product (product_code, product_name, product_name_en, line_of_business, launch_date, rate_basis, min_age, max_age, min_sum_insured, max_sum_insured, term_type, term_value, renewable_flag, grace_days, cooling_off_days, reg_filing_no, attributes) VALUES ('LF001', '安禾鑫福终身寿险', 'Xinfu whole life', 'LF', DATE '2015-03-01', 'TB', 0, 65, 50000, 10000000, 'L', 1, 'N', 60, 15, '安禾寿〔2015〕001', '{"region":"全国","tags":["终身","分红"]}');
INSERT INTO ins_core.product (product_code, product_name, product_name_en, line_of_business, launch_date, rate_basis, min_age, max_age, min_sum_insured, max_sum_insured, term_type, term_value, renewable_flag, grace_days, cooling_off_days, reg_filing_no, attributes) VALUES ('LF002', '安禾守护定期寿险', 'Guardian term life', 'LF', DATE '2018-06-15', 'TB', 18, 60, 100000, 3000000, 'Y', 20, 'N', 60, 15, '安禾寿〔2018〕012', '{"region":"全国","tags":["定期"]}');
INSERT INTO ins_core.product (product_code, product_name, product_name_en, line_of_business, launch_date, rate_basis, min_age, max_age, min_sum_insured, max_sum_insured, term_type, term_value, renewable_flag, grace_days, cooling_off_days, reg_filing_no, attributes) VALUES ('LF003', '安禾添利年金保险', 'Tianli annuity', 'LF', DATE '2020-11-01', 'FM', 0, 60, 10000, 50000000, 'Y', 15, 'N', 60, 20, '安禾寿〔2020〕033', '{"region":"全国","tags":["年金"]}');
INSERT INTO ins_core.product (product_code, product_name, product_name_en, line_of_business, launch_date, rate_basis, min_age, max_age, min_sum_insured, max_sum_insured, term_type, term_value, renewable_flag, grace_days, cooling_off_days, reg_filing_no, attributes) VALUES ('HL001', '安禾健康无忧医疗保险', 'Health carefree', 'HL', DATE '2017-01-01', 'TB', 0, 60, 1000000, 6000000, 'Y', 1, 'Y', 30, 15, '安禾健〔2017〕005', '{"region":"全国","tags":["百万医疗"]}');
INSERT INTO ins_core.product (product_code, product_name, product_name_en, line_of_business, launch_date, rate_basis, min_age, max_age, min_sum_insured, max_sum_insured, term_type, term_value, renewable_flag, grace_days, cooling_off_days, reg_filing_no, attributes) VALUES ('HL002', '安禾重疾守护保险', 'Critical illness', 'HL', DATE '2016-09-01', 'TB', 0, 55, 50000, 1000000, 'L', 1, 'N', 60, 15, '安禾健〔2016〕021', '{"region":"全国","tags":["重疾","轻症"]}');
INSERT INTO ins_core.product (product_code, product_name, product_name_en, line_of_business, launch_date, rate_basis, min_age, max_age, min_sum_insured, max_sum_insured, term_type, term_value, renewable_flag, grace_days, cooling_off_days, reg_filing_no, attributes) VALUES ('AC001', '安禾出行意外伤害保险', 'Travel accident', 'AC', DATE '2014-05-01', 'FM', 0, 80, 50000, 2000000, 'Y', 1, 'Y', 0, 0, '安禾意〔2014〕003', '{"region":"全国"}');
INSERT INTO ins_core.product (product_code, product_name, product_name_en, line_of_business, launch_date, rate_basis, min_age, max_age, min_sum_insured, max_sum_insured, term_type, term_value, renewable_flag, grace_days, cooling_off_days, reg_filing_no, attributes) VALUES ('AC002', '安禾学生平安保险', 'Student accident', 'AC', DATE '2013-08-15', 'FX', 3, 25, 10000, 200000, 'Y', 1, 'Y', 0, 0, '安禾意〔2013〕009', '{"fixedPremium":120,"region":"全国"}');
INSERT INTO ins_core.product (product_code, product_name, product_name_en, line_of_business, launch_date, rate_basis, min_age, max_age, min_sum_insured, max_sum_insured, term_type, term_value, renewable_flag, grace_days, cooling_off_days, reg_filing_no, attributes) VALUES ('PC001', '安禾家庭财产综合保险', 'Home contents', 'PC', DATE '2012-10-01', 'FM', 18, 99, 50000, 5000000, 'Y', 1, 'Y', 0, 0, '安禾财〔2012〕017', '{"region":"全国"}');
INSERT INTO ins_core.product (product_code, product_name, product_name_en, line_of_business, launch_date, rate_basis, min_age, max_age, min_sum_insured, max_sum_insured, term_type, term_value, renewable_flag, grace_days, cooling_off_days, reg_filing_no, attributes) VALUES ('PC002', '安禾企业财产一切险', 'Commercial all risks', 'PC', DATE '2011-04-01', 'FM', 0, 99, 1000000, 2000000000, 'Y', 1, 'Y', 30, 0, '安禾财〔2011〕002', '{"region":"全国","tags":["企财险"]}');
INSERT INTO ins_core.product (product_code, product_name, product_name_en, line_of_business, launch_date, rate_basis, min_age, max_age, min_sum_insured, max_sum_insured, term_type, term_value, renewable_flag, grace_days, cooling_off_days, reg_filing_no, attributes) VALUES ('MT001', '机动车交通事故责任强制保险', 'Motor compulsory', 'MT', DATE '2010-01-01', 'FX', 18, 99, 200000, 200000, 'Y', 1, 'Y', 0, 0, '交强险', '{"fixedPremium":950}');
INSERT INTO ins_core.product (product_code, product_name, product_name_en, line_of_business, launch_date, rate_basis, min_age, max_age, min_sum_insured, max_sum_insured, term_type, term_value, renewable_flag, grace_days, cooling_off_days, reg_filing_no, attributes) VALUES ('MT002', '安禾机动车商业保险', 'Motor commercial', 'MT', DATE '2015-06-01', 'FM', 18, 99, 10000, 5000000, 'Y', 1, 'Y', 0, 0, '安禾车〔2015〕001', '{"region":"全国"}');
INSERT INTO ins_core.product (product_code, product_name, product_name_en, line_of_business, launch_date, rate_basis, min_age, max_age, min_sum_insured, max_sum_insured, term_type, term_value, renewable_flag, grace_days, cooling_off_days, reg_filing_no, attributes) VALUES ('LF900', '安禾安康两全保险(停售)', 'Endowment', 'LF', DATE '2004-01-01', 'TB', 0, 60, 10000, 500000, 'Y', 10, 'N', 60, 10, '安禾寿〔2004〕008', NULL);

UPDATE ins_core.product SET withdraw_date = DATE '2016-12-31' WHERE product_code = 'LF900';

-- 险种责任
INSERT INTO ins_core.coverage_def (coverage_code, product_code, coverage_name, coverage_type, mandatory_flag, si_ratio, deductible, waiting_days, sort_no) VALUES ('LF001D', 'LF001', '身故保险金', 'MB', 'Y', 1, 0, 0, 1);
INSERT INTO ins_core.coverage_def (coverage_code, product_code, coverage_name, coverage_type, mandatory_flag, si_ratio, deductible, waiting_days, sort_no) VALUES ('LF001T', 'LF001', '全残保险金', 'MB', 'Y', 1, 0, 0, 2);
INSERT INTO ins_core.coverage_def (coverage_code, product_code, coverage_name, coverage_type, mandatory_flag, si_ratio, deductible, waiting_days, sort_no) VALUES ('LF001W', 'LF001', '附加豁免保险费', 'RD', 'N', 0.1, 0, 90, 3);
INSERT INTO ins_core.coverage_def (coverage_code, product_code, coverage_name, coverage_type, mandatory_flag, si_ratio, deductible, waiting_days, sort_no) VALUES ('LF002D', 'LF002', '定期身故保险金', 'MB', 'Y', 1, 0, 90, 1);
INSERT INTO ins_core.coverage_def (coverage_code, product_code, coverage_name, coverage_type, mandatory_flag, si_ratio, deductible, waiting_days, sort_no) VALUES ('LF003A', 'LF003', '生存年金', 'MB', 'Y', 1, 0, 0, 2);
INSERT INTO ins_core.coverage_def (coverage_code, product_code, coverage_name, coverage_type, mandatory_flag, si_ratio, deductible, waiting_days, sort_no) VALUES ('LF003D', 'LF003', '身故返还', 'MB', 'Y', 1, 0, 0, 3);
INSERT INTO ins_core.coverage_def (coverage_code, product_code, coverage_name, coverage_type, mandatory_flag, si_ratio, deductible, waiting_days, sort_no) VALUES ('HL001M', 'HL001', '住院医疗', 'MB', 'Y', 1, 10000, 30, 1);
INSERT INTO ins_core.coverage_def (coverage_code, product_code, coverage_name, coverage_type, mandatory_flag, si_ratio, deductible, waiting_days, sort_no) VALUES ('HL001O', 'HL001', '特殊门诊医疗', 'MB', 'Y', 0.5, 10000, 30, 2);
INSERT INTO ins_core.coverage_def (coverage_code, product_code, coverage_name, coverage_type, mandatory_flag, si_ratio, deductible, waiting_days, sort_no) VALUES ('HL001P', 'HL001', '质子重离子医疗', 'OP', 'N', 1, 0, 30, 3);
INSERT INTO ins_core.coverage_def (coverage_code, product_code, coverage_name, coverage_type, mandatory_flag, si_ratio, deductible, waiting_days, sort_no) VALUES ('HL002C', 'HL002', '重大疾病保险金', 'MB', 'Y', 1, 0, 90, 1);
INSERT INTO ins_core.coverage_def (coverage_code, product_code, coverage_name, coverage_type, mandatory_flag, si_ratio, deductible, waiting_days, sort_no) VALUES ('HL002L', 'HL002', '轻症保险金', 'RD', 'N', 0.3, 0, 90, 2);
INSERT INTO ins_core.coverage_def (coverage_code, product_code, coverage_name, coverage_type, mandatory_flag, si_ratio, deductible, waiting_days, sort_no) VALUES ('AC001D', 'AC001', '意外身故伤残', 'MB', 'Y', 1, 0, 0, 3);
INSERT INTO ins_core.coverage_def (coverage_code, product_code, coverage_name, coverage_type, mandatory_flag, si_ratio, deductible, waiting_days, sort_no) VALUES ('AC001M', 'AC001', '意外医疗', 'RD', 'N', 0.1, 100, 0, 1);
INSERT INTO ins_core.coverage_def (coverage_code, product_code, coverage_name, coverage_type, mandatory_flag, si_ratio, deductible, waiting_days, sort_no) VALUES ('AC002D', 'AC002', '学生意外身故伤残', 'MB', 'Y', 1, 0, 0, 2);
INSERT INTO ins_core.coverage_def (coverage_code, product_code, coverage_name, coverage_type, mandatory_flag, si_ratio, deductible, waiting_days, sort_no) VALUES ('PC001B', 'PC001', '房屋主体', 'MB', 'Y', 1, 500, 0, 3);
INSERT INTO ins_core.coverage_def (coverage_code, product_code, coverage_name, coverage_type, mandatory_flag, si_ratio, deductible, waiting_days, sort_no) VALUES ('PC001C', 'PC001', '室内财产', 'MB', 'Y', 0.2, 200, 0, 1);
INSERT INTO ins_core.coverage_def (coverage_code, product_code, coverage_name, coverage_type, mandatory_flag, si_ratio, deductible, waiting_days, sort_no) VALUES ('PC001W', 'PC001', '管道破裂及水渍', 'OP', 'N', 0.1, 200, 0, 2);
INSERT INTO ins_core.coverage_def (coverage_code, product_code, coverage_name, coverage_type, mandatory_flag, si_ratio, deductible, waiting_days, sort_no) VALUES ('PC002A', 'PC002', '财产一切险', 'MB', 'Y', 1, 5000, 0, 3);
INSERT INTO ins_core.coverage_def (coverage_code, product_code, coverage_name, coverage_type, mandatory_flag, si_ratio, deductible, waiting_days, sort_no) VALUES ('PC002I', 'PC002', '营业中断', 'RD', 'N', 0.3, 20000, 0, 1);
INSERT INTO ins_core.coverage_def (coverage_code, product_code, coverage_name, coverage_type, mandatory_flag, si_ratio, deductible, waiting_days, sort_no) VALUES ('MT001L', 'MT001', '第三者责任(强制)', 'MB', 'Y', 1, 0, 0, 2);
INSERT INTO ins_core.coverage_def (coverage_code, product_code, coverage_name, coverage_type, mandatory_flag, si_ratio, deductible, waiting_days, sort_no) VALUES ('MT002V', 'MT002', '机动车损失', 'MB', 'Y', 1, 0, 0, 3);
INSERT INTO ins_core.coverage_def (coverage_code, product_code, coverage_name, coverage_type, mandatory_flag, si_ratio, deductible, waiting_days, sort_no) VALUES ('MT002T', 'MT002', '第三者责任', 'MB', 'Y', 1, 0, 0, 1);
INSERT INTO ins_core.coverage_def (coverage_code, product_code, coverage_name, coverage_type, mandatory_flag, si_ratio, deductible, waiting_days, sort_no) VALUES ('MT002S', 'MT002', '车上人员责任', 'OP', 'N', 0.05, 0, 0, 2);
INSERT INTO ins_core.coverage_def (coverage_code, product_code, coverage_name, coverage_type, mandatory_flag, si_ratio, deductible, waiting_days, sort_no) VALUES ('LF900E', 'LF900', '满期生存金', 'MB', 'Y', 1, 0, 0, 3);

-- 销售渠道
INSERT INTO ins_core.product_channel (product_code, channel, max_discount, commission_cap) VALUES ('LF001', 'AG', 10, 40);
INSERT INTO ins_core.product_channel (product_code, channel, max_discount, commission_cap) VALUES ('LF001', 'ON', 15, 20);
INSERT INTO ins_core.product_channel (product_code, channel, max_discount, commission_cap) VALUES ('LF001', 'DR', 12, 10);
INSERT INTO ins_core.product_channel (product_code, channel, max_discount, commission_cap) VALUES ('LF002', 'AG', 10, 40);
INSERT INTO ins_core.product_channel (product_code, channel, max_discount, commission_cap) VALUES ('LF002', 'ON', 15, 20);
INSERT INTO ins_core.product_channel (product_code, channel, max_discount, commission_cap) VALUES ('LF002', 'DR', 12, 10);
INSERT INTO ins_core.product_channel (product_code, channel, max_discount, commission_cap) VALUES ('LF003', 'AG', 10, 40);
INSERT INTO ins_core.product_channel (product_code, channel, max_discount, commission_cap) VALUES ('LF003', 'ON', 15, 20);
INSERT INTO ins_core.product_channel (product_code, channel, max_discount, commission_cap) VALUES ('LF003', 'DR', 12, 10);
INSERT INTO ins_core.product_channel (product_code, channel, max_discount, commission_cap) VALUES ('HL001', 'AG', 10, 40);
INSERT INTO ins_core.product_channel (product_code, channel, max_discount, commission_cap) VALUES ('HL001', 'ON', 15, 20);
INSERT INTO ins_core.product_channel (product_code, channel, max_discount, commission_cap) VALUES ('HL001', 'DR', 12, 10);
INSERT INTO ins_core.product_channel (product_code, channel, max_discount, commission_cap) VALUES ('HL002', 'AG', 10, 40);
INSERT INTO ins_core.product_channel (product_code, channel, max_discount, commission_cap) VALUES ('HL002', 'ON', 15, 20);
INSERT INTO ins_core.product_channel (product_code, channel, max_discount, commission_cap) VALUES ('HL002', 'DR', 12, 10);
INSERT INTO ins_core.product_channel (product_code, channel, max_discount, commission_cap) VALUES ('AC001', 'AG', 10, 40);
INSERT INTO ins_core.product_channel (product_code, channel, max_discount, commission_cap) VALUES ('AC001', 'ON', 15, 20);
INSERT INTO ins_core.product_channel (product_code, channel, max_discount, commission_cap) VALUES ('AC001', 'DR', 12, 10);
INSERT INTO ins_core.product_channel (product_code, channel, max_discount, commission_cap) VALUES ('AC002', 'AG', 10, 40);
INSERT INTO ins_core.product_channel (product_code, channel, max_discount, commission_cap) VALUES ('AC002', 'ON', 15, 20);
INSERT INTO ins_core.product_channel (product_code, channel, max_discount, commission_cap) VALUES ('AC002', 'DR', 12, 10);
INSERT INTO ins_core.product_channel (product_code, channel, max_discount, commission_cap) VALUES ('PC001', 'AG', 10, 40);
INSERT INTO ins_core.product_channel (product_code, channel, max_discount, commission_cap) VALUES ('PC001', 'ON', 15, 20);
INSERT INTO ins_core.product_channel (product_code, channel, max_discount, commission_cap) VALUES ('PC001', 'DR', 12, 10);
INSERT INTO ins_core.product_channel (product_code, channel, max_discount, commission_cap) VALUES ('PC002', 'AG', 10, 40);
INSERT INTO ins_core.product_channel (product_code, channel, max_discount, commission_cap) VALUES ('PC002', 'ON', 15, 20);
INSERT INTO ins_core.product_channel (product_code, channel, max_discount, commission_cap) VALUES ('PC002', 'DR', 12, 10);
INSERT INTO ins_core.product_channel (product_code, channel, max_discount, commission_cap) VALUES ('MT001', 'AG', 10, 40);
INSERT INTO ins_core.product_channel (product_code, channel, max_discount, commission_cap) VALUES ('MT001', 'ON', 15, 20);
INSERT INTO ins_core.product_channel (product_code, channel, max_discount, commission_cap) VALUES ('MT001', 'DR', 12, 10);
INSERT INTO ins_core.product_channel (product_code, channel, max_discount, commission_cap) VALUES ('MT002', 'AG', 10, 40);
INSERT INTO ins_core.product_channel (product_code, channel, max_discount, commission_cap) VALUES ('MT002', 'ON', 15, 20);
INSERT INTO ins_core.product_channel (product_code, channel, max_discount, commission_cap) VALUES ('MT002', 'DR', 12, 10);

-- 组合关系
INSERT INTO ins_core.product_relation (product_code, related_code, relation_type) VALUES ('MT002', 'MT001', 'RQ');
INSERT INTO ins_core.product_relation (product_code, related_code, relation_type) VALUES ('LF001', 'LF900', 'EX');
INSERT INTO ins_core.product_relation (product_code, related_code, relation_type) VALUES ('HL001', 'AC001', 'RD');

