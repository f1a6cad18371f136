REM 理赔域 INS_CLAIM 安装脚本, 由 install.sql 调用, 以 DBA 身份执行
SET DEFINE OFF
SET SERVEROUTPUT ON SIZE UNLIMITED
WHENEVER SQLERROR EXIT SQL.SQLCODE ROLLBACK
WHENEVER OSERROR EXIT 9

@@schema/ins_claim/00_tablespaces.sql

PROMPT === ins_claim sequences
@@schema/ins_claim/sequences/sequences.sql

PROMPT === ins_claim types
@@schema/ins_claim/types/t_number_tab.sql
@@schema/ins_claim/types/t_varchar_tab.sql
@@schema/ins_claim/types/t_icd_list.sql
@@schema/ins_claim/types/t_benefit_calc.sql
@@schema/ins_claim/types/t_claim_summary.sql
@@schema/ins_claim/types/t_bill_line.sql

PROMPT === ins_claim tables
@@schema/ins_claim/tables/hospital.sql
@@schema/ins_claim/tables/doctor.sql
@@schema/ins_claim/tables/icd_diagnosis.sql
@@schema/ins_claim/tables/drug_catalog.sql
@@schema/ins_claim/tables/treatment_catalog.sql
@@schema/ins_claim/tables/si_policy_rule.sql
@@schema/ins_claim/tables/adjudication_rule.sql
@@schema/ins_claim/tables/fraud_rule.sql
@@schema/ins_claim/tables/fraud_blacklist.sql
@@schema/ins_claim/tables/claim.sql
@@schema/ins_claim/tables/claim_item.sql
@@schema/ins_claim/tables/claim_event.sql
@@schema/ins_claim/tables/claim_party.sql
@@schema/ins_claim/tables/claim_document.sql
@@schema/ins_claim/tables/claim_survey.sql
@@schema/ins_claim/tables/claim_reserve_mv.sql
@@schema/ins_claim/tables/claim_status_hist.sql
@@schema/ins_claim/tables/claim_assessment.sql
@@schema/ins_claim/tables/claim_accumulator.sql
@@schema/ins_claim/tables/claim_task.sql
@@schema/ins_claim/tables/claim_note.sql
@@schema/ins_claim/tables/claim_xml_msg.sql
@@schema/ins_claim/tables/claim_payee.sql
@@schema/ins_claim/tables/medical_bill.sql
@@schema/ins_claim/tables/medical_bill_item.sql
@@schema/ins_claim/tables/si_settlement.sql
@@schema/ins_claim/tables/hospital_settlement.sql
@@schema/ins_claim/tables/hospital_settlement_line.sql
@@schema/ins_claim/tables/fraud_score.sql
@@schema/ins_claim/tables/fraud_score_detail.sql
@@schema/ins_claim/tables/recovery_case.sql
@@schema/ins_claim/tables/recovery_movement.sql
@@schema/ins_claim/tables/gtt_claim_calc.sql
@@schema/ins_claim/tables/gtt_fraud_candidate.sql
@@schema/ins_claim/tables/claim_err_log.sql
@@schema/ins_claim/tables/claim_import_ext.sql

PROMPT === ins_claim indexes
@@schema/ins_claim/indexes/indexes.sql

REM 交叉引用在另一域装完之前会编译带错, 由 install_fin.sql 末尾统一重编译
WHENEVER SQLERROR CONTINUE
PROMPT === ins_claim synonyms
@@schema/ins_claim/synonyms/synonyms.sql

GRANT EXECUTE ON ins_claim.t_number_tab TO ins_fin;
GRANT EXECUTE ON ins_claim.t_varchar_tab TO ins_fin;
GRANT SELECT ON ins_claim.claim TO ins_fin;
GRANT SELECT ON ins_claim.claim_reserve_mv TO ins_fin;

