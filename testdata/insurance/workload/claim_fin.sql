-- 理赔与财务域的采样负载 (AWR 导出整理): 150 条语句 W151..W300
-- id, module, executions, each_ms (每次毫秒), binds = 名:类型:样值

-- id=W151 module=claim executions=421 each_ms=1.8 binds=:claim_no:VARCHAR2:'C2021000123'
SELECT claim_id, claim_no, status, outstanding_amount FROM ins_claim.claim WHERE claim_no = :claim_no;

-- id=W152 module=claim executions=11590 each_ms=0.9 binds=:claim_id:NUMBER:100000021
SELECT * FROM ins_claim.claim WHERE claim_id = :claim_id FOR UPDATE NOWAIT;

-- id=W153 module=claim executions=3613 each_ms=11.3 binds=:branch:VARCHAR2:'31000000',:st:VARCHAR2:'20'
SELECT c.claim_no, y.full_name, c.loss_date
  FROM ins_claim.claim c, ins_core.party y
 WHERE y.party_id (+) = c.insured_id AND c.branch_code = :branch AND c.status = :st
 ORDER BY c.report_date DESC;

-- id=W154 module=claim executions=28 each_ms=37.8 binds=:lo:NUMBER:0,:hi:NUMBER:20
SELECT * FROM (SELECT q.*, ROWNUM rn FROM (SELECT claim_no, policy_no, loss_date, status FROM ins_claim.claim ORDER BY report_date DESC, claim_id) q WHERE ROWNUM <= :hi) WHERE rn > :lo;

-- id=W155 module=claim executions=23 each_ms=20.2 binds=:p:VARCHAR2:'P31002021000017'
SELECT COUNT(*), NVL(SUM(paid_amount), 0), MAX(loss_date) FROM ins_claim.claim WHERE policy_no = :p AND status NOT IN ('80', '90');

-- id=W156 module=claim executions=32 each_ms=1.1 binds=:claim_id:NUMBER:100000021
SELECT i.item_seq, i.coverage_code, d.coverage_name, i.claimed_amount, i.approved_amount, DECODE(i.item_status, '10', '待理算', '40', '已理算', '80', '拒赔', i.item_status) AS item_status
  FROM ins_claim.claim_item i JOIN ins_core.coverage_def d ON d.coverage_code = i.coverage_code
 WHERE i.claim_id = :claim_id ORDER BY i.item_seq;

-- id=W157 module=claim executions=1169 each_ms=574.6 binds=:claim_id:NUMBER:100000021,:s:VARCHAR2:'30',:u:VARCHAR2:'LIUF'
UPDATE ins_claim.claim SET status = :s, updated_by = :u, updated_at = SYSTIMESTAMP, version_no = version_no + 1 WHERE claim_id = :claim_id;

-- id=W158 module=claim executions=55 each_ms=3.4 binds=:claim_id:NUMBER:100000021,:t:VARCHAR2:'VIEW',:d:VARCHAR2:'查看影像'
INSERT INTO ins_claim.claim_event (event_id, claim_id, event_type, detail) VALUES (ins_claim.seq_claim_event_id.NEXTVAL, :claim_id, :t, :d);

-- id=W159 module=claim executions=9134 each_ms=1608.9 binds=:claim_id:NUMBER:100000021
SELECT event_time, event_type, detail FROM ins_claim.claim_event WHERE claim_id = :claim_id AND event_time > SYSTIMESTAMP - INTERVAL '90' DAY ORDER BY event_time DESC FETCH FIRST 50 ROWS ONLY;

-- id=W160 module=claim executions=5485 each_ms=14.7 binds=:h:VARCHAR2:'WANGJL'
SELECT task_type, COUNT(*) AS n, MIN(due_at) AS first_due FROM ins_claim.claim_task WHERE assignee = :h AND status IN ('O', 'A') GROUP BY task_type HAVING COUNT(*) > 0;

-- id=W161 module=claim executions=312984 each_ms=0.7 binds=:b:VARCHAR2:'00000000'
SELECT COUNT(*) FROM ins_claim.claim c WHERE c.status < '70' AND c.branch_code IN (SELECT branch_code FROM ins_core.branch START WITH branch_code = :b CONNECT BY PRIOR branch_code = parent_code);

-- id=W162 module=claim executions=94898 each_ms=5.9 binds=:d1:DATE:'2021-01-01',:d2:DATE:'2021-12-31'
SELECT TO_CHAR(report_date, 'YYYY-MM') AS ym, line_of_business, COUNT(*) AS n, SUM(NVL(assessed_amount, estimated_amount)) AS amt
  FROM ins_claim.claim WHERE report_date BETWEEN :d1 AND :d2
 GROUP BY TO_CHAR(report_date, 'YYYY-MM'), line_of_business ORDER BY 1, 2;

-- id=W163 module=claim executions=68 each_ms=1.4 binds=:y:NUMBER:2021
SELECT * FROM (SELECT line_of_business, status, claim_id FROM ins_claim.claim WHERE EXTRACT(YEAR FROM loss_date) = :y)
 PIVOT (COUNT(claim_id) FOR status IN ('10' AS reported, '20' AS accepted, '50' AS approved, '70' AS closed, '80' AS rejected));

-- id=W164 module=claim executions=360 each_ms=524.4 binds=:id_no:VARCHAR2:'310101198505051234'
SELECT DISTINCT c.claim_no, cp.party_role FROM ins_claim.claim_party cp INNER JOIN ins_claim.claim c ON c.claim_id = cp.claim_id WHERE cp.id_no = :id_no;

-- id=W165 module=claim executions=98 each_ms=71.1 binds=:claim_id:NUMBER:100000021
SELECT doc_id, doc_type, file_name, DBMS_LOB.GETLENGTH(content) AS bytes, NVL2(received_at, 'Y', 'N') AS received FROM ins_claim.claim_document WHERE claim_id = :claim_id ORDER BY doc_type;

-- id=W166 module=claim executions=10261 each_ms=12 binds=:doc_id:NUMBER:5000001
SELECT content FROM ins_claim.claim_document WHERE doc_id = :doc_id;

