-- 复合触发器: 避免变异表, 语句末汇总
CREATE OR REPLACE TRIGGER ins_claim.trg_claim_item_total
FOR INSERT OR UPDATE OF claimed_amount, item_status OR DELETE ON ins_claim.claim_item
COMPOUND TRIGGER

  TYPE t_ids IS TABLE OF BOOLEAN INDEX BY VARCHAR2(20);
  g_ids t_ids;

  BEFORE STATEMENT IS
  BEGIN
    g_ids.DELETE;
  END BEFORE STATEMENT;

  BEFORE EACH ROW IS
  BEGIN
    IF INSERTING OR UPDATING THEN
      :NEW.updated_at := SYSTIMESTAMP;
      IF :NEW.claimed_amount < 0 THEN
        RAISE_APPLICATION_ERROR(-20390, '申请金额不能为负');
      END IF;
    END IF;
  END BEFORE EACH ROW;

  AFTER EACH ROW IS
  BEGIN
    g_ids(NVL(:NEW.claim_id, :OLD.claim_id)) := TRUE;
  END AFTER EACH ROW;

  AFTER STATEMENT IS
    l_id VARCHAR2(20);
  BEGIN
    l_id := g_ids.FIRST;
    WHILE l_id IS NOT NULL LOOP
      UPDATE claim c
         SET c.estimated_amount = (SELECT NVL(SUM(i.claimed_amount), 0)
                                     FROM claim_item i
                                    WHERE i.claim_id = c.claim_id
                                      AND i.item_status <> '90')
       WHERE c.claim_id = TO_NUMBER(l_id)
         AND c.status IN ('10', '20', '30');
      l_id := g_ids.NEXT(l_id);
    END LOOP;
  END AFTER STATEMENT;

END trg_claim_item_total;
/
