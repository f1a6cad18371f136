-- 费率表头
INSERT INTO ins_core.rate_table (rate_table_id, coverage_code, table_name, rate_unit, valid_from) VALUES (1, 'LF001D', '鑫福身故费率', 1000, DATE '2015-01-01');
INSERT INTO ins_core.rate_table (rate_table_id, coverage_code, table_name, rate_unit, valid_from) VALUES (2, 'LF002D', '守护定寿费率', 1000, DATE '2015-01-01');
INSERT INTO ins_core.rate_table (rate_table_id, coverage_code, table_name, rate_unit, valid_from) VALUES (3, 'HL001M', '住院医疗费率', 1000, DATE '2015-01-01');
INSERT INTO ins_core.rate_table (rate_table_id, coverage_code, table_name, rate_unit, valid_from) VALUES (4, 'HL002C', '重疾费率', 1000, DATE '2015-01-01');
INSERT INTO ins_core.rate_table (rate_table_id, coverage_code, table_name, rate_unit, valid_from) VALUES (5, 'LF001T', '全残费率', 1000, DATE '2015-01-01');
INSERT INTO ins_core.rate_table (rate_table_id, coverage_code, table_name, rate_unit, valid_from) VALUES (6, 'HL001O', '特殊门诊费率', 1000, DATE '2015-01-01');