-- id=W167 module=claim executions=4074 each_ms=0.9 binds=:w:VARCHAR2:'骨折'
SELECT doc_id, DBMS_LOB.SUBSTR(ocr_text, 100, DBMS_LOB.INSTR(ocr_text, :w)) AS excerpt FROM ins_claim.claim_document WHERE DBMS_LOB.INSTR(ocr_text, :w) > 0 AND ROWNUM <= 20;

-- id=W168 module=claim executions=28 each_ms=2.9 binds=:claim_id:NUMBER:100000021
SELECT reserve_type, balance, last_movement FROM ins_claim.v_reserve_balance WHERE claim_id = :claim_id;

-- id=W169 module=claim executions=15622 each_ms=19.1 binds=:d:DATE:'2021-06-30'
SELECT c.line_of_business, m.reserve_type, SUM(m.change_amount) AS bal FROM ins_claim.claim_reserve_mv m, ins_claim.claim c WHERE c.claim_id = m.claim_id AND m.movement_date <= :d GROUP BY CUBE (c.line_of_business, m.reserve_type);

-- id=W170 module=claim executions=382 each_ms=73.5 binds=:claim_id:NUMBER:100000021,:amt:NUMBER:12000.5
CALL ins_claim.pkg_claim_reserve.set_reserve(:claim_id, 'CASE', :amt, 'MANUAL');

-- id=W171 module=claim executions=1563 each_ms=6.4 binds=:claim_id:NUMBER:100000021
BEGIN ins_claim.pkg_claim_reg.accept_claim(:claim_id); END;
/

-- id=W172 module=claim executions=49575 each_ms=193.3 binds=:policy_no:VARCHAR2:'P31002021000017',:loss_date:DATE:'2021-05-03',:est:NUMBER:5000,:out:VARCHAR2:''
BEGIN :out := ins_claim.pkg_claim_reg.register(:policy_no, :loss_date, :est, 'COLL'); END;
/

-- id=W173 module=claim executions=187 each_ms=66.9 binds=:claim_id:NUMBER:100000021,:user:VARCHAR2:'ZHAOY'
BEGIN ins_claim.pkg_claim_assess.assess(p_claim_id => :claim_id, p_assessor => :user); COMMIT; END;
/

-- id=W174 module=claim executions=3242 each_ms=867 binds=:claim_id:NUMBER:100000021
SELECT t.coverage_code, t.claimed, t.deductible, t.payable() AS payable FROM TABLE(ins_claim.pkg_claim_assess.simulate(:claim_id)) t;

-- id=W175 module=claim executions=25677 each_ms=5.8 binds=:b:VARCHAR2:'31000000'
SELECT claim_no, insured, status_name, outstanding FROM TABLE(ins_claim.pkg_claim_query.open_claims(:b)) WHERE age_days > 30 ORDER BY age_days DESC;

-- id=W176 module=claim executions=325663 each_ms=1.4 binds=:claim_id:NUMBER:100000021
SELECT ins_claim.fn_claim_age_days(:claim_id) AS age, ins_claim.pkg_claim_pay.payable_amount(:claim_id) AS payable FROM dual;

-- id=W177 module=claim executions=1095 each_ms=317.3 binds=:claim_id:NUMBER:100000021
SELECT ins_claim.pkg_claim_doc.to_json(:claim_id) FROM dual;

-- id=W178 module=claim executions=73 each_ms=32.3 binds=:handler:VARCHAR2:'POOL_31000000',:claim_id:NUMBER:100000021
UPDATE ins_claim.v_open_claim SET handler_id = :handler WHERE claim_id = :claim_id;

-- id=W179 module=claim executions=23 each_ms=148.7 binds=:claim_id:NUMBER:100000021
DELETE FROM ins_claim.claim_task WHERE claim_id = :claim_id AND status = 'X';

-- id=W180 module=claim executions=36653 each_ms=66.1 binds=:months:NUMBER:12
WITH m AS (SELECT ADD_MONTHS(TRUNC(SYSDATE, 'MM'), 1 - LEVEL) AS m FROM dual CONNECT BY LEVEL <= :months)
SELECT m.m, COUNT(c.claim_id) AS n FROM m LEFT JOIN ins_claim.claim c ON TRUNC(c.report_date, 'MM') = m.m GROUP BY m.m ORDER BY m.m;

-- id=W181 module=claim executions=112746 each_ms=7.3 binds=:cat:VARCHAR2:'TY2021IN'
SELECT branch_code, SUM(NVL(assessed_amount, estimated_amount)) AS amt, RANK() OVER (ORDER BY SUM(NVL(assessed_amount, estimated_amount)) DESC) AS rk FROM ins_claim.claim WHERE catastrophe_code = :cat GROUP BY branch_code;

-- id=W182 module=claim executions=18167 each_ms=79.3 binds=:n:NUMBER:10
SELECT claim_no, close_date - report_date AS days FROM (SELECT claim_no, close_date, report_date FROM ins_claim.claim WHERE close_date IS NOT NULL ORDER BY close_date - report_date DESC) WHERE ROWNUM <= :n;

-- id=W183 module=claim executions=5643 each_ms=24.4 binds=:claim_id:NUMBER:100000021
SELECT a.round_no, a.approved_total, a.approved_total - LAG(a.approved_total) OVER (ORDER BY a.round_no) AS diff FROM ins_claim.claim_assessment a WHERE a.claim_id = :claim_id;

-- id=W184 module=claim executions=78678 each_ms=1567.9 binds=:policy_id:NUMBER:20210000017,:cov:VARCHAR2:'HL001-01'
SELECT accum_type, used_amount, used_count FROM ins_claim.claim_accumulator WHERE policy_id = :policy_id AND coverage_code = :cov AND period_start <= SYSDATE;

-- id=W185 module=claim executions=1932 each_ms=143.7 binds=:old:VARCHAR2:'WANGJL',:new:VARCHAR2:'LIUF'
UPDATE ins_claim.claim_task t SET t.assignee = :new WHERE t.assignee = :old AND t.status = 'A' AND EXISTS (SELECT 1 FROM ins_claim.claim c WHERE c.claim_id = t.claim_id AND c.status < '50');

