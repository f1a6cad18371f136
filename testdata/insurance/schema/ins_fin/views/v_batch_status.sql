CREATE OR REPLACE VIEW ins_fin.v_batch_status AS
SELECT j.job_code, j.job_name, r.business_date, r.status, r.rows_done, r.rows_failed,
       ROUND((CAST(r.finished_at AS DATE) - CAST(r.started_at AS DATE)) * 1440, 1) AS minutes
  FROM ins_fin.batch_job j
  LEFT JOIN ins_fin.batch_run r
    ON r.job_code = j.job_code
   AND r.run_id = (SELECT MAX(r2.run_id) FROM ins_fin.batch_run r2 WHERE r2.job_code = r.job_code);