-- 费率
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (1, 20, 'M', 20, 'N', 9.5);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (1, 20, 'F', 20, 'N', 7.79);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (1, 25, 'M', 20, 'N', 10.9276);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (1, 25, 'F', 20, 'N', 8.9606);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (1, 30, 'M', 20, 'N', 12.5697);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (1, 30, 'F', 20, 'N', 10.3072);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (1, 35, 'M', 20, 'N', 14.4586);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (1, 35, 'F', 20, 'N', 11.8561);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (1, 40, 'M', 20, 'N', 16.6314);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (1, 40, 'F', 20, 'N', 13.6377);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (1, 45, 'M', 20, 'N', 19.1307);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (1, 45, 'F', 20, 'N', 15.6871);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (1, 50, 'M', 20, 'N', 22.0055);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (1, 50, 'F', 20, 'N', 18.0445);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (1, 55, 'M', 20, 'N', 25.3123);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (1, 55, 'F', 20, 'N', 20.7561);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (1, 60, 'M', 20, 'N', 29.1161);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (1, 60, 'F', 20, 'N', 23.8752);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (2, 20, 'M', 20, 'N', 0.9);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (2, 20, 'F', 20, 'N', 0.738);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (2, 25, 'M', 20, 'N', 1.3095);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (2, 25, 'F', 20, 'N', 1.0738);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (2, 30, 'M', 20, 'N', 1.9053);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (2, 30, 'F', 20, 'N', 1.5623);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (2, 35, 'M', 20, 'N', 2.7722);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (2, 35, 'F', 20, 'N', 2.2732);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (2, 40, 'M', 20, 'N', 4.0335);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (2, 40, 'F', 20, 'N', 3.3075);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (2, 45, 'M', 20, 'N', 5.8687);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (2, 45, 'F', 20, 'N', 4.8124);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (2, 50, 'M', 20, 'N', 8.539);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (2, 50, 'F', 20, 'N', 7.0019);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (2, 55, 'M', 20, 'N', 12.4241);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (2, 55, 'F', 20, 'N', 10.1878);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (2, 60, 'M', 20, 'N', 18.077);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (2, 60, 'F', 20, 'N', 14.8231);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (3, 20, 'M', 1, 'N', 0.35);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (3, 20, 'F', 1, 'N', 0.287);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (3, 25, 'M', 1, 'N', 0.4026);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (3, 25, 'F', 1, 'N', 0.3301);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (3, 30, 'M', 1, 'N', 0.4631);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (3, 30, 'F', 1, 'N', 0.3797);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (3, 35, 'M', 1, 'N', 0.5327);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (3, 35, 'F', 1, 'N', 0.4368);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (3, 40, 'M', 1, 'N', 0.6127);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (3, 40, 'F', 1, 'N', 0.5024);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (3, 45, 'M', 1, 'N', 0.7048);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (3, 45, 'F', 1, 'N', 0.5779);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (3, 50, 'M', 1, 'N', 0.8107);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (3, 50, 'F', 1, 'N', 0.6648);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (3, 55, 'M', 1, 'N', 0.9326);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (3, 55, 'F', 1, 'N', 0.7647);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (3, 60, 'M', 1, 'N', 1.0727);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (3, 60, 'F', 1, 'N', 0.8796);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (4, 20, 'M', 20, 'N', 6.2);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (4, 20, 'F', 20, 'N', 5.084);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (4, 25, 'M', 20, 'N', 7.1317);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (4, 25, 'F', 20, 'N', 5.848);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (4, 30, 'M', 20, 'N', 8.2034);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (4, 30, 'F', 20, 'N', 6.7268);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (4, 35, 'M', 20, 'N', 9.4362);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (4, 35, 'F', 20, 'N', 7.7377);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (4, 40, 'M', 20, 'N', 10.8542);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (4, 40, 'F', 20, 'N', 8.9004);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (4, 45, 'M', 20, 'N', 12.4853);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (4, 45, 'F', 20, 'N', 10.2379);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (4, 50, 'M', 20, 'N', 14.3615);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (4, 50, 'F', 20, 'N', 11.7764);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (4, 55, 'M', 20, 'N', 16.5196);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (4, 55, 'F', 20, 'N', 13.5461);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (4, 60, 'M', 20, 'N', 19.0021);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (4, 60, 'F', 20, 'N', 15.5817);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (5, 20, 'M', 20, 'N', 0.4);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (5, 20, 'F', 20, 'N', 0.328);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (5, 25, 'M', 20, 'N', 0.4601);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (5, 25, 'F', 20, 'N', 0.3773);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (5, 30, 'M', 20, 'N', 0.5293);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (5, 30, 'F', 20, 'N', 0.434);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (5, 35, 'M', 20, 'N', 0.6088);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (5, 35, 'F', 20, 'N', 0.4992);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (5, 40, 'M', 20, 'N', 0.7003);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (5, 40, 'F', 20, 'N', 0.5742);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (5, 45, 'M', 20, 'N', 0.8055);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (5, 45, 'F', 20, 'N', 0.6605);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (5, 50, 'M', 20, 'N', 0.9265);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (5, 50, 'F', 20, 'N', 0.7598);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (5, 55, 'M', 20, 'N', 1.0658);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (5, 55, 'F', 20, 'N', 0.8739);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (5, 60, 'M', 20, 'N', 1.2259);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (5, 60, 'F', 20, 'N', 1.0053);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (6, 20, 'M', 1, 'N', 0.12);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (6, 20, 'F', 1, 'N', 0.0984);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (6, 25, 'M', 1, 'N', 0.138);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (6, 25, 'F', 1, 'N', 0.1132);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (6, 30, 'M', 1, 'N', 0.1588);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (6, 30, 'F', 1, 'N', 0.1302);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (6, 35, 'M', 1, 'N', 0.1826);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (6, 35, 'F', 1, 'N', 0.1498);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (6, 40, 'M', 1, 'N', 0.2101);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (6, 40, 'F', 1, 'N', 0.1723);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (6, 45, 'M', 1, 'N', 0.2417);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (6, 45, 'F', 1, 'N', 0.1982);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (6, 50, 'M', 1, 'N', 0.278);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (6, 50, 'F', 1, 'N', 0.2279);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (6, 55, 'M', 1, 'N', 0.3197);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (6, 55, 'F', 1, 'N', 0.2622);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (6, 60, 'M', 1, 'N', 0.3678);
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate) VALUES (6, 60, 'F', 1, 'N', 0.3016);

-- 中间年龄按几何插值
INSERT INTO ins_core.rate_cell (rate_table_id, age, gender, pay_term, smoker_flag, rate)
SELECT c.rate_table_id, c.age + n.k, c.gender, c.pay_term, c.smoker_flag, ROUND(c.rate * POWER(u.rate / c.rate, n.k / 5), 4)
  FROM ins_core.rate_cell c
  JOIN ins_core.rate_cell u
    ON u.rate_table_id = c.rate_table_id AND u.age = c.age + 5 AND u.gender = c.gender
   AND u.pay_term = c.pay_term AND u.smoker_flag = c.smoker_flag
 CROSS JOIN (SELECT LEVEL AS k FROM dual CONNECT BY LEVEL <= 4) n;