-- id=W186 module=claim executions=29 each_ms=197.5 binds=:d:DATE:'2021-05-01'
MERGE INTO ins_claim.claim_task t USING (SELECT claim_id FROM ins_claim.claim WHERE status = '50' AND updated_at < CAST(:d AS TIMESTAMP)) s ON (t.claim_id = s.claim_id AND t.task_type = 'PAY')
 WHEN MATCHED THEN UPDATE SET t.priority = 1 WHERE t.status <> 'D'
 WHEN NOT MATCHED THEN INSERT (task_id, claim_id, task_type, priority, status) VALUES (ins_claim.seq_task_id.NEXTVAL, s.claim_id, 'PAY', 2, 'O');

-- id=W187 module=claim executions=11152 each_ms=2368.4 binds=:claim_id:NUMBER:100000021,:name:VARCHAR2:'王芳',:acct:VARCHAR2:'6222021001098550814'
BEGIN ins_claim.pkg_claim_pay.add_payee(:claim_id, :name, 'ICBC', :acct, p_pct => 100); END;
/

-- id=W188 module=claim executions=65534 each_ms=5.7 binds=:claim_id:NUMBER:100000021
BEGIN ins_claim.pkg_claim_pay.pay_claim(:claim_id); COMMIT; END;
/

-- id=W189 module=claim executions=789 each_ms=149.3 binds=:cause:VARCHAR2:'COLL',:lob:VARCHAR2:'MT'
SELECT AVG(paid_amount), MEDIAN(paid_amount), PERCENTILE_CONT(0.9) WITHIN GROUP (ORDER BY paid_amount) AS p90, STDDEV(paid_amount) FROM ins_claim.claim WHERE loss_cause = :cause AND line_of_business = :lob AND paid_amount > 0;

-- id=W190 module=claim executions=19 each_ms=25.6 binds=:claim_no:VARCHAR2:'c2021000123'
SELECT claim_id FROM ins_claim.claim WHERE UPPER(claim_no) = UPPER(:claim_no);

-- id=W191 module=claim executions=86 each_ms=1.4 binds=:mobile:VARCHAR2:'13900001111'
SELECT a.claim_id, b.claim_id AS other FROM ins_claim.claim_party a, ins_claim.claim_party b WHERE a.mobile = b.mobile AND a.claim_id < b.claim_id AND a.mobile = :mobile;

-- id=W192 module=claim executions=28 each_ms=348.7 binds=:survey_id:NUMBER:10001
SELECT s.conclusion, EXTRACTVALUE(s.report_xml, '/Survey/Estimate') AS est, EXTRACT(DAY FROM s.duration) * 24 + EXTRACT(HOUR FROM s.duration) AS hours FROM ins_claim.claim_survey s WHERE s.survey_id = :survey_id;

-- id=W193 module=claim executions=58 each_ms=4.1 binds=:claim_id:NUMBER:100000021
SELECT kind, at_time, text FROM ins_claim.v_claim_timeline WHERE claim_id = :claim_id ORDER BY at_time;

-- id=W194 module=claim executions=832 each_ms=840 binds=:m:VARCHAR2:'202105'
SELECT claim_count, estimated, paid FROM ins_claim.v_claim_summary WHERE report_month = :m AND line_of_business = 'HL';

-- id=W195 module=claim executions=35 each_ms=23 binds=:claim_id:NUMBER:100000021
SELECT changed_at, old_status || '->' || new_status AS move FROM ins_claim.claim_status_hist WHERE claim_id = :claim_id ORDER BY 1;

-- id=W196 module=medical executions=4145 each_ms=930.1 binds=:bill_id:NUMBER:700000001
SELECT b.*, h.hospital_name FROM ins_claim.medical_bill b, ins_claim.hospital h WHERE h.hospital_code = b.hospital_code AND b.bill_id = :bill_id;

-- id=W197 module=medical executions=63801 each_ms=788.4 binds=:claim_id:NUMBER:100000022
SELECT bill_no, bill_date, total_amount, si_fund_amount, payable_amount FROM ins_claim.medical_bill WHERE claim_id = :claim_id AND bill_status <> '90' ORDER BY bill_date;

-- id=W198 module=medical executions=266 each_ms=17.2 binds=:bill_id:NUMBER:700000001
SELECT NVL(category, '合计') AS category, SUM(line_amount) AS amt, SUM(excluded_amount) AS excluded FROM ins_claim.medical_bill_item WHERE bill_id = :bill_id GROUP BY ROLLUP (category);

-- id=W199 module=medical executions=600 each_ms=936.5 binds=:code:VARCHAR2:'D1005',:d:DATE:'2021-05-01'
SELECT generic_name, si_class, self_pay_ratio, ceiling_price FROM ins_claim.drug_catalog WHERE drug_code = :code AND :d BETWEEN valid_from AND valid_to;

-- id=W200 module=medical executions=259428 each_ms=1.8 binds=:kw:VARCHAR2:'%头孢%'
SELECT drug_code, generic_name || NVL2(brand_name, '(' || brand_name || ')', '') AS name FROM ins_claim.v_drug_current WHERE generic_name LIKE :kw ORDER BY NLSSORT(generic_name, 'NLS_SORT=SCHINESE_PINYIN_M');

-- id=W201 module=medical executions=94 each_ms=3.6 binds=:root:VARCHAR2:'I00-I99'
SELECT LPAD(' ', 2 * LEVEL) || icd_code AS code, icd_name, CONNECT_BY_ISLEAF AS leaf FROM ins_claim.icd_diagnosis START WITH icd_code = :root CONNECT BY PRIOR icd_code = parent_code ORDER SIBLINGS BY icd_code;

-- id=W202 module=medical executions=168 each_ms=31.2 binds=:icd:VARCHAR2:'K35'
SELECT COUNT(*), ROUND(AVG(total_amount), 2), ROUND(AVG(hospital_days), 1) FROM ins_claim.medical_bill WHERE main_icd = :icd AND visit_type = 'IP';

