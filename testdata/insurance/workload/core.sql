-- Top statements of the core schema taken from three business days.
-- Each statement is preceded by its statistics and sample bind values (:name:type:value[:OUT]).

-- id=W001 module=policy executions=118046 elapsed_ms=236092 binds=:b1:VARCHAR2:'PL440120190000001'
SELECT * FROM ins_core.v_policy_summary WHERE policy_no = :b1;

-- id=W002 module=policy executions=5230 elapsed_ms=15690 binds=:b1:NUMBER:10000000001
SELECT policy_no, status, version_no FROM ins_core.policy WHERE policy_id = :b1;

-- id=W003 module=policy executions=118041 elapsed_ms=118041 binds=:b1:NUMBER:10000000001
SELECT version_no FROM ins_core.policy WHERE policy_id = :b1 FOR UPDATE NOWAIT;

-- id=W004 module=policy executions=118040 elapsed_ms=236080 binds=:b1:NUMBER:10000000001
SELECT coverage_seq, coverage_code, sum_insured, premium, net_premium FROM ins_core.policy_coverage WHERE policy_id = :b1 ORDER BY coverage_seq;

-- id=W005 module=policy executions=210 elapsed_ms=420 binds=:b1:NUMBER:100000002
SELECT COUNT(*), NVL(SUM(annual_premium), 0) FROM ins_core.policy WHERE holder_id = :b1 AND status IN ('IF', 'LA');

-- id=W006 module=policy executions=16 elapsed_ms=32 binds=:b1:DATE:'2024-01-01',:b2:DATE:'2024-12-31'
SELECT branch_code, COUNT(*) cnt, SUM(annual_premium) prem FROM ins_core.policy WHERE issue_date BETWEEN :b1 AND :b2 GROUP BY branch_code ORDER BY prem DESC;

-- id=W007 module=policy executions=118048 elapsed_ms=2951200 binds=:b1:VARCHAR2:'440100',:b2:NUMBER:20,:b3:NUMBER:1
SELECT * FROM (SELECT a.*, ROWNUM rn FROM (SELECT policy_no, issue_date, annual_premium FROM ins_core.policy WHERE branch_code LIKE :b1 || '%' ORDER BY issue_date DESC, policy_id) a WHERE ROWNUM <= :b2) WHERE rn >= :b3;

-- id=W008 module=policy executions=160 elapsed_ms=1280 binds=:b1:VARCHAR2:'IF',:b2:NUMBER:10000000008
UPDATE ins_core.policy SET status = :b1, version_no = version_no + 1, updated_at = SYSTIMESTAMP WHERE policy_id = :b2;

-- id=W009 module=policy executions=31 elapsed_ms=31 binds=:b1:NUMBER:10000000001
SELECT ins_core.pkg_policy.in_force_flag(:b1) FROM dual;

-- id=W010 module=policy executions=114 elapsed_ms=342 binds=:b1:NUMBER:10000000001
SELECT ins_core.pkg_policy.surrender_value(:b1, SYSDATE) AS surrender_value FROM dual;

-- id=W011 module=policy executions=88 elapsed_ms=264 binds=:b1:NUMBER:100000001
SELECT t.policy_no, t.status_name, t.days_to_expiry FROM TABLE(ins_core.pkg_policy.party_policies(:b1)) t;

-- id=W012 module=policy executions=5231 elapsed_ms=5231 binds=:b1:NUMBER:10000000001
SELECT h.version_no, h.change_type, h.changed_at, XMLSERIALIZE(CONTENT h.snapshot AS CLOB) FROM ins_core.policy_history h WHERE h.policy_id = :b1 ORDER BY h.version_no DESC;

-- id=W013 module=policy executions=211 elapsed_ms=211 binds=:b1:NUMBER:10000000001
SELECT EXTRACTVALUE(h.snapshot, '/policy/@no') FROM ins_core.policy_history h WHERE h.policy_id = :b1 AND ROWNUM = 1;

-- id=W014 module=policy executions=202 elapsed_ms=5050 binds=:b1:NUMBER:30
SELECT policy_no, next_due_date, TRUNC(next_due_date) - TRUNC(SYSDATE) days_left FROM ins_core.policy WHERE status = 'IF' AND next_due_date BETWEEN TRUNC(SYSDATE) AND TRUNC(SYSDATE) + :b1;

-- id=W015 module=policy executions=24035 elapsed_ms=48070 binds=:b1:DATE:'2023-06-01'
SELECT p.policy_no, d.product_name FROM ins_core.policy p, ins_core.product d WHERE d.product_code = p.product_code AND p.effective_date <= :b1 AND NVL(p.expiry_date, DATE '9999-12-31') > :b1;

-- id=W016 module=policy executions=96 elapsed_ms=768 binds=:b1:NUMBER:10000000001
BEGIN ins_core.pkg_policy.append_remark(:b1, '客户来电确认地址'); END;
/

-- id=W017 module=policy executions=118074 elapsed_ms=944592 binds=:b1:NUMBER:10000000004,:b2:NUMBER:2100
BEGIN ins_core.pkg_policy.register_payment(p_policy_id => :b1, p_amount => :b2); END;
/

-- id=W018 module=policy executions=118072 elapsed_ms=2951800 binds=:b1:NUMBER:10000000005
SELECT COLUMN_VALUE FROM TABLE(ins_core.pkg_policy.describe_objects(:b1));

-- id=W019 module=policy executions=190 elapsed_ms=4750 binds=:b1:VARCHAR2:'粤A·8K326'
SELECT v.policy_id, v.vin, v.actual_value FROM ins_core.v_vehicle v WHERE v.plate_no = :b1;

-- id=W020 module=policy executions=152 elapsed_ms=456 binds=:b1:NUMBER:10000000001
SELECT LISTAGG(coverage_code, ',') WITHIN GROUP (ORDER BY coverage_seq) FROM ins_core.policy_coverage WHERE policy_id = :b1;

