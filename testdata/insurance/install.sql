REM 安禾保险核心系统 安装脚本
REM 用法: sqlplus sys@db as sysdba @install.sql

SET DEFINE ON
SET ECHO OFF
SET SERVEROUTPUT ON SIZE UNLIMITED
SET SQLBLANKLINES ON
WHENEVER SQLERROR EXIT SQL.SQLCODE ROLLBACK
WHENEVER OSERROR EXIT FAILURE
SPOOL install.log

ACCEPT core_password CHAR PROMPT 'Password for core: ' HIDE
ACCEPT claim_password CHAR PROMPT 'Password for claim: ' HIDE
ACCEPT fin_password CHAR PROMPT 'Password for fin: ' HIDE
ACCEPT app_password CHAR PROMPT 'Password for app: ' HIDE
ACCEPT oldcore_password CHAR PROMPT 'Password for oldcore: ' HIDE

PROMPT == users, roles, tablespaces
@@schema/ins_core/00_users.sql

SET DEFINE OFF
ALTER SESSION SET CURRENT_SCHEMA = INS_CORE;

PROMPT == types
@@schema/ins_core/types/t_string_tab.sql
@@schema/ins_core/types/t_number_tab.sql
@@schema/ins_core/types/t_date_tab.sql
@@schema/ins_core/types/t_phone_list.sql
@@schema/ins_core/types/t_address.sql
@@schema/ins_core/types/t_risk_object.sql
@@schema/ins_core/types/t_risk_vehicle.sql
@@schema/ins_core/types/t_risk_building.sql
@@schema/ins_core/types/t_premium_item.sql
@@schema/ins_core/types/t_premium_item_tab.sql
@@schema/ins_core/types/t_policy_brief.sql
@@schema/ins_core/types/t_policy_brief_tab.sql
@@schema/ins_core/types/t_branch_stat.sql
@@schema/ins_core/types/t_branch_stat_tab.sql
@@schema/ins_core/types/t_join_agg.sql

PROMPT == sequences
@@schema/ins_core/sequences/sequences.sql