-- id=W203 module=medical executions=6196 each_ms=4.7 binds=:prov:VARCHAR2:'310000'
SELECT hospital_code, hospital_name FROM ins_claim.hospital PARTITION (p_east) WHERE province_code = :prov AND network_flag = 'Y' AND SYSDATE BETWEEN contract_from AND contract_to;

-- id=W204 module=medical executions=16 each_ms=17.8 binds=:bill_id:NUMBER:700000001
BEGIN ins_claim.pkg_med_bill.adjudicate(:bill_id); END;
/

-- id=W205 module=medical executions=667 each_ms=62.4 binds=:claim_id:NUMBER:100000022
BEGIN ins_claim.pkg_si_split.split_claim(:claim_id); ins_claim.pkg_med_bill.adjudicate_claim(:claim_id); END;
/

-- id=W206 module=medical executions=247531 each_ms=179.8 binds=:h:VARCHAR2:'H31001',:no:VARCHAR2:'2021050300017'
SELECT ins_claim.pkg_med_bill.find_duplicate_bill(:h, :no) FROM dual;

-- id=W207 module=medical executions=2938 each_ms=96.6 binds=:ins:NUMBER:300012,:y:NUMBER:2021
SELECT NVL(SUM(s.fund_pay), 0) FROM ins_claim.si_settlement s JOIN ins_claim.medical_bill b ON b.bill_id = s.bill_id WHERE b.insured_id = :ins AND EXTRACT(YEAR FROM b.bill_date) = :y;

-- id=W208 module=medical executions=14972 each_ms=0.8 binds=:d1:DATE:'2021-01-01',:d2:DATE:'2021-06-30'
SELECT hospital_name, total, province_rank FROM ins_claim.v_hospital_ranking WHERE province_rank <= 3 AND total IS NOT NULL AND :d1 < :d2;

-- id=W209 module=medical executions=143861 each_ms=385.4 binds=:bill_id:NUMBER:700000001,:line:NUMBER:3,:code:VARCHAR2:'D001'
UPDATE ins_claim.medical_bill_item SET deny_code = :code, covered_amount = 0, excluded_amount = ROUND(quantity * unit_price, 2) WHERE bill_id = :bill_id AND line_no = :line;

-- id=W210 module=medical executions=111649 each_ms=448.9 binds=:bill_id:NUMBER:700000001
SELECT i.item_name, i.line_amount, COALESCE(d.si_class, t.si_class, 'C') AS cls FROM ins_claim.medical_bill_item i, ins_claim.drug_catalog d, ins_claim.treatment_catalog t
 WHERE i.bill_id = :bill_id AND d.drug_code (+) = i.item_code AND i.service_date >= d.valid_from (+) AND i.service_date <= d.valid_to (+) AND t.item_code (+) = i.item_code;

-- id=W211 module=medical executions=844 each_ms=15 binds=:m:DATE:'2021-05-01',:n:NUMBER:0
BEGIN ins_claim.pkg_hosp_settle.build_month(:m, :n); END;
/

-- id=W212 module=medical executions=45 each_ms=111.4 binds=:sid:NUMBER:1001
SELECT l.bill_id, l.payable_amount, l.discount_amount FROM ins_claim.hospital_settlement_line l WHERE l.settlement_id = :sid AND l.dispute_flag = 'N';

-- id=W213 module=medical executions=29 each_ms=0.9 binds=:dept:VARCHAR2:'骨科'
SELECT d.doctor_name, h.hospital_name, COUNT(b.bill_id) AS bills FROM ins_claim.doctor d JOIN ins_claim.hospital h ON h.hospital_code = d.hospital_code LEFT JOIN ins_claim.medical_bill b ON b.doctor_id = d.doctor_id WHERE d.dept_name = :dept GROUP BY d.doctor_name, h.hospital_name ORDER BY bills DESC;

-- id=W214 module=medical executions=131 each_ms=2 binds=:p:VARCHAR2:'K'
SELECT ins_claim.fn_icd_chapter(icd_code) AS chapter, COUNT(*) FROM ins_claim.icd_diagnosis WHERE icd_code LIKE :p || '%' GROUP BY ins_claim.fn_icd_chapter(icd_code);

-- id=W215 module=medical executions=496 each_ms=0.8 binds=:d:DATE:'2021-05-03'
SELECT /*+ PARALLEL(b 4) FULL(b) */ visit_type, COUNT(*), SUM(total_amount) FROM ins_claim.medical_bill b WHERE bill_date >= :d AND bill_date < :d + 1 GROUP BY visit_type;

-- id=W216 module=medical executions=15 each_ms=1.8 binds=:icd:VARCHAR2:'I21.0'
SELECT SYS_CONNECT_BY_PATH(icd_name, '/') AS path FROM ins_claim.icd_diagnosis WHERE parent_code IS NULL START WITH icd_code = :icd CONNECT BY icd_code = PRIOR parent_code;

-- id=W217 module=fraud executions=44 each_ms=11.1 binds=:claim_id:NUMBER:100000021,:s:NUMBER:0
BEGIN :s := ins_claim.pkg_fraud.score_claim(:claim_id); END;
/

-- id=W218 module=fraud executions=20 each_ms=861.1 binds=:claim_id:NUMBER:100000021
SELECT s.total_score, s.risk_band, d.rule_code, d.evidence FROM ins_claim.fraud_score s LEFT JOIN ins_claim.fraud_score_detail d ON d.score_id = s.score_id WHERE s.claim_id = :claim_id ORDER BY s.scored_at DESC, d.weighted DESC NULLS LAST;

-- id=W219 module=fraud executions=7978 each_ms=1.8 binds=:t:VARCHAR2:'IDNO',:k:VARCHAR2:'440106198001012345'
SELECT COUNT(*) FROM ins_claim.fraud_blacklist WHERE list_type = :t AND list_key = :k AND valid_from <= SYSDATE AND NVL(valid_to, SYSDATE + 1) > SYSDATE;

-- id=W220 module=fraud executions=204 each_ms=9.7 binds=:claim_id:NUMBER:100000021
SELECT column_value AS linked FROM TABLE(ins_claim.pkg_fraud.linked_claims(:claim_id, 2)) WHERE column_value <> :claim_id;