-- id=W021 module=policy executions=5239 elapsed_ms=5239 binds=:b1:VARCHAR2:'PL440120190000001'
SELECT ins_core.pkg_policy.policy_id_of(:b1) FROM dual;

-- id=W022 module=policy executions=24018 elapsed_ms=48036 binds=:b1:NUMBER:10000000001
SELECT ins_core.pkg_policy.beneficiaries_text(:b1) AS benef FROM dual;

-- id=W023 module=policy executions=926 elapsed_ms=1852 binds=:b1:NUMBER:10000000001,:b2:NUMBER:100000002,:b3:NUMBER:60
UPDATE ins_core.v_policy_beneficiary SET share_pct = :b3 WHERE policy_id = :b1 AND party_id = :b2;

-- id=W024 module=policy executions=5280 elapsed_ms=132000
SELECT status, pay_mode, COUNT(*) FROM ins_core.policy GROUP BY ROLLUP (status, pay_mode) ORDER BY 1 NULLS LAST, 2 NULLS LAST;

-- id=W025 module=policy executions=957 elapsed_ms=1914 binds=:b1:NUMBER:12
SELECT policy_no, MONTHS_BETWEEN(SYSDATE, effective_date) m FROM ins_core.policy WHERE MONTHS_BETWEEN(SYSDATE, effective_date) < :b1 AND expiry_date IS NOT NULL;

-- id=W026 module=policy executions=24044 elapsed_ms=48088 binds=:b1:NUMBER:10000000002
SELECT policy_id, policy_no, LEVEL FROM ins_core.policy START WITH policy_id = :b1 CONNECT BY PRIOR policy_id = renewed_from_id;

-- id=W027 module=policy executions=5249 elapsed_ms=131225 binds=:b1:VARCHAR2:'LF001'
SELECT /*+ INDEX(p ix_policy_due) */ policy_no FROM ins_core.policy p WHERE product_code = :b1 AND status = 'IF' AND next_due_date < SYSDATE;

-- id=W028 module=policy executions=217 elapsed_ms=651 binds=:b1:NUMBER:10000000006
DELETE FROM ins_core.policy_party WHERE policy_id = :b1 AND role_code = 'BE';

-- id=W029 module=policy executions=54 elapsed_ms=54 binds=:b1:NUMBER:10000000006,:b2:NUMBER:100000007,:b3:VARCHAR2:'01'
INSERT INTO ins_core.policy_party (policy_id, party_id, role_code, relation_code, share_pct, beneficiary_order) VALUES (:b1, :b2, 'BE', :b3, 100, 1);

-- id=W030 module=policy executions=5222 elapsed_ms=41776 binds=:b1:DATE:'2024-03-01'
MERGE INTO ins_core.policy_stat_daily t USING (SELECT branch_code, product_code, COUNT(*) c, SUM(annual_premium) s FROM ins_core.policy WHERE issue_date = :b1 GROUP BY branch_code, product_code) q ON (t.stat_date = :b1 AND t.branch_code = q.branch_code AND t.product_code = q.product_code) WHEN MATCHED THEN UPDATE SET t.new_count = q.c, t.new_premium = q.s WHEN NOT MATCHED THEN INSERT (stat_date, branch_code, product_code, new_count, new_premium) VALUES (:b1, q.branch_code, q.product_code, q.c, q.s);

-- id=W031 module=policy executions=96 elapsed_ms=96 binds=:b1:NUMBER:500000
SELECT CASE WHEN sum_insured >= :b1 THEN '高额' WHEN sum_insured >= :b1 / 5 THEN '中额' ELSE '小额' END band, COUNT(*) FROM ins_core.policy GROUP BY CASE WHEN sum_insured >= :b1 THEN '高额' WHEN sum_insured >= :b1 / 5 THEN '中额' ELSE '小额' END;

-- id=W032 module=policy executions=62 elapsed_ms=496
SELECT policy_no FROM ins_core.policy WHERE agent_id IS NULL MINUS SELECT policy_no FROM ins_core.policy WHERE channel = 'ON';

-- id=W033 module=policy executions=985 elapsed_ms=985 binds=:b1:NUMBER:3
SELECT * FROM (SELECT policy_no, sum_insured, RANK() OVER (PARTITION BY branch_code ORDER BY sum_insured DESC) r FROM ins_core.policy) WHERE r <= :b1;

-- id=W034 module=policy executions=118041 elapsed_ms=236082 binds=:b1:NUMBER:10000000001
SELECT TO_CHAR(effective_date, 'YYYY"年"MM"月"DD"日"') eff, TO_CHAR(sum_insured, 'FM999,999,999,990.00') si, DECODE(pay_mode, 'Y', '年缴', 'M', '月缴', '其他') pm FROM ins_core.policy WHERE policy_id = :b1;

-- id=W035 module=policy executions=15 elapsed_ms=30 binds=:b1:NUMBER:10000000001
SELECT DBMS_LOB.SUBSTR(remark, 200, 1), DBMS_LOB.GETLENGTH(remark) FROM ins_core.policy WHERE policy_id = :b1;

-- id=W036 module=policy executions=940 elapsed_ms=23500 binds=:b1:VARCHAR2:'P0001'
SELECT policy_no, legacy_no FROM ins_core.policy WHERE legacy_no = :b1;

-- id=W037 module=party executions=93 elapsed_ms=2325 binds=:b1:NUMBER:100000001
SELECT party_id, full_name, id_type, id_no, birth_date, gender, mobile, email, risk_level, status FROM ins_core.party WHERE party_id = :b1;

-- id=W038 module=party executions=118021 elapsed_ms=2950525 binds=:b1:VARCHAR2:'01',:b2:VARCHAR2:'110105194801011013'
SELECT ins_core.pkg_party.find_by_id(:b1, :b2) FROM dual;

-- id=W039 module=party executions=915 elapsed_ms=7320 binds=:b1:VARCHAR2:'赵'
SELECT party_id, full_name FROM ins_core.party WHERE name_search LIKE :b1 || '%' AND status = 'A' AND ROWNUM <= 50;

