CREATE OR REPLACE TRIGGER ins_core.trg_agent_bu
BEFORE UPDATE ON ins_core.agent
FOR EACH ROW
BEGIN
  IF UPDATING('STATUS') AND :NEW.status = 'L' AND :NEW.leave_date IS NULL THEN
    :NEW.leave_date := TRUNC(SYSDATE);
  END IF;
END;
/
