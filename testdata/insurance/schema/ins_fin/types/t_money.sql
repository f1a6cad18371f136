CREATE OR REPLACE TYPE ins_fin.t_money AS OBJECT (
  amount   NUMBER,
  currency CHAR(3),
  MEMBER FUNCTION to_text RETURN VARCHAR2,
  MEMBER FUNCTION plus (p_other IN t_money) RETURN t_money,
  ORDER MEMBER FUNCTION compare (p_other IN t_money) RETURN INTEGER
);
/
CREATE OR REPLACE TYPE BODY ins_fin.t_money IS
  MEMBER FUNCTION to_text RETURN VARCHAR2 IS
  BEGIN
    RETURN currency || ' ' || TRIM(TO_CHAR(amount, 'FM999G999G999G990D00'));
  END;

  MEMBER FUNCTION plus (p_other IN t_money) RETURN t_money IS
  BEGIN
    IF SELF.currency <> p_other.currency THEN
      RAISE_APPLICATION_ERROR(-20450, '币种不一致: ' || SELF.currency || '/' || p_other.currency);
    END IF;
    RETURN t_money(SELF.amount + p_other.amount, SELF.currency);
  END;

  ORDER MEMBER FUNCTION compare (p_other IN t_money) RETURN INTEGER IS
  BEGIN
    IF SELF.currency <> p_other.currency THEN
      RETURN NULL;
    END IF;
    RETURN SIGN(SELF.amount - p_other.amount);
  END;
END;
/