-- id=W221 module=fraud executions=634 each_ms=1.4 binds=:min:NUMBER:50
SELECT f.claim_id, c.claim_no, f.total_score FROM ins_claim.v_fraud_latest f JOIN ins_claim.claim c ON c.claim_id = f.claim_id WHERE f.total_score >= :min AND c.status < '60' ORDER BY f.total_score DESC;

-- id=W222 module=fraud executions=86163 each_ms=2368.5 binds=:rule:VARCHAR2:'F003',:flag:VARCHAR2:''
UPDATE ins_claim.fraud_rule SET active_flag = DECODE(active_flag, 'Y', 'N', 'Y') WHERE rule_code = :rule RETURNING active_flag INTO :flag;

-- id=W223 module=fraud executions=1779 each_ms=30.9 binds=:acct:VARCHAR2:'6222021001098550814'
SELECT LISTAGG(c.claim_no, ',') WITHIN GROUP (ORDER BY c.claim_no) FROM ins_claim.claim_payee y, ins_claim.claim c WHERE c.claim_id = y.claim_id AND y.account_no = :acct;

-- id=W224 module=recovery executions=37 each_ms=1.2 binds=:claim_id:NUMBER:100000023
SELECT r.recovery_type, r.expected_amount, r.recovered_amount, ins_claim.pkg_recovery.net_recovery(r.claim_id) AS net FROM ins_claim.recovery_case r WHERE r.claim_id = :claim_id;

-- id=W225 module=recovery executions=510 each_ms=4.8 binds=:days:NUMBER:60
SELECT recovery_id, debtor_name, TRUNC(limitation_date) - TRUNC(SYSDATE) AS days_left FROM ins_claim.recovery_case WHERE status = 'OP' AND limitation_date < SYSDATE + :days;

-- id=W226 module=recovery executions=70301 each_ms=2 binds=:rid:NUMBER:30001,:amt:NUMBER:2500
BEGIN ins_claim.pkg_recovery.receive_money(:rid, :amt); END;
/

-- id=W227 module=payment executions=20 each_ms=1654.4 binds=:id:NUMBER:800000001
SELECT payment_no, amount, status, bank_ret_msg FROM ins_fin.payment_order WHERE payment_id = :id;

-- id=W228 module=payment executions=3344 each_ms=1.7 binds=:st:VARCHAR2:'00',:br:VARCHAR2:'31000000'
SELECT business_type, COUNT(*), SUM(amount) FROM ins_fin.payment_order WHERE status = :st AND branch_code = NVL(:br, branch_code) GROUP BY business_type;

-- id=W229 module=payment executions=3890 each_ms=0.6 binds=:id:NUMBER:800000001,:u:VARCHAR2:'CHENH'
BEGIN ins_fin.pkg_payment.approve(:id, :u); END;
/

-- id=W230 module=payment executions=3339 each_ms=2091.5 binds=:bank:VARCHAR2:'ICBC',:file:NUMBER:0
BEGIN :file := ins_fin.pkg_payment.build_bank_file(:bank); END;
/

-- id=W231 module=payment executions=99685 each_ms=188.8 binds=:fid:NUMBER:12
SELECT line_no, account_no, account_name, amount, NVL(ret_code, '----') FROM ins_fin.bank_file_line WHERE bank_file_id = :fid ORDER BY line_no;

-- id=W232 module=payment executions=223 each_ms=11.4 binds=:fid:NUMBER:12,:line:NUMBER:3,:rc:VARCHAR2:'0000'
UPDATE ins_fin.bank_file_line SET ret_code = :rc, ret_msg = CASE :rc WHEN '0000' THEN '成功' ELSE '失败' END WHERE bank_file_id = :fid AND line_no = :line;

-- id=W233 module=payment executions=86 each_ms=359.9 binds=:d1:DATE:'2021-05-01',:d2:DATE:'2021-05-31'
SELECT TRUNC(CAST(paid_at AS DATE)) AS d, currency, SUM(amount) AS amt, SUM(SUM(amount)) OVER (PARTITION BY currency ORDER BY TRUNC(CAST(paid_at AS DATE))) AS running FROM ins_fin.payment_order WHERE status = '30' AND paid_at >= :d1 AND paid_at < :d2 + 1 GROUP BY TRUNC(CAST(paid_at AS DATE)), currency;

-- id=W234 module=payment executions=3494 each_ms=382.4 binds=:acct:VARCHAR2:'6222021001098550814',:amt:NUMBER:12000.5
SELECT ins_fin.pkg_payment.is_duplicate(:acct, :amt) FROM dual;

-- id=W235 module=payment executions=447 each_ms=3.4 binds=:type:VARCHAR2:'CLM',:d1:DATE:'2021-01-01',:d2:DATE:'2021-12-31'
SELECT ins_fin.pkg_payment.paid_total(:type, :d1, :d2).to_text() FROM dual;

-- id=W236 module=payment executions=58972 each_ms=2209.2 binds=:ref:VARCHAR2:'HS1001'
INSERT INTO ins_fin.v_payment_entry (business_type, business_ref, payee_name, bank_code, account_no, amount, branch_code) VALUES ('HSP', :ref, '申江市第一人民医院', 'ICBC', '6200000000001234', 99000, '00000000');

-- id=W237 module=recon executions=89447 each_ms=481.4 binds=:acct:VARCHAR2:'0200001009001234567',:d:DATE:'2021-05-03'
SELECT match_status, dc_flag, COUNT(*), SUM(amount) FROM ins_fin.bank_statement_line WHERE account_no = :acct AND stmt_date = :d GROUP BY match_status, dc_flag;

-- id=W238 module=recon executions=63192 each_ms=273.9 binds=:d:DATE:'2021-05-03'
SELECT account_no, matched_count, open_sum FROM TABLE(ins_fin.pkg_bank_recon.summary(:d)) WHERE open_count > 0;

-- id=W239 module=recon executions=157 each_ms=41.2 binds=:d:DATE:'2021-05-03'
BEGIN ins_fin.pkg_bank_recon.reconcile_day(:d); END;
/

