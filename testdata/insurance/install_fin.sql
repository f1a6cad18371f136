REM 财务域 INS_FIN 安装脚本, 由 install.sql 调用, 以 DBA 身份执行
SET DEFINE OFF
SET SERVEROUTPUT ON SIZE UNLIMITED
WHENEVER SQLERROR EXIT SQL.SQLCODE ROLLBACK
WHENEVER OSERROR EXIT 9

@@schema/ins_fin/00_tablespaces.sql

PROMPT === ins_fin sequences
@@schema/ins_fin/sequences/sequences.sql

PROMPT === ins_fin types
@@schema/ins_fin/types/t_money.sql
@@schema/ins_fin/types/t_posting_line.sql
@@schema/ins_fin/types/t_ageing_row.sql
@@schema/ins_fin/types/t_bordereau_row.sql

PROMPT === ins_fin tables
@@schema/ins_fin/tables/bank_code.sql
@@schema/ins_fin/tables/bank_account.sql
@@schema/ins_fin/tables/payment_order.sql
@@schema/ins_fin/tables/bank_file.sql
@@schema/ins_fin/tables/bank_file_line.sql
@@schema/ins_fin/tables/bank_statement_line.sql
@@schema/ins_fin/tables/receipt.sql
@@schema/ins_fin/tables/receipt_allocation.sql
@@schema/ins_fin/tables/collection_due.sql
@@schema/ins_fin/tables/dunning_notice.sql
@@schema/ins_fin/tables/refund.sql
@@schema/ins_fin/tables/invoice.sql
@@schema/ins_fin/tables/invoice_line.sql
@@schema/ins_fin/tables/gl_account.sql
@@schema/ins_fin/tables/gl_posting_rule.sql
@@schema/ins_fin/tables/gl_period.sql
@@schema/ins_fin/tables/gl_voucher.sql
@@schema/ins_fin/tables/gl_voucher_line.sql
@@schema/ins_fin/tables/gl_balance.sql
@@schema/ins_fin/tables/period_close_step.sql
@@schema/ins_fin/tables/fx_reval_run.sql
@@schema/ins_fin/tables/fx_reval_line.sql
@@schema/ins_fin/tables/ri_reinsurer.sql
@@schema/ins_fin/tables/ri_treaty.sql
@@schema/ins_fin/tables/ri_treaty_layer.sql
@@schema/ins_fin/tables/ri_participant.sql
@@schema/ins_fin/tables/ri_cession.sql
@@schema/ins_fin/tables/ri_bordereau.sql
@@schema/ins_fin/tables/ri_fac_offer.sql
@@schema/ins_fin/tables/act_reserve_run.sql
@@schema/ins_fin/tables/act_reserve.sql
@@schema/ins_fin/tables/act_triangle.sql
@@schema/ins_fin/tables/act_mortality.sql
@@schema/ins_fin/tables/tax_rate.sql
@@schema/ins_fin/tables/tax_ledger.sql
@@schema/ins_fin/tables/audit_trail.sql
@@schema/ins_fin/tables/audit_data_change.sql
@@schema/ins_fin/tables/audit_ddl_event.sql
@@schema/ins_fin/tables/batch_job.sql
@@schema/ins_fin/tables/batch_run.sql
@@schema/ins_fin/tables/batch_error.sql
@@schema/ins_fin/tables/notify_template.sql
@@schema/ins_fin/tables/notify_queue.sql
@@schema/ins_fin/tables/gtt_gl_post.sql
@@schema/ins_fin/tables/gtt_recon.sql

PROMPT === ins_fin indexes
@@schema/ins_fin/indexes/indexes.sql

REM 交叉引用在另一域装完之前会编译带错, 由 install_fin.sql 末尾统一重编译
WHENEVER SQLERROR CONTINUE
PROMPT === ins_fin synonyms
@@schema/ins_fin/synonyms/synonyms.sql

GRANT SELECT ON ins_fin.payment_order TO ins_claim;

