create or replace view ins_claim.v_drug_current as
select drug_code, generic_name, brand_name, dosage_form, spec, decode(si_class, 'A', '甲类', 'B', '乙类', '丙类') si_class_name,
       self_pay_ratio, ceiling_price
  from ins_claim.drug_catalog
 where sysdate between valid_from and valid_to;
