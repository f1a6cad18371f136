CREATE OR REPLACE TYPE BODY ins_core.t_premium_item AS
  ORDER MEMBER FUNCTION compare_to (p_other t_premium_item) RETURN INTEGER IS
  BEGIN
    RETURN SIGN(self.final_premium - p_other.final_premium);
  END;
END;
/