PROMPT === ins_fin package specifications
@@schema/ins_fin/packages/pkg_audit.pks
@@schema/ins_fin/packages/pkg_batch.pks
@@schema/ins_fin/packages/pkg_notify.pks
@@schema/ins_fin/packages/pkg_gl.pks
@@schema/ins_fin/packages/pkg_payment.pks
@@schema/ins_fin/packages/pkg_bank_recon.pks
@@schema/ins_fin/packages/pkg_collection.pks
@@schema/ins_fin/packages/pkg_tax.pks
@@schema/ins_fin/packages/pkg_refund.pks
@@schema/ins_fin/packages/pkg_invoice.pks
@@schema/ins_fin/packages/pkg_fx_reval.pks
@@schema/ins_fin/packages/pkg_actuarial.pks
@@schema/ins_fin/packages/pkg_period_close.pks
@@schema/ins_fin/packages/pkg_reinsurance.pks
@@schema/ins_fin/packages/pkg_bordereau.pks
@@schema/ins_fin/packages/pkg_fin_report.pks

PROMPT === ins_fin functions
@@schema/ins_fin/functions/fn_ageing_bucket.sql
@@schema/ins_fin/functions/fn_to_cny.sql

PROMPT === ins_fin procedures
@@schema/ins_fin/procedures/prc_gather_stats.sql
@@schema/ins_fin/procedures/prc_purge_queue.sql

PROMPT === ins_fin views
@@schema/ins_fin/views/v_batch_status.sql
@@schema/ins_fin/views/v_gl_rollup.sql
@@schema/ins_fin/views/v_gl_tree.sql
@@schema/ins_fin/views/v_payment_entry.sql
@@schema/ins_fin/views/v_policy_account.sql
@@schema/ins_fin/views/v_receivable_ageing.sql
@@schema/ins_fin/views/v_ri_position.sql
@@schema/ins_fin/views/v_voucher_detail.sql

PROMPT === ins_fin materialized views
@@schema/ins_fin/mviews/mv_collection_status.sql

PROMPT === ins_fin package bodies
@@schema/ins_fin/packages/pkg_audit.pkb
@@schema/ins_fin/packages/pkg_batch.pkb
@@schema/ins_fin/packages/pkg_notify.pkb
@@schema/ins_fin/packages/pkg_gl.pkb
@@schema/ins_fin/packages/pkg_payment.pkb
@@schema/ins_fin/packages/pkg_bank_recon.pkb
@@schema/ins_fin/packages/pkg_collection.pkb
@@schema/ins_fin/packages/pkg_tax.pkb
@@schema/ins_fin/packages/pkg_refund.pkb
@@schema/ins_fin/packages/pkg_invoice.pkb
@@schema/ins_fin/packages/pkg_fx_reval.pkb
@@schema/ins_fin/packages/pkg_actuarial.pkb
@@schema/ins_fin/packages/pkg_period_close.pkb
@@schema/ins_fin/packages/pkg_reinsurance.pkb
@@schema/ins_fin/packages/pkg_bordereau.pkb
@@schema/ins_fin/packages/pkg_fin_report.pkb

PROMPT === ins_fin triggers
@@schema/ins_fin/triggers/trg_collection_stmt.sql
@@schema/ins_fin/triggers/trg_fin_ddl.sql
@@schema/ins_fin/triggers/trg_invoice_bi.sql
@@schema/ins_fin/triggers/trg_invoice_tax.sql
@@schema/ins_fin/triggers/trg_payment_audit.sql
@@schema/ins_fin/triggers/trg_v_payment_entry.sql
@@schema/ins_fin/triggers/trg_voucher_line_guard.sql

PROMPT === ins_fin grants
@@schema/ins_fin/grants/grants.sql

PROMPT === ins_fin data
@@schema/ins_fin/data/gl_account.sql
@@schema/ins_fin/data/reinsurance.sql
@@schema/ins_fin/data/setup.sql

PROMPT === ins_fin jobs
@@schema/ins_fin/jobs/jobs.sql

PROMPT === recompile
EXEC DBMS_UTILITY.COMPILE_SCHEMA(schema => 'INS_CLAIM', compile_all => FALSE)
EXEC DBMS_UTILITY.COMPILE_SCHEMA(schema => 'INS_FIN', compile_all => FALSE)
COLUMN object_name FORMAT A30
SELECT owner, object_type, object_name FROM dba_objects WHERE owner IN ('INS_CORE', 'INS_CLAIM', 'INS_FIN') AND status = 'INVALID' ORDER BY 1, 2, 3;

SET DEFINE ON
PROMPT 财务域 INS_FIN 完成