-- 公式
INSERT INTO ins_core.rating_formula (formula_code, coverage_code, expression, min_premium, max_premium, description, valid_from) VALUES ('F_AC001', 'AC001D', ':SI * 0.0006 + GREATEST(:AGE - 60, 0) * 5', 30, NULL, '意外险基础保费', DATE '2014-05-01');
INSERT INTO ins_core.rating_formula (formula_code, coverage_code, expression, min_premium, max_premium, description, valid_from) VALUES ('F_AC001M', 'AC001M', ':SI * 0.004', 20, 500, '意外医疗', DATE '2014-05-01');
INSERT INTO ins_core.rating_formula (formula_code, coverage_code, expression, min_premium, max_premium, description, valid_from) VALUES ('F_PC001B', 'PC001B', ':SI * 0.0003 + :AREA * 0.1', 60, NULL, '房屋主体', DATE '2012-10-01');
INSERT INTO ins_core.rating_formula (formula_code, coverage_code, expression, min_premium, max_premium, description, valid_from) VALUES ('F_PC001C', 'PC001C', ':SI * 0.0008', 20, NULL, '室内财产', DATE '2012-10-01');
INSERT INTO ins_core.rating_formula (formula_code, coverage_code, expression, min_premium, max_premium, description, valid_from) VALUES ('F_PC002A', 'PC002A', ':VALUE * 0.00085', 2000, NULL, '企财险', DATE '2011-04-01');
INSERT INTO ins_core.rating_formula (formula_code, coverage_code, expression, min_premium, max_premium, description, valid_from) VALUES ('F_LF003A', 'LF003A', ':SI / (15 + :TERM * 0.1)', 1000, NULL, '年金', DATE '2020-11-01');
INSERT INTO ins_core.rating_formula (formula_code, coverage_code, expression, min_premium, max_premium, description, valid_from) VALUES ('F_LF003D', 'LF003D', ':SI * 0.002', 0, NULL, '身故返还', DATE '2020-11-01');
INSERT INTO ins_core.rating_formula (formula_code, coverage_code, expression, min_premium, max_premium, description, valid_from) VALUES ('F_MT002V', 'MT002V', '(590 + :VALUE * 0.0141) * :NCD', NULL, NULL, '车损', DATE '2015-06-01');
INSERT INTO ins_core.rating_formula (formula_code, coverage_code, expression, min_premium, max_premium, description, valid_from) VALUES ('F_MT002T', 'MT002T', '(710 + :SI * 0.0009) * :NCD + GREATEST(:SEATS - 5, 0) * 60', NULL, NULL, '三者', DATE '2015-06-01');
INSERT INTO ins_core.rating_formula (formula_code, coverage_code, expression, min_premium, max_premium, description, valid_from) VALUES ('F_MT002S', 'MT002S', ':SI * 0.0041 * :SEATS', NULL, NULL, '车上人员', DATE '2015-06-01');

-- 调整因子
INSERT INTO ins_core.rating_adjustment (adjust_code, product_code, factor_name, operator, low_value, high_value, adjust_pct, priority, stackable, description) VALUES ('SMOKE', NULL, 'SMOKER', '=', 'Y', NULL, 35, 10, 'Y', '吸烟加费');
INSERT INTO ins_core.rating_adjustment (adjust_code, product_code, factor_name, operator, low_value, high_value, adjust_pct, priority, stackable, description) VALUES ('ONLINE', NULL, 'CHANNEL', '=', 'ON', NULL, -5, 20, 'N', '网销优惠');
INSERT INTO ins_core.rating_adjustment (adjust_code, product_code, factor_name, operator, low_value, high_value, adjust_pct, priority, stackable, description) VALUES ('SINGLE', NULL, 'PAY_MODE', '=', 'S', NULL, -8, 20, 'N', '趸缴优惠');
INSERT INTO ins_core.rating_adjustment (adjust_code, product_code, factor_name, operator, low_value, high_value, adjust_pct, priority, stackable, description) VALUES ('OLD60', 'HL001', 'AGE', '>=', '56', NULL, 20, 30, 'Y', '高龄加费');
INSERT INTO ins_core.rating_adjustment (adjust_code, product_code, factor_name, operator, low_value, high_value, adjust_pct, priority, stackable, description) VALUES ('CHILD', 'HL001', 'AGE', 'BT', '0', '4', 60, 30, 'Y', '婴幼儿加费');
INSERT INTO ins_core.rating_adjustment (adjust_code, product_code, factor_name, operator, low_value, high_value, adjust_pct, priority, stackable, description) VALUES ('BUS', 'MT002', 'SEATS', '>=', '10', NULL, 25, 30, 'Y', '大客车');
INSERT INTO ins_core.rating_adjustment (adjust_code, product_code, factor_name, operator, low_value, high_value, adjust_pct, priority, stackable, description) VALUES ('RISKJOB', 'AC001', 'OCCUPATION', 'IN', '050302,070101', NULL, 100, 5, 'Y', '高危职业');

