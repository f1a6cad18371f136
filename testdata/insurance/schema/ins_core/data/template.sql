-- 模板正文含 {{...}} 占位符
SET DEFINE OFF
INSERT INTO ins_core.doc_template (template_code, version_no, title, body)
VALUES ('POLICY', 1, '保险单', TO_CLOB(q'[<html><head><meta charset="utf-8"><title>保险单</title></head><body>
<h1>安禾保险 保险单</h1>
<p>保单号: {{POLICY_NO}}  产品: {{PRODUCT_NAME}}</p>
<p>投保人: {{HOLDER_NAME}} ({{HOLDER_ID}}) {{HOLDER_ADDRESS}}</p>
<p>被保险人: {{INSURED_NAME}}  受益人: {{BENEFICIARIES}}</p>
<p>保险期间: {{EFFECTIVE_DATE}} 至 {{EXPIRY_DATE}}</p>
]') || TO_CLOB(q'[<p>保险金额: {{SUM_INSURED}} ({{SUM_WORDS}})</p>
<p>保险费: {{PREMIUM}} ({{PREMIUM_WORDS}}), {{PAY_MODE}}</p>
<pre>{{COVERAGES}}</pre>
<p>{{BRANCH}}  {{PRINT_DATE}}</p></body></html>]'));

INSERT INTO ins_core.doc_template (template_code, version_no, title, body)
VALUES ('LAPSE', 1, '失效通知书', q'{尊敬的 {{HOLDER_NAME}}: 您的保单 {{POLICY_NO}} 因未按期缴费已失效, 两年内可以申请复效。 安禾保险 {{BRANCH}} {{PRINT_DATE}}}');

INSERT INTO ins_core.product_clause (product_code, clause_no, title, clause_xml, valid_from)
VALUES ('LF001', 'C1', '保险责任', XMLTYPE('<clause><title>保险责任</title><para no="1">被保险人身故, 按基本保额给付。</para><para no="2">被保险人全残, 给付后合同终止。</para></clause>'), DATE '2015-03-01');
INSERT INTO ins_core.product_clause (product_code, clause_no, title, clause_xml, valid_from)
VALUES ('LF001', 'C2', '责任免除', XMLTYPE('<clause><title>责任免除</title><para no="1">投保人故意杀害被保险人。</para><para no="2">自合同成立起二年内自杀。</para></clause>'), DATE '2015-03-01');
COMMIT;
SET DEFINE ON