-- id=W040 module=party executions=56 elapsed_ms=1400 binds=:b1:VARCHAR2:'13510023417'
SELECT party_id, ins_core.pkg_party.masked_name(full_name) name, ins_core.pkg_party.masked_mobile(mobile) mobile FROM ins_core.party WHERE mobile = :b1;

-- id=W041 module=party executions=980 elapsed_ms=7840 binds=:b1:VARCHAR2:'C001@EXAMPLE.CN'
SELECT party_id FROM ins_core.party WHERE LOWER(email) = LOWER(:b1);

-- id=W042 module=party executions=962 elapsed_ms=2886 binds=:b1:NUMBER:100000001,:b2:VARCHAR2:'13900001111'
BEGIN ins_core.pkg_party.update_mobile(:b1, :b2); END;
/

-- id=W043 module=party executions=24060 elapsed_ms=48120 binds=:b1:NUMBER:100000001
SELECT a.addr_type, a.address.full_text() AS addr, a.address.postcode FROM ins_core.party_address a WHERE a.party_id = :b1 AND a.valid_to IS NULL;

-- id=W044 module=party executions=12 elapsed_ms=24 binds=:b1:NUMBER:100000001
SELECT p.COLUMN_VALUE phone FROM ins_core.party_contact c, TABLE(c.phones) p WHERE c.party_id = :b1;

-- id=W045 module=party executions=207 elapsed_ms=414 binds=:b1:VARCHAR2:'VIP'
SELECT c.party_id FROM ins_core.party_contact c WHERE :b1 MEMBER OF c.tags;

-- id=W046 module=party executions=118061 elapsed_ms=354183 binds=:b1:NUMBER:100000001,:b2:VARCHAR2:'短信退订'
BEGIN ins_core.pkg_party.add_tags(:b1, ins_core.t_string_tab(:b2)); END;
/

-- id=W047 module=party executions=24032 elapsed_ms=24032 binds=:b1:NUMBER:100000002
SELECT account_mask, bank_code FROM ins_core.party_bank_account WHERE party_id = :b1 AND default_flag = 'Y';

-- id=W048 module=party executions=986 elapsed_ms=24650 binds=:b1:NUMBER:100000001
SELECT related_id, relation_code, LEVEL FROM ins_core.party_relation START WITH party_id = :b1 CONNECT BY NOCYCLE PRIOR related_id = party_id AND LEVEL <= 3;

-- id=W049 module=party executions=901 elapsed_ms=7208 binds=:b1:NUMBER:100000001
SELECT * FROM TABLE(ins_core.pkg_party.find_duplicates(:b1));

-- id=W050 module=party executions=24043 elapsed_ms=192344 binds=:b1:VARCHAR2:'刘新',:b2:VARCHAR2:'440106199203047519'
INSERT INTO ins_core.party (party_id, full_name, id_type, id_no, birth_date, gender) VALUES (ins_core.seq_party.NEXTVAL, :b1, '01', :b2, TO_DATE(SUBSTR(:b2, 7, 8), 'YYYYMMDD'), CASE MOD(SUBSTR(:b2, 17, 1), 2) WHEN 1 THEN 'M' ELSE 'F' END);

-- id=W051 module=party executions=928 elapsed_ms=23200 binds=:b1:NUMBER:100000030
UPDATE ins_core.party SET risk_level = LEAST(NVL(risk_level, 1) + 1, 5) WHERE party_id = :b1;

-- id=W052 module=party executions=988 elapsed_ms=988
SELECT FLOOR(MONTHS_BETWEEN(SYSDATE, birth_date) / 120) * 10 age_band, gender, COUNT(*) FROM ins_core.party WHERE party_type = 'P' GROUP BY FLOOR(MONTHS_BETWEEN(SYSDATE, birth_date) / 120) * 10, gender ORDER BY 1, 2;

-- id=W053 module=party executions=24023 elapsed_ms=192184
SELECT full_name FROM ins_core.party WHERE TO_CHAR(birth_date, 'MMDD') = TO_CHAR(SYSDATE, 'MMDD') AND status = 'A';

-- id=W054 module=party executions=202 elapsed_ms=1616
SELECT mobile, COUNT(*), LISTAGG(party_id, ',') WITHIN GROUP (ORDER BY party_id) FROM ins_core.party WHERE mobile IS NOT NULL GROUP BY mobile HAVING COUNT(*) > 1;

-- id=W055 module=party executions=118093 elapsed_ms=2952325 binds=:b1:VARCHAR2:'01',:b2:VARCHAR2:'110105194801011013'
SELECT COUNT(*) FROM ins_core.party_blacklist WHERE id_type = :b1 AND id_no = :b2 AND (removed_on IS NULL OR removed_on > SYSDATE);

-- id=W056 module=party executions=94 elapsed_ms=752 binds=:b1:NUMBER:100000001,:b2:NUMBER:10
SELECT * FROM ins_core.v_party_current WHERE party_id BETWEEN :b1 AND :b1 + :b2;

-- id=W057 module=party executions=65 elapsed_ms=1625 binds=:b1:NUMBER:100000001
SELECT NVL2(email, LOWER(email), '无') mail, NVL(mobile, '无') mob, COALESCE(mobile, email, id_no) any_contact FROM ins_core.party WHERE party_id = :b1;

-- id=W058 module=party executions=24065 elapsed_ms=192520 binds=:b1:VARCHAR2:'ID'
SELECT doc_id, file_name, DBMS_LOB.GETLENGTH(content) len, RAWTOHEX(sha1) FROM ins_core.party_document WHERE doc_type = :b1 AND uploaded_at > SYSTIMESTAMP - INTERVAL '7' DAY;

-- id=W059 module=party executions=24049 elapsed_ms=192392 binds=:b1:NUMBER:100000029,:b2:NUMBER:100000030
BEGIN ins_core.pkg_party.merge_parties(p_keep_id => :b1, p_remove_id => :b2, p_reason => '重复建档'); END;
/

