-- 理赔域索引
CREATE INDEX ins_claim.ix_claim_policy ON ins_claim.claim (policy_id, loss_date) LOCAL TABLESPACE ts_claim_idx;
CREATE INDEX ins_claim.ix_claim_status ON ins_claim.claim (status, branch_code) LOCAL COMPRESS 1;
CREATE INDEX ins_claim.ix_claim_insured ON ins_claim.claim (insured_id) GLOBAL PARTITION BY HASH (insured_id) PARTITIONS 8;
CREATE INDEX ins_claim.ix_claim_report_m ON ins_claim.claim (report_month) LOCAL;
CREATE INDEX ins_claim.ix_claim_open ON ins_claim.claim (CASE WHEN status IN ('10','20','30','40','50') THEN claim_id END);
CREATE INDEX ins_claim.ix_claim_no_upper ON ins_claim.claim (UPPER(claim_no), SUBSTR(policy_no, -6)) ONLINE NOLOGGING;
CREATE BITMAP INDEX ins_claim.bx_claim_lob ON ins_claim.claim (line_of_business) LOCAL;
CREATE BITMAP INDEX ins_claim.bx_claim_fraud ON ins_claim.claim (fraud_flag) LOCAL;
CREATE INDEX ins_claim.ix_claim_item_cov ON ins_claim.claim_item (coverage_code, item_status) LOCAL;
CREATE INDEX ins_claim.ix_claim_event_claim ON ins_claim.claim_event (claim_id, event_time) LOCAL;
CREATE INDEX ins_claim.ix_claim_party_idno ON ins_claim.claim_party (id_no);
CREATE INDEX ins_claim.ix_claim_party_mobile ON ins_claim.claim_party (mobile);
CREATE INDEX ins_claim.ix_claim_doc_claim ON ins_claim.claim_document (claim_id, doc_type) TABLESPACE ts_claim_idx PCTFREE 5;
CREATE INDEX ins_claim.ix_claim_doc_hash ON ins_claim.claim_document (content_hash);
CREATE INDEX ins_claim.ix_reserve_mv_post ON ins_claim.claim_reserve_mv (DECODE(posted_flag, 'N', movement_date, NULL), claim_id);
CREATE INDEX ins_claim.ix_med_bill_claim ON ins_claim.medical_bill (claim_id) LOCAL;
CREATE INDEX ins_claim.ix_med_bill_hosp ON ins_claim.medical_bill (hospital_code, bill_no) GLOBAL
  PARTITION BY RANGE (hospital_code) (
    PARTITION g1 VALUES LESS THAN ('H3'),
    PARTITION g2 VALUES LESS THAN ('H6'),
    PARTITION g3 VALUES LESS THAN (MAXVALUE));
CREATE INDEX ins_claim.ix_med_item_bill ON ins_claim.medical_bill_item (bill_id, line_no) LOCAL;
CREATE INDEX ins_claim.ix_med_item_code ON ins_claim.medical_bill_item (item_code) LOCAL UNUSABLE;
ALTER INDEX ins_claim.ix_med_item_code REBUILD PARTITION p_max;
CREATE INDEX ins_claim.ix_hosp_name ON ins_claim.hospital (NLSSORT(hospital_name, 'NLS_SORT=SCHINESE_PINYIN_M'));
CREATE INDEX ins_claim.ix_icd_parent ON ins_claim.icd_diagnosis (parent_code);
CREATE INDEX ins_claim.ix_drug_name ON ins_claim.drug_catalog (generic_name) REVERSE;
CREATE INDEX ins_claim.ix_task_assignee ON ins_claim.claim_task (assignee, status, due_at DESC);
CREATE UNIQUE INDEX ins_claim.ux_blacklist ON ins_claim.fraud_blacklist (list_type, list_key, valid_from);
CREATE INDEX ins_claim.ix_score_claim ON ins_claim.fraud_score (claim_id, scored_at DESC);
CREATE INDEX ins_claim.ix_payee_payment ON ins_claim.claim_payee (payment_id) INVISIBLE;
CREATE INDEX ins_claim.ix_xml_msg_claim ON ins_claim.claim_xml_msg (claim_no, msg_type);
