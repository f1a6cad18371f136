CREATE OR REPLACE PACKAGE ins_claim.pkg_claim_batch
AS
  PROCEDURE nightly (p_business_date IN DATE);
  PROCEDURE auto_close (p_idle_days IN PLS_INTEGER DEFAULT 30, p_closed OUT PLS_INTEGER);
  PROCEDURE escalate_overdue (p_business_date IN DATE, p_escalated OUT PLS_INTEGER);
  PROCEDURE adjudicate_pending (p_business_date IN DATE, p_done OUT PLS_INTEGER);
  PROCEDURE archive_closed (p_before IN DATE, p_archived OUT PLS_INTEGER);
  PROCEDURE add_event_partition (p_year IN PLS_INTEGER);
  PROCEDURE rebuild_unusable_indexes;
END pkg_claim_batch;
/
