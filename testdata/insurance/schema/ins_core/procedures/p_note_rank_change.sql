CREATE OR REPLACE PROCEDURE ins_core.p_note_rank_change
(
  p_agent_id IN NUMBER,
  p_old_rank IN VARCHAR2,
  p_new_rank IN VARCHAR2
)
AUTHID DEFINER
IS
BEGIN
  pkg_log.info('AGENT_RANK', p_old_rank || '->' || p_new_rank, TO_CHAR(p_agent_id));
END p_note_rank_change;
/