-- id=W060 module=party executions=167 elapsed_ms=501 binds=:b1:NUMBER:100000003
SELECT ins_core.pkg_party.display_name(:b1) FROM dual;

-- id=W061 module=product executions=24083 elapsed_ms=192664 binds=:b1:VARCHAR2:'LF001'
SELECT * FROM ins_core.product WHERE product_code = :b1;

-- id=W062 module=product executions=5202 elapsed_ms=130050
SELECT line_of_business, product_code, product_name FROM ins_core.product WHERE SYSDATE >= launch_date AND (withdraw_date IS NULL OR SYSDATE < withdraw_date) ORDER BY 1, 2;

-- id=W063 module=product executions=24018 elapsed_ms=192144 binds=:b1:VARCHAR2:'HL001'
SELECT coverage_code, coverage_name, DECODE(mandatory_flag, 'Y', '必选', '可选') FROM ins_core.coverage_def WHERE product_code = :b1 ORDER BY sort_no, coverage_code;

-- id=W064 module=product executions=5227 elapsed_ms=5227 binds=:b1:VARCHAR2:'AC002'
SELECT JSON_VALUE(attributes, '$.fixedPremium' RETURNING NUMBER) FROM ins_core.product WHERE product_code = :b1;

-- id=W065 module=product executions=197 elapsed_ms=1576 binds=:b1:VARCHAR2:'LF001'
SELECT x.para_no, x.para_text FROM ins_core.product_clause c, XMLTABLE('/clause/para' PASSING c.clause_xml COLUMNS para_no NUMBER PATH '@no', para_text VARCHAR2(400) PATH '.') x WHERE c.product_code = :b1 ORDER BY c.clause_no, x.para_no;

-- id=W066 module=product executions=231 elapsed_ms=462 binds=:b1:VARCHAR2:'LF001'
SELECT COLUMN_VALUE FROM TABLE(ins_core.pkg_product.clause_titles(:b1));

-- id=W067 module=product executions=118016 elapsed_ms=944128 binds=:b1:VARCHAR2:'LF001'
SELECT ins_core.pkg_product.on_sale_flag(:b1) FROM dual;

-- id=W068 module=product executions=921 elapsed_ms=2763 binds=:b1:VARCHAR2:'LF001',:b2:NUMBER:30,:b3:VARCHAR2:'M',:b4:NUMBER:5
SELECT value_per_k FROM ins_core.cash_value WHERE product_code = :b1 AND entry_age = :b2 AND gender = :b3 AND pay_term = 20 AND policy_year = :b4;

-- id=W069 module=product executions=24020 elapsed_ms=192160 binds=:b1:VARCHAR2:'AG'
SELECT p.product_name, c.max_discount FROM ins_core.product p LEFT JOIN ins_core.product_channel c ON c.product_code = p.product_code AND c.channel = :b1;

-- id=W070 module=product executions=58 elapsed_ms=116 binds=:b1:VARCHAR2:'MT002'
WITH req (code, depth) AS (SELECT related_code, 1 FROM ins_core.product_relation WHERE product_code = :b1 AND relation_type = 'RQ' UNION ALL SELECT r.related_code, q.depth + 1 FROM ins_core.product_relation r, req q WHERE r.product_code = q.code AND r.relation_type = 'RQ') SELECT DISTINCT code FROM req;

-- id=W071 module=product executions=915 elapsed_ms=915
SELECT * FROM ins_core.mv_product_sales ORDER BY premium DESC;

-- id=W072 module=product executions=24096 elapsed_ms=24096 binds=:b1:VARCHAR2:'HL001'
UPDATE ins_core.product SET attributes = JSON_MERGEPATCH(attributes, '{"hot":true}') WHERE product_code = :b1;

-- id=W073 module=rating executions=17 elapsed_ms=136 binds=:b1:VARCHAR2:'HL001M',:b2:NUMBER:30,:b3:VARCHAR2:'M'
SELECT ins_core.pkg_rating.base_rate(:b1, :b2, :b3) FROM dual;

-- id=W074 module=rating executions=204 elapsed_ms=612 binds=:b1:NUMBER:2,:b2:NUMBER:35,:b3:VARCHAR2:'F'
SELECT rate FROM ins_core.rate_cell WHERE rate_table_id = :b1 AND age = :b2 AND gender IN (:b3, 'U') AND pay_term <= 20 ORDER BY pay_term DESC;

-- id=W075 module=rating executions=227 elapsed_ms=1816 binds=:b1:VARCHAR2:'HL001',:b2:DATE:'1990-05-01',:b3:VARCHAR2:'F',:b4:NUMBER:2000000
SELECT ins_core.pkg_rating.quick_premium(:b1, :b2, :b3, :b4) FROM dual;

-- id=W076 module=rating executions=986 elapsed_ms=2958 binds=:b1:NUMBER:9800,:b2:VARCHAR2:'M'
SELECT ins_core.pkg_rating.modal_premium(:b1, :b2) FROM dual;

-- id=W077 module=rating executions=209 elapsed_ms=1672
SELECT * FROM (SELECT rt.coverage_code, rc.age, rc.gender, rc.rate FROM ins_core.rate_table rt JOIN ins_core.rate_cell rc ON rc.rate_table_id = rt.rate_table_id) PIVOT (MAX(rate) FOR gender IN ('M' AS male, 'F' AS female)) ORDER BY coverage_code, age;

-- id=W078 module=rating executions=184 elapsed_ms=184 binds=:b1:VARCHAR2:'MT002'
SELECT adjust_code, adjust_pct FROM ins_core.rating_adjustment WHERE NVL(product_code, :b1) = :b1 ORDER BY priority;

-- id=W079 module=rating executions=944 elapsed_ms=7552 binds=:b1:NUMBER:1
SELECT age, rate, rate - LAG(rate) OVER (ORDER BY age) step FROM ins_core.rate_cell WHERE rate_table_id = :b1 AND gender = 'M';

