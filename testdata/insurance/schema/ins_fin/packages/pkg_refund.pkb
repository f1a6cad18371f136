create or replace package body ins_fin.pkg_refund as

  c_fee_rate constant number := 0.05;

  -- short period rate table, month -> kept share of the premium
  type t_short_rate is varray(12) of number(5,2);
  g_short t_short_rate := t_short_rate(0.10, 0.20, 0.30, 0.40, 0.50, 0.60, 0.70, 0.80, 0.85, 0.90, 0.95, 1);

  function calc_refund(p_policy_id in number, p_on in date, p_reason in varchar2) return number is
    v_pol    policy%rowtype;
    v_prod   product%rowtype;
    v_months pls_integer;
    v_paid   number;
  begin
    select * into v_pol from policy where policy_id = p_policy_id;
    select * into v_prod from product where product_code = v_pol.product_code;
    select nvl(sum(paid_amount), 0) into v_paid from collection_due where policy_id = p_policy_id;

    if p_reason = 'COOL' then
      if p_on - v_pol.issue_date <= v_prod.cooling_off_days then
        return v_paid - 10;          -- 工本费 10 元
      end if;
      return 0;
    end if;

    v_months := ceil(months_between(p_on, v_pol.effective_date));
    if v_months <= 0 then
      return v_paid;
    elsif v_months > g_short.limit then
      return 0;
    else
      return round(v_paid * (1 - g_short(v_months)), 2);
    end if;
  exception
    when no_data_found then
      return null;
  end calc_refund;

  function create_refund(p_policy_id in number, p_reason in varchar2, p_on in date default sysdate) return refund.refund_id%type is
    v_id    refund.refund_id%type;
    v_gross number := calc_refund(p_policy_id, p_on, p_reason);
    v_claims number;
  begin
    if nvl(v_gross, 0) <= 0 then
      return null;
    end if;

    select count(*)
      into v_claims
      from claim
     where policy_id = p_policy_id
       and status not in ('80', '90');
    if v_claims > 0 and p_reason <> 'OVER' then
      raise_application_error(-20480, '保单有有效赔案,不能退费');
    end if;

    insert into refund (refund_id, policy_id, reason_code, gross_amount, fee_amount, refund_date)
    values (seq_refund_id.nextval, p_policy_id, p_reason, v_gross,
            case p_reason when 'CANC' then round(v_gross * c_fee_rate, 2) else 0 end, trunc(p_on))
    returning refund_id into v_id;
    return v_id;
  end create_refund;

  procedure pay_refund(p_refund_id in number) is
    v_ref refund%rowtype;
    v_req pkg_payment.t_payment_request;
    v_pay number;
  begin
    select * into v_ref from refund where refund_id = p_refund_id for update;
    if v_ref.status != 'NW' then
      return;
    end if;

    select p.branch_code, p.currency, p.holder_id, y.full_name, c.bank_code, c.account_no
      into v_req.branch_code, v_req.currency, v_req.party_id, v_req.payee_name, v_req.bank_code, v_req.account_no
      from policy p,
           party y,
           (select policy_id, max(bank_code) bank_code, max(account_no) account_no
              from collection_due
             group by policy_id) c
     where p.policy_id = v_ref.policy_id
       and y.party_id = p.holder_id
       and c.policy_id (+) = p.policy_id;

    v_req.business_type := 'RFD';
    v_req.business_ref  := to_char(p_refund_id);
    v_req.policy_id     := v_ref.policy_id;
    v_req.amount        := v_ref.net_amount;
    v_pay := pkg_payment.create_payment(v_req);
    update refund set payment_id = v_pay, status = 'PY' where refund_id = p_refund_id;
  end pay_refund;

  procedure refund_overpayments(p_min_amount in number default 1, p_count out pls_integer) is
  begin
    p_count := 0;
    for r in (select r.policy_id, sum(r.unallocated) as extra
                from receipt r
               where r.unallocated > 0
                 and r.receipt_date < trunc(sysdate) - 30
                 and not exists (select null from refund f where f.policy_id = r.policy_id and f.status = 'NW')
               group by r.policy_id
              having sum(r.unallocated) >= p_min_amount) loop
      insert into refund (refund_id, policy_id, reason_code, gross_amount)
      values (seq_refund_id.nextval, r.policy_id, 'OVER', r.extra);
      p_count := p_count + sql%rowcount;
    end loop;
  end refund_overpayments;

  function refund_status(p_refund_id in number) return varchar2 is
    v_status varchar2(20);
  begin
    select decode(f.status, 'NW', 'NEW', 'PY', decode(p.status, '30', 'PAID', '40', 'FAILED', 'IN PROGRESS'), f.status)
      into v_status
      from refund f, payment_order p
     where f.refund_id = p_refund_id
       and f.payment_id = p.payment_id (+);
    return v_status;
  exception
    when no_data_found then
      return 'UNKNOWN';
  end refund_status;
end pkg_refund;
/