-- id=W240 module=recon executions=581 each_ms=0.6 binds=:d:DATE:'2021-05-03'
SELECT p.payment_no FROM ins_fin.payment_order p WHERE p.status = '30' AND TRUNC(CAST(p.paid_at AS DATE)) = :d MINUS SELECT s.bank_ref FROM ins_fin.bank_statement_line s WHERE s.stmt_date = :d;

-- id=W241 module=collection executions=21 each_ms=5.4 binds=:policy_no:VARCHAR2:'P31002021000017'
SELECT instalment_no, due_date, due_amount, paid_amount, open_amount, status FROM ins_fin.collection_due WHERE policy_no = :policy_no ORDER BY instalment_no;

-- id=W242 module=collection executions=218 each_ms=182.9 binds=:policy_id:NUMBER:20210000017
SELECT ins_fin.pkg_collection.policy_open_amount(:policy_id) FROM dual;

-- id=W243 module=collection executions=256251 each_ms=22.6 binds=:br:VARCHAR2:'31000000',:d1:DATE:'2021-05-01',:d2:DATE:'2021-05-31'
SELECT c.policy_no, c.due_date, c.open_amount, y.full_name, y.mobile FROM ins_fin.collection_due c, ins_core.policy p, ins_core.party y WHERE p.policy_id = c.policy_id AND y.party_id = p.holder_id AND c.branch_code = :br AND c.due_date BETWEEN :d1 AND :d2 AND c.status IN ('OP', 'PT');

-- id=W244 module=collection executions=210326 each_ms=2268.5 binds=:policy_no:VARCHAR2:'P31002021000017',:amt:NUMBER:1200,:payer:VARCHAR2:'王芳',:out:NUMBER:0
BEGIN :out := ins_fin.pkg_collection.register_receipt(:policy_no, :amt, :payer); COMMIT; END;
/

-- id=W245 module=collection executions=252349 each_ms=11.2 binds=:br:VARCHAR2:'31000000'
SELECT bucket, item_count, open_amount, pct_of_total FROM TABLE(ins_fin.pkg_collection.ageing(SYSDATE, :br));

-- id=W246 module=collection executions=147 each_ms=3.5 binds=:d:DATE:'2021-05-31'
BEGIN ins_fin.pkg_collection.dunning_batch(:d); END;
/

-- id=W247 module=collection executions=116 each_ms=2.9 binds=:d:DATE:'2021-05-31',:n:NUMBER:0
BEGIN ins_fin.pkg_collection.lapse_overdue(:d, :n); END;
/

-- id=W248 module=collection executions=8828 each_ms=1074.3 binds=:id:NUMBER:1001,:amt:NUMBER:10,:why:VARCHAR2:'系统误差'
BEGIN ins_fin.pkg_collection.waive(:id, :amt, :why); END;
/

-- id=W249 module=collection executions=79052 each_ms=29.8 binds=:lvl:NUMBER:2
SELECT c.branch_code, COUNT(*), MAX(c.open_amount) KEEP (DENSE_RANK FIRST ORDER BY c.due_date) AS oldest_amount FROM ins_fin.collection_due c WHERE c.dunning_level >= :lvl GROUP BY c.branch_code;

-- id=W250 module=collection executions=11833 each_ms=455.7 binds=:rid:NUMBER:900000001
SELECT r.receipt_no, r.amount, a.collection_id, a.amount AS allocated, r.unallocated FROM ins_fin.receipt r LEFT OUTER JOIN ins_fin.receipt_allocation a ON a.receipt_id = r.receipt_id WHERE r.receipt_id = :rid;

-- id=W251 module=collection executions=37 each_ms=139.4 binds=:d:DATE:'2021-05-31'
UPDATE ins_fin.collection_due SET fail_count = fail_count + 1, status = 'OP' WHERE status = 'FR' AND due_date < :d - 5;

-- id=W252 module=collection executions=159595 each_ms=393.1 binds=:b:VARCHAR2:'31000000'
SELECT branch_code, bucket, running, ratio FROM ins_fin.v_receivable_ageing WHERE branch_code = :b;

-- id=W253 module=refund executions=31667 each_ms=29.4 binds=:pid:NUMBER:20210000017,:d:DATE:'2021-05-10'
SELECT ins_fin.pkg_refund.calc_refund(:pid, :d, 'CANC') FROM dual;

-- id=W254 module=refund executions=96 each_ms=416.7 binds=:rid:NUMBER:400001
SELECT ins_fin.pkg_refund.refund_status(:rid) FROM dual;

-- id=W255 module=invoice executions=460 each_ms=460.3 binds=:pid:NUMBER:20210000017,:id:NUMBER:0
BEGIN :id := ins_fin.pkg_invoice.draft_for_policy(:pid); END;
/

-- id=W256 module=invoice executions=298739 each_ms=14.6 binds=:amt:NUMBER:10203.45
SELECT ins_fin.pkg_invoice.amount_in_words(:amt) FROM dual;

-- id=W257 module=invoice executions=924 each_ms=1596.4 binds=:id:NUMBER:17
SELECT ins_fin.pkg_invoice.to_xml(:id).getClobVal() FROM dual;

-- id=W258 module=invoice executions=24497 each_ms=2.1 binds=:m:VARCHAR2:'202105'
SELECT i.invoice_type, COUNT(*), SUM(i.net_amount), SUM(DECODE(i.red_flag, 'Y', 1, 0)) AS reds FROM ins_fin.invoice i WHERE TO_CHAR(i.issue_date, 'YYYYMM') = :m GROUP BY i.invoice_type;

-- id=W259 module=gl executions=57 each_ms=1.8 binds=:period:VARCHAR2:'202105',:acct:VARCHAR2:'6031'
SELECT ins_fin.pkg_gl.account_balance(:acct, :period) FROM dual;

-- id=W260 module=gl executions=151827 each_ms=483.1 binds=:period:VARCHAR2:'202105'
SELECT account_code, account_name, open_lc, debit_lc, credit_lc, close_lc FROM TABLE(ins_fin.pkg_fin_report.trial_balance(:period)) ORDER BY account_code;

-- id=W261 module=gl executions=69 each_ms=572.9 binds=:vno:VARCHAR2:'310020210500000017'
SELECT line_no, account_code, account_name, debit, credit, summary FROM ins_fin.v_voucher_detail WHERE voucher_no = :vno ORDER BY line_no;

