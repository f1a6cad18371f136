create or replace procedure ins_fin.prc_purge_queue(p_days in number := 30) as
  v_deleted number := 0;
begin
  loop
    delete notify_queue where status in ('S', 'X', 'E') and nvl(sent_at, send_after) < sysdate - p_days and rownum < 5001;
    v_deleted := v_deleted + sql%rowcount;
    exit when sql%rowcount < 5000;
    commit;
  end loop;
  commit;
  dbms_output.put_line('deleted ' || v_deleted);
end;
/