-- 现金价值
INSERT INTO ins_core.cash_value (product_code, entry_age, gender, pay_term, policy_year, value_per_k) VALUES ('LF001', 30, 'M', 20, 1, 6.9);
INSERT INTO ins_core.cash_value (product_code, entry_age, gender, pay_term, policy_year, value_per_k) VALUES ('LF001', 30, 'F', 20, 1, 6.21);
INSERT INTO ins_core.cash_value (product_code, entry_age, gender, pay_term, policy_year, value_per_k) VALUES ('LF001', 40, 'M', 20, 1, 9.9);
INSERT INTO ins_core.cash_value (product_code, entry_age, gender, pay_term, policy_year, value_per_k) VALUES ('LF001', 40, 'F', 20, 1, 8.91);
INSERT INTO ins_core.cash_value (product_code, entry_age, gender, pay_term, policy_year, value_per_k) VALUES ('LF001', 30, 'M', 20, 2, 15.6);
INSERT INTO ins_core.cash_value (product_code, entry_age, gender, pay_term, policy_year, value_per_k) VALUES ('LF001', 30, 'F', 20, 2, 14.04);
INSERT INTO ins_core.cash_value (product_code, entry_age, gender, pay_term, policy_year, value_per_k) VALUES ('LF001', 40, 'M', 20, 2, 18.6);
INSERT INTO ins_core.cash_value (product_code, entry_age, gender, pay_term, policy_year, value_per_k) VALUES ('LF001', 40, 'F', 20, 2, 16.74);
INSERT INTO ins_core.cash_value (product_code, entry_age, gender, pay_term, policy_year, value_per_k) VALUES ('LF001', 30, 'M', 20, 3, 26.1);
INSERT INTO ins_core.cash_value (product_code, entry_age, gender, pay_term, policy_year, value_per_k) VALUES ('LF001', 30, 'F', 20, 3, 23.49);
INSERT INTO ins_core.cash_value (product_code, entry_age, gender, pay_term, policy_year, value_per_k) VALUES ('LF001', 40, 'M', 20, 3, 29.1);
INSERT INTO ins_core.cash_value (product_code, entry_age, gender, pay_term, policy_year, value_per_k) VALUES ('LF001', 40, 'F', 20, 3, 26.19);
INSERT INTO ins_core.cash_value (product_code, entry_age, gender, pay_term, policy_year, value_per_k) VALUES ('LF001', 30, 'M', 20, 5, 52.5);
INSERT INTO ins_core.cash_value (product_code, entry_age, gender, pay_term, policy_year, value_per_k) VALUES ('LF001', 30, 'F', 20, 5, 47.25);
INSERT INTO ins_core.cash_value (product_code, entry_age, gender, pay_term, policy_year, value_per_k) VALUES ('LF001', 40, 'M', 20, 5, 55.5);
INSERT INTO ins_core.cash_value (product_code, entry_age, gender, pay_term, policy_year, value_per_k) VALUES ('LF001', 40, 'F', 20, 5, 49.95);
INSERT INTO ins_core.cash_value (product_code, entry_age, gender, pay_term, policy_year, value_per_k) VALUES ('LF001', 30, 'M', 20, 10, 150.0);
INSERT INTO ins_core.cash_value (product_code, entry_age, gender, pay_term, policy_year, value_per_k) VALUES ('LF001', 30, 'F', 20, 10, 135.0);
INSERT INTO ins_core.cash_value (product_code, entry_age, gender, pay_term, policy_year, value_per_k) VALUES ('LF001', 40, 'M', 20, 10, 153.0);
INSERT INTO ins_core.cash_value (product_code, entry_age, gender, pay_term, policy_year, value_per_k) VALUES ('LF001', 40, 'F', 20, 10, 137.7);
INSERT INTO ins_core.cash_value (product_code, entry_age, gender, pay_term, policy_year, value_per_k) VALUES ('LF001', 30, 'M', 20, 20, 480.0);
INSERT INTO ins_core.cash_value (product_code, entry_age, gender, pay_term, policy_year, value_per_k) VALUES ('LF001', 30, 'F', 20, 20, 432.0);
INSERT INTO ins_core.cash_value (product_code, entry_age, gender, pay_term, policy_year, value_per_k) VALUES ('LF001', 40, 'M', 20, 20, 483.0);
INSERT INTO ins_core.cash_value (product_code, entry_age, gender, pay_term, policy_year, value_per_k) VALUES ('LF001', 40, 'F', 20, 20, 434.7);

