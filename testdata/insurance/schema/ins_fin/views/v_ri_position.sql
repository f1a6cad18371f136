CREATE OR REPLACE VIEW ins_fin.v_ri_position AS
SELECT *
  FROM (SELECT treaty_code, reinsurer_code, cession_type, ceded_premium - ceded_commission - ceded_loss AS net_amount
          FROM ins_fin.ri_cession)
 PIVOT (SUM(net_amount) FOR cession_type IN ('PR' AS premium, 'LS' AS loss, 'AD' AS adjust, 'RV' AS reversal));