-- id=W080 module=quotation executions=93 elapsed_ms=2325 binds=:b1:VARCHAR2:'HL001',:b2:DATE:'1988-08-08',:b3:NUMBER:2000000,:b4:NUMBER:0:OUT
BEGIN :b4 := ins_core.pkg_quotation.create_quote(p_product_code => :b1, p_birth_date => :b2, p_gender => 'M', p_sum_insured => :b3); END;
/

-- id=W081 module=quotation executions=116 elapsed_ms=928 binds=:b1:VARCHAR2:'Q2024031200000001'
SELECT q.*, i.coverage_code, i.final_premium FROM ins_core.quotation q, ins_core.quotation_item i WHERE i.quote_id (+) = q.quote_id AND q.quote_no = :b1;

-- id=W082 module=quotation executions=118033 elapsed_ms=236066 binds=:b1:NUMBER:1
SELECT ins_core.pkg_quotation.to_json(:b1) FROM dual;

-- id=W083 module=quotation executions=196 elapsed_ms=196 binds=:b1:DATE:'2024-01-01',:b2:DATE:'2024-03-31'
SELECT ins_core.pkg_quotation.conversion_rate(:b1, :b2) FROM dual;

-- id=W084 module=quotation executions=994 elapsed_ms=994 binds=:b1:NUMBER:1
BEGIN ins_core.pkg_quotation.recalculate(:b1); END;
/

-- id=W085 module=quotation executions=118004 elapsed_ms=944032 binds=:b1:NUMBER:30
UPDATE ins_core.quotation SET status = 'X' WHERE status IN ('N', 'C') AND quote_date < SYSDATE - :b1;

-- id=W086 module=quotation executions=933 elapsed_ms=1866
SELECT TRUNC(quote_date, 'IW') wk, channel, COUNT(*), COUNT(CASE WHEN status = 'P' THEN 1 END) won FROM ins_core.quotation GROUP BY TRUNC(quote_date, 'IW'), channel;

-- id=W087 module=quotation executions=118001 elapsed_ms=944008 binds=:b1:NUMBER:1,:b2:VARCHAR2:'HL001P'
BEGIN ins_core.pkg_quotation.add_coverage(:b1, :b2); END;
/

-- id=W088 module=quotation executions=22 elapsed_ms=550 binds=:b1:NUMBER:1
SELECT JSON_QUERY(input_json, '$.options' WITH WRAPPER) FROM ins_core.quotation WHERE quote_id = :b1;

-- id=W089 module=underwriting executions=5224 elapsed_ms=10448 binds=:b1:NUMBER:1
SELECT * FROM ins_core.v_uw_facts WHERE proposal_id = :b1;

-- id=W090 module=underwriting executions=82 elapsed_ms=82 binds=:b1:NUMBER:1,:b2:VARCHAR2:'':OUT
BEGIN :b2 := ins_core.pkg_underwriting.auto_decision(:b1); END;
/

-- id=W091 module=underwriting executions=163 elapsed_ms=489 binds=:b1:VARCHAR2:'LINA'
SELECT c.case_id, p.proposal_no FROM ins_core.uw_case c JOIN ins_core.proposal p USING (proposal_id) WHERE c.assigned_to = :b1 AND c.status <> 'C' ORDER BY c.opened_at;

-- id=W092 module=underwriting executions=5270 elapsed_ms=42160
SELECT case_id FROM ins_core.uw_case WHERE status = 'O' AND assigned_to IS NULL ORDER BY opened_at FOR UPDATE SKIP LOCKED;

-- id=W093 module=underwriting executions=908 elapsed_ms=7264
SELECT * FROM ins_core.v_uw_workload ORDER BY overdue DESC;

-- id=W094 module=underwriting executions=978 elapsed_ms=1956 binds=:b1:NUMBER:1,:b2:VARCHAR2:'Q1=N;Q2=Y:高血压'
BEGIN ins_core.pkg_underwriting.save_health_answers(:b1, :b2); END;
/

-- id=W095 module=underwriting executions=197 elapsed_ms=197 binds=:b1:NUMBER:1
SELECT rule_code, score, detail FROM ins_core.uw_rule_hit WHERE case_id = :b1 ORDER BY score DESC;

-- id=W096 module=underwriting executions=118074 elapsed_ms=118074
SELECT rule_code, rule_name FROM ins_core.uw_rule WHERE enabled = 'Y' AND TRUNC(SYSDATE) BETWEEN valid_from AND valid_to ORDER BY seq_no;

-- id=W097 module=underwriting executions=24050 elapsed_ms=601250 binds=:b1:NUMBER:100000001
SELECT ins_core.pkg_underwriting.accumulated_si(:b1) FROM dual;

-- id=W098 module=underwriting executions=24025 elapsed_ms=600625 binds=:b1:DATE:'2024-01-01'
SELECT d.decision, COUNT(*), ROUND(RATIO_TO_REPORT(COUNT(*)) OVER () * 100, 2) pct FROM ins_core.uw_decision d WHERE d.decided_at >= :b1 GROUP BY d.decision;

-- id=W099 module=underwriting executions=118027 elapsed_ms=944216 binds=:b1:NUMBER:1
SELECT bmi, CASE WHEN bmi < 18.5 THEN '偏瘦' WHEN bmi < 24 THEN '正常' WHEN bmi < 28 THEN '超重' ELSE '肥胖' END FROM ins_core.proposal WHERE proposal_id = :b1;

-- id=W100 module=underwriting executions=15 elapsed_ms=45 binds=:b1:NUMBER:1
UPDATE ins_core.uw_case SET sla_hours = sla_hours + INTERVAL '24' HOUR WHERE case_id = :b1;

-- id=W101 module=underwriting executions=85 elapsed_ms=85 binds=:b1:NUMBER:1
SELECT p.proposal_no, p.status FROM ins_core.proposal p WHERE p.proposal_id = :b1 AND NOT EXISTS (SELECT 1 FROM ins_core.uw_case c WHERE c.proposal_id = p.proposal_id);