PROMPT == tables
@@schema/ins_core/tables/branch.sql
@@schema/ins_core/tables/party.sql
@@schema/ins_core/tables/agent.sql
@@schema/ins_core/tables/product.sql
@@schema/ins_core/tables/coverage_def.sql
@@schema/ins_core/tables/quotation.sql
@@schema/ins_core/tables/policy.sql
@@schema/ins_core/tables/proposal.sql
@@schema/ins_core/tables/policy_coverage.sql
@@schema/ins_core/tables/policy_party.sql
@@schema/ins_core/tables/address_book.sql
@@schema/ins_core/tables/agent_rank_def.sql
@@schema/ins_core/tables/agent_rank_history.sql
@@schema/ins_core/tables/agent_target.sql
@@schema/ins_core/tables/app_log.sql
@@schema/ins_core/tables/calendar_day.sql
@@schema/ins_core/tables/cash_value.sql
@@schema/ins_core/tables/commission_detail.sql
@@schema/ins_core/tables/commission_rule.sql
@@schema/ins_core/tables/commission_statement.sql
@@schema/ins_core/tables/ddl_audit.sql
@@schema/ins_core/tables/exchange_rate.sql
@@schema/ins_core/tables/ext_group_member.sql
@@schema/ins_core/tables/insured_object.sql
@@schema/ins_core/tables/job_run.sql
@@schema/ins_core/tables/party_address.sql
@@schema/ins_core/tables/party_bank_account.sql
@@schema/ins_core/tables/party_blacklist.sql
@@schema/ins_core/tables/party_contact.sql
@@schema/ins_core/tables/party_document.sql
@@schema/ins_core/tables/party_merge_log.sql
@@schema/ins_core/tables/party_relation.sql
@@schema/ins_core/tables/policy_history.sql
@@schema/ins_core/tables/policy_stat_daily.sql
@@schema/ins_core/tables/product_channel.sql
@@schema/ins_core/tables/product_clause.sql
@@schema/ins_core/tables/product_relation.sql
@@schema/ins_core/tables/quotation_item.sql
@@schema/ins_core/tables/rating_adjustment.sql
@@schema/ins_core/tables/rating_formula.sql
@@schema/ins_core/tables/ref_code.sql
@@schema/ins_core/tables/renewal_batch.sql
@@schema/ins_core/tables/renewal_error.sql
@@schema/ins_core/tables/renewal_notice.sql
@@schema/ins_core/tables/renewal_work.sql
@@schema/ins_core/tables/report_row.sql
@@schema/ins_core/tables/service_request.sql
@@schema/ins_core/tables/sms_outbox.sql
@@schema/ins_core/tables/stg_group_member.sql
@@schema/ins_core/tables/sys_parameter.sql
@@schema/ins_core/tables/uw_rule.sql
@@schema/ins_core/tables/proposal_coverage.sql
@@schema/ins_core/tables/proposal_party.sql
@@schema/ins_core/tables/uw_case.sql
@@schema/ins_core/tables/uw_rule_hit.sql
@@schema/ins_core/tables/uw_decision.sql
@@schema/ins_core/tables/uw_health_answer.sql
@@schema/ins_core/tables/rate_table.sql
@@schema/ins_core/tables/rate_cell.sql
@@schema/ins_core/tables/numbering_rule.sql
@@schema/ins_core/tables/numbering_counter.sql
@@schema/ins_core/tables/doc_template.sql
@@schema/ins_core/tables/doc_instance.sql
@@schema/ins_core/tables/import_batch.sql
@@schema/ins_core/tables/import_row.sql
@@schema/ins_core/tables/recon_run.sql
@@schema/ins_core/tables/recon_diff.sql
@@schema/ins_core/tables/app_user.sql
@@schema/ins_core/tables/app_role.sql
@@schema/ins_core/tables/app_user_role.sql
@@schema/ins_core/tables/endorsement.sql
@@schema/ins_core/tables/endorsement_item.sql

PROMPT == indexes
@@schema/ins_core/indexes/indexes.sql

PROMPT == package specifications
@@schema/ins_core/packages/pkg_const.pks
@@schema/ins_core/packages/pkg_err.pks
@@schema/ins_core/packages/pkg_log.pks
@@schema/ins_core/packages/pkg_context.pks
@@schema/ins_core/packages/pkg_util_date.pks
@@schema/ins_core/packages/pkg_numbering.pks
@@schema/ins_core/packages/pkg_ref_cache.pks
@@schema/ins_core/packages/pkg_party.pks
@@schema/ins_core/packages/pkg_product.pks
@@schema/ins_core/packages/pkg_rating.pks
@@schema/ins_core/packages/pkg_quotation.pks
@@schema/ins_core/packages/pkg_underwriting.pks
@@schema/ins_core/packages/pkg_policy.pks
@@schema/ins_core/packages/pkg_endorsement.pks
@@schema/ins_core/packages/pkg_renewal.pks
@@schema/ins_core/packages/pkg_agent.pks
@@schema/ins_core/packages/pkg_commission.pks
@@schema/ins_core/packages/pkg_document.pks
@@schema/ins_core/packages/pkg_report.pks
@@schema/ins_core/packages/pkg_import.pks
@@schema/ins_core/packages/pkg_recon.pks
@@schema/ins_core/packages/pkg_security.pks
@@schema/ins_core/packages/pkg_service.pks
@@schema/ins_core/packages/pkg_job.pks

PROMPT == type bodies
@@schema/ins_core/types/t_address_body.sql
@@schema/ins_core/types/t_join_agg_body.sql
@@schema/ins_core/types/t_premium_item_body.sql
@@schema/ins_core/types/t_risk_building_body.sql
@@schema/ins_core/types/t_risk_object_body.sql
@@schema/ins_core/types/t_risk_vehicle_body.sql