PROMPT === ins_claim package specifications
@@schema/ins_claim/packages/pkg_claim_reserve.pks
@@schema/ins_claim/packages/pkg_claim_reg.pks
@@schema/ins_claim/packages/pkg_claim_assess.pks
@@schema/ins_claim/packages/pkg_si_split.pks
@@schema/ins_claim/packages/pkg_med_bill.pks
@@schema/ins_claim/packages/pkg_hosp_settle.pks
@@schema/ins_claim/packages/pkg_fraud.pks
@@schema/ins_claim/packages/pkg_claim_pay.pks
@@schema/ins_claim/packages/pkg_recovery.pks
@@schema/ins_claim/packages/pkg_claim_doc.pks
@@schema/ins_claim/packages/pkg_claim_query.pks
@@schema/ins_claim/packages/pkg_claim_batch.pks

PROMPT === ins_claim functions
@@schema/ins_claim/functions/fn_claim_age_days.sql
@@schema/ins_claim/functions/fn_icd_chapter.sql
@@schema/ins_claim/functions/fn_mask_id.sql

PROMPT === ins_claim procedures
@@schema/ins_claim/procedures/prc_daily_claim_mail.sql
@@schema/ins_claim/procedures/prc_fix_claim_amounts.sql

PROMPT === ins_claim views
@@schema/ins_claim/views/v_branch_claim.sql
@@schema/ins_claim/views/v_claim_summary.sql
@@schema/ins_claim/views/v_claim_timeline.sql
@@schema/ins_claim/views/v_drug_current.sql
@@schema/ins_claim/views/v_fraud_latest.sql
@@schema/ins_claim/views/v_hospital_ranking.sql
@@schema/ins_claim/views/v_icd_tree.sql
@@schema/ins_claim/views/v_open_claim.sql
@@schema/ins_claim/views/v_reserve_balance.sql

PROMPT === ins_claim materialized views
@@schema/ins_claim/mviews/mv_claim_monthly.sql

PROMPT === ins_claim package bodies
@@schema/ins_claim/packages/pkg_claim_reserve.pkb
@@schema/ins_claim/packages/pkg_claim_reg.pkb
@@schema/ins_claim/packages/pkg_claim_assess.pkb
@@schema/ins_claim/packages/pkg_si_split.pkb
@@schema/ins_claim/packages/pkg_med_bill.pkb
@@schema/ins_claim/packages/pkg_hosp_settle.pkb
@@schema/ins_claim/packages/pkg_fraud.pkb
@@schema/ins_claim/packages/pkg_claim_pay.pkb
@@schema/ins_claim/packages/pkg_recovery.pkb
@@schema/ins_claim/packages/pkg_claim_doc.pkb
@@schema/ins_claim/packages/pkg_claim_query.pkb
@@schema/ins_claim/packages/pkg_claim_batch.pkb

PROMPT === ins_claim triggers
@@schema/ins_claim/triggers/trg_blacklist_id.sql
@@schema/ins_claim/triggers/trg_claim_audit.sql
@@schema/ins_claim/triggers/trg_claim_item_total.sql
@@schema/ins_claim/triggers/trg_claim_status.sql
@@schema/ins_claim/triggers/trg_hospital_guard.sql
@@schema/ins_claim/triggers/trg_medical_bill_biud.sql
@@schema/ins_claim/triggers/trg_v_open_claim_io.sql

PROMPT === ins_claim grants
@@schema/ins_claim/grants/grants.sql

PROMPT === ins_claim data
@@schema/ins_claim/data/drug_catalog.sql
@@schema/ins_claim/data/hospital.sql
@@schema/ins_claim/data/icd_diagnosis.sql
@@schema/ins_claim/data/rules.sql
@@schema/ins_claim/data/zz_sample_claims.sql

PROMPT === ins_claim jobs
@@schema/ins_claim/jobs/jobs.sql

SET DEFINE ON
PROMPT 理赔域 INS_CLAIM 完成
