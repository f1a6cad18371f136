create or replace function ins_claim.fn_icd_chapter(p_icd varchar2) return varchar2 deterministic parallel_enable as
  c char(1);
begin
  c := upper(substr(p_icd, 1, 1));
  return case
           when c in ('A', 'B') then '传染病和寄生虫病'
           when c = 'C' or (c = 'D' and substr(p_icd, 2, 2) < '49') then '肿瘤'
           when c = 'E' then '内分泌营养代谢'
           when c = 'I' then '循环系统'
           when c = 'J' then '呼吸系统'
           when c = 'K' then '消化系统'
           when c in ('S', 'T') then '损伤中毒'
           else '其他'
         end;
end;
/