-- id=W262 module=gl executions=326096 each_ms=135.5 binds=:d1:DATE:'2021-05-01',:d2:DATE:'2021-05-31',:acct:VARCHAR2:'100201'
SELECT l.accounting_date, l.summary, l.signed_lc, SUM(l.signed_lc) OVER (ORDER BY l.accounting_date, l.voucher_id, l.line_no ROWS UNBOUNDED PRECEDING) AS balance FROM ins_fin.gl_voucher_line l WHERE l.account_code = :acct AND l.accounting_date BETWEEN :d1 AND :d2;

-- id=W263 module=gl executions=551 each_ms=53.7 binds=:root:VARCHAR2:'6'
SELECT account_name, lvl, path FROM ins_fin.v_gl_tree WHERE class_code = :root;

-- id=W264 module=gl executions=59 each_ms=0.6 binds=:period:VARCHAR2:'202105'
SELECT account_code, SUM(close_lc) FROM ins_fin.v_gl_rollup WHERE period_code = :period GROUP BY account_code;

-- id=W265 module=gl executions=296426 each_ms=127 binds=:d1:DATE:'2021-05-01'
SELECT voucher_id, SUM(DECODE(dc_flag, 'D', amount_lc, -amount_lc)) AS diff FROM ins_fin.gl_voucher_line WHERE accounting_date >= :d1 GROUP BY voucher_id HAVING SUM(DECODE(dc_flag, 'D', amount_lc, -amount_lc)) != 0;

-- id=W266 module=gl executions=3288 each_ms=1427 binds=:vid:NUMBER:1000017,:new:NUMBER:0
BEGIN :new := ins_fin.pkg_gl.reverse_voucher(:vid, p_reason => '记错科目'); END;
/

-- id=W267 module=gl executions=1284 each_ms=842.3 binds=:ref:VARCHAR2:'R900000001',:amt:NUMBER:1200,:v:NUMBER:0
DECLARE
  l_d ins_fin.pkg_gl.t_dims;
BEGIN
  l_d.line_of_business := 'HL';
  ins_fin.pkg_gl.begin_voucher('TEST', 'MANUAL', :ref, '00000000', DATE '2021-05-03');
  ins_fin.pkg_gl.add_line('100202', 'D', :amt, 'CNY', l_d, '手工收款');
  ins_fin.pkg_gl.add_line('603102', 'C', :amt, 'CNY', l_d, '手工收款');
  :v := ins_fin.pkg_gl.post_voucher;
END;
/

-- id=W268 module=gl executions=68404 each_ms=3 binds=:period:VARCHAR2:'202105'
BEGIN ins_fin.pkg_period_close.close_period(:period); END;
/

-- id=W269 module=gl executions=203 each_ms=6.1 binds=:period:VARCHAR2:'202105'
SELECT step_code, status, row_count, EXTRACT(SECOND FROM elapsed) AS sec FROM ins_fin.period_close_step WHERE period_code = :period ORDER BY step_no;

-- id=W270 module=gl executions=181 each_ms=74.1 binds=:period:VARCHAR2:'202105'
BEGIN ins_fin.pkg_gl.rebuild_balances(:period); END;
/

-- id=W271 module=fx executions=219 each_ms=17.8 binds=:amt:NUMBER:1000,:d:DATE:'2021-05-31'
SELECT ins_fin.fn_to_cny(:amt, 'USD', :d) FROM dual;

-- id=W272 module=fx executions=59 each_ms=1167 binds=:period:VARCHAR2:'202105',:run:NUMBER:0
BEGIN :run := ins_fin.pkg_fx_reval.run(:period); END;
/

-- id=W273 module=fx executions=571 each_ms=24.8 binds=:run:NUMBER:50001
SELECT currency, SUM(GREATEST(diff_lc, 0)) AS gain, SUM(LEAST(diff_lc, 0)) AS loss FROM ins_fin.fx_reval_line WHERE run_id = :run GROUP BY currency;

-- id=W274 module=reinsurance executions=5844 each_ms=1111.5 binds=:pid:NUMBER:20210000017
SELECT treaty_code, reinsurer_code, ceded_pct, ceded_premium, ceded_commission FROM ins_fin.ri_cession WHERE policy_id = :pid AND cession_type = 'PR';

-- id=W275 module=reinsurance executions=1123 each_ms=1246.1 binds=:pid:NUMBER:20210000017
BEGIN ins_fin.pkg_reinsurance.cede_policy(:pid); END;
/

-- id=W276 module=reinsurance executions=2554 each_ms=46.5 binds=:pid:NUMBER:20210000017
SELECT ins_fin.pkg_reinsurance.net_retention(:pid) FROM dual;

-- id=W277 module=reinsurance executions=3187 each_ms=0.6 binds=:sum:NUMBER:12000000,:ret:NUMBER:5000000,:lines:NUMBER:9
SELECT ins_fin.pkg_reinsurance.surplus(:sum, :ret, :lines) FROM dual;

-- id=W278 module=reinsurance executions=1369 each_ms=2.4 binds=:q:VARCHAR2:'2021Q2',:n:NUMBER:0
BEGIN ins_fin.pkg_bordereau.build_all(:q, :n); END;
/

-- id=W279 module=reinsurance executions=16 each_ms=453.9 binds=:bid:NUMBER:50017
SELECT line_no, policy_no, cession_type, ceded_premium, ceded_loss FROM TABLE(ins_fin.pkg_bordereau.rows_of(:bid));

-- id=W280 module=reinsurance executions=90 each_ms=28.3 binds=:y:NUMBER:2021
SELECT t.treaty_code, l.layer_no, l.layer_limit, l.attachment, l.used_amount, LISTAGG(p.reinsurer_code || ' ' || p.share_pct || '%', '; ') WITHIN GROUP (ORDER BY p.share_pct DESC) AS panel
  FROM ins_fin.ri_treaty t JOIN ins_fin.ri_treaty_layer l ON l.treaty_code = t.treaty_code JOIN ins_fin.ri_participant p ON p.treaty_code = l.treaty_code AND p.layer_no = l.layer_no
 WHERE t.underwriting_year = :y GROUP BY t.treaty_code, l.layer_no, l.layer_limit, l.attachment, l.used_amount;