-- id=W102 module=endorsement executions=24050 elapsed_ms=72150 binds=:b1:NUMBER:10000000001,:b2:VARCHAR2:'M',:b3:NUMBER:0:OUT
BEGIN :b3 := ins_core.pkg_endorsement.change_pay_mode(:b1, :b2); END;
/

-- id=W103 module=endorsement executions=73 elapsed_ms=1825 binds=:b1:NUMBER:10000000009,:b2:NUMBER:600000,:b3:NUMBER:0:OUT
BEGIN :b3 := ins_core.pkg_endorsement.change_sum_insured(:b1, :b2); END;
/

-- id=W104 module=endorsement executions=955 elapsed_ms=23875 binds=:b1:NUMBER:10000000008
SELECT ins_core.pkg_endorsement.reinstatement_cost(:b1) FROM dual;

-- id=W105 module=endorsement executions=24049 elapsed_ms=192392 binds=:b1:NUMBER:10000000001
SELECT e.endorsement_no, i.column_name, i.old_value, i.new_value FROM ins_core.endorsement e JOIN ins_core.endorsement_item i ON i.endorsement_id = e.endorsement_id WHERE e.policy_id = :b1 ORDER BY e.apply_date, i.item_no;

-- id=W106 module=endorsement executions=951 elapsed_ms=2853 binds=:b1:DATE:'2024-01-01',:b2:DATE:'2024-12-31'
SELECT endorse_type, COUNT(*), SUM(premium_change) FROM ins_core.endorsement WHERE apply_date BETWEEN :b1 AND :b2 GROUP BY endorse_type;

-- id=W107 module=endorsement executions=118046 elapsed_ms=236092 binds=:b1:NUMBER:1
BEGIN ins_core.pkg_endorsement.approve(:b1); END;
/

-- id=W108 module=endorsement executions=24072 elapsed_ms=48144 binds=:b1:NUMBER:1,:b2:VARCHAR2:'资料不全'
BEGIN ins_core.pkg_endorsement.reject(:b1, :b2); END;
/

-- id=W109 module=endorsement executions=118054 elapsed_ms=118054
SELECT endorsement_no FROM ins_core.endorsement PARTITION (p_2023) WHERE status = 'N';

-- id=W110 module=renewal executions=24059 elapsed_ms=48118 binds=:b1:NUMBER:10000000003
SELECT ins_core.pkg_renewal.renewal_premium(:b1) FROM dual;

-- id=W111 module=renewal executions=187 elapsed_ms=4675 binds=:b1:NUMBER:15,:b2:NUMBER:0:OUT
BEGIN ins_core.pkg_renewal.create_due_notices(:b1, :b2); END;
/

-- id=W112 module=renewal executions=986 elapsed_ms=1972 binds=:b1:DATE:'2024-06-01'
SELECT ins_core.pkg_renewal.persistency(:b1) FROM dual;

-- id=W113 module=renewal executions=153 elapsed_ms=306
SELECT batch_id, status, renewed_count, error_count, duration FROM ins_core.renewal_batch ORDER BY batch_id DESC FETCH FIRST 10 ROWS ONLY;

-- id=W114 module=renewal executions=5269 elapsed_ms=5269 binds=:b1:VARCHAR2:'SMS'
SELECT notice_id, policy_id, due_date, amount FROM ins_core.renewal_notice WHERE status = 'N' AND channel = :b1 AND ROWNUM <= 500;

-- id=W115 module=renewal executions=82 elapsed_ms=82 binds=:b1:NUMBER:10000000001,:b2:DATE:'2025-03-13',:b3:NUMBER:9800
INSERT INTO ins_core.renewal_notice (policy_id, due_date, amount) SELECT :b1, :b2, :b3 FROM dual WHERE NOT EXISTS (SELECT 1 FROM ins_core.renewal_notice WHERE policy_id = :b1 AND due_date = :b2);

-- id=W116 module=renewal executions=5264 elapsed_ms=131600
SELECT bucket, COUNT(*), SUM(annual_premium) FROM ins_core.v_due_soon GROUP BY bucket;

-- id=W117 module=renewal executions=118095 elapsed_ms=118095 binds=:b1:NUMBER:1
SELECT error_code, COUNT(*), MIN(error_text) KEEP (DENSE_RANK FIRST ORDER BY logged_at) FROM ins_core.renewal_error WHERE batch_id = :b1 GROUP BY error_code;

-- id=W118 module=agent executions=118079 elapsed_ms=118079 binds=:b1:NUMBER:1001
SELECT t.agent_code, t.agent_name, t.lvl, t.path FROM TABLE(ins_core.pkg_agent.subordinates(:b1)) t;

-- id=W119 module=agent executions=50 elapsed_ms=100 binds=:b1:NUMBER:1004
SELECT agent_id, agent_code, LEVEL FROM ins_core.agent WHERE LEVEL > 1 START WITH agent_id = :b1 CONNECT BY NOCYCLE agent_id = PRIOR manager_id;

-- id=W120 module=agent executions=77 elapsed_ms=616 binds=:b1:NUMBER:1001
SELECT ins_core.pkg_agent.team_size(:b1) FROM dual;

-- id=W121 module=agent executions=5276 elapsed_ms=15828 binds=:b1:NUMBER:60
SELECT a.agent_code, m.agent_code mgr FROM ins_core.agent a, ins_core.agent m WHERE a.manager_id = m.agent_id (+) AND a.license_expiry < TRUNC(SYSDATE) + :b1;

-- id=W122 module=agent executions=930 elapsed_ms=7440 binds=:b1:NUMBER:1001
SELECT LPAD(' ', 2 * (LEVEL - 1)) || agent_code tree, CONNECT_BY_ISLEAF leaf FROM ins_core.agent START WITH agent_id = :b1 CONNECT BY PRIOR agent_id = manager_id ORDER SIBLINGS BY agent_code;

-- id=W123 module=agent executions=170 elapsed_ms=1360 binds=:b1:DATE:'2024-03-01'
SELECT agent_id, premium, branch_rank, company_rank FROM ins_core.v_agent_ranking WHERE month_start = :b1 AND company_rank <= 10;

