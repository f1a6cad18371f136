package parser

// The functions below are the seams between the grammar areas. Each is written in the file named beside it.
//
//	parse_expr.go      parseExpr() ast.Expr                    any expression or condition
//	                   parseExprList() []ast.Expr              a, b, c
//	parse_name.go      parseName() *ast.Name                   qualified name, with @dblink where one stands
//	                   parseIdent() *ast.Name                  one part only
//	                   parseItemAlias/TableAlias() *ast.Name   an alias where one may stand, nil without
//	parse_datatype.go  parseDataType() *ast.DataType           any type reference
//	parse_select.go    parseSelect() *ast.Select               a whole query (WITH ... SELECT ..., parentheses)
//	                   parseInto() *ast.Into                   [BULK COLLECT] INTO targets; nil without
//	                   parseTarget() ast.Expr                  what can be assigned to
//	parse_dml.go       parseInsert/Update/Delete/Merge() ast.Stmt
//	parse_statement.go parseStatement() ast.Stmt               dispatch on the first keyword of a script statement
//	parse_block.go     parseBlock() *ast.Block                 [<<l>>] [DECLARE] BEGIN ... END [name]; up to its ';'
//	                   parseDeclSection(...) []ast.Decl        declarations until BEGIN or END
//	                   parsePLStmt() ast.Stmt                  one statement of a block, its ';' included
//	parse_unit.go      parseCreateUnit(lo, ...) ast.Stmt       CREATE [OR REPLACE] PACKAGE|PROCEDURE|FUNCTION|TRIGGER|TYPE [BODY]
//	parse_create.go    parseCreate() ast.Stmt                  dispatch of CREATE
//	parse_alter.go     parseAlter() ast.Stmt                   ALTER of everything
//	parse_script.go    Parse, the loop over a script: SQL*Plus commands, terminators, resynchronisation
