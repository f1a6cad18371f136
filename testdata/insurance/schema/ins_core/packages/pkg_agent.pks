create or replace package ins_core.pkg_agent
as
  -- agents and their hierarchy
  type t_node is record (
    agent_id    agent.agent_id%type,
    agent_code  agent.agent_code%type,
    agent_name  party.full_name%type,
    agent_rank  agent.agent_rank%type,
    lvl         number,
    path        varchar2(4000)
  );
  type t_node_tab is table of t_node;

  function register(p_party_id in number, p_branch_code in varchar2, p_manager_id in number default null,
                    p_license_no in varchar2 default null, p_channel in varchar2 default 'AG') return agent.agent_id%type;
  function get_agent(p_agent_id in agent.agent_id%type) return agent%rowtype;
  function agent_id_of(p_agent_code in varchar2) return agent.agent_id%type result_cache;
  function agent_name(p_agent_id in number) return varchar2;
  procedure move(p_agent_id in number, p_new_manager in number);
  procedure terminate(p_agent_id in number, p_leave_date in date, p_successor in number default null);
  procedure change_rank(p_agent_id in number, p_rank in varchar2, p_reason in varchar2 default null, p_on in date default trunc(sysdate));

  function subordinates(p_agent_id in number, p_max_level in number default 99) return t_node_tab pipelined;
  function managers(p_agent_id in number) return t_number_tab;
  function team_size(p_agent_id in number, p_active_only in varchar2 default 'Y') return pls_integer;
  function is_below(p_agent_id in number, p_manager_id in number) return boolean;
  function hierarchy_text(p_agent_id in number) return clob;
  procedure check_cycles(p_report out t_string_tab);

  function first_year_premium(p_agent_id in number, p_from in date, p_to in date) return number;
  function team_premium(p_agent_id in number, p_from in date, p_to in date) return number;
  procedure appraise(p_quarter_end in date, p_promoted out pls_integer, p_demoted out pls_integer);
  function expiring_licenses(p_days in pls_integer default 60) return sys_refcursor;
  procedure set_target(p_agent_id in number, p_year in number, p_q1 in number, p_q2 in number, p_q3 in number, p_q4 in number);
  function target_progress(p_year in number, p_branch_code in varchar2) return sys_refcursor;
end pkg_agent;
/
