create or replace trigger ins_claim.trg_blacklist_id
before insert on ins_claim.fraud_blacklist
for each row
begin
  :new.list_key := upper(replace(:new.list_key, ' '));
  if :new.valid_to < :new.valid_from then
    :new.valid_to := null;
  end if;
end;
/
