package engine

import "landfall/internal/oracle/syntax/ast"

func (c *compiler) pivot(n *ast.Pivot) (*item, error) { return nil, c.unsupported(n, "PIVOT") }

func (c *compiler) unpivot(n *ast.Unpivot) (*item, error) { return nil, c.unsupported(n, "UNPIVOT") }