-- id=W281 module=reinsurance executions=24595 each_ms=57.4 binds=:t:VARCHAR2:'QSPC2021',:y:NUMBER:2021
SELECT ins_fin.pkg_bordereau.profit_commission(:t, :y) FROM dual;

-- id=W282 module=reinsurance executions=430 each_ms=41.5 binds=:r:VARCHAR2:'CHRE'
SELECT premium, loss, adjust, reversal FROM ins_fin.v_ri_position WHERE reinsurer_code = :r;

-- id=W283 module=actuarial executions=4404 each_ms=399.8 binds=:d:DATE:'2021-12-31',:run:NUMBER:0
BEGIN :run := ins_fin.pkg_actuarial.run_upr(:d); END;
/

-- id=W284 module=actuarial executions=46 each_ms=59.3 binds=:run:NUMBER:50020
SELECT reserve_type, SUM(gross_reserve), SUM(ceded_reserve), SUM(net_reserve) FROM ins_fin.act_reserve WHERE run_id = :run GROUP BY reserve_type;

-- id=W285 module=actuarial executions=196 each_ms=5.3 binds=:run:NUMBER:50021,:lob:VARCHAR2:'MT'
SELECT accident_year, MAX(DECODE(dev_year, 0, paid_cum)) AS d0, MAX(DECODE(dev_year, 1, paid_cum)) AS d1, MAX(DECODE(dev_year, 2, paid_cum)) AS d2, MAX(DECODE(dev_year, 3, paid_cum)) AS d3 FROM ins_fin.act_triangle WHERE run_id = :run AND line_of_business = :lob GROUP BY accident_year ORDER BY accident_year;

-- id=W286 module=actuarial executions=39623 each_ms=37.9 binds=:age:NUMBER:30,:n:NUMBER:20,:sum:NUMBER:500000
SELECT ins_fin.pkg_actuarial.net_premium(:age, 'M', :n, :sum) FROM dual;

-- id=W287 module=tax executions=4694 each_ms=325.1 binds=:period:VARCHAR2:'202105'
SELECT branch_code, tax_code, SUM(base_amount), SUM(tax_amount) FROM ins_fin.tax_ledger WHERE period_code = :period GROUP BY branch_code, tax_code;

-- id=W288 module=tax executions=164039 each_ms=21.9 binds=:inc:NUMBER:25000
SELECT ins_fin.pkg_tax.withholding(:inc) FROM dual;

-- id=W289 module=audit executions=7854 each_ms=37.2 binds=:tab:VARCHAR2:'CLAIM',:pk:VARCHAR2:'100000021'
SELECT column_name, old_value, new_value, changed_at, changed_by FROM ins_fin.audit_data_change WHERE table_name = :tab AND pk_value = :pk ORDER BY change_id;

-- id=W290 module=audit executions=2841 each_ms=183.3 binds=:u:VARCHAR2:'INS_APP',:h:NUMBER:24
SELECT action_code, COUNT(*) FROM ins_fin.audit_trail WHERE user_name = :u AND event_time > SYSTIMESTAMP - NUMTODSINTERVAL(:h, 'HOUR') GROUP BY action_code ORDER BY 2 DESC;

-- id=W291 module=batch executions=1549 each_ms=47.1 binds=:job:VARCHAR2:'DUNNING',:d:DATE:'2021-05-31'
SELECT run_id, status, rows_done, rows_failed, restart_key FROM ins_fin.batch_run WHERE job_code = :job AND business_date = :d ORDER BY run_id DESC;

-- id=W292 module=batch executions=2010 each_ms=1526 binds=:run:NUMBER:17
SELECT error_code, COUNT(*), MIN(record_key) FROM ins_fin.batch_error WHERE run_id = :run GROUP BY error_code;

-- id=W293 module=batch executions=18904 each_ms=877.4 binds=:job:VARCHAR2:'DUNNING'
SELECT LEVEL, job_code, PRIOR job_code AS after_job FROM ins_fin.batch_job START WITH job_code = :job CONNECT BY PRIOR job_code = depends_on;

-- id=W294 module=notify executions=221612 each_ms=4.6 binds=:n:NUMBER:200
BEGIN ins_fin.pkg_notify.send_pending(:n); END;
/

-- id=W295 module=notify executions=4590 each_ms=1549.1 binds=:ch:VARCHAR2:'SMS'
SELECT status, COUNT(*) FROM ins_fin.notify_queue WHERE channel = :ch GROUP BY status;

-- id=W296 module=notify executions=78704 each_ms=1.6 binds=:m:VARCHAR2:'13912345678'
SELECT ins_fin.pkg_notify.mask_mobile(:m) FROM dual;

-- id=W297 module=notify executions=54 each_ms=21.7 binds=:ref:NUMBER:100000021,:n:NUMBER:0
BEGIN ins_fin.pkg_notify.cancel_for('CLAIM', :ref, :n); END;
/

-- id=W298 module=gl executions=33 each_ms=3.9 binds=:y:VARCHAR2:'2021',:lob:VARCHAR2:'HL'
SELECT ins_fin.pkg_fin_report.combined_ratio(:y, :lob) FROM dual;

-- id=W299 module=payment executions=33 each_ms=150.3 binds=:d:DATE:'2021-05-03',:b:VARCHAR2:'ICBC'
SELECT /*+ INDEX(p ix_payment_status) */ p.payment_no, p.amount, p.due_date FROM ins_fin.payment_order p WHERE p.status = '10' AND p.bank_code = :b AND p.due_date <= :d FOR UPDATE OF p.status SKIP LOCKED;

-- id=W300 module=claim executions=44598 each_ms=1044.7 binds=:d:DATE:'2021-05-31'
SELECT v.policy_no, v.holder_name, v.paid_claims / NULLIF(v.paid, 0) AS ratio FROM ins_fin.v_policy_account v WHERE v.claims > 0 AND :d IS NOT NULL ORDER BY 3 DESC NULLS LAST;
