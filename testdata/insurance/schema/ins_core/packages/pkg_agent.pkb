create or replace package body ins_core.pkg_agent
as
  k_module constant varchar2(30) := 'PKG_AGENT';

  function get_agent(p_agent_id in agent.agent_id%type) return agent%rowtype
  is
    r agent%rowtype;
  begin
    select * into r from agent where agent_id = p_agent_id;
    return r;
  exception
    when no_data_found then
      pkg_err.raise_error(pkg_err.c_agent_not_found, p_agent_id);
  end get_agent;

  function agent_id_of(p_agent_code in varchar2) return agent.agent_id%type
  result_cache
  is
    v_id agent.agent_id%type;
  begin
    select agent_id into v_id from agent where agent_code = p_agent_code;
    return v_id;
  exception
    when no_data_found then return null;
  end agent_id_of;

  function agent_name(p_agent_id in number) return varchar2
  is
    v_name party.full_name%type;
  begin
    select p.full_name || ' (' || a.agent_code || ')'
      into v_name
      from agent a, party p
     where p.party_id = a.party_id
       and a.agent_id = p_agent_id;
    return v_name;
  exception
    when no_data_found then return '直销';
  end agent_name;

  function register(p_party_id in number, p_branch_code in varchar2, p_manager_id in number default null,
                    p_license_no in varchar2 default null, p_channel in varchar2 default 'AG') return agent.agent_id%type
  is
    v_id      agent.agent_id%type;
    v_manager agent%rowtype;
  begin
    if p_manager_id is not null then
      v_manager := get_agent(p_manager_id);
      if v_manager.status <> 'A' then
        pkg_err.raise_error(pkg_err.c_agent_not_found, v_manager.agent_code || ' 已离职');
      end if;
    end if;
    insert into agent (agent_id, agent_code, party_id, manager_id, branch_code, channel, team_name, license_no, license_expiry, join_date)
    values (seq_agent.nextval, substr(p_branch_code, 1, 4) || to_char(sysdate, 'YY') || lpad(seq_agent.currval, 6, '0'),
            p_party_id, p_manager_id, p_branch_code, p_channel, v_manager.team_name, p_license_no,
            nvl2(p_license_no, add_months(trunc(sysdate), 36), null), trunc(sysdate))
    returning agent_id into v_id;
    insert into agent_rank_history (agent_id, change_date, old_rank, new_rank, reason)
    values (v_id, trunc(sysdate), null, 'A01', '入司');
    return v_id;
  end register;

  function is_below(p_agent_id in number, p_manager_id in number) return boolean
  is
    v_n pls_integer;
  begin
    select count(*)
      into v_n
      from agent
     where agent_id = p_agent_id
       and level > 1
     start with agent_id = p_manager_id
   connect by nocycle prior agent_id = manager_id;
    return v_n > 0;
  end is_below;

  procedure move(p_agent_id in number, p_new_manager in number)
  is
    v_old agent.manager_id%type;
  begin
    if p_agent_id = p_new_manager or is_below(p_new_manager, p_agent_id) then
      pkg_err.raise_error(pkg_err.c_agent_cycle, p_agent_id);
    end if;
    select manager_id into v_old from agent where agent_id = p_agent_id for update;
    update agent
       set manager_id = p_new_manager
          ,(team_name, branch_code) = (select m.team_name, m.branch_code from agent m where m.agent_id = p_new_manager)
     where agent_id = p_agent_id;
    pkg_log.info(k_module, 'agent moved from ' || nvl(to_char(v_old), '-') || ' to ' || p_new_manager, p_agent_id);
  end move;

  procedure terminate(p_agent_id in number, p_leave_date in date, p_successor in number default null)
  is
    v_agent agent%rowtype := get_agent(p_agent_id);
    v_heir  agent.agent_id%type := nvl(p_successor, v_agent.manager_id);
  begin
    -- orphan policies go to the successor
    update policy set agent_id = v_heir where agent_id = p_agent_id and status in ('PP', 'IF', 'LA');
    pkg_log.info(k_module, sql%rowcount || ' orphan policies to ' || v_heir, p_agent_id);
    update agent set manager_id = v_heir where manager_id = p_agent_id;
    update agent set status = 'L', leave_date = p_leave_date where agent_id = p_agent_id;
  end terminate;

  procedure change_rank(p_agent_id in number, p_rank in varchar2, p_reason in varchar2 default null, p_on in date default trunc(sysdate))
  is
    v_old agent.agent_rank%type;
  begin
    select agent_rank into v_old from agent where agent_id = p_agent_id for update;
    if v_old = p_rank then
      return;
    end if;
    update agent set agent_rank = p_rank where agent_id = p_agent_id;
    merge into agent_rank_history h
    using dual
       on (h.agent_id = p_agent_id and h.change_date = p_on)
     when matched then update set h.new_rank = p_rank, h.reason = p_reason
     when not matched then insert (agent_id, change_date, old_rank, new_rank, reason)
          values (p_agent_id, p_on, v_old, p_rank, p_reason);
  end change_rank;

  function subordinates(p_agent_id in number, p_max_level in number default 99) return t_node_tab pipelined
  is
    v_node t_node;
  begin
    for r in (select a.agent_id, a.agent_code, p.full_name, a.agent_rank, level as lvl
                    ,sys_connect_by_path(a.agent_code, '/') as path
                from agent a
                join party p on p.party_id = a.party_id
               where level > 1
               start with a.agent_id = p_agent_id
             connect by nocycle prior a.agent_id = a.manager_id
                 and level <= p_max_level + 1
               order siblings by a.agent_rank desc, a.agent_code)
    loop
      v_node.agent_id   := r.agent_id;
      v_node.agent_code := r.agent_code;
      v_node.agent_name := r.full_name;
      v_node.agent_rank := r.agent_rank;
      v_node.lvl        := r.lvl - 1;
      v_node.path       := r.path;
      pipe row (v_node);
    end loop;
    return;
  end subordinates;

  function managers(p_agent_id in number) return t_number_tab
  is
    v_ids t_number_tab;
  begin
    select agent_id
      bulk collect into v_ids
      from agent
     where level > 1
     start with agent_id = p_agent_id
   connect by nocycle agent_id = prior manager_id
     order by level;
    return v_ids;
  end managers;

  function team_size(p_agent_id in number, p_active_only in varchar2 default 'Y') return pls_integer
  is
    v_n pls_integer;
  begin
    select count(case when p_active_only = 'N' or status = 'A' then 1 end) - 1
      into v_n
      from agent
     start with agent_id = p_agent_id
   connect by prior agent_id = manager_id;
    return greatest(v_n, 0);
  end team_size;

  function hierarchy_text(p_agent_id in number) return clob
  is
    v_text clob := empty_clob();
  begin
    dbms_lob.createtemporary(v_text, true);
    for r in (select lpad(' ', 2 * (level - 1)) || agent_code || ' ' || agent_rank
                     || case when connect_by_isleaf = 1 then '' else ' +' end as line
                from agent
               start with agent_id = p_agent_id
             connect by nocycle prior agent_id = manager_id)
    loop
      dbms_lob.append(v_text, r.line || chr(10));
    end loop;
    return v_text;
  end hierarchy_text;

  procedure check_cycles(p_report out t_string_tab)
  is
  begin
    select distinct connect_by_root agent_code || ': ' || sys_connect_by_path(agent_code, '>')
      bulk collect into p_report
      from agent
     where connect_by_iscycle = 1
   connect by nocycle prior agent_id = manager_id;
  end check_cycles;

  function first_year_premium(p_agent_id in number, p_from in date, p_to in date) return number
  is
    v_total number;
  begin
    select sum(decode(pay_mode, 'S', annual_premium * 0.1, annual_premium))
      into v_total
      from policy
     where agent_id = p_agent_id
       and issue_date between p_from and p_to
       and renewed_from_id is null
       and status not in ('PP', 'CA');
    return nvl(v_total, 0);
  end first_year_premium;

  function team_premium(p_agent_id in number, p_from in date, p_to in date) return number
  is
    v_total number;
  begin
    with team (agent_id, depth) as (
      select agent_id, 0 from agent where agent_id = p_agent_id
      union all
      select a.agent_id, t.depth + 1
        from agent a, team t
       where a.manager_id = t.agent_id
         and a.status = 'A'
    )
    cycle agent_id set is_cycle to 'Y' default 'N'
    select nvl(sum(p.annual_premium), 0)
      into v_total
      from team t, policy p
     where p.agent_id = t.agent_id
       and t.is_cycle = 'N'
       and p.issue_date between p_from and p_to
       and p.status in ('IF', 'LA', 'MA', 'EX');
    return v_total;
  end team_premium;

  procedure appraise(p_quarter_end in date, p_promoted out pls_integer, p_demoted out pls_integer)
  is
    v_from date := trunc(p_quarter_end, 'Q');
    type t_ranks is table of agent_rank_def%rowtype index by pls_integer;
    v_ranks t_ranks;
    v_pos   pls_integer;
    v_new   pls_integer;
    v_fyp   number;
    v_size  pls_integer;
  begin
    p_promoted := 0;
    p_demoted  := 0;
    for r in (select * from agent_rank_def order by rank_order) loop
      v_ranks(r.rank_order) := r;
    end loop;

    for a in (select ag.agent_id, ag.agent_rank, rd.rank_order
                from agent ag, agent_rank_def rd
               where rd.agent_rank = ag.agent_rank
                 and ag.status = 'A'
                 and ag.join_date < v_from)
    loop
      v_fyp  := first_year_premium(a.agent_id, v_from, p_quarter_end);
      v_size := team_size(a.agent_id);
      v_pos  := a.rank_order;
      v_new  := v_pos;
      if v_fyp < v_ranks(v_pos).min_fyp or v_size < v_ranks(v_pos).min_team_size then
        v_new := nvl(v_ranks.prior(v_pos), v_pos);
      elsif v_ranks.next(v_pos) is not null
            and v_fyp >= v_ranks(v_ranks.next(v_pos)).min_fyp * 1.2
            and v_size >= v_ranks(v_ranks.next(v_pos)).min_team_size then
        v_new := v_ranks.next(v_pos);
      end if;

      if v_new > v_pos then
        p_promoted := p_promoted + 1;
      elsif v_new < v_pos then
        p_demoted := p_demoted + 1;
      end if;
      change_rank(a.agent_id, v_ranks(v_new).agent_rank,
                  to_char(p_quarter_end, 'YYYY"Q"Q') || ' 考核 FYP=' || to_char(v_fyp), p_quarter_end + 1);
    end loop;
    commit;
  end appraise;

  function expiring_licenses(p_days in pls_integer default 60) return sys_refcursor
  is
    rc sys_refcursor;
  begin
    open rc for
      select a.agent_code, p.full_name, p.mobile, a.license_no, a.license_expiry
            ,a.license_expiry - trunc(sysdate) as days_left
            ,m.agent_code as manager_code
        from agent a, party p, agent m
       where a.party_id = p.party_id
         and a.manager_id = m.agent_id (+)
         and m.status (+) = 'A'
         and a.status = 'A'
         and a.license_expiry < trunc(sysdate) + p_days
       order by a.license_expiry nulls last;
    return rc;
  end expiring_licenses;

  procedure set_target(p_agent_id in number, p_year in number, p_q1 in number, p_q2 in number, p_q3 in number, p_q4 in number)
  is
  begin
    update agent_target
       set q1_amount = p_q1, q2_amount = p_q2, q3_amount = p_q3, q4_amount = p_q4
     where agent_id = p_agent_id and target_year = p_year;
    if sql%rowcount = 0 then
      insert into agent_target values (p_agent_id, p_year, p_q1, p_q2, p_q3, p_q4);
    end if;
  end set_target;

  function target_progress(p_year in number, p_branch_code in varchar2) return sys_refcursor
  is
    rc sys_refcursor;
  begin
    open rc for
      select u.agent_id, pkg_agent.agent_name(u.agent_id) as agent_name, u.quarter_no, u.target
            ,nvl(s.amount, 0) as actual
            ,round(nvl(s.amount, 0) / nullif(u.target, 0) * 100, 1) as pct
        from (select agent_id, quarter_no, target
                from agent_target
             unpivot include nulls (target for quarter_no in (q1_amount as 1, q2_amount as 2, q3_amount as 3, q4_amount as 4))
               where target_year = p_year) u
        left join (select agent_id, to_number(to_char(issue_date, 'Q')) as quarter_no, sum(annual_premium) as amount
                     from policy
                    where issue_date >= to_date(p_year || '0101', 'YYYYMMDD')
                      and issue_date < to_date((p_year + 1) || '0101', 'YYYYMMDD')
                    group by agent_id, to_number(to_char(issue_date, 'Q'))) s
               on s.agent_id = u.agent_id and s.quarter_no = u.quarter_no
       where u.agent_id in (select agent_id from agent where branch_code = p_branch_code)
       order by 1, 3;
    return rc;
  end target_progress;
end pkg_agent;
/
