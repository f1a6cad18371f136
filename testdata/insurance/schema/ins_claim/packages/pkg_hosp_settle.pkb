create or replace package body ins_claim.pkg_hosp_settle as

  function is_network(p_hospital in varchar2, p_on in date default sysdate) return varchar2 is
    v_flag char(1);
  begin
    select case
             when network_flag = 'Y' and p_on between nvl(contract_from, p_on) and nvl(contract_to, p_on) then 'Y'
             else 'N'
           end
      into v_flag
      from hospital
     where hospital_code = p_hospital;
    return v_flag;
  exception
    when no_data_found then
      return 'N';
  end is_network;

  -- volume discount on top of the contract rate
  function discount_for(p_hospital in varchar2, p_gross in number, p_on in date) return number is
    v_rate hospital.discount_rate%type;
  begin
    select nvl(discount_rate, 1) into v_rate from hospital where hospital_code = p_hospital;
    if is_network(p_hospital, p_on) = 'N' then
      return 0;
    end if;
    if p_gross > 1000000 then
      v_rate := v_rate - 0.02;
    elsif p_gross > 300000 then
      v_rate := v_rate - 0.01;
    end if;
    return round(p_gross * (1 - v_rate), 2);
  end discount_for;

  procedure build(p_hospital in varchar2, p_month in date, p_settlement_id out number) is
    v_from  date := trunc(p_month, 'mm');
    v_to    date := last_day(trunc(p_month));
    v_gross number;
    v_count number;
    v_disc  number;
  begin
    select count(*), sum(payable_amount)
      into v_count, v_gross
      from medical_bill
     where hospital_code = p_hospital
       and bill_date between v_from and v_to + 86399 / 86400
       and bill_status = '30'
       and source_system = 'DIRECT'
       and settlement_id is null;

    if v_count = 0 then
      p_settlement_id := null;
      return;
    end if;

    v_disc := discount_for(p_hospital, v_gross, v_to);
    p_settlement_id := seq_settlement_id.nextval;

    insert into hospital_settlement (settlement_id, hospital_code, period_from, period_to, bill_count, gross_amount, discount_amount)
    values (p_settlement_id, p_hospital, v_from, v_to, v_count, v_gross, v_disc);

    insert into hospital_settlement_line (settlement_id, bill_id, payable_amount, discount_amount)
    select p_settlement_id, bill_id, payable_amount,
           round(v_disc * ratio_to_report(payable_amount) over (), 2)
      from medical_bill
     where hospital_code = p_hospital
       and bill_date between v_from and v_to + 86399 / 86400
       and bill_status = '30'
       and source_system = 'DIRECT'
       and settlement_id is null;

    update medical_bill b
       set b.settlement_id = p_settlement_id
     where b.bill_id in (select l.bill_id from hospital_settlement_line l where l.settlement_id = p_settlement_id);
  end build;

  procedure build_month(p_month in date, p_count out pls_integer) is
    v_id number;
  begin
    p_count := 0;
    for h in (select hospital_code from hospital where direct_pay_flag = 'Y' and status = 'A') loop
      begin
        build(h.hospital_code, p_month, v_id);
        if v_id is not null then
          p_count := p_count + 1;
        end if;
        commit;
      exception
        when dup_val_on_index then
          rollback;
          pkg_log.info('PKG_HOSP_SETTLE', 'already built', h.hospital_code);
      end;
    end loop;
  end build_month;

  procedure dispute(p_settlement_id in number, p_bill_id in number, p_reason in varchar2) is
    v_amt number;
  begin
    update hospital_settlement_line
       set dispute_flag = 'Y', dispute_reason = p_reason
     where settlement_id = p_settlement_id
       and bill_id = p_bill_id
       and dispute_flag = 'N'
    returning payable_amount - discount_amount into v_amt;
    if sql%rowcount = 0 then
      raise_application_error(-20350, 'line not found or already disputed');
    end if;
    update hospital_settlement set dispute_amount = dispute_amount + v_amt where settlement_id = p_settlement_id;
  end dispute;

  procedure confirm(p_settlement_id in number, p_user in varchar2 default user) is
    v_status hospital_settlement.status%type;
  begin
    select status into v_status from hospital_settlement where settlement_id = p_settlement_id for update;
    if v_status <> 'DR' then
      raise_application_error(-20351, '结算单状态 ' || v_status);
    end if;
    update hospital_settlement
       set status = 'CF', confirmed_by = p_user, confirmed_at = sysdate
     where settlement_id = p_settlement_id;
  end confirm;

  procedure pay(p_settlement_id in number) is
    v_set  hospital_settlement%rowtype;
    v_hosp hospital%rowtype;
    v_req  pkg_payment.t_payment_request;
  begin
    select * into v_set from hospital_settlement where settlement_id = p_settlement_id and status = 'CF' for update;
    select * into v_hosp from hospital where hospital_code = v_set.hospital_code;
    v_req.business_type := 'HSP';
    v_req.business_ref  := 'HS' || p_settlement_id;
    v_req.payee_name    := v_hosp.hospital_name;
    v_req.bank_code     := v_hosp.bank_code;
    v_req.account_no    := v_hosp.bank_account;
    v_req.amount        := v_set.net_amount;
    v_req.branch_code   := pkg_const.c_head_office;
    update hospital_settlement
       set status = 'PY', payment_id = null
     where settlement_id = p_settlement_id;
    v_set.payment_id := pkg_payment.create_payment(v_req);
    update hospital_settlement set payment_id = v_set.payment_id where settlement_id = p_settlement_id;
    update medical_bill
       set bill_status = '40'
     where bill_id in (select bill_id from hospital_settlement_line where settlement_id = p_settlement_id and dispute_flag = 'N');
  exception
    when no_data_found then
      raise_application_error(-20352, '结算单未确认');
  end pay;

  procedure cancel(p_settlement_id in number) is
  begin
    update medical_bill set settlement_id = null where settlement_id = p_settlement_id and bill_status <> '40';
    delete from hospital_settlement where settlement_id = p_settlement_id and status in ('DR', 'CF');
  end cancel;

  function ranking(p_from in date, p_to in date, p_top in pls_integer default 10) return sys_refcursor is
    c sys_refcursor;
  begin
    open c for
      select *
        from (select h.hospital_code,
                     h.hospital_name,
                     sum(b.total_amount) as total,
                     round(avg(b.total_amount), 2) as avg_bill,
                     round(ratio_to_report(sum(b.total_amount)) over () * 100, 2) as pct,
                     dense_rank() over (order by sum(b.total_amount) desc) as rnk,
                     max(b.main_icd) keep (dense_rank last order by b.total_amount) as top_icd
                from hospital h, medical_bill b
               where b.hospital_code = h.hospital_code
                 and b.bill_date >= p_from
                 and b.bill_date < p_to + 1
               group by h.hospital_code, h.hospital_name)
       where rnk <= p_top
       order by rnk;
    return c;
  end ranking;
end pkg_hosp_settle;
/