-- id=W124 module=agent executions=5285 elapsed_ms=15855 binds=:b1:NUMBER:1004,:b2:NUMBER:1002
BEGIN ins_core.pkg_agent.move(:b1, :b2); END;
/

-- id=W125 module=agent executions=5280 elapsed_ms=5280 binds=:b1:VARCHAR2:'440118000004'
SELECT ins_core.pkg_agent.agent_id_of(:b1) FROM dual;

-- id=W126 module=agent executions=115 elapsed_ms=345 binds=:b1:VARCHAR2:'羊城一部'
SELECT COUNT(DISTINCT branch_code), COUNT(*) FROM ins_core.agent WHERE team_name = :b1 AND status = 'A';

-- id=W127 module=agent executions=57 elapsed_ms=57 binds=:b1:NUMBER:2024
SELECT agent_id, quarter_no, target FROM ins_core.agent_target UNPIVOT (target FOR quarter_no IN (q1_amount AS 1, q2_amount AS 2, q3_amount AS 3, q4_amount AS 4)) WHERE target_year = :b1;

-- id=W128 module=commission executions=24005 elapsed_ms=24005 binds=:b1:NUMBER:1004,:b2:DATE:'2024-03-01'
SELECT commission_type, SUM(amount) FROM ins_core.commission_detail WHERE agent_id = :b1 AND calc_month = :b2 GROUP BY commission_type;

-- id=W129 module=commission executions=919 elapsed_ms=2757 binds=:b1:VARCHAR2:'LF001',:b2:VARCHAR2:'AG'
SELECT ins_core.pkg_commission.rate_for(:b1, :b2, 20, 1) FROM dual;

-- id=W130 module=commission executions=62 elapsed_ms=124 binds=:b1:NUMBER:30000
SELECT ins_core.pkg_commission.tax_on(:b1) FROM dual;

-- id=W131 module=commission executions=118070 elapsed_ms=118070 binds=:b1:NUMBER:1
BEGIN ins_core.pkg_commission.confirm_statement(:b1); END;
/

-- id=W132 module=commission executions=97 elapsed_ms=97 binds=:b1:DATE:'2024-03-01'
BEGIN ins_core.pkg_commission.build_statements(:b1); END;
/

-- id=W133 module=commission executions=5273 elapsed_ms=42184 binds=:b1:NUMBER:1004
SELECT calc_month, gross_amount, tax_amount, net_amount, SUM(net_amount) OVER (ORDER BY calc_month ROWS UNBOUNDED PRECEDING) running FROM ins_core.commission_statement WHERE agent_id = :b1;

-- id=W134 module=commission executions=118006 elapsed_ms=2950150 binds=:b1:NUMBER:10000000001,:b2:VARCHAR2:'犹豫期退保'
BEGIN ins_core.pkg_commission.clawback(:b1, :b2); END;
/

-- id=W135 module=commission executions=28 elapsed_ms=224 binds=:b1:DATE:'2024-01-01'
SELECT DECODE(GROUPING(commission_type), 1, '合计', commission_type) t, SUM(amount) FROM ins_core.commission_detail WHERE calc_month >= :b1 GROUP BY GROUPING SETS ((commission_type), ());

-- id=W136 module=document executions=956 elapsed_ms=956 binds=:b1:NUMBER:10000000001,:b2:NUMBER:0:OUT
BEGIN :b2 := ins_core.pkg_document.create_policy_document(:b1); END;
/

-- id=W137 module=document executions=5253 elapsed_ms=15759 binds=:b1:NUMBER:1234567.89
SELECT ins_core.pkg_document.amount_in_words(:b1) FROM dual;

-- id=W138 module=document executions=89 elapsed_ms=178 binds=:b1:NUMBER:10000000001
SELECT ins_core.pkg_document.policy_xml(:b1).getClobVal() FROM dual;

-- id=W139 module=document executions=46 elapsed_ms=1150 binds=:b1:VARCHAR2:'POLICY'
SELECT template_code, version_no, title FROM ins_core.doc_template t WHERE t.template_code = :b1 AND t.version_no = (SELECT MAX(version_no) FROM ins_core.doc_template WHERE template_code = t.template_code AND active_flag = 'Y');

-- id=W140 module=document executions=213 elapsed_ms=5325 binds=:b1:NUMBER:1
UPDATE ins_core.doc_instance SET status = 'P', printed_at = SYSDATE, copies = NVL(copies, 0) + 1 WHERE doc_id = :b1;

-- id=W141 module=reference executions=14 elapsed_ms=42 binds=:b1:VARCHAR2:'POLICY_STATUS'
SELECT code_value, code_name FROM ins_core.ref_code WHERE code_type = :b1 AND active_flag = 'Y' ORDER BY sort_no;

-- id=W142 module=reference executions=71 elapsed_ms=213 binds=:b1:VARCHAR2:'POLICY_STATUS',:b2:VARCHAR2:'IF'
SELECT ins_core.pkg_ref_cache.name_of(:b1, :b2) FROM dual;

-- id=W143 module=reference executions=24083 elapsed_ms=48166 binds=:b1:VARCHAR2:'440000'
SELECT code_value, code_name FROM ins_core.ref_code WHERE code_type = 'CITY' AND parent_value = :b1;

-- id=W144 module=reference executions=224 elapsed_ms=1792 binds=:b1:VARCHAR2:'USD',:b2:DATE:'2024-01-15'
SELECT MAX(rate) KEEP (DENSE_RANK LAST ORDER BY rate_date) FROM ins_core.exchange_rate WHERE from_currency = :b1 AND to_currency = 'CNY' AND rate_date <= :b2;

-- id=W145 module=reference executions=106 elapsed_ms=848 binds=:b1:NUMBER:10000,:b2:VARCHAR2:'USD'
SELECT ins_core.pkg_ref_cache.convert_amount(:b1, :b2, 'CNY') FROM dual;

-- id=W146 module=reference executions=218 elapsed_ms=5450 binds=:b1:DATE:'2024-02-09',:b2:NUMBER:5
SELECT ins_core.pkg_util_date.add_business_days(:b1, :b2) FROM dual;

