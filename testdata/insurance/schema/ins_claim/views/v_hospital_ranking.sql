CREATE OR REPLACE VIEW ins_claim.v_hospital_ranking AS
SELECT h.hospital_code, h.hospital_name, h.hospital_level, x.bills, x.total,
       RANK() OVER (PARTITION BY h.province_code ORDER BY x.total DESC NULLS LAST) AS province_rank,
       ROUND(100 * RATIO_TO_REPORT(x.total) OVER (), 3) AS share_pct
  FROM ins_claim.hospital h
  LEFT JOIN (SELECT hospital_code, COUNT(*) AS bills, SUM(total_amount) AS total
               FROM ins_claim.medical_bill
              WHERE bill_status <> '90'
              GROUP BY hospital_code) x
    ON x.hospital_code = h.hospital_code
WITH READ ONLY;
