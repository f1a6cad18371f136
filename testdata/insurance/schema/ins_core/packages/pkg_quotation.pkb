create or replace package body ins_core.pkg_quotation as

  gc_module     constant varchar2(30) := $$plsql_unit;
  gc_valid_days constant pls_integer  := 30;

  function risk_of(p_head in quotation%rowtype) return pkg_rating.t_risk is
    l_risk pkg_rating.t_risk;
  begin
    l_risk.product_code := p_head.product_code;
    l_risk.on_date      := trunc(p_head.quote_date);
    l_risk.age          := pkg_util_date.age_at(p_head.birth_date, p_head.quote_date);
    l_risk.gender       := p_head.gender;
    l_risk.smoker       := p_head.smoker_flag;
    l_risk.sum_insured  := p_head.sum_insured;
    l_risk.pay_mode     := p_head.pay_mode;
    l_risk.pay_term     := p_head.pay_term_years;
    l_risk.channel      := p_head.channel;
    return l_risk;
  end risk_of;

  procedure store_items(p_quote_id in number, p_items in t_premium_item_tab) is
  begin
    delete from quotation_item where quote_id = p_quote_id;
    insert into quotation_item (quote_id, item_no, coverage_code, sum_insured, rate, base_premium, final_premium, explanation)
    select p_quote_id, rownum, t.coverage_code, t.sum_insured, t.rate, t.base_premium, t.final_premium, t.explanation
      from table(p_items) t;
  end store_items;

  function create_quote(
    p_product_code in quotation.product_code%type
   ,p_birth_date   in date
   ,p_gender       in varchar2
   ,p_sum_insured  in number
   ,p_pay_mode     in varchar2 default 'Y'
   ,p_pay_term     in number   default 1
   ,p_smoker       in varchar2 default 'N'
   ,p_party_id     in number   default null
   ,p_agent_id     in number   default null
   ,p_branch_code  in varchar2 default null
   ,p_channel      in varchar2 default 'AG'
   ,p_optional     in t_string_tab default t_string_tab()
  ) return quotation.quote_id%type
  is
    l_head  quotation%rowtype;
    l_items t_premium_item_tab;
  begin
    l_head.quote_id       := seq_quote.nextval;
    l_head.branch_code    := nvl(p_branch_code, pkg_context.get_branch);
    l_head.quote_no       := pkg_numbering.next_quote_no(l_head.branch_code);
    l_head.product_code   := p_product_code;
    l_head.party_id       := p_party_id;
    l_head.agent_id       := p_agent_id;
    l_head.channel        := p_channel;
    l_head.quote_date     := sysdate;
    l_head.valid_until    := trunc(sysdate) + pkg_ref_cache.param_number('QUOTE_VALID_DAYS', gc_valid_days);
    l_head.birth_date     := p_birth_date;
    l_head.gender         := p_gender;
    l_head.smoker_flag    := p_smoker;
    l_head.sum_insured    := p_sum_insured;
    l_head.pay_mode       := p_pay_mode;
    l_head.pay_term_years := p_pay_term;

    l_items := pkg_rating.rate_product(risk_of(l_head), p_optional);
    l_head.total_premium := pkg_rating.total_of(l_items);
    l_head.status := 'C';
    insert into quotation values l_head;
    store_items(l_head.quote_id, l_items);
    return l_head.quote_id;
  end create_quote;

  function create_from_json(p_json in clob) return quotation.quote_id%type is
    l_obj      json_object_t := json_object_t.parse(p_json);
    l_arr      json_array_t;
    l_optional t_string_tab := t_string_tab();
    l_id       quotation.quote_id%type;
  begin
    l_arr := l_obj.get_array('options');
    if l_arr is not null then
      for i in 0 .. l_arr.get_size - 1 loop
        l_optional.extend;
        l_optional(l_optional.last) := l_arr.get_string(i);
      end loop;
    end if;

    l_id := create_quote(
      p_product_code => l_obj.get_string('product')
     ,p_birth_date   => to_date(l_obj.get_string('birthDate'), 'YYYY-MM-DD')
     ,p_gender       => l_obj.get_string('gender')
     ,p_sum_insured  => l_obj.get_number('sumInsured')
     ,p_pay_mode     => nvl(l_obj.get_string('payMode'), 'Y')
     ,p_channel      => pkg_const.c_ch_online
     ,p_optional     => l_optional
    );
    update quotation set input_json = p_json where quote_id = l_id;
    return l_id;
  end create_from_json;

  procedure recalculate(p_quote_id in quotation.quote_id%type) is
    l_head     quotation%rowtype;
    l_optional t_string_tab;
    l_items    t_premium_item_tab;
  begin
    select * into l_head from quotation where quote_id = p_quote_id for update;
    if l_head.status not in ('N', 'C') then
      pkg_err.raise_error(pkg_err.c_policy_status, l_head.quote_no, l_head.status);
    end if;
    select coverage_code bulk collect into l_optional from quotation_item where quote_id = p_quote_id;
    l_head.quote_date := sysdate;
    l_items := pkg_rating.rate_product(risk_of(l_head), l_optional);
    store_items(p_quote_id, l_items);
    update quotation
       set total_premium = pkg_rating.total_of(l_items)
          ,quote_date    = l_head.quote_date
          ,status        = 'C'
     where quote_id = p_quote_id;
  end recalculate;

  function get_quote(p_quote_id in number) return t_quote is
    l_quote t_quote;
  begin
    select * into l_quote.head from quotation where quote_id = p_quote_id;
    select t_premium_item(coverage_code, sum_insured, rate, base_premium,
                          greatest(final_premium - base_premium, 0), greatest(base_premium - final_premium, 0),
                          final_premium, explanation)
      bulk collect into l_quote.items
      from quotation_item
     where quote_id = p_quote_id
     order by item_no;
    return l_quote;
  exception
    when no_data_found then
      raise_application_error(pkg_err.c_invalid_argument, 'quotation ' || p_quote_id || ' does not exist');
  end get_quote;

  function quote_id_of(p_quote_no in varchar2) return number is
    l_id number;
  begin
    select quote_id into l_id from quotation where quote_no = upper(trim(p_quote_no));
    return l_id;
  exception
    when no_data_found then return null;
  end quote_id_of;

  function to_json(p_quote_id in number) return clob is
    l_json clob;
  begin
    select json_object(
             'quoteNo'  value q.quote_no,
             'product'  value p.product_name,
             'premium'  value q.total_premium,
             'modal'    value pkg_rating.modal_premium(q.total_premium, q.pay_mode),
             'items'    value (select json_arrayagg(json_object('code' value i.coverage_code,
                                                                'premium' value i.final_premium
                                                                null on null)
                                                    order by i.item_no)
                                 from quotation_item i
                                where i.quote_id = q.quote_id) format json
             absent on null returning clob)
      into l_json
      from quotation q
           join product p on p.product_code = q.product_code
     where q.quote_id = p_quote_id;
    return l_json;
  end to_json;

  procedure add_coverage(p_quote_id in number, p_coverage_code in varchar2, p_sum_insured in number default null) is
    l_quote t_quote := get_quote(p_quote_id);
    l_item  t_premium_item;
    l_next  pls_integer;
  begin
    l_item := pkg_rating.rate_coverage(risk_of(l_quote.head), p_coverage_code, p_sum_insured);
    select nvl(max(item_no), 0) + 1 into l_next from quotation_item where quote_id = p_quote_id;
    insert into quotation_item (quote_id, item_no, coverage_code, sum_insured, rate, base_premium, final_premium, explanation)
    values (p_quote_id, l_next, p_coverage_code, l_item.sum_insured, l_item.rate, l_item.base_premium, l_item.final_premium, l_item.explanation);
    update quotation set total_premium = total_premium + l_item.final_premium where quote_id = p_quote_id;
  end add_coverage;

  procedure remove_coverage(p_quote_id in number, p_coverage_code in varchar2) is
    l_amount quotation_item.final_premium%type;
    l_cov    coverage_def%rowtype := pkg_product.get_coverage(p_coverage_code);
  begin
    if l_cov.mandatory_flag = 'Y' then
      pkg_err.raise_error(pkg_err.c_invalid_argument, p_coverage_code || ' 为必选责任');
    end if;
    delete from quotation_item
     where quote_id = p_quote_id
       and coverage_code = p_coverage_code
    returning final_premium into l_amount;
    if sql%rowcount > 0 then
      update quotation set total_premium = total_premium - l_amount where quote_id = p_quote_id;
    end if;
  end remove_coverage;

  function compare(p_ids in t_number_tab) return sys_refcursor is
    l_cur sys_refcursor;
  begin
    open l_cur for
      select q.quote_no, p.product_name, q.sum_insured, q.total_premium
            ,round(q.total_premium / nullif(q.sum_insured, 0) * 1000, 4)                as per_thousand
            ,rank() over (order by q.total_premium / nullif(q.sum_insured, 0))          as cheap_rank
            ,q.total_premium - first_value(q.total_premium) over (order by q.total_premium) as more_than_cheapest
            ,cursor(select i.coverage_code, i.final_premium from quotation_item i where i.quote_id = q.quote_id) as items
        from quotation q
            ,product p
       where p.product_code = q.product_code
         and q.quote_id member of p_ids
       order by cheap_rank;
    return l_cur;
  end compare;

  -- same need, other products of the line
  function alternatives(p_quote_id in number, p_max in pls_integer default 3) return t_premium_item_tab pipelined is
    l_quote t_quote := get_quote(p_quote_id);
    l_risk  pkg_rating.t_risk := risk_of(l_quote.head);
    l_prod  product%rowtype := pkg_product.get_product(l_quote.head.product_code);
    l_found pls_integer := 0;
    l_items t_premium_item_tab;
  begin
    for r in pkg_product.c_on_sale(l_prod.line_of_business, sysdate) loop
      exit when l_found >= p_max;
      continue when r.product_code = l_prod.product_code;
      begin
        l_risk.product_code := r.product_code;
        l_items := pkg_rating.rate_product(l_risk);
        pipe row (t_premium_item(r.product_code, l_risk.sum_insured, null, pkg_rating.total_of(l_items), 0, 0,
                                 pkg_rating.total_of(l_items), r.product_name));
        l_found := l_found + 1;
      exception
        when pkg_err.e_age_out_of_range or pkg_err.e_si_out_of_range or pkg_err.e_rate_not_found or pkg_err.e_product_withdrawn then
          null;  -- not for this customer
      end;
    end loop;
    return;
  end alternatives;

  function to_proposal(p_quote_id in number, p_holder_id in number, p_insured_id in number, p_effective in date) return proposal.proposal_id%type is
    l_quote t_quote := get_quote(p_quote_id);
    l_id    proposal.proposal_id%type;
  begin
    if l_quote.head.status <> 'C' or l_quote.head.valid_until < trunc(sysdate) then
      pkg_err.raise_error(pkg_err.c_policy_status, l_quote.head.quote_no, l_quote.head.status);
    end if;

    insert into proposal (proposal_id, proposal_no, quote_id, product_code, holder_id, insured_id, agent_id, branch_code,
                          channel, effective_date, sum_insured, total_premium, pay_mode, pay_term_years, smoker_flag)
    values (seq_proposal.nextval, pkg_numbering.next_proposal_no(l_quote.head.branch_code), p_quote_id,
            l_quote.head.product_code, p_holder_id, p_insured_id, l_quote.head.agent_id, l_quote.head.branch_code,
            l_quote.head.channel, nvl(p_effective, trunc(sysdate) + 1), l_quote.head.sum_insured, l_quote.head.total_premium,
            l_quote.head.pay_mode, l_quote.head.pay_term_years, l_quote.head.smoker_flag)
    returning proposal_id into l_id;

    forall i in 1 .. l_quote.items.count
      insert into proposal_coverage (proposal_id, coverage_code, sum_insured, rate, premium)
      values (l_id, l_quote.items(i).coverage_code, l_quote.items(i).sum_insured,
              l_quote.items(i).rate, l_quote.items(i).final_premium);

    insert into proposal_party (proposal_id, party_id, role_code) values (l_id, p_holder_id, 'HO');
    insert into proposal_party (proposal_id, party_id, role_code) values (l_id, p_insured_id, 'IN');
    update quotation set status = 'P', party_id = nvl(party_id, p_holder_id) where quote_id = p_quote_id;
    return l_id;
  end to_proposal;

  procedure expire_old(p_days in pls_integer default 30, p_expired out number) is
    l_ids t_number_tab;
  begin
    update quotation
       set status = 'X'
     where status in ('N', 'C')
       and (valid_until < trunc(sysdate) or quote_date < sysdate - p_days)
    returning quote_id bulk collect into l_ids;
    p_expired := l_ids.count;
    commit;
    pkg_log.info(gc_module, 'quotations expired: ' || p_expired);
  end expire_old;

  function conversion_rate(p_from in date, p_to in date, p_branch_code in varchar2 default null) return number is
    l_rate number;
  begin
    select round(count(decode(status, 'P', 1)) / nullif(count(*), 0) * 100, 2)
      into l_rate
      from quotation
     where quote_date >= p_from
       and quote_date < p_to + 1
       and branch_code = nvl(p_branch_code, branch_code);
    return l_rate;
  end conversion_rate;
end pkg_quotation;
/