-- id=W147 module=reference executions=943 elapsed_ms=23575 binds=:b1:DATE:'2024-02-01',:b2:DATE:'2024-02-29'
SELECT cal_date, NVL(holiday_name, '-') FROM ins_core.calendar_day WHERE cal_date BETWEEN :b1 AND :b2 AND is_business_day = 'N' ORDER BY cal_date;

-- id=W148 module=reference executions=919 elapsed_ms=22975 binds=:b1:VARCHAR2:'44000000'
SELECT branch_code, LPAD('　', depth - 1, '　') || branch_name FROM ins_core.v_branch_tree WHERE full_path LIKE '%广东%' OR branch_code = :b1;

-- id=W149 module=reference executions=919 elapsed_ms=2757
SELECT branch_code, SYS_CONNECT_BY_PATH(short_name, '/') p, CONNECT_BY_ROOT branch_code r FROM ins_core.branch START WITH parent_code IS NULL CONNECT BY PRIOR branch_code = parent_code;

-- id=W150 module=reference executions=118089 elapsed_ms=944712 binds=:b1:VARCHAR2:'SMS_ENABLED',:b2:VARCHAR2:'N'
BEGIN ins_core.pkg_ref_cache.set_param(:b1, :b2); END;
/

-- id=W301 module=reference executions=199 elapsed_ms=199 binds=:b1:VARCHAR2:'44010000',:b2:VARCHAR2:'':OUT
BEGIN :b2 := ins_core.pkg_numbering.next_policy_no(:b1, 'HL'); END;
/

-- id=W302 module=report executions=922 elapsed_ms=1844 binds=:b1:DATE:'2023-01-01',:b2:DATE:'2024-12-31'
SELECT * FROM TABLE(ins_core.pkg_report.monthly_trend(:b1, :b2));

-- id=W303 module=report executions=89 elapsed_ms=267 binds=:b1:DATE:'2024-06-30'
SELECT branch_name, premium, share_pct FROM TABLE(ins_core.pkg_report.branch_ranking(:b1));

-- id=W304 module=report executions=175 elapsed_ms=175
SELECT COLUMN_VALUE FROM TABLE(ins_core.pkg_report.top_agents(CURSOR(SELECT agent_id, SUM(annual_premium) FROM ins_core.policy WHERE agent_id IS NOT NULL GROUP BY agent_id), 5));

-- id=W305 module=report executions=118071 elapsed_ms=2951775 binds=:b1:DATE:'2024-01-01'
SELECT branch_code, month_start, premium, SUM(premium) OVER (PARTITION BY branch_code ORDER BY month_start) ytd FROM ins_core.mv_branch_month WHERE month_start >= :b1;

-- id=W306 module=report executions=118037 elapsed_ms=354111 binds=:b1:NUMBER:2024
SELECT * FROM (SELECT channel, TO_CHAR(issue_date, 'MM') mm, annual_premium FROM ins_core.policy WHERE EXTRACT(YEAR FROM issue_date) = :b1) PIVOT (SUM(annual_premium) FOR mm IN ('01' AS jan, '02' AS feb, '03' AS mar));

-- id=W307 module=report executions=5237 elapsed_ms=15711 binds=:b1:DATE:'2024-03-01'
BEGIN ins_core.pkg_report.fill_daily(:b1); END;
/

-- id=W308 module=report executions=995 elapsed_ms=7960
SELECT product_code, MEDIAN(annual_premium), PERCENTILE_CONT(0.9) WITHIN GROUP (ORDER BY annual_premium) p90 FROM ins_core.policy GROUP BY product_code;

-- id=W309 module=batch executions=98 elapsed_ms=196
DELETE FROM ins_core.app_log WHERE log_time < SYSTIMESTAMP - NUMTODSINTERVAL(90, 'DAY') AND ROWNUM <= 10000;

-- id=W310 module=batch executions=118028 elapsed_ms=236056 binds=:b1:VARCHAR2:'NIGHTLY'
SELECT job_name, status, EXTRACT(MINUTE FROM (finished_at - started_at)) mins FROM ins_core.job_run WHERE job_name LIKE :b1 || '%' AND started_at > SYSDATE - 1;

-- id=W311 module=batch executions=193 elapsed_ms=193 binds=:b1:NUMBER:1
SELECT diff_type, column_name, COUNT(*) FROM ins_core.recon_diff WHERE run_id = :b1 GROUP BY diff_type, column_name;

-- id=W312 module=batch executions=13 elapsed_ms=13 binds=:b1:NUMBER:1
SELECT line_no, error_text FROM ins_core.import_row WHERE batch_id = :b1 AND status = 'E' ORDER BY line_no OFFSET 0 ROWS FETCH NEXT 100 ROWS ONLY;

-- id=W313 module=batch executions=136 elapsed_ms=136 binds=:b1:VARCHAR2:'LINA',:b2:VARCHAR2:'44010000'
BEGIN ins_core.pkg_context.set_user(:b1, :b2); END;
/

-- id=W314 module=batch executions=5262 elapsed_ms=42096 binds=:b1:VARCHAR2:'13510023417',:b2:VARCHAR2:'【安禾保险】生日快乐'
INSERT INTO ins_core.sms_outbox (mobile, content) VALUES (:b1, :b2);

-- id=W315 module=batch executions=5282 elapsed_ms=132050 binds=:b1:NUMBER:100
UPDATE ins_core.sms_outbox SET sent_at = SYSTIMESTAMP WHERE sent_at IS NULL AND ROWNUM <= :b1;

-- id=W316 module=batch executions=24018 elapsed_ms=72054 binds=:b1:DATE:'2024-03-31',:b2:VARCHAR2:'0000123'
SELECT o.cont_no, o.amnt, p.sum_insured FROM lc_cont@oldcore o, ins_core.policy p WHERE p.legacy_no (+) = o.cont_no AND o.sign_date <= :b1 AND o.cont_no = :b2;