PROMPT == functions and procedures
@@schema/ins_core/functions/f_age.sql
@@schema/ins_core/functions/f_join_cn.sql
@@schema/ins_core/functions/f_split.sql
@@schema/ins_core/procedures/p_note_rank_change.sql
@@schema/ins_core/procedures/p_top_customers.sql
@@schema/ins_core/procedures/p_unlock_policy.sql

PROMPT == synonyms
@@schema/ins_core/synonyms/synonyms.sql
@@schema/ins_core/functions/f_status_name.sql

PROMPT == views
@@schema/ins_core/views/views.sql

PROMPT == package bodies
@@schema/ins_core/packages/pkg_err.pkb
@@schema/ins_core/packages/pkg_log.pkb
@@schema/ins_core/packages/pkg_context.pkb
@@schema/ins_core/packages/pkg_util_date.pkb
@@schema/ins_core/packages/pkg_numbering.pkb
@@schema/ins_core/packages/pkg_ref_cache.pkb
@@schema/ins_core/packages/pkg_party.pkb
@@schema/ins_core/packages/pkg_product.pkb
@@schema/ins_core/packages/pkg_rating.pkb
@@schema/ins_core/packages/pkg_quotation.pkb
@@schema/ins_core/packages/pkg_underwriting.pkb
@@schema/ins_core/packages/pkg_policy.pkb
@@schema/ins_core/packages/pkg_endorsement.pkb
@@schema/ins_core/packages/pkg_renewal.pkb
@@schema/ins_core/packages/pkg_agent.pkb
@@schema/ins_core/packages/pkg_commission.pkb
@@schema/ins_core/packages/pkg_document.pkb
@@schema/ins_core/packages/pkg_report.pkb
@@schema/ins_core/packages/pkg_import.pkb
@@schema/ins_core/packages/pkg_recon.pkb
@@schema/ins_core/packages/pkg_security.pkb
@@schema/ins_core/packages/pkg_service.pkb
@@schema/ins_core/packages/pkg_job.pkb

PROMPT == triggers
@@schema/ins_core/triggers/trg_agent_bu.sql
@@schema/ins_core/triggers/triggers.sql

PROMPT == materialized views
@@schema/ins_core/mviews/mviews.sql

PROMPT == grants
@@schema/ins_core/grants/grants.sql

PROMPT == seed data
@@schema/ins_core/data/branch.sql
@@schema/ins_core/data/ref_code.sql
@@schema/ins_core/data/parameter.sql
@@schema/ins_core/data/product.sql
@@schema/ins_core/data/rate.sql
@@schema/ins_core/data/uw_agent.sql
@@schema/ins_core/data/party.sql
@@schema/ins_core/data/policy.sql
@@schema/ins_core/data/template.sql

PROMPT == claims
@@install_claim.sql

PROMPT == finance
@@install_fin.sql

ALTER SESSION SET CURRENT_SCHEMA = INS_CORE;

PROMPT == jobs and policies
@@schema/ins_core/jobs/jobs.sql
@@schema/ins_core/grants/vpd.sql

BEGIN
  FOR s IN (SELECT 'INS_CORE' AS name FROM dual UNION ALL SELECT 'INS_FIN' FROM dual UNION ALL SELECT 'INS_CLAIM' FROM dual) LOOP
    DBMS_UTILITY.COMPILE_SCHEMA(schema => s.name, compile_all => FALSE);
  END LOOP;
  pkg_util_date.build_calendar(2024);
  pkg_util_date.build_calendar(2025);
  COMMIT;
END;
/

COLUMN object_name FORMAT A40
SELECT owner, object_type, object_name FROM dba_objects WHERE owner IN ('INS_CORE', 'INS_CLAIM', 'INS_FIN') AND status = 'INVALID' ORDER BY 1, 2, 3;

SPOOL OFF
EXIT SUCCESS
