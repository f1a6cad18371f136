-- 对外部 schema 的私有同义词 (policy 与 party 由 ins_core 建)
CREATE OR REPLACE SYNONYM ins_claim.product FOR ins_core.product;
CREATE OR REPLACE SYNONYM ins_claim.coverage_def FOR ins_core.coverage_def;
CREATE OR REPLACE SYNONYM ins_claim.policy_coverage FOR ins_core.policy_coverage;
CREATE OR REPLACE SYNONYM ins_claim.policy_party FOR ins_core.policy_party;
CREATE OR REPLACE SYNONYM ins_claim.branch FOR ins_core.branch;
CREATE OR REPLACE SYNONYM ins_claim.ref_code FOR ins_core.ref_code;
CREATE OR REPLACE SYNONYM ins_claim.sys_parameter FOR ins_core.sys_parameter;
CREATE OR REPLACE SYNONYM ins_claim.pkg_const FOR ins_core.pkg_const;
CREATE OR REPLACE SYNONYM ins_claim.pkg_util_date FOR ins_core.pkg_util_date;
CREATE OR REPLACE SYNONYM ins_claim.pkg_context FOR ins_core.pkg_context;
CREATE OR REPLACE SYNONYM ins_claim.pkg_numbering FOR ins_core.pkg_numbering;
-- 财务域
CREATE OR REPLACE SYNONYM ins_claim.payment_order FOR ins_fin.payment_order;
CREATE OR REPLACE SYNONYM ins_claim.pkg_payment FOR ins_fin.pkg_payment;
CREATE OR REPLACE SYNONYM ins_claim.pkg_gl FOR ins_fin.pkg_gl;
CREATE OR REPLACE SYNONYM ins_claim.pkg_notify FOR ins_fin.pkg_notify;
CREATE OR REPLACE SYNONYM ins_claim.pkg_audit FOR ins_fin.pkg_audit;
CREATE OR REPLACE SYNONYM ins_claim.pkg_batch FOR ins_fin.pkg_batch;
-- 老系统的名字, 报表还在用
CREATE OR REPLACE SYNONYM ins_claim.llcase FOR ins_claim.claim;
CREATE OR REPLACE PUBLIC SYNONYM claim_reg FOR ins_claim.pkg_claim_reg;
